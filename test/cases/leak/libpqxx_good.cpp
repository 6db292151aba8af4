// Connections of libpqxx that are closed, whoever does it.
// library: libpqxx
#include <pqxx/pqxx>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

int countEvents(const std::string& dsn, const std::string& kind) {
  pqxx::connection conn(dsn);
  pqxx::nontransaction direct(conn);
  const pqxx::result rows = direct.exec_params("SELECT count(*) FROM events WHERE kind = $1", kind);
  if (rows.empty())
    return -1;
  return rows[0][0].as<int>();
}

std::unique_ptr<pqxx::connection> connect(const std::string& dsn) {
  auto conn = std::make_unique<pqxx::connection>(dsn);
  conn->set_client_encoding("UTF8");
  return conn;
}

// Tries one after the other; what fails leaves nothing behind.
std::unique_ptr<pqxx::connection> connectAny(const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    try {
      return std::make_unique<pqxx::connection>("host=" + host);
    } catch (const pqxx::broken_connection& e) {
      logError(e.what());
    }
  }
  return nullptr;
}

pqxx::connection* openRaw(const std::string& dsn) {
  return new pqxx::connection(dsn);
}

void openInto(const std::string& dsn, pqxx::connection** out) {
  *out = new pqxx::connection(dsn);
}

/// A pool of the project's own.
class ConnectionPool {
public:
  using Handle = std::unique_ptr<pqxx::connection, std::function<void(pqxx::connection*)>>;

  explicit ConnectionPool(std::string dsn) : dsn_(std::move(dsn)) {}

  Handle acquire() {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::unique_ptr<pqxx::connection> conn;
    if (idle_.empty()) {
      conn = std::make_unique<pqxx::connection>(dsn_);
    } else {
      conn = std::move(idle_.front());
      idle_.pop_front();
    }
    return Handle(conn.release(), [this](pqxx::connection* back) { giveBack(back); });
  }

private:
  void giveBack(pqxx::connection* conn) {
    std::unique_ptr<pqxx::connection> owner(conn);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (owner->is_open())
      idle_.push_back(std::move(owner));
  }

  std::string dsn_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<pqxx::connection>> idle_;
};

void prune(ConnectionPool& pool, int days) {
  const auto conn = pool.acquire();
  if (days <= 0)
    return;
  pqxx::work tx(*conn);
  tx.exec_params("DELETE FROM events WHERE age > $1", days);
  tx.commit();
}

// Deleted by the destructor; nothing in the constructor fails after the connection.
class EventStore {
public:
  explicit EventStore(const std::string& dsn) { conn_ = new pqxx::connection(dsn); }
  EventStore(const EventStore&) = delete;
  EventStore& operator=(const EventStore&) = delete;
  ~EventStore() { shutDown(); }

  void shutDown() {
    delete conn_;
    conn_ = nullptr;
  }

private:
  pqxx::connection* conn_ = nullptr;
};

// Reconnects by replacing what the owner holds.
class Listener {
public:
  explicit Listener(std::string dsn) : dsn_(std::move(dsn)) {}

  int wait() {
    if (!conn_ || !conn_->is_open())
      conn_.reset(new pqxx::connection(dsn_));
    return conn_->await_notification(5, 0);
  }
  void stop() { conn_.reset(); }

private:
  std::string dsn_;
  std::unique_ptr<pqxx::connection> conn_;
};

// A pointer that owns nothing.
bool ping(pqxx::connection& given, pqxx::connection* spare) {
  pqxx::connection* conn = given.is_open() ? &given : spare;
  if (conn == nullptr)
    return false;
  pqxx::nontransaction direct(*conn);
  direct.exec("SELECT 1");
  return true;
}
