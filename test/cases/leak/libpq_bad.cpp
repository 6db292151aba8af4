// Connections and results of libpq that are forgotten on one of the ways out.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct PgFinish {
  void operator()(PGconn* conn) const noexcept { PQfinish(conn); }
};
using PgConn = std::unique_ptr<PGconn, PgFinish>;

// Also a failed connection has to be finished.
PgConn connectLedger(const std::string& dsn) {
  PGconn* raw = PQconnectdb(dsn.c_str()); // expect: session-leak
  if (PQstatus(raw) != CONNECTION_OK)
    throw std::runtime_error(std::string("ledger unreachable: ") + PQerrorMessage(raw));
  PgConn conn(raw);
  PQsetErrorVerbosity(conn.get(), PQERRORS_TERSE);
  return conn;
}

// The connection of a constructor that throws.
class QueueClient {
public:
  QueueClient(const char* dsn, const char* channel) : channel_(channel) {
    conn_ = PQconnectdb(dsn); // expect: session-leak
    if (PQstatus(conn_) == CONNECTION_BAD) throw std::runtime_error("no queue server");
  }
  ~QueueClient() { PQfinish(conn_); }
  QueueClient(const QueueClient&) = delete;
  QueueClient& operator=(const QueueClient&) = delete;

  bool listen() {
    PGresult* res = PQexec(conn_, ("LISTEN " + channel_).c_str());
    const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
    PQclear(res);
    return ok;
  }

private:
  std::string channel_;
  PGconn* conn_ = nullptr;
};

// The error return keeps the result.
std::vector<int> openOrders(PGconn* conn) {
  std::vector<int> ids;
  PGresult* res = PQexec(conn, "SELECT id FROM orders WHERE open"); // expect: session-leak
  if (PQresultStatus(res) != PGRES_TUPLES_OK) {
    std::fprintf(stderr, "orders: %s", PQerrorMessage(conn));
    return ids;
  }
  const int rows = PQntuples(res);
  ids.reserve(static_cast<std::size_t>(rows));
  for (int i = 0; i < rows; ++i) ids.push_back(std::atoi(PQgetvalue(res, i, 0)));
  PQclear(res);
  return ids;
}

// Nobody looks at the result, and nobody can clear it any more.
void applyDefaults(PGconn* conn) {
  PQexec(conn, "SET statement_timeout = '5s'"); // expect: session-leak
}

std::string customerName(PGconn* conn, const std::string& id) {
  const char* values[] = {id.c_str()};
  const char* text = "SELECT name FROM customers WHERE id = $1";
  PGresult* res = PQexecParams(conn, text, 1, nullptr, values, // expect: session-leak
                               nullptr, nullptr, 0);
  if (PQntuples(res) == 0) throw std::out_of_range("no customer " + id);
  std::string name = PQgetisnull(res, 0, 0) ? "" : PQgetvalue(res, 0, 0);
  PQclear(res);
  return name;
}

// The result of the delete is overwritten by that of the insert.
bool replacePrice(PGconn* conn, const char* article, const char* price) {
  const char* values[] = {article, price};
  const char* text = "DELETE FROM prices WHERE article = $1";
  auto* res = PQexecParams(conn, text, 1, nullptr, values, // expect: session-leak
                           nullptr, nullptr, 0);
  if (PQresultStatus(res) != PGRES_COMMAND_OK) {
    PQclear(res);
    return false;
  }
  res = PQexecParams(conn, "INSERT INTO prices VALUES($1, $2)", 2, nullptr, values, nullptr,
                     nullptr, 0);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

// Leaves the loop with a result in hand.
bool drain(PGconn* conn, int& affected) {
  affected = 0;
  while (PGresult* res = PQgetResult(conn)) { // expect: session-leak
    if (PQresultStatus(res) == PGRES_FATAL_ERROR) return false;
    affected += std::atoi(PQcmdTuples(res));
    PQclear(res);
  }
  return true;
}

// Asynchronous connects own a handle, too.
PgConn connectAsync(const char* dsn, int rounds) {
  PGconn* conn = PQconnectStart(dsn); // expect: session-leak
  if (conn == nullptr) return nullptr;
  for (int i = 0; i < rounds; ++i) {
    switch (PQconnectPoll(conn)) {
    case PGRES_POLLING_OK:
      return PgConn(conn);
    case PGRES_POLLING_FAILED:
      PQfinish(conn);
      return nullptr;
    default:
      break;
    }
  }
  return nullptr;
}

// Another file opens it; who finishes it at the end owns it.
PGconn* dialStock(const char* shop);
PGresult* ask(PGconn* conn, const char* text);

int countStock(const char* shop) {
  PGconn* conn = dialStock(shop); // expect: session-leak
  PGresult* res = ask(conn, "SELECT count(*) FROM stock"); // expect: session-leak
  if (PQntuples(res) != 1) return -1;
  const int n = std::atoi(PQgetvalue(res, 0, 0));
  PQclear(res);
  PQfinish(conn);
  return n;
}

// The answers before the last one are forgotten.
int rowsOfLastOnly(PGconn* conn) {
  PGresult* last = nullptr;
  while (PGresult* next = PQgetResult(conn)) {  // expect: session-leak
    last = next;
  }
  const int rows = PQntuples(last);
  PQclear(last);
  return rows;
}

/*
    Counts the orders of today.

    @return how many, 0 where there is no table
*/
int ordersOfToday(PGconn* conn) {
  PGresult* res = PQexec(conn, "SELECT count(*) FROM orders WHERE day = current_date");  // expect: session-leak
  if (PQntuples(res) == 0) return 0;
  const int n = std::atoi(PQgetvalue(res, 0, 0));
  PQclear(res);
  return n;
}
