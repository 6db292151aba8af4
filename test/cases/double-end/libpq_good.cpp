// Results, connections and transactions of libpq that seem to end twice and do not.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

bool command(PGconn* conn, const char* text) {
  PGresult* res = PQexec(conn, text);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

// Null after the first; null may be cleared.
int nextNumber(PGconn* conn) {
  int number = -1;
  PGresult* res = PQexec(conn, "SELECT nextval('numbers')");
  if (PQresultStatus(res) != PGRES_TUPLES_OK) {
    PQclear(res);
    res = nullptr;
  } else {
    number = std::atoi(PQgetvalue(res, 0, 0));
  }
  PQclear(res);
  return number;
}

// A result for each clear.
int countAll(PGconn* conn, const std::vector<std::string>& queries) {
  int n = 0;
  for (const std::string& query : queries) {
    PGresult* res = PQexec(conn, query.c_str());
    if (PQresultStatus(res) == PGRES_TUPLES_OK) {
      n += PQntuples(res);
      PQclear(res);
      continue;
    }
    PQclear(res);
    break;
  }
  return n;
}

PGconn* connectTuned(const char* dsn) {
  PGconn* conn = PQconnectdb(dsn);
  if (PQstatus(conn) == CONNECTION_OK && command(conn, "SET search_path = shop")) return conn;
  PQfinish(conn);
  return nullptr;
}

// Finished in close() or in the destructor, not in both.
class Link {
public:
  explicit Link(const char* dsn) : conn_(PQconnectdb(dsn)) {}
  ~Link() { close(); }
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  void close() noexcept {
    if (conn_) PQfinish(conn_);
    conn_ = nullptr;
  }
  bool open(const char* dsn) {
    close();
    conn_ = PQconnectdb(dsn);
    if (PQstatus(conn_) == CONNECTION_OK) return true;
    close();
    return false;
  }

private:
  PGconn* conn_;
};

// Rolled back once, by whichever comes first.
bool update(PGconn* conn, const char* first, const char* second) {
  bool open = command(conn, "BEGIN");
  if (!open) return false;
  if (!command(conn, first)) {
    command(conn, "ROLLBACK");
    open = false;
  }
  if (open && !command(conn, second)) {
    command(conn, "ROLLBACK");
    open = false;
  }
  return open && command(conn, "COMMIT");
}

void give(PGconn* conn, bool keep) { command(conn, keep ? "COMMIT" : "ROLLBACK"); }

// Ended by the helper, on each way once.
bool expire(PGconn* conn, bool dry) {
  if (!command(conn, "BEGIN")) return false;
  if (!command(conn, "DELETE FROM tokens WHERE due < now()")) {
    give(conn, false);
    return false;
  }
  give(conn, !dry);
  return true;
}

// Pooled connections get a rollback, whatever their last user has done.
class Pool {
public:
  ~Pool() {
    for (PGconn* conn : idle_) PQfinish(conn);
  }
  void giveBack(PGconn* conn) {
    if (PQtransactionStatus(conn) != PQTRANS_IDLE) command(conn, "ROLLBACK");
    idle_.push_back(conn);
  }

private:
  std::vector<PGconn*> idle_;
};

// Two transactions, each with its own end; the second only if the first was refused.
bool upsert(PGconn* conn, const char* insert, const char* update) {
  if (!command(conn, "BEGIN")) return false;
  if (command(conn, insert)) return command(conn, "COMMIT");
  command(conn, "ROLLBACK");
  if (!command(conn, "BEGIN")) return false;
  if (command(conn, update)) return command(conn, "COMMIT");
  command(conn, "ROLLBACK");
  return false;
}

// Handed over before it is let go.
class Rows {
public:
  explicit Rows(PGresult* res) noexcept : res_(res) {}
  Rows(Rows&& other) noexcept : res_(std::exchange(other.res_, nullptr)) {}
  Rows& operator=(Rows&& other) noexcept {
    if (this != &other) {
      PQclear(res_);
      res_ = std::exchange(other.res_, nullptr);
    }
    return *this;
  }
  ~Rows() { PQclear(res_); }
  int size() const { return PQntuples(res_); }

private:
  PGresult* res_;
};

int latest(PGconn* conn) {
  Rows rows(PQexec(conn, "SELECT id FROM news WHERE fresh"));
  if (rows.size() == 0) rows = Rows(PQexec(conn, "SELECT id FROM news LIMIT 10"));
  return rows.size();
}
