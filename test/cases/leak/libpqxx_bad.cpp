// Connections and transactions of libpqxx made with new and not deleted on some path.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <vector>

void logError(const std::string& what);

// Skipped by the early return, and by every failing query.
int countEvents(const std::string& dsn, const std::string& kind) {
  auto* conn = new pqxx::connection(dsn); // expect: session-leak
  pqxx::result rows;
  {
    pqxx::nontransaction direct(*conn);
    rows = direct.exec_params("SELECT count(*) FROM events WHERE kind = $1", kind);
  }
  if (rows.empty())
    return -1;
  const int n = rows[0][0].as<int>();
  delete conn;
  return n;
}

// Leaves with the exception.
void prune(const std::string& dsn, int days) {
  pqxx::connection* conn = new pqxx::connection(dsn); // expect: session-leak
  {
    pqxx::work tx(*conn);
    tx.exec_params("DELETE FROM events WHERE age > $1", days);
    tx.commit();
  }
  delete conn;
}

// The handler returns without it.
bool ping(const std::string& dsn) {
  pqxx::connection* conn = nullptr;
  try {
    conn = new pqxx::connection(dsn); // expect: session-leak
    pqxx::nontransaction direct(*conn);
    direct.exec("SELECT 1");
  } catch (const std::exception& e) {
    logError(e.what());
    return false;
  }
  delete conn;
  return true;
}

// The setup may fail before the destructor is owed.
class EventStore {
public:
  explicit EventStore(const std::string& dsn) {
    conn_ = new pqxx::connection(dsn); // expect: session-leak
    conn_->prepare("add", "INSERT INTO events(kind) VALUES($1)");
  }
  EventStore(const EventStore&) = delete;
  ~EventStore() { delete conn_; }

  void add(const std::string& kind) {
    pqxx::work tx(*conn_);
    tx.exec_prepared("add", kind);
    tx.commit();
  }

private:
  pqxx::connection* conn_ = nullptr;
};
