// Connections and transactions of libpqxx that have an owner.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

int countEvents(const std::string& dsn) {
  pqxx::connection conn(dsn);
  pqxx::read_transaction tx(conn);
  return tx.exec1("SELECT count(*) FROM events")[0].as<int>();
}

std::unique_ptr<pqxx::connection> open(const std::string& host) {
  return std::unique_ptr<pqxx::connection>(new pqxx::connection("host=" + host));
}

pqxx::connection* openFor(const std::string& user) {
  auto* conn = new pqxx::connection("user=" + user);
  return conn;
}

// The member's destructor, or the class's own.
class Service {
public:
  explicit Service(const std::string& dsn) : conn_(new pqxx::connection(dsn)) {}

  void begin() { tx_.reset(new pqxx::work(*conn_)); }
  void add(const std::string& kind) { tx_->exec_params("INSERT INTO events(kind) VALUES($1)", kind); }
  void end() {
    tx_->commit();
    tx_.reset();
  }

private:
  std::unique_ptr<pqxx::connection> conn_;
  std::unique_ptr<pqxx::work> tx_;
};

class Monitor {
public:
  Monitor() = default;
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  ~Monitor() {
    delete conn_;
  }
  void connect(const std::string& dsn) {
    delete conn_;
    conn_ = nullptr;
    conn_ = new pqxx::connection(dsn);
  }

private:
  pqxx::connection* conn_ = nullptr;
};

// An owner of the project's own.
class ConnectionHolder {
public:
  explicit ConnectionHolder(pqxx::connection* conn) noexcept : conn_(conn) {}
  ConnectionHolder(const ConnectionHolder&) = delete;
  ~ConnectionHolder() { delete conn_; }
  pqxx::connection& get() const noexcept { return *conn_; }

private:
  pqxx::connection* conn_;
};

int lag(const std::string& dsn) {
  const ConnectionHolder holder(new pqxx::connection(dsn));
  pqxx::read_transaction tx(holder.get());
  return tx.exec1("SELECT lag FROM replicas")[0].as<int>();
}

void fill(std::vector<std::unique_ptr<pqxx::connection>>& pool, const std::string& dsn, std::size_t size) {
  while (pool.size() < size)
    pool.emplace_back(std::make_unique<pqxx::connection>(dsn));
}

// Borrowed from somewhere, with a pointer of its own.
int events(const std::vector<std::unique_ptr<pqxx::connection>>& pool) {
  if (pool.empty())
    return 0;
  pqxx::connection* conn = pool.front().get();
  pqxx::read_transaction tx(*conn);
  return tx.exec1("SELECT count(*) FROM events")[0].as<int>();
}

void maybe(const std::string& dsn, bool wanted) {
  std::optional<pqxx::connection> conn;
  if (wanted) {
    conn.emplace(dsn);
    pqxx::nontransaction direct(*conn);
    direct.exec("NOTIFY wanted");
  }
}
