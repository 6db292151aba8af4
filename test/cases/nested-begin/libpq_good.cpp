// Transactions of libpq that only seem to be begun one within the other.
// library: libpq
#include <libpq-fe.h>
#include <string>
#include <utility>
#include <vector>

bool command(PGconn* conn, const std::string& text) noexcept {
  PGresult* res = PQexec(conn, text.c_str());
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

bool end(PGconn* conn, bool keep) noexcept {
  return command(conn, keep ? "COMMIT" : "ROLLBACK") && keep;
}

bool addMember(PGconn* conn, int club) {
  if (!command(conn, "BEGIN")) return false;
  bool ok = command(conn, "INSERT INTO members VALUES(" + std::to_string(club) + ")");
  command(conn, "SAVEPOINT dues");
  if (!command(conn, "INSERT INTO dues VALUES(" + std::to_string(club) + ")"))
    ok = command(conn, "ROLLBACK TO SAVEPOINT dues") && ok;
  return end(conn, ok);
}

// The connection knows whether one is open.
bool audit(PGconn* conn, const std::string& what) {
  const bool own = PQtransactionStatus(conn) == PQTRANS_IDLE;
  if (own && !command(conn, "BEGIN")) return false;
  const bool ok = command(conn, "INSERT INTO audit VALUES('" + what + "')");
  if (own) return end(conn, ok);
  return ok;
}

bool dropUser(PGconn* conn, int id) {
  if (!command(conn, "BEGIN")) return false;
  const bool ok = command(conn, "DELETE FROM users WHERE id = " + std::to_string(id)) &&
                  command(conn, "INSERT INTO audit VALUES('user dropped')");
  return end(conn, ok);
}

// One after the other.
bool load(PGconn* conn, const std::vector<std::string>& tables) {
  bool ok = true;
  for (const std::string& table : tables) {
    if (!command(conn, "BEGIN")) return false;
    const bool loaded = command(conn, "INSERT INTO " + table + " SELECT * FROM staging");
    ok = end(conn, loaded) && ok;
  }
  return ok;
}

// Chained: the next one is begun by the server, not here.
bool rotate(PGconn* conn, const std::vector<std::string>& steps) {
  if (!command(conn, "BEGIN")) return false;
  bool ok = true;
  for (const std::string& step : steps) ok = ok && command(conn, step);
  return end(conn, ok);
}

class Transaction {
public:
  explicit Transaction(PGconn* conn) : conn_(command(conn, "BEGIN") ? conn : nullptr) {}
  ~Transaction() {
    if (conn_ != nullptr) command(conn_, "ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  explicit operator bool() const noexcept { return conn_ != nullptr; }
  bool commit() noexcept { return command(std::exchange(conn_, nullptr), "COMMIT"); }

private:
  PGconn* conn_;
};

// A savepoint guard within a transaction guard.
class Savepoint {
public:
  explicit Savepoint(PGconn* conn) : conn_(conn) { command(conn_, "SAVEPOINT inner_"); }
  ~Savepoint() {
    if (conn_ != nullptr) command(conn_, "ROLLBACK TO SAVEPOINT inner_");
  }
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release() noexcept { command(std::exchange(conn_, nullptr), "RELEASE SAVEPOINT inner_"); }

private:
  PGconn* conn_;
};

bool mergeAll(PGconn* conn, const std::vector<std::string>& patches) {
  Transaction transaction(conn);
  if (!transaction) return false;
  for (const std::string& patch : patches) {
    Savepoint savepoint(conn);
    if (command(conn, patch)) savepoint.release();
  }
  return transaction.commit();
}

// On a replica and on the primary.
bool compare(PGconn* primary, PGconn* replica) {
  const Transaction here(primary);
  const Transaction there(replica);
  if (!here || !there) return false;
  PGresult* a = PQexec(primary, "SELECT id FROM rows");
  PGresult* b = PQexec(replica, "SELECT id FROM rows");
  const bool same = PQntuples(a) == PQntuples(b);
  PQclear(b);
  PQclear(a);
  return same;
}

// The failed one is over when the next attempt begins.
bool persist(PGconn* conn, const std::string& text) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (!command(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE")) return false;
    if (command(conn, text)) return command(conn, "COMMIT");
    command(conn, "ROLLBACK");
  }
  return false;
}
