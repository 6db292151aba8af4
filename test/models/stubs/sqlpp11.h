// The names of sqlpp11, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace sqlpp::mysql { class connection; }
namespace sqlpp::sqlite3 { class connection; }
namespace sqlpp::postgresql { class connection; }
namespace sqlpp::mysql { class connection_base; }
namespace sqlpp::sqlite3 { class connection_base; }
namespace sqlpp::postgresql { class connection_base; }
namespace sqlpp { class normal_connection; }
namespace sqlpp { class pooled_connection; }
namespace sqlpp { class transaction_t; }
namespace sqlpp::mysql { class connection_pool; }
namespace sqlpp::sqlite3 { class connection_pool; }
namespace sqlpp::postgresql { class connection_pool; }
namespace sqlpp { class connection_pool; }
namespace sqlpp::mysql {
class connection {
public:
  connection(const connection&);
  ~connection();
  connection();
  connection(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp::sqlite3 {
class connection {
public:
  connection(const connection&);
  ~connection();
  connection();
  connection(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp::postgresql {
class connection {
public:
  connection(const connection&);
  ~connection();
  connection();
  connection(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp::mysql {
class connection_base {
public:
  connection_base(const connection_base&);
  ~connection_base();
  connection_base();
  connection_base(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp::sqlite3 {
class connection_base {
public:
  connection_base(const connection_base&);
  ~connection_base();
  connection_base();
  connection_base(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp::postgresql {
class connection_base {
public:
  connection_base(const connection_base&);
  ~connection_base();
  connection_base();
  connection_base(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp {
class normal_connection {
public:
  normal_connection(const normal_connection&);
  ~normal_connection();
  normal_connection();
  normal_connection(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp {
class pooled_connection {
public:
  pooled_connection(const pooled_connection&);
  ~pooled_connection();
  pooled_connection();
  pooled_connection(int);
  void operator()();
  void execute(const std::string& a0);
  void run();
  void prepare();
  void run_prepared_select();
  void run_prepared_insert();
  void run_prepared_update();
  void run_prepared_remove();
  void run_prepared_execute();
  void select();
  void insert();
  void update();
  void remove();
  void start_transaction();
  void commit_transaction();
  void rollback_transaction();
  void connectUsing();
  void reconnect();
  void native_handle();
  void is_connected();
  void is_transaction_active();
  void ping_server();
  void escape();
  void last_insert_id();
  void set_default_isolation_level();
  void get_default_isolation_level();
  void report_rollback_failure();
  void get_config();
};
}
namespace sqlpp {
class transaction_t {
public:
  transaction_t();
  transaction_t(const transaction_t&);
  ~transaction_t();
  explicit transaction_t(sqlpp::mysql::connection& on);
  void commit();
  void rollback();
};
}
namespace sqlpp::mysql {
class connection_pool {
public:
  connection_pool();
  connection_pool(const connection_pool&);
  ~connection_pool();
  sqlpp::mysql::connection get();
};
}
namespace sqlpp::sqlite3 {
class connection_pool {
public:
  connection_pool();
  connection_pool(const connection_pool&);
  ~connection_pool();
  sqlpp::mysql::connection get();
};
}
namespace sqlpp::postgresql {
class connection_pool {
public:
  connection_pool();
  connection_pool(const connection_pool&);
  ~connection_pool();
  sqlpp::mysql::connection get();
};
}
namespace sqlpp {
class connection_pool {
public:
  connection_pool();
  connection_pool(const connection_pool&);
  ~connection_pool();
  sqlpp::mysql::connection get();
};
}
namespace sqlpp { sqlpp::transaction_t start_transaction(sqlpp::mysql::connection& a0); }
