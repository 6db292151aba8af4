// The names of nanodbc, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace nanodbc { class connection; }
namespace nanodbc { class transaction; }
namespace nanodbc { class statement; }
namespace nanodbc { class catalog; }
namespace nanodbc { class result; }
namespace nanodbc {
class connection {
public:
  connection(const connection&);
  ~connection();
  connection();
  connection(int);
  void allocate();
  void deallocate();
  void connect();
  void async_connect();
  void disconnect();
  void connected();
  void transactions();
  void native_dbc_handle();
  void native_env_handle();
  void swap();
  void driver_name();
  void database_name();
  void dbms_name();
  void dbms_version();
  void catalog_name();
  void get_info();
};
}
namespace nanodbc {
class transaction {
public:
  transaction();
  transaction(const transaction&);
  ~transaction();
  explicit transaction(nanodbc::connection& on);
  void commit();
  void rollback();
  void connection();
  void swap();
};
}
namespace nanodbc {
class statement {
public:
  statement(const statement&);
  ~statement();
  statement();
  statement(nanodbc::connection& a0, const std::string& a1);
  statement(nanodbc::connection& a0);
  void prepare();
  void execute();
  void just_execute();
  void execute_direct();
  void just_execute_direct();
  void bind();
  void bind_null();
  void bind_strings();
  void cancel();
  void timeout();
  void reset_parameters();
  void find_tables();
  void find_columns();
  void list_catalogs();
  void list_schemas();
  void open();
  void close();
  void opened();
  void connected();
  void connection();
  void native_statement_handle();
  void swap();
  void parameters();
  void affected_rows();
  void columns();
};
}
namespace nanodbc {
class catalog {
public:
  catalog(const catalog&);
  ~catalog();
  catalog();
  catalog(nanodbc::connection& a0, const std::string& a1);
  catalog(nanodbc::connection& a0);
  void prepare();
  void execute();
  void just_execute();
  void execute_direct();
  void just_execute_direct();
  void bind();
  void bind_null();
  void bind_strings();
  void cancel();
  void timeout();
  void reset_parameters();
  void find_tables();
  void find_columns();
  void list_catalogs();
  void list_schemas();
  void open();
  void close();
  void opened();
  void connected();
  void connection();
  void native_statement_handle();
  void swap();
  void parameters();
  void affected_rows();
  void columns();
};
}
namespace nanodbc {
class result {
public:
  result(const result&);
  ~result();
  result();
  void next();
  void prior();
  void first();
  void last();
  void move();
  void skip();
  void next_result();
  void get();
  void get_ref();
  void is_null();
  void at_end();
  void rows();
  void columns();
  void rowset_size();
  void affected_rows();
  void column_name();
  void column();
  void column_size();
  void position();
  void unbind();
  void swap();
};
}
namespace nanodbc { nanodbc::result execute(nanodbc::connection& a0, const std::string& a1); }
namespace nanodbc { void just_execute(nanodbc::connection& a0, const std::string& a1); }
