// Wt::Dbo in our own words: the classes and methods that its model speaks of, declared as in its
// headers <Wt/Dbo/*.h> (4.11).
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace Wt {
namespace Dbo {

class Session;
class SqlConnection;
class SqlStatement;

template <class C>
class ptr {
public:
  ptr();
  ptr(std::nullptr_t);
  ptr(std::unique_ptr<C> object);
  ptr(const ptr<C>&);
  ptr(ptr<C>&&) noexcept;
  virtual ~ptr();
  void reset(std::unique_ptr<C> object = nullptr);
  ptr<C>& operator=(const ptr<C>&);
  const C* operator->() const;
  const C* get() const;
  const C& operator*() const;
  C* modify() const;
  explicit operator bool() const;
  void flush() const;
  void remove();
  void reread();
  void purge();
  long long id() const;
  int version() const;
  bool isTransient() const;
  bool isDirty() const;
  Session* session() const;
};

template <class C>
class collection {
public:
  class iterator {
  public:
    C& operator*();
    iterator& operator++();
    bool operator!=(const iterator&) const;
  };
  using size_type = std::size_t;
  collection();
  collection(const collection<C>&);
  ~collection();
  iterator begin();
  iterator end();
  size_type size() const;
  bool empty() const;
  C front() const;
  void insert(C c);
  void erase(C c);
  void clear();
};

template <class Result>
class Query {
public:
  Query<Result>& where(const std::string& condition);
  template <typename T>
  Query<Result>& bind(const T& value);
  collection<Result> resultList() const;
  Result resultValue() const;
};

class Call {
public:
  Call(const Call&);
  ~Call() noexcept(false);
  template <typename T>
  Call& bind(const T& value);
  void run();
};

enum class FlushMode { Auto, Manual };

class SqlConnectionPool {
public:
  virtual ~SqlConnectionPool();
  virtual std::unique_ptr<SqlConnection> getConnection() = 0;
  virtual void returnConnection(std::unique_ptr<SqlConnection>) = 0;
  virtual void prepareForDropTables() const = 0;
};

class FixedSqlConnectionPool : public SqlConnectionPool {
public:
  FixedSqlConnectionPool(std::unique_ptr<SqlConnection> connection, int size);
  std::unique_ptr<SqlConnection> getConnection() override;
  void returnConnection(std::unique_ptr<SqlConnection>) override;
  void prepareForDropTables() const override;
};

class Session {
public:
  Session();
  virtual ~Session();
  Session(const Session&) = delete;
  void setConnection(std::unique_ptr<SqlConnection> connection);
  void setConnectionPool(SqlConnectionPool& pool);
  template <class C>
  void mapClass(const char* table);
  template <class C>
  const char* tableName() const;
  template <class C>
  ptr<C> add(ptr<C>& object);
  template <class C>
  ptr<C> add(std::unique_ptr<C> object);
  template <typename T, typename... Args>
  ptr<T> addNew(Args&&... args);
  template <class C>
  ptr<C> load(const long long& id, bool reread = false);
  template <class C>
  ptr<C> loadLazy(const long long& id);
  template <class C>
  Query<ptr<C>> find(const std::string& condition = std::string());
  template <class Result>
  Query<Result> query(const std::string& sql);
  Call execute(const std::string& sql);
  void createTables();
  std::string tableCreationSql();
  void dropTables();
  void flush();
  void rereadAll(const char* table = nullptr);
  void discardUnflushed();
  FlushMode flushMode();
  void setFlushMode(FlushMode mode);
};

class Transaction {
public:
  explicit Transaction(Session& session);
  virtual ~Transaction() noexcept(false);
  Transaction(const Transaction&) = delete;
  bool isActive() const;
  bool commit();
  void rollback();
  Session& session() const;
  SqlConnection* connection() const;
};

class SqlConnection {
public:
  virtual ~SqlConnection();
  virtual std::unique_ptr<SqlConnection> clone() const = 0;
  virtual void executeSql(const std::string& sql);
  virtual void executeSqlStateful(const std::string& sql);
  virtual void startTransaction() = 0;
  virtual void commitTransaction() = 0;
  virtual void rollbackTransaction() = 0;
  virtual SqlStatement* getStatement(const std::string& id) const;
  virtual void saveStatement(const std::string& id, std::unique_ptr<SqlStatement> statement);
  virtual std::unique_ptr<SqlStatement> prepareStatement(const std::string& sql) = 0;
  void setProperty(const std::string& name, const std::string& value);
  std::string property(const std::string& name) const;
  bool showQueries() const;
};

class SqlStatement {
public:
  virtual ~SqlStatement();
  bool use();
  void done();
  virtual void reset() = 0;
  virtual void bind(int column, const std::string& value) = 0;
  virtual void bind(int column, int value) = 0;
  virtual void bindNull(int column) = 0;
  virtual void execute() = 0;
  virtual long long insertedId() = 0;
  virtual int affectedRowCount() = 0;
  virtual bool nextRow() = 0;
  virtual int columnCount() const = 0;
  virtual bool getResult(int column, int* value) = 0;
  virtual std::string sql() const = 0;
};

namespace backend {
class Sqlite3 : public SqlConnection {
public:
  explicit Sqlite3(const std::string& file);
  std::unique_ptr<SqlConnection> clone() const override;
  void startTransaction() override;
  void commitTransaction() override;
  void rollbackTransaction() override;
  std::unique_ptr<SqlStatement> prepareStatement(const std::string& sql) override;
};
} // namespace backend

} // namespace Dbo
} // namespace Wt
