// Transactions of the MySQL client library that end on every way out.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mysql.h>
#include <string>
#include <utility>
#include <vector>

bool run(MYSQL* conn, const std::string& text) noexcept {
  return mysql_real_query(conn, text.data(), text.size()) == 0;
}

bool book(MYSQL* conn, int account, int cents) {
  const std::string text = "UPDATE accounts SET balance = balance + " + std::to_string(cents) +
                           " WHERE id = " + std::to_string(account);
  if (mysql_query(conn, "START TRANSACTION") != 0) return false;
  if (mysql_query(conn, text.c_str()) != 0 || mysql_affected_rows(conn) == 0) {
    mysql_rollback(conn);
    return false;
  }
  return mysql_commit(conn) == 0;
}

// Without autocommit: off, work, end, on again.
bool reprice(MYSQL* conn, const std::vector<std::string>& updates) {
  if (mysql_autocommit(conn, 0) != 0) return false;
  bool ok = true;
  for (const std::string& update : updates) {
    if (!run(conn, update)) {
      ok = false;
      break;
    }
  }
  if (ok)
    ok = mysql_commit(conn) == 0;
  else
    mysql_rollback(conn);
  mysql_autocommit(conn, 1);
  return ok;
}

// One way for success, one for failure.
int moveOrders(MYSQL* conn, int from, int to) {
  int moved = -1;
  const std::string suffix = " WHERE shop = " + std::to_string(from);
  if (!run(conn, "BEGIN")) return moved;
  if (!run(conn, "UPDATE orders SET shop = " + std::to_string(to) + suffix)) goto failed;
  moved = static_cast<int>(mysql_affected_rows(conn));
  if (!run(conn, "DELETE FROM carts" + suffix)) goto failed;
  if (!run(conn, "COMMIT")) goto failed;
  return moved;
failed:
  std::fprintf(stderr, "move: %s\n", mysql_error(conn));
  run(conn, "ROLLBACK");
  return -1;
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) {
    if (mysql_query(conn_, "START TRANSACTION") != 0) conn_ = nullptr;
  }
  ~Transaction() {
    if (conn_ != nullptr) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool begun() const noexcept { return conn_ != nullptr; }
  bool commit() noexcept { return mysql_commit(std::exchange(conn_, nullptr)) == 0; }

private:
  MYSQL* conn_;
};

// In the condition, for the scope of the branch.
bool rename(MYSQL* conn, int id, const std::string& quotedName) {
  if (Transaction transaction(conn); transaction.begun()) {
    if (!run(conn, "UPDATE users SET name = '" + quotedName + "' WHERE id = " + std::to_string(id)))
      return false;
    if (!run(conn, "INSERT INTO renames VALUES(" + std::to_string(id) + ", now())")) return false;
    return transaction.commit();
  }
  return false;
}

// Each round begins and ends one; it leaves between two.
std::size_t insertInChunks(MYSQL* conn, const std::vector<std::vector<std::string>>& chunks) {
  std::size_t done = 0;
  for (const auto& chunk : chunks) {
    if (!run(conn, "START TRANSACTION")) break;
    bool ok = true;
    for (const std::string& row : chunk) ok = ok && run(conn, row);
    if (!ok) {
      mysql_rollback(conn);
      break;
    }
    if (mysql_commit(conn) != 0) break;
    done += chunk.size();
  }
  return done;
}

void undo(MYSQL* conn, const char* what) {
  std::fprintf(stderr, "%s: %s\n", what, mysql_error(conn));
  mysql_rollback(conn);
}

// The helper that complains rolls back as well.
bool enroll(MYSQL* conn, int student, int course) {
  const std::string pair = std::to_string(student) + ", " + std::to_string(course);
  if (!run(conn, "START TRANSACTION")) return false;
  if (!run(conn, "INSERT INTO attends VALUES(" + pair + ")")) {
    undo(conn, "attends");
    return false;
  }
  switch (mysql_affected_rows(conn)) {
  case 1:
    break;
  default:
    undo(conn, "attends twice");
    return false;
  }
  return mysql_commit(conn) == 0;
}

// Retried with a fresh transaction for every attempt.
bool persist(MYSQL* conn, const std::string& text) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (!run(conn, "START TRANSACTION")) return false;
    if (run(conn, text) && run(conn, "COMMIT")) return true;
    const unsigned code = mysql_errno(conn);
    run(conn, "ROLLBACK");
    if (code != 1213) return false; // no deadlock
  }
  return false;
}

// The caller's transaction: it goes on here and ends there.
bool addLine(MYSQL* conn, int order, int article) {
  return run(conn, "INSERT INTO lines VALUES(" + std::to_string(order) + ", " +
                       std::to_string(article) + ")");
}

bool addOrder(MYSQL* conn, int order, const std::vector<int>& articles) {
  Transaction transaction(conn);
  if (!transaction.begun()) return false;
  for (const int article : articles)
    if (!addLine(conn, order, article)) return false;
  return transaction.commit();
}
