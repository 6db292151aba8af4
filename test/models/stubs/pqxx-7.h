// The names of libpqxx, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace pqxx { class connection; }
namespace pqxx {
enum isolation_level { read_committed, repeatable_read, serializable };
enum class write_policy { read_only, read_write };
template <isolation_level ISOLATION = isolation_level::read_committed,
          write_policy READWRITE = write_policy::read_write>
class transaction;
using work = transaction<>;
using read_transaction = transaction<isolation_level::read_committed, write_policy::read_only>;
template <isolation_level ISOLATION = read_committed>
class robusttransaction;
}
namespace pqxx { class transaction_base; }
namespace pqxx { class dbtransaction; }
namespace pqxx { class subtransaction; }
namespace pqxx { class nontransaction; }
namespace pqxx { class stream_from; }
namespace pqxx { class stream_base; }
namespace pqxx { class icursorstream; }
namespace pqxx::internal { class stream_query; }
namespace pqxx { class stream_to; }
namespace pqxx { class pipeline; }
namespace pqxx { class blob; }
namespace pqxx { class result; }
namespace pqxx { class row; }
namespace pqxx { class field; }
namespace pqxx {
class connection {
public:
  connection();
  connection(const connection&);
  ~connection();
  void disconnect();
  void close();
  void deactivate();
  void activate();
  void is_open();
  void options();
  void connection_string();
  void sock();
  void set_verbosity();
  void get_verbosity();
  void trace();
  void process_notice();
  void supports();
  void protocol_version();
  void server_version();
  void backendpid();
  void get_errorhandlers();
  void inhibit_reactivation();
  void add_receiver();
  void remove_receiver();
  void simulate_failure();
  void dbname();
  void username();
  void hostname();
  void port();
  void get_client_encoding();
  void get_variable();
  void get_var();
  void esc();
  void esc_raw();
  void unesc_raw();
  void quote();
  void quote_raw();
  void quote_name();
  void quote_table();
  void quote_columns();
  void esc_like();
  void adorn_name();
  void encrypt_password();
  void get_notifs();
  void await_notification();
  void wait_read();
  void wait_write();
  void listen();
  void set_client_encoding();
  void set_variable();
  void set_session_var();
  void prepare();
  void unprepare();
  void prepare_now();
  void cancel_query();
  void perform();
  static pqxx::connection seize_raw_connection();
};
}
// The transaction classes share these; in the library by inheritance.
#define PQXX_TRANSACTION(Self) \
public: \
  Self(); \
  Self(const Self&); \
  ~Self(); \
  explicit Self(pqxx::connection& on); \
  void commit(); \
  void abort(); \
  pqxx::result exec(const std::string& a0); \
  pqxx::result exec0(const std::string& a0); \
  pqxx::result exec1(const std::string& a0); \
  pqxx::result exec_params(const std::string& a0); \
  pqxx::result exec_params0(const std::string& a0); \
  pqxx::result exec_params1(const std::string& a0); \
  pqxx::result parameterized(const std::string& a0); \
  pqxx::result exec_n(int a0, const std::string& a1); \
  pqxx::result exec_params_n(int a0, const std::string& a1); \
  void query(const std::string& a0); \
  void query01(const std::string& a0); \
  void query1(const std::string& a0); \
  void query_value(const std::string& a0); \
  void for_query(const std::string& a0); \
  void for_each(const std::string& a0); \
  void for_stream(const std::string& a0); \
  void query_n(int a0, const std::string& a1); \
  pqxx::stream_from stream(const std::string& a0); \
  pqxx::result exec_prepared(); \
  pqxx::result exec_prepared0(); \
  pqxx::result exec_prepared1(); \
  pqxx::result exec_prepared_n(); \
  void prepared(); \
  void for_stream_prepared(); \
  void notify(); \
  void set_variable(); \
  void set_session_var(); \
  void get_variable(); \
  void conn(); \
  void name(); \
  void description(); \
  void label_query(); \
  void process_notice(); \
  void esc(); \
  void esc_raw(); \
  void unesc_raw(); \
  void unesc_bin(); \
  void quote(); \
  void quote_raw(); \
  void quote_name(); \
  void quote_table(); \
  void quote_columns(); \
  void esc_like();

