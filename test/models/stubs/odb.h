// The names of odb, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace odb { class database; }
namespace odb::mysql { class database; }
namespace odb::pgsql { class database; }
namespace odb::sqlite { class database; }
namespace odb::oracle { class database; }
namespace odb::mssql { class database; }
namespace odb { class connection; }
namespace odb::mysql { class connection; }
namespace odb::pgsql { class connection; }
namespace odb::sqlite { class connection; }
namespace odb { class transaction; }
namespace odb {
class database {
public:
  database();
  database(const database&);
  ~database();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  odb::connection connection();
  void persist();
  void update();
  void erase();
  void erase_query();
  void reload();
  void load();
  void find();
  void query();
  void query_one();
  void query_value();
  void execute(const std::string& a0);
  void prepare_query();
  void lookup_query();
  void query_factory();
  void tracer();
  void schema_version();
  void schema_migration();
  void id();
};
}
namespace odb::mysql {
class database {
public:
  database();
  database(const database&);
  ~database();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  odb::connection connection();
  void persist();
  void update();
  void erase();
  void erase_query();
  void reload();
  void load();
  void find();
  void query();
  void query_one();
  void query_value();
  void execute(const std::string& a0);
  void prepare_query();
  void lookup_query();
  void query_factory();
  void tracer();
  void schema_version();
  void schema_migration();
  void id();
};
}
namespace odb::pgsql {
class database {
public:
  database();
  database(const database&);
  ~database();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  odb::connection connection();
  void persist();
  void update();
  void erase();
  void erase_query();
  void reload();
  void load();
  void find();
  void query();
  void query_one();
  void query_value();
  void execute(const std::string& a0);
  void prepare_query();
  void lookup_query();
  void query_factory();
  void tracer();
  void schema_version();
  void schema_migration();
  void id();
};
}
namespace odb::sqlite {
class database {
public:
  database();
  database(const database&);
  ~database();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  odb::connection connection();
  void persist();
  void update();
  void erase();
  void erase_query();
  void reload();
  void load();
  void find();
  void query();
  void query_one();
  void query_value();
  void execute(const std::string& a0);
  void prepare_query();
  void lookup_query();
  void query_factory();
  void tracer();
  void schema_version();
  void schema_migration();
  void id();
};
}
namespace odb::oracle {
class database {
public:
  database();
  database(const database&);
  ~database();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  odb::connection connection();
  void persist();
  void update();
  void erase();
  void erase_query();
  void reload();
  void load();
  void find();
  void query();
  void query_one();
  void query_value();
  void execute(const std::string& a0);
  void prepare_query();
  void lookup_query();
  void query_factory();
  void tracer();
  void schema_version();
  void schema_migration();
  void id();
};
}
namespace odb::mssql {
class database {
public:
  database();
  database(const database&);
  ~database();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  odb::connection connection();
  void persist();
  void update();
  void erase();
  void erase_query();
  void reload();
  void load();
  void find();
  void query();
  void query_one();
  void query_value();
  void execute(const std::string& a0);
  void prepare_query();
  void lookup_query();
  void query_factory();
  void tracer();
  void schema_version();
  void schema_migration();
  void id();
};
}
namespace odb {
class connection {
public:
  connection();
  connection(const connection&);
  ~connection();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  void execute(const std::string& a0);
  void database();
  void tracer();
  void prepare_query();
  void lookup_query();
};
}
namespace odb::mysql {
class connection {
public:
  connection();
  connection(const connection&);
  ~connection();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  void execute(const std::string& a0);
  void database();
  void tracer();
  void prepare_query();
  void lookup_query();
};
}
namespace odb::pgsql {
class connection {
public:
  connection();
  connection(const connection&);
  ~connection();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  void execute(const std::string& a0);
  void database();
  void tracer();
  void prepare_query();
  void lookup_query();
};
}
namespace odb::sqlite {
class connection {
public:
  connection();
  connection(const connection&);
  ~connection();
  void begin();
  void begin_immediate();
  void begin_exclusive();
  void execute(const std::string& a0);
  void database();
  void tracer();
  void prepare_query();
  void lookup_query();
};
}
namespace odb {
class transaction {
public:
  transaction(const transaction&);
  ~transaction();
  transaction();
  transaction(int);
  void commit();
  void rollback();
  void reset();
  void finalized();
  void database();
  void connection();
  void current();
  void reset_current();
  void has_current();
  void tracer();
  void implementation();
  void callback_register();
  void callback_unregister();
  void callback_update();
};
}
