// The names of otl, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

class otl_connect;
namespace odbc { class otl_connect; }
namespace oracle { class otl_connect; }
namespace db2 { class otl_connect; }
class otl_stream;
namespace odbc { class otl_stream; }
namespace oracle { class otl_stream; }
namespace db2 { class otl_stream; }
class otl_nocommit_stream;
class otl_connect {
public:
  otl_connect(const otl_connect&);
  ~otl_connect();
  otl_connect();
  otl_connect(int);
  void rlogon();
  void server_attach();
  void session_begin();
  void session_reopen();
  void logoff();
  void session_end();
  void server_detach();
  void commit();
  void commit_nowait();
  void rollback();
  void direct_exec(const std::string& a0);
  void syntax_check();
  void set_max_long_size();
  void set_timeout();
  void set_transaction_isolation_level();
  void change_password();
  void auto_commit_on();
  void auto_commit_off();
  void cancel();
  void get_max_long_size();
  void set_stream_pool_size();
  void stream_pool_enable();
  void stream_pool_disable();
};
namespace odbc {
class otl_connect {
public:
  otl_connect(const otl_connect&);
  ~otl_connect();
  otl_connect();
  otl_connect(int);
  void rlogon();
  void server_attach();
  void session_begin();
  void session_reopen();
  void logoff();
  void session_end();
  void server_detach();
  void commit();
  void commit_nowait();
  void rollback();
  void direct_exec(const std::string& a0);
  void syntax_check();
  void set_max_long_size();
  void set_timeout();
  void set_transaction_isolation_level();
  void change_password();
  void auto_commit_on();
  void auto_commit_off();
  void cancel();
  void get_max_long_size();
  void set_stream_pool_size();
  void stream_pool_enable();
  void stream_pool_disable();
};
}
namespace oracle {
class otl_connect {
public:
  otl_connect(const otl_connect&);
  ~otl_connect();
  otl_connect();
  otl_connect(int);
  void rlogon();
  void server_attach();
  void session_begin();
  void session_reopen();
  void logoff();
  void session_end();
  void server_detach();
  void commit();
  void commit_nowait();
  void rollback();
  void direct_exec(const std::string& a0);
  void syntax_check();
  void set_max_long_size();
  void set_timeout();
  void set_transaction_isolation_level();
  void change_password();
  void auto_commit_on();
  void auto_commit_off();
  void cancel();
  void get_max_long_size();
  void set_stream_pool_size();
  void stream_pool_enable();
  void stream_pool_disable();
};
}
namespace db2 {
class otl_connect {
public:
  otl_connect(const otl_connect&);
  ~otl_connect();
  otl_connect();
  otl_connect(int);
  void rlogon();
  void server_attach();
  void session_begin();
  void session_reopen();
  void logoff();
  void session_end();
  void server_detach();
  void commit();
  void commit_nowait();
  void rollback();
  void direct_exec(const std::string& a0);
  void syntax_check();
  void set_max_long_size();
  void set_timeout();
  void set_transaction_isolation_level();
  void change_password();
  void auto_commit_on();
  void auto_commit_off();
  void cancel();
  void get_max_long_size();
  void set_stream_pool_size();
  void stream_pool_enable();
  void stream_pool_disable();
};
}
class otl_stream {
public:
  otl_stream(const otl_stream&);
  ~otl_stream();
  otl_stream();
  otl_stream(int a0, const std::string& a1, otl_connect& a2);
  otl_stream(int a0, const std::string& a1, otl_connect& a2, int a3);
  otl_stream(int);
  void open(int a0, const std::string& a1, otl_connect& a2);
  void close();
  otl_stream& operator>>(int a0);
  void eof();
  otl_stream& operator<<(int a0);
  void flush();
  void clean();
  void rewind();
  void set_commit();
  void set_flush();
  void is_null();
  void good();
  void get_rpc();
  void describe_select();
};
namespace odbc {
class otl_stream {
public:
  otl_stream(const otl_stream&);
  ~otl_stream();
  otl_stream();
  otl_stream(int a0, const std::string& a1, otl_connect& a2);
  otl_stream(int a0, const std::string& a1, otl_connect& a2, int a3);
  otl_stream(int);
  void open(int a0, const std::string& a1, otl_connect& a2);
  void close();
  odbc::otl_stream& operator>>(int a0);
  void eof();
  odbc::otl_stream& operator<<(int a0);
  void flush();
  void clean();
  void rewind();
  void set_commit();
  void set_flush();
  void is_null();
  void good();
  void get_rpc();
  void describe_select();
};
}
namespace oracle {
class otl_stream {
public:
  otl_stream(const otl_stream&);
  ~otl_stream();
  otl_stream();
  otl_stream(int a0, const std::string& a1, otl_connect& a2);
  otl_stream(int a0, const std::string& a1, otl_connect& a2, int a3);
  otl_stream(int);
  void open(int a0, const std::string& a1, otl_connect& a2);
  void close();
  oracle::otl_stream& operator>>(int a0);
  void eof();
  oracle::otl_stream& operator<<(int a0);
  void flush();
  void clean();
  void rewind();
  void set_commit();
  void set_flush();
  void is_null();
  void good();
  void get_rpc();
  void describe_select();
};
}
namespace db2 {
class otl_stream {
public:
  otl_stream(const otl_stream&);
  ~otl_stream();
  otl_stream();
  otl_stream(int a0, const std::string& a1, otl_connect& a2);
  otl_stream(int a0, const std::string& a1, otl_connect& a2, int a3);
  otl_stream(int);
  void open(int a0, const std::string& a1, otl_connect& a2);
  void close();
  db2::otl_stream& operator>>(int a0);
  void eof();
  db2::otl_stream& operator<<(int a0);
  void flush();
  void clean();
  void rewind();
  void set_commit();
  void set_flush();
  void is_null();
  void good();
  void get_rpc();
  void describe_select();
};
}
class otl_nocommit_stream {
public:
  otl_nocommit_stream(const otl_nocommit_stream&);
  ~otl_nocommit_stream();
  otl_nocommit_stream();
  otl_nocommit_stream(int a0, const std::string& a1, otl_connect& a2);
  otl_nocommit_stream(int a0, const std::string& a1, otl_connect& a2, int a3);
  otl_nocommit_stream(int);
  void open(int a0, const std::string& a1, otl_connect& a2);
  void close();
  otl_nocommit_stream& operator>>(int a0);
  void eof();
  otl_nocommit_stream& operator<<(int a0);
  void flush();
  void clean();
  void rewind();
  void set_commit();
  void set_flush();
  void is_null();
  void good();
  void get_rpc();
  void describe_select();
};
namespace otl_cursor { void direct_exec(otl_connect& a0, const std::string& a1); }
namespace odbc::otl_cursor { void direct_exec(otl_connect& a0, const std::string& a1); }
namespace oracle::otl_cursor { void direct_exec(otl_connect& a0, const std::string& a1); }
