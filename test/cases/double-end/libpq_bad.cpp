// Results, connections and transactions of libpq that are ended twice, or without a beginning.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <stdexcept>
#include <string>

bool command(PGconn* conn, const char* text) {
  PGresult* res = PQexec(conn, text);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

// Cleared in the branch and after it.
int nextNumber(PGconn* conn) {
  int number = -1;
  PGresult* res = PQexec(conn, "SELECT nextval('numbers')");
  if (PQresultStatus(res) != PGRES_TUPLES_OK) {
    std::fprintf(stderr, "%s", PQerrorMessage(conn));
    PQclear(res);
  } else {
    number = std::atoi(PQgetvalue(res, 0, 0));
  }
  PQclear(res); // expect: session-double-end
  return number;
}

// Finished where it fails, and once more.
PGconn* connectTuned(const char* dsn) {
  PGconn* conn = PQconnectdb(dsn);
  const bool connected = PQstatus(conn) == CONNECTION_OK;
  if (!connected) {
    std::fprintf(stderr, "%s", PQerrorMessage(conn));
    PQfinish(conn);
  }
  if (connected && command(conn, "SET search_path = shop")) return conn;
  PQfinish(conn); // expect: session-double-end
  return nullptr;
}

// Rolled back though nothing was begun.
bool expire(PGconn* conn) {
  if (!command(conn, "BEGIN")) {
    command(conn, "ROLLBACK"); // expect: session-double-end
    return false;
  }
  if (!command(conn, "DELETE FROM tokens WHERE due < now()")) {
    command(conn, "ROLLBACK");
    return false;
  }
  return command(conn, "COMMIT");
}

bool succeeded(PGresult* res) {
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

// The helper has cleared it.
bool rename(PGconn* conn, const char* text) {
  PGresult* res = PQexec(conn, text);
  const bool ok = succeeded(res);
  if (!ok) std::fprintf(stderr, "%s", PQerrorMessage(conn));
  PQclear(res); // expect: session-double-end
  return ok;
}

// What follows the commit throws into the handler that rolls back.
class Publisher {
public:
  explicit Publisher(PGconn* conn) : conn_(conn) {}

  void publish(const char* text, int subscribers) {
    if (!command(conn_, "BEGIN")) throw std::runtime_error(PQerrorMessage(conn_));
    try {
      if (!command(conn_, text)) throw std::runtime_error(PQerrorMessage(conn_));
      command(conn_, "COMMIT");
      if (subscribers == 0) throw std::logic_error("nobody listens");
    } catch (...) {
      command(conn_, "ROLLBACK"); // expect: session-double-end
      throw;
    }
  }

private:
  PGconn* conn_;
};
