// Exceptions between BEGIN and COMMIT of libpq after which nobody rolls back.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct PgClear {
  void operator()(PGresult* res) const noexcept { PQclear(res); }
};
using PgResult = std::unique_ptr<PGresult, PgClear>;

PgResult query(PGconn* conn, const std::string& text) {
  PgResult res(PQexec(conn, text.c_str()));
  const ExecStatusType status = PQresultStatus(res.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(text + ": " + PQresultErrorMessage(res.get()));
  return res;
}

// Swallowed; the connection stays in the failed transaction.
int expire(PGconn* conn) {
  int n = 0;
  query(conn, "BEGIN");
  try {
    n = std::atoi(PQcmdTuples(query(conn, "DELETE FROM tokens WHERE due < now()").get()));
    query(conn, "COMMIT");
  } catch (const std::exception& e) { // expect: session-missing-rollback
    std::fprintf(stderr, "%s\n", e.what());
    n = -1;
  }
  return n;
}

// Thrown on while the connection, the caller's, is in the transaction.
int reserve(PGconn* conn, int show, int wanted) {
  query(conn, "BEGIN"); // expect: session-missing-rollback
  const PgResult res = query(conn, "SELECT free FROM shows WHERE id = " + std::to_string(show));
  if (PQntuples(res.get()) == 0) throw std::out_of_range("no such show");
  const int free = std::atoi(PQgetvalue(res.get(), 0, 0));
  if (free < wanted) throw std::runtime_error("sold out");
  query(conn, "UPDATE shows SET free = " + std::to_string(free - wanted));
  query(conn, "COMMIT");
  return free - wanted;
}

// Tried again, in the same failed transaction's connection.
class Publisher {
public:
  explicit Publisher(PGconn* conn) : conn_(conn) {}

  bool publish(const std::vector<std::string>& rows) {
    query(conn_, "BEGIN");
    try {
      for (const std::string& row : rows) query(conn_, row);
      query(conn_, "NOTIFY rows");
      query(conn_, "COMMIT");
      published_ += rows.size();
      return true;
    } catch (const std::runtime_error&) { // expect: session-missing-rollback
      ++failures_;
      return false;
    }
  }

private:
  PGconn* conn_;
  std::size_t published_ = 0;
  int failures_ = 0;
};

// The handler for all the others lets it stand.
void merge(PGconn* conn, int from, int to) {
  if (from == to) return;
  query(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE");
  try {
    const std::string source = std::to_string(from);
    query(conn, "UPDATE posts SET author = " + std::to_string(to) + " WHERE author = " + source);
    if (from < 0) throw std::invalid_argument("system accounts stay");
    query(conn, "DELETE FROM users WHERE id = " + source);
    query(conn, "COMMIT");
  } catch (const std::invalid_argument&) {
    PQclear(PQexec(conn, "ROLLBACK"));
  } catch (...) { // expect: session-missing-rollback
    std::fputs("merge failed\n", stderr);
    throw;
  }
}
