// Exceptions swallowed within a transaction of the MySQL client library before its commit.
// library: mariadb
#include <cstdio>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

void run(MYSQL* conn, const std::string& text) {
  if (mysql_real_query(conn, text.data(), text.size()) != 0)
    throw std::runtime_error(mysql_error(conn));
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) { run(conn_, "START TRANSACTION"); }
  ~Transaction() {
    if (conn_ != nullptr) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { mysql_commit(std::exchange(conn_, nullptr)); }

private:
  MYSQL* conn_;
};

// Taken from the one, and perhaps not given to the other.
void trade(MYSQL* conn, const std::string& item, const std::string& from, const std::string& to) {
  Transaction transaction(conn);
  try {
    run(conn, "DELETE FROM bags WHERE item = " + item + " AND owner = " + from);
    run(conn, "INSERT INTO bags VALUES(" + item + ", " + to + ")");
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    std::fprintf(stderr, "trade: %s\n", e.what());
  }
  transaction.commit();
}

// By hand, and with an answer that nobody reads.
bool closeGuild(MYSQL* conn, const std::string& guild) {
  bool clean = true;
  run(conn, "START TRANSACTION");
  try {
    run(conn, "DELETE FROM members WHERE guild = " + guild);
    run(conn, "DELETE FROM guilds WHERE id = " + guild);
  } catch (const std::runtime_error&) { // expect: session-swallow-and-commit
    clean = false;
  }
  mysql_commit(conn);
  return clean;
}
