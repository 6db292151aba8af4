// userver's PostgreSQL driver in our own words: the classes and methods that its model speaks of,
// declared as in its headers <userver/storages/postgres/*.hpp> (2025).
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace userver::storages {

class Query {
public:
  Query(const char* statement);
  Query(std::string statement);
  const std::string& Statement() const;
};

} // namespace userver::storages

namespace userver::storages::postgres {

using Query = userver::storages::Query;
using TimeoutDuration = std::chrono::milliseconds;

struct CommandControl {
  TimeoutDuration network{};
  TimeoutDuration statement{};
};
using OptionalCommandControl = std::optional<CommandControl>;

struct TransactionOptions {
  enum Mode : std::uint16_t { kReadWrite = 0, kReadOnly = 1, kDeferrable = 3 };
  constexpr TransactionOptions() = default;
  constexpr TransactionOptions(Mode m) : mode(m) {}
  Mode mode = kReadWrite;
};

enum class ClusterHostType { kNone, kMaster, kSyncSlave, kSlave };
class ClusterHostTypeFlags {
public:
  ClusterHostTypeFlags(ClusterHostType);
};

class ParameterStore {};
class ClusterStatisticsPtr {};
namespace detail {
class Connection;
class ConnectionPtr {};
class ResultWrapper;
} // namespace detail

class ResultSet {
public:
  explicit ResultSet(std::shared_ptr<detail::ResultWrapper> wrapper);
  ResultSet(const ResultSet&);
  ResultSet(ResultSet&&) noexcept;
  ~ResultSet();
  std::size_t Size() const;
  bool IsEmpty() const;
  std::size_t RowsAffected() const;
};

class Portal {
public:
  Portal(Portal&&) noexcept;
  Portal& operator=(Portal&&) noexcept;
  ~Portal();
  ResultSet Fetch(std::uint32_t rows);
  bool Done() const;
  std::size_t FetchedSoFar() const;
  explicit operator bool() const;
};

class Transaction {
public:
  static constexpr TransactionOptions RW{};
  static constexpr TransactionOptions RO{TransactionOptions::kReadOnly};
  explicit Transaction(detail::ConnectionPtr&& conn, const TransactionOptions& = RW,
                       OptionalCommandControl = {});
  void SetName(std::string name);
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();
  template <typename... Args>
  ResultSet Execute(const Query& query, const Args&... args);
  template <typename... Args>
  ResultSet Execute(OptionalCommandControl control, const Query& query, const Args&... args);
  ResultSet Execute(const Query& query, const ParameterStore& store);
  ResultSet Execute(OptionalCommandControl control, const Query& query,
                    const ParameterStore& store);
  template <typename Container>
  void ExecuteBulk(const Query& query, const Container& args, std::size_t chunk = 1024);
  template <typename Container>
  void ExecuteDecomposeBulk(const Query& query, const Container& args, std::size_t chunk = 1024);
  template <typename... Args>
  Portal MakePortal(const Query& query, const Args&... args);
  template <typename... Args>
  Portal MakePortal(OptionalCommandControl control, const Query& query, const Args&... args);
  void SetParameter(const std::string& name, const std::string& value);
  void Commit();
  void Rollback();
};

class QueryQueue final {
public:
  QueryQueue(CommandControl control, detail::ConnectionPtr&& conn);
  QueryQueue(QueryQueue&&) noexcept;
  QueryQueue& operator=(QueryQueue&&) noexcept;
  ~QueryQueue();
  void Reserve(std::size_t size);
  template <typename... Args>
  void Push(CommandControl control, const Query& query, const Args&... args);
  template <typename... Args>
  void Push(const Query& query, const Args&... args);
  std::vector<ResultSet> Collect(TimeoutDuration timeout);
  std::vector<ResultSet> Collect();
};

class Cluster {
public:
  ~Cluster();
  ClusterStatisticsPtr GetStatistics() const;
  Transaction Begin(const TransactionOptions&, OptionalCommandControl = {});
  Transaction Begin(ClusterHostTypeFlags, const TransactionOptions&, OptionalCommandControl = {});
  Transaction Begin(std::string name, const TransactionOptions&);
  Transaction Begin(std::string name, ClusterHostTypeFlags, const TransactionOptions&);
  QueryQueue CreateQueryQueue(ClusterHostTypeFlags flags);
  template <typename... Args>
  ResultSet Execute(ClusterHostTypeFlags, const Query& query, const Args&... args);
  template <typename... Args>
  ResultSet Execute(ClusterHostTypeFlags, OptionalCommandControl, const Query& query,
                    const Args&... args);
  void SetDefaultCommandControl(CommandControl);
  CommandControl GetDefaultCommandControl() const;
};

} // namespace userver::storages::postgres

// A service may be built with another USERVER_NAMESPACE, and with none.
namespace storages {
class Query {
public:
  Query(const char* statement);
};
} // namespace storages

namespace storages::postgres {
class Cluster;
class Portal;
class ResultSet;
class QueryQueue;

class Transaction {
public:
  Transaction(Transaction&&) noexcept;
  ~Transaction();
  template <typename... Args>
  userver::storages::postgres::ResultSet Execute(const Query& query, const Args&... args);
};
} // namespace storages::postgres
