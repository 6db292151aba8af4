// Transactions of libpq that end on every way out, though it may not look like it.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

bool command(PGconn* conn, const char* text) {
  PGresult* res = PQexec(conn, text);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  if (!ok) std::fprintf(stderr, "%s: %s", text, PQerrorMessage(conn));
  return ok;
}

// Rolled back before each early return.
bool take(PGconn* conn, const char* article) {
  if (!command(conn, "BEGIN")) return false;
  PGresult* res = PQexecParams(conn, "SELECT n FROM stock WHERE article = $1 FOR UPDATE", 1,
                               nullptr, &article, nullptr, nullptr, 0);
  const int n = PQntuples(res) == 1 ? std::atoi(PQgetvalue(res, 0, 0)) : 0;
  PQclear(res);
  if (n == 0) {
    command(conn, "ROLLBACK");
    return false;
  }
  res = PQexecParams(conn, "UPDATE stock SET n = n - 1 WHERE article = $1", 1, nullptr, &article,
                     nullptr, nullptr, 0);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  if (!ok) {
    command(conn, "ABORT"); // as good as ROLLBACK
    return false;
  }
  return command(conn, "COMMIT");
}

// A flag remembers whether it has begun.
int cleanUp(PGconn* conn, bool atomic, const std::vector<std::string>& statements) {
  int failed = 0;
  bool begun = false;
  if (atomic) begun = command(conn, "BEGIN");
  for (const std::string& statement : statements)
    if (!command(conn, statement.c_str())) ++failed;
  if (begun) command(conn, failed == 0 ? "COMMIT" : "ROLLBACK");
  return failed;
}

// One script, one transaction.
bool install(PGconn* conn) {
  return command(conn, "BEGIN; CREATE TABLE jobs(id serial, state text); "
                       "CREATE INDEX jobs_state ON jobs(state); COMMIT");
}

class Transaction {
public:
  explicit Transaction(PGconn* conn) : conn_(conn) { open_ = command(conn_, "BEGIN"); }
  Transaction(Transaction&& other) noexcept
      : conn_(other.conn_), open_(std::exchange(other.open_, false)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (open_) command(conn_, "ROLLBACK");
  }
  bool active() const { return open_; }
  bool commit() {
    open_ = false;
    return command(conn_, "COMMIT");
  }

private:
  PGconn* conn_;
  bool open_ = false;
};

Transaction beginDeferrable(PGconn* conn) {
  Transaction transaction(conn);
  if (transaction.active()) command(conn, "SET TRANSACTION DEFERRABLE");
  return transaction;
}

// Leaves early on purpose; the guard came from a factory.
bool deactivate(PGconn* conn, const char* login) {
  Transaction transaction = beginDeferrable(conn);
  if (!transaction.active()) return false;
  PGresult* res = PQexecParams(conn, "UPDATE users SET active = false WHERE login = $1", 1,
                               nullptr, &login, nullptr, nullptr, 0);
  const bool found = PQresultStatus(res) == PGRES_COMMAND_OK && std::atoi(PQcmdTuples(res)) == 1;
  PQclear(res);
  if (!found) return false;
  return transaction.commit();
}

// Only read: nothing has to be committed.
long consistentCount(PGconn* conn) {
  const Transaction snapshot(conn);
  if (!snapshot.active()) return -1;
  long n = 0;
  for (const char* text : {"SELECT id FROM posts", "SELECT id FROM comments"}) {
    PGresult* res = PQexec(conn, text);
    if (PQresultStatus(res) == PGRES_TUPLES_OK) n += PQntuples(res);
    PQclear(res);
  }
  return n;
}

// The dry run is rolled back, the real one committed.
bool import(PGconn* conn, const std::vector<std::string>& rows, bool dry) {
  if (!command(conn, "BEGIN")) return false;
  bool ok = true;
  for (const std::string& row : rows) {
    ok = command(conn, row.c_str());
    if (!ok) break;
  }
  if (!ok || dry) {
    PQclear(PQexec(conn, "ROLLBACK"));
    return ok;
  }
  return command(conn, "COMMIT");
}

// A lambda ends it, in each of its cases.
bool moveQueue(PGconn* conn, const std::string& from, const std::string& to) {
  const auto finish = [conn](bool keep) {
    PQclear(PQexec(conn, keep ? "COMMIT" : "ROLLBACK"));
    return keep;
  };
  if (!command(conn, "BEGIN")) return false;
  if (from == to) return finish(false);
  if (!command(conn, ("INSERT INTO " + to + " SELECT * FROM " + from).c_str()))
    return finish(false);
  if (!command(conn, ("DELETE FROM " + from).c_str())) return finish(false);
  return finish(true);
}

// Begin and end for others: what they are there for.
class Unit {
public:
  explicit Unit(PGconn* conn) : conn_(conn) {}
  void begin() {
    if (depth_++ == 0) PQclear(PQexec(conn_, "BEGIN"));
  }
  void end(bool keep) {
    if (--depth_ == 0) PQclear(PQexec(conn_, keep ? "COMMIT" : "ROLLBACK"));
  }

private:
  PGconn* conn_;
  int depth_ = 0;
};

// A cursor needs a transaction, which ends with the last of the rows.
int exportRows(PGconn* conn, const std::function<void(const char*)>& write) {
  if (!command(conn, "BEGIN")) return -1;
  if (!command(conn, "DECLARE rows CURSOR FOR SELECT text FROM rows")) {
    command(conn, "ROLLBACK");
    return -1;
  }
  int n = 0;
  for (;;) {
    PGresult* res = PQexec(conn, "FETCH 100 FROM rows");
    const int got = PQresultStatus(res) == PGRES_TUPLES_OK ? PQntuples(res) : 0;
    for (int i = 0; i < got; ++i) write(PQgetvalue(res, i, 0));
    PQclear(res);
    n += got;
    if (got == 0) break;
  }
  command(conn, "END");
  return n;
}
