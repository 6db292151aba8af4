// nanodbc 2.14 in our own words: the classes and functions that its model speaks of, declared as in
// its header <nanodbc/nanodbc.h>.
#pragma once
#include <cstddef>
#include <list>
#include <string>
#include <vector>

namespace nanodbc {

using string = std::string;
class connection;
class result;

class transaction {
public:
  explicit transaction(const class connection& conn);
  transaction(const transaction&) noexcept;
  transaction(transaction&&) noexcept;
  transaction& operator=(transaction) noexcept;
  ~transaction() noexcept;
  void swap(transaction&) noexcept;
  void commit();
  void rollback() noexcept;
  class connection& connection() noexcept;
  const class connection& connection() const noexcept;
  operator class connection&() noexcept;
};

class statement {
public:
  enum param_direction { PARAM_IN, PARAM_OUT, PARAM_INOUT, PARAM_RETURN };
  statement();
  explicit statement(class connection& conn);
  statement(class connection& conn, const string& query, long timeout = 0);
  statement(const statement&) noexcept;
  statement(statement&&) noexcept;
  statement& operator=(statement) noexcept;
  ~statement() noexcept;
  void swap(statement&) noexcept;
  void open(class connection& conn);
  bool open() const noexcept;
  bool connected() const noexcept;
  class connection& connection() noexcept;
  void* native_statement_handle() const noexcept;
  void close();
  void cancel();
  void prepare(class connection& conn, const string& query, long timeout = 0);
  void prepare(const string& query, long timeout = 0);
  void timeout(long timeout = 0);
  result execute_direct(class connection& conn, const string& query, long batch = 1,
                        long timeout = 0);
  void just_execute_direct(class connection& conn, const string& query, long batch = 1,
                           long timeout = 0);
  result execute(long batch = 1, long timeout = 0);
  void just_execute(long batch = 1, long timeout = 0);
  result procedure_columns(const string& catalog, const string& schema, const string& procedure,
                           const string& column);
  long affected_rows() const;
  short columns() const;
  void reset_parameters() noexcept;
  short parameters() const;
  unsigned long parameter_size(short index) const;
  template <class T>
  void bind(short index, const T* value, param_direction direction = PARAM_IN);
  template <class T>
  void bind_strings(short index, const std::vector<T>& values,
                    param_direction direction = PARAM_IN);
  void bind_null(short index, std::size_t batch = 1);
};

class connection {
public:
  connection();
  connection(const connection&) noexcept;
  connection(connection&&) noexcept;
  connection& operator=(connection) noexcept;
  connection(const string& dsn, const string& user, const string& pass, long timeout = 0);
  explicit connection(const string& connectionString, long timeout = 0);
  ~connection() noexcept;
  void swap(connection&) noexcept;
  void allocate();
  void deallocate();
  void connect(const string& dsn, const string& user, const string& pass, long timeout = 0);
  void connect(const string& connectionString, long timeout = 0);
  bool async_connect(const string& connectionString, void* event, long timeout = 0);
  void async_complete();
  bool connected() const noexcept;
  void disconnect();
  std::size_t transactions() const noexcept;
  void* native_dbc_handle() const noexcept;
  void* native_env_handle() const noexcept;
  template <class T>
  T get_info(short type) const;
  string dbms_name() const;
  string dbms_version() const;
  string driver_name() const;
  string driver_version() const;
  string database_name() const;
  string catalog_name() const;
};

class result {
public:
  result() noexcept;
  result(const result&) noexcept;
  result(result&&) noexcept;
  result& operator=(result) noexcept;
  ~result() noexcept;
  void swap(result&) noexcept;
  void* native_statement_handle() const noexcept;
  long rowset_size() const noexcept;
  long affected_rows() const;
  bool has_affected_rows() const;
  long rows() const noexcept;
  short columns() const;
  bool first();
  bool last();
  bool next();
  bool prior();
  bool move(long row);
  bool skip(long rows);
  unsigned long position() const;
  bool at_end() const noexcept;
  void unbind();
  template <class T>
  void get_ref(short column, T& value) const;
  template <class T>
  T get(short column) const;
  bool is_null(short column) const;
  short column(const string& name) const;
  string column_name(short column) const;
  long column_size(short column) const;
  bool next_result();
  explicit operator bool() const noexcept;
};

class catalog {
public:
  class tables {
  public:
    bool next();
  };
  class columns {
  public:
    bool next();
  };
  explicit catalog(connection& conn) noexcept;
  catalog::tables find_tables(const string& table = string(), const string& type = string(),
                              const string& schema = string(), const string& catalog = string());
  catalog::columns find_columns(const string& column = string(), const string& table = string(),
                                const string& schema = string(), const string& catalog = string());
  std::list<string> list_catalogs();
  std::list<string> list_schemas();
};

result execute(connection& conn, const string& query, long batch = 1, long timeout = 0);
void just_execute(connection& conn, const string& query, long batch = 1, long timeout = 0);
result execute(statement& stmt, long batch = 1);
void just_execute(statement& stmt, long batch = 1);
result transact(statement& stmt, long batch);
void just_transact(statement& stmt, long batch);
void prepare(statement& stmt, const string& query, long timeout = 0);

} // namespace nanodbc
