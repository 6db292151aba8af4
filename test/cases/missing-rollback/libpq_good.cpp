// Exceptions between BEGIN and COMMIT of libpq that find a rollback, where one is needed.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct PgDelete {
  void operator()(PGconn* conn) const noexcept { PQfinish(conn); }
  void operator()(PGresult* res) const noexcept { PQclear(res); }
};
using PgConn = std::unique_ptr<PGconn, PgDelete>;
using PgResult = std::unique_ptr<PGresult, PgDelete>;

PgResult query(PGconn* conn, const std::string& text) {
  PgResult res(PQexec(conn, text.c_str()));
  const ExecStatusType status = PQresultStatus(res.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(text + ": " + PQresultErrorMessage(res.get()));
  return res;
}

void rollback(PGconn* conn) noexcept { PQclear(PQexec(conn, "ROLLBACK")); }

int expire(PGconn* conn) {
  query(conn, "BEGIN");
  try {
    const int n = std::atoi(PQcmdTuples(query(conn, "DELETE FROM tokens").get()));
    query(conn, "COMMIT");
    return n;
  } catch (const std::exception& e) {
    rollback(conn);
    std::fprintf(stderr, "%s\n", e.what());
    return -1;
  }
}

// Two handlers, both roll back.
void merge(PGconn* conn, int from, int to) {
  query(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE");
  try {
    query(conn, "UPDATE posts SET author = " + std::to_string(to));
    if (from < 0) throw std::invalid_argument("system accounts stay");
    query(conn, "DELETE FROM users WHERE id = " + std::to_string(from));
    query(conn, "COMMIT");
  } catch (const std::invalid_argument&) {
    PQclear(PQexec(conn, "ROLLBACK"));
  } catch (...) {
    PQclear(PQexec(conn, "ROLLBACK"));
    throw;
  }
}

class Transaction {
public:
  explicit Transaction(PGconn* conn) : conn_(conn) { query(conn_, "BEGIN"); }
  ~Transaction() {
    if (conn_ != nullptr) rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { query(std::exchange(conn_, nullptr), "COMMIT"); }

private:
  PGconn* conn_;
};

// Left by exceptions; the guard is what it is there for.
int reserve(PGconn* conn, int show, int wanted) {
  Transaction transaction(conn);
  const PgResult res = query(conn, "SELECT free FROM shows WHERE id = " + std::to_string(show));
  if (PQntuples(res.get()) == 0) throw std::out_of_range("no such show");
  const int free = std::atoi(PQgetvalue(res.get(), 0, 0));
  if (free < wanted) throw std::runtime_error("sold out");
  query(conn, "UPDATE shows SET free = " + std::to_string(free - wanted));
  transaction.commit();
  return free - wanted;
}

// The handler is outside of the guard's scope.
bool tryReserve(PGconn* conn, int show, std::string& problem) {
  try {
    Transaction transaction(conn);
    query(conn, "UPDATE shows SET free = free - 1 WHERE id = " + std::to_string(show));
    transaction.commit();
  } catch (const std::runtime_error& e) {
    problem = e.what();
    return false;
  }
  return true;
}

// The connection dies with the function, and its transaction with it.
void migrate(const char* dsn, const std::vector<std::string>& steps) {
  const PgConn conn(PQconnectdb(dsn));
  if (PQstatus(conn.get()) != CONNECTION_OK) throw std::runtime_error("not connected");
  query(conn.get(), "BEGIN");
  for (const std::string& step : steps) query(conn.get(), step);
  query(conn.get(), "COMMIT");
}

// Results are looked at, nothing is thrown before the end.
void stamp(PGconn* conn, const std::string& letter) {
  PgResult res(PQexec(conn, "BEGIN"));
  if (PQresultStatus(res.get()) != PGRES_COMMAND_OK) throw std::runtime_error("no transaction");
  const char* value = letter.c_str();
  res.reset(PQexecParams(conn, "UPDATE letters SET stamped = now() WHERE id = $1", 1, nullptr,
                         &value, nullptr, nullptr, 0));
  const bool ok = PQresultStatus(res.get()) == PGRES_COMMAND_OK;
  res.reset(PQexec(conn, ok ? "COMMIT" : "ROLLBACK"));
  if (!ok) throw std::runtime_error("letter not stamped");
}

// Asks the connection whether there is something to roll back.
void leaveClean(PGconn* conn, const std::function<void(PGconn*)>& work) {
  query(conn, "BEGIN");
  try {
    work(conn);
    query(conn, "COMMIT");
  } catch (...) {
    if (PQtransactionStatus(conn) != PQTRANS_IDLE) rollback(conn);
    throw;
  }
}

// A new attempt after a rollback.
bool publish(PGconn* conn, const std::vector<std::string>& rows) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    query(conn, "BEGIN");
    try {
      for (const std::string& row : rows) query(conn, row);
      query(conn, "COMMIT");
      return true;
    } catch (const std::runtime_error& e) {
      rollback(conn);
      std::fprintf(stderr, "attempt %d: %s\n", attempt, e.what());
    }
  }
  return false;
}
