// drogon's ORM in our own words: the classes and methods that its model speaks of, declared as in its
// headers <drogon/orm/DbClient.h>, <drogon/orm/Mapper.h> and <drogon/orm/CoroMapper.h> (1.9).
#pragma once
#include <cstddef>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace drogon::orm {

class DbClient;
class Transaction;
class Result {
public:
  std::size_t size() const noexcept;
};
class DrogonDbException {
public:
  virtual ~DrogonDbException();
};
using ResultCallback = std::function<void(const Result&)>;
using ExceptionCallback = std::function<void(const DrogonDbException&)>;
enum class ClientType { PostgreSQL, Mysql, Sqlite3 };
enum class TransactionType { Deferred, Immediate, Exclusive };
enum class SortOrder { ASC, DESC };

namespace internal {
/// Sends its statement when it is destroyed, if nobody did so before.
class SqlBinder {
public:
  SqlBinder(SqlBinder&&) noexcept;
  ~SqlBinder();
  template <typename T>
  SqlBinder& operator<<(T&& parameter);
  template <typename F>
  SqlBinder& operator>>(F&& callback);
  void exec() noexcept(false);
};
struct SqlAwaiter {
  bool await_ready() noexcept;
};
struct TransactionAwaiter {
  bool await_ready() noexcept;
};
} // namespace internal

class DbClient {
public:
  virtual ~DbClient();
  DbClient(const DbClient&) = delete;
  static std::shared_ptr<DbClient> newPgClient(const std::string& info, std::size_t connections,
                                               bool autoBatch = false);
  static std::shared_ptr<DbClient> newMysqlClient(const std::string& info,
                                                  std::size_t connections);
  static std::shared_ptr<DbClient> newSqlite3Client(const std::string& info,
                                                    std::size_t connections);
  template <typename F1, typename F2, typename... Args>
  void execSqlAsync(const std::string& sql, F1&& done, F2&& failed, Args&&... args) noexcept;
  template <typename... Args>
  std::future<Result> execSqlAsyncFuture(const std::string& sql, Args&&... args) noexcept;
  template <typename... Args>
  Result execSqlSync(const std::string& sql, Args&&... args) noexcept(false);
  template <typename... Args>
  internal::SqlAwaiter execSqlCoro(const std::string& sql, Args&&... args) noexcept;
  internal::SqlBinder operator<<(const std::string& sql);
  internal::SqlBinder operator<<(std::string&& sql);
  template <int N>
  internal::SqlBinder operator<<(const char (&sql)[N]);
  virtual std::shared_ptr<Transaction>
  newTransaction(const std::function<void(bool)>& committed = std::function<void(bool)>(),
                 TransactionType type = TransactionType::Deferred) noexcept(false) = 0;
  std::shared_ptr<Transaction> newTransaction(TransactionType type) noexcept(false);
  virtual void
  newTransactionAsync(const std::function<void(const std::shared_ptr<Transaction>&)>& callback,
                      TransactionType type = TransactionType::Deferred) = 0;
  internal::TransactionAwaiter
  newTransactionCoro(TransactionType type = TransactionType::Deferred);
  virtual bool hasAvailableConnections() const noexcept = 0;
  ClientType type() const;
  const std::string& connectionInfo() const;
  virtual void setTimeout(double timeout) = 0;
  virtual void closeAll() = 0;

protected:
  DbClient();
};
using DbClientPtr = std::shared_ptr<DbClient>;

class Transaction : public DbClient {
public:
  virtual void rollback() = 0;
  virtual void setCommitCallback(const std::function<void(bool)>& committed) = 0;
  void closeAll() override;
};

class Criteria {
public:
  Criteria(const std::string& column, int value);
};

template <typename T>
class Mapper {
public:
  explicit Mapper(DbClientPtr client);
  Mapper<T>& limit(std::size_t limit);
  Mapper<T>& offset(std::size_t offset);
  Mapper<T>& orderBy(const std::string& column, const SortOrder& order = SortOrder::ASC);
  Mapper<T>& paginate(std::size_t page, std::size_t perPage);
  Mapper<T>& forUpdate();
  T findByPrimaryKey(const int& key) noexcept(false);
  std::vector<T> findAll() noexcept(false);
  std::size_t count(const Criteria& criteria) noexcept(false);
  T findOne(const Criteria& criteria) noexcept(false);
  std::vector<T> findBy(const Criteria& criteria) noexcept(false);
  std::future<T> findFutureByPrimaryKey(const int& key) noexcept;
  std::future<std::vector<T>> findFutureAll() noexcept;
  std::future<T> findFutureOne(const Criteria& criteria) noexcept;
  std::future<std::vector<T>> findFutureBy(const Criteria& criteria) noexcept;
  std::future<std::size_t> countFuture(const Criteria& criteria) noexcept;
  void insert(T& object) noexcept(false);
  std::future<T> insertFuture(const T& object) noexcept;
  std::size_t update(const T& object) noexcept(false);
  std::future<std::size_t> updateFuture(const T& object) noexcept;
  template <typename... Args>
  std::size_t updateBy(const std::vector<std::string>& columns, const Criteria& criteria,
                       Args&&... args) noexcept(false);
  std::size_t deleteOne(const T& object) noexcept(false);
  std::future<std::size_t> deleteFutureOne(const T& object) noexcept;
  std::size_t deleteBy(const Criteria& criteria) noexcept(false);
  std::future<std::size_t> deleteFutureBy(const Criteria& criteria) noexcept;
  std::size_t deleteByPrimaryKey(const int& key) noexcept(false);
  std::future<std::size_t> deleteFutureByPrimaryKey(const int& key) noexcept;
};

template <typename T>
class CoroMapper : public Mapper<T> {
public:
  explicit CoroMapper(const DbClientPtr& client);
};

} // namespace drogon::orm
