// Results, their values and connections of libpq used after their end.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct PgDelete {
  void operator()(PGconn* conn) const noexcept { PQfinish(conn); }
  void operator()(PGresult* res) const noexcept { PQclear(res); }
};
using PgConn = std::unique_ptr<PGconn, PgDelete>;
using PgResult = std::unique_ptr<PGresult, PgDelete>;

// The value lives in the result.
std::string currentSchema(PGconn* conn) {
  PGresult* res = PQexec(conn, "SELECT current_schema()");
  const char* value = "public";
  if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1) value = PQgetvalue(res, 0, 0);
  PQclear(res);
  return value; // expect: session-use-after-scope
}

// The message lives in the connection.
PgConn connectOrThrow(const std::string& dsn) {
  PGconn* conn = PQconnectdb(dsn.c_str());
  if (PQstatus(conn) != CONNECTION_OK) {
    PQfinish(conn);
    throw std::runtime_error(PQerrorMessage(conn)); // expect: session-use-after-scope
  }
  return PgConn(conn);
}

// Cleared before it is counted.
int closeTickets(PGconn* conn, bool verbose) {
  PGresult* res = PQexec(conn, "UPDATE tickets SET open = false WHERE expired");
  if (PQresultStatus(res) != PGRES_COMMAND_OK) {
    PQclear(res);
    return -1;
  }
  if (verbose) std::puts(PQcmdStatus(res));
  PQclear(res);
  return std::atoi(PQcmdTuples(res)); // expect: session-use-after-scope
}

// The result dies with the function, the view goes on.
std::string_view ownerOf(PGconn* conn, const char* article) {
  const PgResult res(PQexecParams(conn, "SELECT owner FROM articles WHERE id = $1", 1, nullptr,
                                  &article, nullptr, nullptr, 0));
  if (PQntuples(res.get()) == 0) return {};
  std::string_view owner(PQgetvalue(res.get(), 0, 0));
  return owner; // expect: session-use-after-scope
}

// The error of a result that has been cleared.
bool import(PGconn* conn, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    PGresult* res = PQexec(conn, line.c_str());
    const ExecStatusType status = PQresultStatus(res);
    PQclear(res);
    if (status != PGRES_COMMAND_OK) {
      std::fprintf(stderr, "%s", PQresultErrorMessage(res)); // expect: session-use-after-scope
      return false;
    }
  }
  return true;
}

// The old connection is gone when its process id is asked for.
class Uplink {
public:
  explicit Uplink(PGconn* adopted) : conn_(adopted) {}
  ~Uplink() { PQfinish(conn_); }
  Uplink(const Uplink&) = delete;
  Uplink& operator=(const Uplink&) = delete;

  bool renew(const char* dsn) {
    PQfinish(conn_);
    std::printf("renewing %d\n", PQbackendPID(conn_)); // expect: session-use-after-scope
    conn_ = PQconnectdb(dsn);
    return PQstatus(conn_) == CONNECTION_OK;
  }

private:
  PGconn* conn_;
};

// Reset of the owner, use of the copy.
void switchOver(PgConn& active, PgConn standby) {
  PGconn* old = active.get();
  active = std::move(standby);
  if (PQtransactionStatus(old) != PQTRANS_IDLE) // expect: session-use-after-scope
    throw std::logic_error("switched in the middle of a transaction");
}
