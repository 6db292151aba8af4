// sqlpp11 in our own words: the classes and functions that its model speaks of, declared as in its
// headers <sqlpp11/*.h> (0.64), with the connector for SQLite and that for MySQL. The names of the
// connectors are aliases there, too.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sqlpp {

enum class isolation_level { undefined, serializable, repeatable_read, read_committed };
enum class connection_check { none, passive, ping };
static constexpr bool quiet_auto_rollback = false;
static constexpr bool report_auto_rollback = true;

struct connection {};

/// Statements and prepared ones are types of their own; one stands for all.
struct statement {};
struct prepared {};

template <typename ConnectionBase>
class common_connection : public ConnectionBase {
public:
  bool is_connected() const;
  bool ping_server() const;
};

template <typename ConnectionBase>
class normal_connection : public common_connection<ConnectionBase> {
public:
  using _config_t = typename ConnectionBase::_config_t;
  using _config_ptr_t = typename ConnectionBase::_config_ptr_t;
  normal_connection() = default;
  normal_connection(const _config_t& config);
  normal_connection(const _config_ptr_t& config);
  normal_connection(const normal_connection&) = delete;
  normal_connection(normal_connection&&) = default;
  void connectUsing(const _config_ptr_t& config) noexcept(false);
};

template <typename ConnectionBase>
class pooled_connection : public common_connection<ConnectionBase> {
public:
  pooled_connection(const pooled_connection&) = delete;
  pooled_connection(pooled_connection&&) = default;
  ~pooled_connection();
};

template <typename ConnectionBase>
class connection_pool {
public:
  using _config_ptr_t = typename ConnectionBase::_config_ptr_t;
  connection_pool() = default;
  connection_pool(const _config_ptr_t& config, std::size_t capacity);
  connection_pool(const connection_pool&) = delete;
  void initialize(const _config_ptr_t& config, std::size_t capacity);
  pooled_connection<ConnectionBase> get(connection_check check = connection_check::passive);
  std::size_t available();
};

template <typename Db>
class transaction_t {
public:
  transaction_t(Db& db, bool report);
  transaction_t(Db& db, bool report, isolation_level isolation);
  transaction_t(const transaction_t&) = delete;
  transaction_t(transaction_t&&);
  ~transaction_t();
  void commit();
  void rollback();
};
template <typename Db>
transaction_t<Db> start_transaction(Db& db, bool report = report_auto_rollback);
template <typename Db>
transaction_t<Db> start_transaction(Db& db, isolation_level isolation,
                                    bool report = report_auto_rollback);

/// What the connectors' classes have in common.
template <typename Config>
class stub_connection_base : public sqlpp::connection {
public:
  using _config_t = Config;
  using _config_ptr_t = std::shared_ptr<const Config>;
  template <typename Select>
  int select(const Select& s);
  template <typename Insert>
  std::size_t insert(const Insert& i);
  template <typename Update>
  std::size_t update(const Update& u);
  template <typename Remove>
  std::size_t remove(const Remove& r);
  template <typename Select>
  sqlpp::prepared prepare_select(Select& s);
  template <typename P>
  int run_prepared_select(const P& p);
  template <typename P>
  std::size_t run_prepared_insert(const P& p);
  template <typename P>
  std::size_t run_prepared_update(const P& p);
  template <typename P>
  std::size_t run_prepared_remove(const P& p);
  template <typename P>
  std::size_t run_prepared_execute(const P& p);
  std::size_t execute(const std::string& statement);
  template <typename Execute>
  std::size_t execute(const Execute& x);
  std::string escape(const std::string& text) const;
  template <typename T>
  int operator()(const T& statement);
  template <typename T>
  int run(const T& statement);
  template <typename T>
  sqlpp::prepared prepare(const T& statement);
  void set_default_isolation_level(isolation_level level);
  isolation_level get_default_isolation_level();
  void start_transaction();
  void start_transaction(isolation_level isolation);
  void commit_transaction();
  void rollback_transaction(bool report);
  void report_rollback_failure(const std::string& message) noexcept;
  bool is_transaction_active();
  std::uint64_t last_insert_id() noexcept;
  void* native_handle() const;
};

namespace sqlite3 {
struct connection_config {};
class connection_base : public stub_connection_base<connection_config> {};
using connection = sqlpp::normal_connection<connection_base>;
using pooled_connection = sqlpp::pooled_connection<connection_base>;
using connection_pool = sqlpp::connection_pool<connection_base>;
} // namespace sqlite3

namespace mysql {
struct connection_config {};
class connection_base : public stub_connection_base<connection_config> {
public:
  void* get_handle();
};
using connection = sqlpp::normal_connection<connection_base>;
using connection_pool = sqlpp::connection_pool<connection_base>;
} // namespace mysql

namespace postgresql {
struct connection_config {};
class connection_base : public stub_connection_base<connection_config> {};
using connection = sqlpp::normal_connection<connection_base>;
using connection_pool = sqlpp::connection_pool<connection_base>;
} // namespace postgresql

} // namespace sqlpp
