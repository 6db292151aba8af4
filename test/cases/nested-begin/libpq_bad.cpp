// Transactions of libpq begun while one is open: the server only warns, and the end ends both.
// library: libpq
#include <libpq-fe.h>
#include <string>
#include <vector>

bool command(PGconn* conn, const std::string& text) noexcept {
  PGresult* res = PQexec(conn, text.c_str());
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

bool end(PGconn* conn, bool keep) noexcept { return command(conn, keep ? "COMMIT" : "ROLLBACK") && keep; }

bool addMember(PGconn* conn, int club, bool pays) {
  if (!command(conn, "BEGIN")) return false;
  bool ok = command(conn, "INSERT INTO members VALUES(" + std::to_string(club) + ")");
  if (pays) {
    ok = command(conn, "START TRANSACTION") && ok; // expect: session-nested-begin
    ok = command(conn, "INSERT INTO dues VALUES(" + std::to_string(club) + ")") && ok;
  }
  return end(conn, ok);
}

bool audit(PGconn* conn, const std::string& what) {
  if (!command(conn, "BEGIN")) return false;
  return end(conn, command(conn, "INSERT INTO audit VALUES('" + what + "')"));
}

// The helper's commit is also that of the caller's work.
bool dropUser(PGconn* conn, int id) {
  if (!command(conn, "BEGIN")) return false;
  const bool ok = command(conn, "DELETE FROM users WHERE id = " + std::to_string(id));
  audit(conn, "user dropped"); // expect: session-nested-begin
  return end(conn, ok);
}

// A begin for each of the tables, one commit for all.
class Loader {
public:
  explicit Loader(PGconn* conn) : conn_(conn) {}

  bool load(const std::vector<std::string>& tables) {
    bool ok = true;
    if (tables.empty()) return ok;
    for (auto table = tables.begin();;) {
      PQclear(PQexec(conn_, "BEGIN")); // expect: session-nested-begin
      ok = command(conn_, "INSERT INTO " + *table + " SELECT * FROM staging") && ok;
      if (++table == tables.end()) break;
    }
    return end(conn_, ok);
  }

private:
  PGconn* conn_;
};

// The lambda begins what is begun already.
bool rename(PGconn* conn, const std::string& update) {
  const auto guarded = [conn](const std::string& text) {
    PQclear(PQexec(conn, "BEGIN"));
    return end(conn, command(conn, text));
  };
  if (!command(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ")) return false;
  const bool ok = command(conn, update);
  if (ok) guarded("UPDATE names SET changed = now()"); // expect: session-nested-begin
  return end(conn, ok);
}
