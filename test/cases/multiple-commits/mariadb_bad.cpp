// Units of work on the MySQL client library that are committed in several parts.
// library: mariadb
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

bool run(MYSQL* conn, const std::string& text) noexcept {
  return mysql_real_query(conn, text.data(), text.size()) == 0;
}

// Without autocommit each of them ends what went before.
bool moveStock(MYSQL* conn, const std::string& article, int n) {
  const std::string amount = std::to_string(n);
  mysql_autocommit(conn, 0);
  bool ok = run(conn, "UPDATE depot SET n = n - " + amount + " WHERE article = " + article);
  mysql_commit(conn);
  ok = run(conn, "UPDATE shop SET n = n + " + amount + " WHERE article = " + article) && ok;
  mysql_commit(conn); // expect: session-multiple-commits
  mysql_autocommit(conn, 1);
  return ok;
}

// The parent is committed, the children come after it.
unsigned long long createJob(MYSQL* conn, const std::vector<std::string>& steps) {
  if (!run(conn, "START TRANSACTION")) return 0;
  if (!run(conn, "INSERT INTO jobs(state) VALUES('new')")) {
    mysql_rollback(conn);
    return 0;
  }
  const unsigned long long id = mysql_insert_id(conn);
  if (mysql_commit(conn) != 0) return 0;

  if (!run(conn, "START TRANSACTION")) return 0;
  for (const std::string& step : steps) {
    if (!run(conn, "INSERT INTO steps VALUES(" + std::to_string(id) + ", '" + step + "')")) {
      mysql_rollback(conn);
      return 0;
    }
  }
  return mysql_commit(conn) == 0 ? id : 0; // expect: session-multiple-commits
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

class Tournament {
public:
  explicit Tournament(MYSQL* conn) : conn_(conn) {}

  // The winner in one, the loser in the other.
  bool report(const std::string& winner, const std::string& loser) {
    {
      Transaction first(conn_);
      if (!run(conn_, "UPDATE players SET wins = wins + 1 WHERE id = " + winner)) return false;
      if (!first.commit()) return false;
    }
    Transaction second(conn_);
    if (!run(conn_, "UPDATE players SET losses = losses + 1 WHERE id = " + loser)) return false;
    return second.commit(); // expect: session-multiple-commits
  }

private:
  MYSQL* conn_;
};
