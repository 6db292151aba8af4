// Transactions of the MySQL client library begun while one is open: the server commits the first.
// library: mariadb
#include <mysql.h>
#include <string>
#include <vector>

bool run(MYSQL* conn, const std::string& text) noexcept {
  return mysql_real_query(conn, text.data(), text.size()) == 0;
}

bool end(MYSQL* conn, bool keep) noexcept {
  if (keep && mysql_commit(conn) == 0) return true;
  mysql_rollback(conn);
  return false;
}

bool addOrder(MYSQL* conn, int customer, bool express) {
  if (!run(conn, "START TRANSACTION")) return false;
  bool ok = run(conn, "INSERT INTO orders(customer) VALUES(" + std::to_string(customer) + ")");
  if (express) {
    ok = run(conn, "BEGIN") && ok; // expect: session-nested-begin
    ok = run(conn, "INSERT INTO express VALUES(LAST_INSERT_ID())") && ok;
  }
  return end(conn, ok);
}

bool bumpCounter(MYSQL* conn) {
  if (mysql_query(conn, "START TRANSACTION") != 0) return false;
  return end(conn, run(conn, "UPDATE counters SET n = n + 1"));
}

// The helper's begin commits what this function has written so far.
class Billing {
public:
  explicit Billing(MYSQL* conn) : conn_(conn) {}

  bool bill(int customer) {
    if (!run(conn_, "START TRANSACTION")) return false;
    bool ok = run(conn_, "INSERT INTO bills VALUES(NULL, " + std::to_string(customer) + ")");
    ok = bumpCounter(conn_) && ok; // expect: session-nested-begin
    return end(conn_, ok);
  }

private:
  MYSQL* conn_;
};

// Begun in every round, committed after the last.
bool importAll(MYSQL* conn, const std::vector<std::string>& rows) {
  if (rows.empty()) return true;
  bool ok = true;
  std::size_t i = 0;
  do {
    mysql_query(conn, "START TRANSACTION"); // expect: session-nested-begin
    ok = run(conn, rows[i]) && ok;
  } while (++i < rows.size());
  return end(conn, ok);
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) { run(conn_, "START TRANSACTION"); }
  ~Transaction() {
    if (conn_ != nullptr) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() noexcept {
    MYSQL* conn = conn_;
    conn_ = nullptr;
    return mysql_commit(conn) == 0;
  }

private:
  MYSQL* conn_;
};

// Under a guard, once more by hand.
bool clearSpool(MYSQL* conn) {
  Transaction transaction(conn);
  if (mysql_query(conn, "BEGIN") != 0) return false; // expect: session-nested-begin
  return run(conn, "DELETE FROM spool") && transaction.commit();
}