namespace pqxx {
template <isolation_level ISOLATION, write_policy READWRITE>
class transaction {
PQXX_TRANSACTION(transaction)
};
}
namespace pqxx {
class transaction_base {
PQXX_TRANSACTION(transaction_base)
};
}
namespace pqxx {
class dbtransaction {
PQXX_TRANSACTION(dbtransaction)
};
}
namespace pqxx {
template <isolation_level ISOLATION>
class robusttransaction {
PQXX_TRANSACTION(robusttransaction)
};
}
namespace pqxx {
class subtransaction {
PQXX_TRANSACTION(subtransaction)
};
}
namespace pqxx {
class nontransaction {
public:
  nontransaction();
  nontransaction(const nontransaction&);
  ~nontransaction();
  explicit nontransaction(pqxx::connection& on);
  void commit();
  void abort();
  pqxx::result exec(const std::string& a0);
  pqxx::result exec0(const std::string& a0);
  pqxx::result exec1(const std::string& a0);
  pqxx::result exec_params(const std::string& a0);
  pqxx::result exec_params0(const std::string& a0);
  pqxx::result exec_params1(const std::string& a0);
  pqxx::result exec_n(int a0, const std::string& a1);
  pqxx::result exec_params_n(int a0, const std::string& a1);
  void query(const std::string& a0);
  void query01(const std::string& a0);
  void query1(const std::string& a0);
  void query_value(const std::string& a0);
  void for_query(const std::string& a0);
  void for_each(const std::string& a0);
  pqxx::result exec_prepared();
  pqxx::result exec_prepared0();
  pqxx::result exec_prepared1();
  pqxx::result exec_prepared_n();
  void conn();
  void name();
  void description();
  void esc();
  void quote();
  void quote_name();
};
}
// Streams out of the database.
#define PQXX_STREAM_FROM(Self) \
public: \
  Self(); \
  Self(const Self&); \
  ~Self(); \
  explicit Self(pqxx::connection& on); \
  void complete(); \
  void close(); \
  pqxx::Self& operator>>(int a0); \
  void get_raw_line(); \
  void get(); \
  void read_row(); \
  void tokenize(); \
  void ignore(); \
  void operator!(); \
  explicit operator bool() const;

namespace pqxx {
class stream_from {
PQXX_STREAM_FROM(stream_from)
};
}
namespace pqxx {
class stream_base {
PQXX_STREAM_FROM(stream_base)
};
}
namespace pqxx {
class icursorstream {
PQXX_STREAM_FROM(icursorstream)
};
}
namespace pqxx::internal {
class stream_query {
public:
  stream_query();
  stream_query(const stream_query&);
  ~stream_query();
  explicit stream_query(pqxx::connection& on);
  void complete();
  void close();
  pqxx::internal::stream_query& operator>>(int a0);
  void get_raw_line();
  void get();
  void read_row();
  void tokenize();
  void ignore();
  void operator!();
  explicit operator bool() const;
};
}
namespace pqxx {
class stream_to {
public:
  stream_to();
  stream_to(const stream_to&);
  ~stream_to();
  stream_to(pqxx::connection& a0);
  void complete();
  void close();
  pqxx::stream_to& operator<<(int a0);
  void write_row();
  void write_values();
  void write_raw_line();
  void insert();
  void push_back();
  void reserve();
};
}
namespace pqxx {
class pipeline {
public:
  pipeline();
  pipeline(const pipeline&);
  ~pipeline();
  explicit pipeline(pqxx::connection& on);
  void insert(const std::string& a0);
  void complete();
  void flush();
  void cancel();
  void retrieve();
  void resume();
  void is_finished();
  void empty();
  void retain();
};
}
namespace pqxx {
class blob {
public:
  blob();
  blob(const blob&);
  ~blob();
  explicit blob(pqxx::connection& on);
  void write();
  void process_notice();
  void resize();
  void truncate();
  void append_from_buf();
  void read();
  void seek();
  void tell();
  void cread();
  void cseek();
  void seek_abs();
  void seek_rel();
  void seek_end();
  void close();
  void id();
};
}
// Results, rows and fields.
#define PQXX_RESULT(Self) \
public: \
  Self(const Self&); \
  ~Self(); \
  Self(); \
  void size(); \
  void empty(); \
  void begin(); \
  void end(); \
  void front(); \
  void back(); \
  void at(); \
  void columns(); \
  void column_name(); \
  void affected_rows(); \
  void operator[](int a0); \
  void clear(); \
  void c_str(); \
  void view(); \
  void as(); \
  void is_null(); \
  void get(); \
  void to(); \
  void name(); \
  void num(); \
  void rownumber(); \
  void capacity(); \
  void query(); \
  void iter(); \
  void one_row(); \
  void one_field(); \
  void no_rows();

namespace pqxx {
class result {
PQXX_RESULT(result)
};
}
namespace pqxx {
class row {
PQXX_RESULT(row)
};
}
namespace pqxx {
class field {
PQXX_RESULT(field)
};
}
