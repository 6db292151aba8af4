// Transactions of the MySQL client library that only seem to be begun one within the other.
// library: mariadb
#include <mysql.h>
#include <string>
#include <utility>
#include <vector>

bool run(MYSQL* conn, const std::string& text) noexcept {
  return mysql_real_query(conn, text.data(), text.size()) == 0;
}

bool end(MYSQL* conn, bool keep) noexcept {
  if (keep && mysql_commit(conn) == 0) return true;
  mysql_rollback(conn);
  return false;
}

bool addOrder(MYSQL* conn, int customer) {
  if (!run(conn, "START TRANSACTION")) return false;
  const bool ok = run(conn, "INSERT INTO orders(customer) VALUES(" + std::to_string(customer) + ")");
  run(conn, "SAVEPOINT express");
  if (!run(conn, "INSERT INTO express VALUES(LAST_INSERT_ID())"))
    run(conn, "ROLLBACK TO SAVEPOINT express");
  return end(conn, ok);
}

// The server begins the next one when autocommit is off; nobody here does.
bool nightly(MYSQL* conn, const std::vector<std::string>& statements) {
  if (mysql_autocommit(conn, 0) != 0) return false;
  bool ok = true;
  for (const std::string& statement : statements) ok = ok && run(conn, statement);
  ok = end(conn, ok);
  mysql_autocommit(conn, 1);
  return ok;
}

// The begin that failed is no begin.
bool clearSpool(MYSQL* conn) {
  if (!run(conn, "START TRANSACTION WITH CONSISTENT SNAPSHOT") && !run(conn, "START TRANSACTION"))
    return false;
  return end(conn, run(conn, "DELETE FROM spool"));
}

bool fits(MYSQL* conn, const std::string& text) {
  if (!run(conn, "START TRANSACTION")) return false;
  const bool ok = run(conn, text);
  mysql_rollback(conn);
  return ok;
}

// The helper has taken its own back when this one begins.
bool bill(MYSQL* conn, int customer) {
  const std::string text = "INSERT INTO bills VALUES(NULL, " + std::to_string(customer) + ")";
  if (!fits(conn, text)) return false;
  if (!run(conn, "START TRANSACTION")) return false;
  return end(conn, run(conn, text));
}

int importAll(MYSQL* conn, const std::vector<std::string>& rows) {
  int refused = 0;
  for (const std::string& row : rows) {
    if (!run(conn, "START TRANSACTION")) break;
    if (!run(conn, row)) {
      mysql_rollback(conn);
      ++refused;
      continue;
    }
    if (!end(conn, true)) ++refused;
  }
  return refused;
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(run(conn, "START TRANSACTION") ? conn : nullptr) {}
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

// Two servers.
bool equalCounts(MYSQL* left, MYSQL* right) {
  const Transaction a(left);
  const Transaction b(right);
  if (!a.begun() || !b.begun()) return false;
  MYSQL_RES* x = mysql_query(left, "SELECT id FROM rows") == 0 ? mysql_store_result(left) : nullptr;
  MYSQL_RES* y =
      mysql_query(right, "SELECT id FROM rows") == 0 ? mysql_store_result(right) : nullptr;
  const bool equal = x && y && mysql_num_rows(x) == mysql_num_rows(y);
  if (y) mysql_free_result(y);
  if (x) mysql_free_result(x);
  return equal;
}

// Given on: the guard of the caller is the only one.
bool addLine(MYSQL* conn, const Transaction& within, int order) {
  return within.begun() && run(conn, "INSERT INTO lines VALUES(" + std::to_string(order) + ")");
}

bool addLines(MYSQL* conn, const std::vector<int>& orders) {
  Transaction transaction(conn);
  for (const int order : orders)
    if (!addLine(conn, transaction, order)) return false;
  return transaction.begun() && transaction.commit();
}

// Either of the two, never both.
bool store(MYSQL* conn, const std::string& text, bool readCommitted) {
  if (readCommitted) {
    if (!run(conn, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED")) return false;
    if (!run(conn, "START TRANSACTION")) return false;
  } else if (!run(conn, "BEGIN")) {
    return false;
  }
  return end(conn, run(conn, text));
}
