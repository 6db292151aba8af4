// The names of wtdbo, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace Wt::Dbo { class Session; }
namespace Wt::Dbo { class Transaction; }
namespace Wt::Dbo { class SqlConnectionPool; }
namespace Wt::Dbo { class FixedSqlConnectionPool; }
namespace Wt::Dbo { class SqlConnection; }
namespace Wt::Dbo { class SqlStatement; }
namespace Wt::Dbo { class ptr; }
namespace Wt::Dbo { class collection; }
namespace Wt::Dbo {
class Session {
public:
  Session(const Session&);
  ~Session();
  Session();
  void setConnection();
  void setConnectionPool();
  void mapClass();
  void add();
  void addNew();
  void createTables();
  void dropTables();
  void execute(const std::string& a0);
  void find();
  void load();
  void loadWithNaturalId();
  void query();
  void flush();
  void rereadAll();
  void discardUnflushed();
  void tableName();
  void flushMode();
  void setFlushMode();
  void tableCreationSql();
};
}
namespace Wt::Dbo {
class Transaction {
public:
  Transaction();
  Transaction(const Transaction&);
  ~Transaction();
  explicit Transaction(Wt::Dbo::Session& on);
  void commit();
  void rollback();
  void isActive();
  void session();
  void connection();
};
}
namespace Wt::Dbo {
class SqlConnectionPool {
public:
  SqlConnectionPool();
  SqlConnectionPool(const SqlConnectionPool&);
  ~SqlConnectionPool();
  Wt::Dbo::SqlConnection getConnection();
  void returnConnection(Wt::Dbo::Session* a0);
  void prepareForDropTables();
};
}
namespace Wt::Dbo {
class FixedSqlConnectionPool {
public:
  FixedSqlConnectionPool();
  FixedSqlConnectionPool(const FixedSqlConnectionPool&);
  ~FixedSqlConnectionPool();
  Wt::Dbo::SqlConnection getConnection();
  void returnConnection(Wt::Dbo::Session* a0);
  void prepareForDropTables();
};
}
namespace Wt::Dbo {
class SqlConnection {
public:
  SqlConnection();
  SqlConnection(const SqlConnection&);
  ~SqlConnection();
  void executeSql(const std::string& a0);
  void startTransaction();
  void commitTransaction();
  void rollbackTransaction();
  Wt::Dbo::SqlStatement prepareStatement(const std::string& a0);
  void setProperty();
  void property();
  void showQueries();
};
}
namespace Wt::Dbo {
class SqlStatement {
public:
  SqlStatement();
  SqlStatement(const SqlStatement&);
  ~SqlStatement();
  explicit SqlStatement(Wt::Dbo::Session& on);
  void execute();
  void bind();
  void bindNull();
  void reset();
  void nextRow();
  void getResult();
  void affectedRowCount();
  void insertedId();
  void sql();
  void done();
  void use();
  void columnCount();
};
}
namespace Wt::Dbo {
class ptr {
public:
  ptr(const ptr&);
  ~ptr();
  ptr();
  int* operator->();
  void operator*();
  void begin();
  void size();
  void front();
  void resultList();
  void modify();
  void remove();
  void insert();
  void erase();
  void clear();
  void flush();
  void purge();
  void reread();
  void get();
  void id();
  void version();
  void isTransient();
  void isDirty();
  void session();
  void end();
  void empty();
  void reset();
};
}
namespace Wt::Dbo {
class collection {
public:
  collection(const collection&);
  ~collection();
  collection();
  int* operator->();
  void operator*();
  void begin();
  void size();
  void front();
  void resultList();
  void modify();
  void remove();
  void insert();
  void erase();
  void clear();
  void flush();
  void purge();
  void reread();
  void get();
  void id();
  void version();
  void isTransient();
  void isDirty();
  void session();
  void end();
  void empty();
  void reset();
};
}
