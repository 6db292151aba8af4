// Functions with several commits on the MySQL client library, one on each path or one per round.
// library: mariadb
#include <mysql.h>
#include <string>
#include <utility>
#include <vector>

bool run(MYSQL* conn, const std::string& text) noexcept {
  return mysql_real_query(conn, text.data(), text.size()) == 0;
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) { run(conn_, "START TRANSACTION"); }
  ~Transaction() {
    if (conn_ != nullptr) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() noexcept { return mysql_commit(std::exchange(conn_, nullptr)) == 0; }

private:
  MYSQL* conn_;
};

// One commit for both.
bool moveStock(MYSQL* conn, const std::string& article, int n) {
  const std::string amount = std::to_string(n);
  mysql_autocommit(conn, 0);
  const bool ok = run(conn, "UPDATE depot SET n = n - " + amount + " WHERE article = " + article) &&
                  run(conn, "UPDATE shop SET n = n + " + amount + " WHERE article = " + article);
  if (ok)
    mysql_commit(conn);
  else
    mysql_rollback(conn);
  mysql_autocommit(conn, 1);
  return ok;
}

// The number is there before the commit.
unsigned long long createJob(MYSQL* conn, const std::vector<std::string>& steps) {
  Transaction transaction(conn);
  if (!run(conn, "INSERT INTO jobs(state) VALUES('new')")) return 0;
  const unsigned long long id = mysql_insert_id(conn);
  for (const std::string& step : steps)
    if (!run(conn, "INSERT INTO steps VALUES(" + std::to_string(id) + ", '" + step + "')")) return 0;
  return transaction.commit() ? id : 0;
}

// Each case has its own.
bool report(MYSQL* conn, const std::string& home, const std::string& guest, int goals) {
  Transaction transaction(conn);
  if (goals == 0) {
    if (!run(conn, "UPDATE clubs SET points = points + 1 WHERE id IN (" + home + ", " + guest + ")"))
      return false;
    return transaction.commit();
  }
  const std::string& winner = goals > 0 ? home : guest;
  if (!run(conn, "UPDATE clubs SET points = points + 3 WHERE id = " + winner)) return false;
  return transaction.commit();
}

// Begun and committed in each round.
std::size_t importChunks(MYSQL* conn, const std::vector<std::vector<std::string>>& chunks) {
  std::size_t imported = 0;
  for (const auto& chunk : chunks) {
    Transaction transaction(conn);
    bool ok = true;
    for (const std::string& row : chunk) ok = ok && run(conn, row);
    if (!ok) continue;
    if (transaction.commit()) imported += chunk.size();
  }
  return imported;
}

// Deadlocks are tried again.
bool persist(MYSQL* conn, const std::string& text) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (!run(conn, "START TRANSACTION")) return false;
    if (run(conn, text) && mysql_commit(conn) == 0) return true;
    mysql_rollback(conn);
  }
  return false;
}

// Two servers, and the caller knows it.
bool mirror(MYSQL* left, MYSQL* right, const std::string& text) {
  Transaction a(left);
  Transaction b(right);
  if (!run(left, text) || !run(right, text)) return false;
  return a.commit() && b.commit();
}

bool finish(MYSQL* conn, bool keep) noexcept {
  if (keep && mysql_commit(conn) == 0) return true;
  mysql_rollback(conn);
  return false;
}

// Whichever call of the helper is reached, it is the only one.
bool book(MYSQL* conn, const std::string& take, const std::string& give) {
  if (!run(conn, "START TRANSACTION")) return false;
  if (!run(conn, take)) return finish(conn, false);
  if (!run(conn, give)) return finish(conn, false);
  return finish(conn, true);
}

// The first transaction was rolled back on purpose.
bool checkedMerge(MYSQL* conn, const std::string& text) {
  {
    Transaction trial(conn);
    if (!run(conn, text)) return false;
  }
  Transaction real(conn);
  return run(conn, text) && real.commit();
}
