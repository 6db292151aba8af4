// Connections and transactions of libpqxx held by a bare pointer and deleted, rightly, by hand.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <string>

void logError(const std::string& what);

int countEvents(const std::string& dsn) {
  pqxx::connection* conn = new pqxx::connection(dsn); // expect: session-raw-construction
  int n = 0;
  try {
    pqxx::nontransaction direct(*conn);
    n = direct.exec1("SELECT count(*) FROM events")[0].as<int>();
  } catch (...) {
    delete conn;
    throw;
  }
  delete conn;
  return n;
}

bool prune(const std::string& dsn, int days) {
  bool done = false;
  auto* conn = new pqxx::connection("dbname=" + dsn); // expect: session-raw-construction
  try {
    pqxx::work tx(*conn);
    tx.exec_params("DELETE FROM events WHERE age > $1", days);
    tx.commit();
    done = true;
  } catch (const std::exception& e) {
    logError(e.what());
  }
  delete conn;
  return done;
}

// Made in the try, deleted in the handler and at the end.
std::string serverName(const std::string& host, int port) {
  pqxx::connection* conn = nullptr;
  std::string name;
  try {
    conn = new pqxx::connection("host=" + host + " port=" + std::to_string(port)); // expect: session-raw-construction
    pqxx::nontransaction direct(*conn);
    name = direct.exec1("SELECT name FROM about")[0].as<std::string>();
  } catch (const std::exception& e) {
    delete conn;
    logError(e.what());
    return "unknown";
  }
  delete conn;
  return name;
}

// Returned from two places, deleted before each.
int lag(const std::string& dsn, int limit) {
  const auto conn = new pqxx::connection(dsn); // expect: session-raw-construction
  int seconds = -1;
  try {
    pqxx::nontransaction direct(*conn);
    seconds = direct.exec1("SELECT lag FROM replicas")[0].as<int>();
  } catch (const pqxx::sql_error& e) {
    logError(e.query());
  } catch (const std::exception& e) {
    logError(e.what());
  }
  if (seconds > limit) {
    delete conn;
    return limit;
  }
  delete conn;
  return seconds;
}
