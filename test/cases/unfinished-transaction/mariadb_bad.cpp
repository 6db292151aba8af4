// Transactions of the MySQL client library that are left open on one of the ways out.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <mysql.h>
#include <string>
#include <vector>

// Leaves when nothing was changed.
bool book(MYSQL* conn, int account, int cents) {
  const std::string text = "UPDATE accounts SET balance = balance + " + std::to_string(cents) +
                           " WHERE id = " + std::to_string(account);
  if (mysql_query(conn, "START TRANSACTION") != 0) return false; // expect: session-unfinished-transaction
  if (mysql_query(conn, text.c_str()) != 0) {
    mysql_rollback(conn);
    return false;
  }
  if (mysql_affected_rows(conn) == 0) return false;
  return mysql_commit(conn) == 0;
}

// Ends nowhere.
void clearSpool(MYSQL* conn) {
  mysql_query(conn, "BEGIN"); // expect: session-unfinished-transaction
  if (mysql_query(conn, "DELETE FROM spool") != 0)
    std::fprintf(stderr, "spool: %s\n", mysql_error(conn));
}

// Committed if complete, else forgotten.
std::size_t insertAll(MYSQL* conn, const std::vector<std::string>& rows) {
  std::size_t n = 0;
  mysql_real_query(conn, "START TRANSACTION", 17); // expect: session-unfinished-transaction
  for (const std::string& row : rows) {
    if (mysql_real_query(conn, row.data(), row.size()) != 0) break;
    ++n;
  }
  if (n == rows.size()) mysql_commit(conn);
  return n;
}

bool lockRow(MYSQL* conn, int id) {
  const std::string text = "SELECT state FROM jobs WHERE id = " + std::to_string(id) + " FOR UPDATE";
  if (mysql_query(conn, text.c_str()) != 0) return false;
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return false;
  const bool found = mysql_num_rows(res) == 1;
  mysql_free_result(res);
  return found;
}

// The row that is not there keeps the transaction open.
class JobQueue {
public:
  explicit JobQueue(MYSQL* conn) : conn_(conn) {}

  bool finish(int id) {
    const std::string text = "UPDATE jobs SET state = 'done' WHERE id = " + std::to_string(id);
    if (mysql_query(conn_, "START TRANSACTION") != 0) return false; // expect: session-unfinished-transaction
    if (!lockRow(conn_, id)) {
      std::fprintf(stderr, "job %d is gone\n", id);
      return false;
    }
    if (mysql_query(conn_, text.c_str()) == 0 && mysql_query(conn_, "COMMIT") == 0) return true;
    mysql_query(conn_, "ROLLBACK");
    return false;
  }

private:
  MYSQL* conn_;
};

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) { mysql_query(conn_, "START TRANSACTION"); }
  ~Transaction() {
    if (conn_ != nullptr) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() {
    MYSQL* conn = conn_;
    conn_ = nullptr;
    return mysql_commit(conn) == 0;
  }

private:
  MYSQL* conn_;
};

// Rolled back by the guard, reported as done.
bool addFriend(MYSQL* conn, int who, int whom) {
  Transaction transaction(conn); // expect: session-unfinished-transaction
  const std::string a = std::to_string(who);
  const std::string b = std::to_string(whom);
  return mysql_query(conn, ("INSERT INTO friends VALUES(" + a + ", " + b + ")").c_str()) == 0 &&
         mysql_query(conn, ("INSERT INTO friends VALUES(" + b + ", " + a + ")").c_str()) == 0;
}

bool removeFriend(MYSQL* conn, int who) {
  Transaction transaction(conn);
  const std::string text = "DELETE FROM friends WHERE a = " + std::to_string(who);
  return mysql_query(conn, text.c_str()) == 0 && transaction.commit();
}
