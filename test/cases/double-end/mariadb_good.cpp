// Results, statements and transactions of the MySQL client library that seem to end twice.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Freed in one place, whatever has ended the loop.
int findRoom(MYSQL* conn, int guests) {
  int room = 0;
  if (mysql_query(conn, "SELECT id, beds FROM rooms") != 0) return room;
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return room;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (std::atoi(row[1]) < guests) continue;
    room = std::atoi(row[0]);
    break;
  }
  mysql_free_result(res);
  return room;
}

// Freed in the loop, and then it returns.
std::string firstName(MYSQL* conn, char initial) {
  if (mysql_query(conn, "SELECT name FROM players") != 0) return {};
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return {};
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (row[0] != nullptr && row[0][0] == initial) {
      std::string name = row[0];
      mysql_free_result(res);
      return name;
    }
  }
  mysql_free_result(res);
  return {};
}

// Reset to null between the two.
unsigned long long countBoth(MYSQL* conn) {
  unsigned long long n = 0;
  MYSQL_RES* res = nullptr;
  if (mysql_query(conn, "SELECT id FROM posts") == 0) res = mysql_store_result(conn);
  if (res != nullptr) {
    n += mysql_num_rows(res);
    mysql_free_result(res);
    res = nullptr;
  }
  if (mysql_query(conn, "SELECT id FROM notes") == 0) res = mysql_store_result(conn);
  if (res != nullptr) {
    n += mysql_num_rows(res);
    mysql_free_result(res);
  }
  return n;
}

class Link {
public:
  Link() : conn_(mysql_init(nullptr)) {}
  ~Link() { close(); }
  Link(Link&& other) noexcept : conn_(std::exchange(other.conn_, nullptr)) {}
  Link& operator=(Link&& other) noexcept {
    if (this != &other) {
      close();
      conn_ = std::exchange(other.conn_, nullptr);
    }
    return *this;
  }
  void close() noexcept {
    if (conn_ != nullptr) mysql_close(conn_);
    conn_ = nullptr;
  }
  MYSQL* handle() const noexcept { return conn_; }

private:
  MYSQL* conn_;
};

// Closed early; the destructor finds nothing.
bool reachable(const char* host) {
  Link link;
  const bool ok =
      mysql_real_connect(link.handle(), host, "probe", nullptr, nullptr, 0, nullptr, 0) != nullptr;
  link.close();
  std::printf("%s is %s\n", host, ok ? "up" : "down");
  return ok;
}

// Either, or.
bool book(MYSQL* conn, const std::string& update) {
  if (mysql_query(conn, "START TRANSACTION") != 0) return false;
  const bool ok = mysql_query(conn, update.c_str()) == 0 && mysql_affected_rows(conn) == 1;
  if (ok)
    mysql_commit(conn);
  else
    mysql_rollback(conn);
  return ok;
}

// The transaction is the caller's, and so is its begin.
bool settle(MYSQL* conn, bool keep) {
  if (keep && mysql_commit(conn) == 0) return true;
  mysql_rollback(conn);
  return false;
}

// With autocommit off there is always something begun.
bool nightly(MYSQL* conn, const std::vector<std::string>& statements) {
  mysql_autocommit(conn, 0);
  bool ok = true;
  for (const std::string& statement : statements)
    ok = ok && mysql_query(conn, statement.c_str()) == 0;
  if (!ok) mysql_rollback(conn);
  if (ok) ok = mysql_commit(conn) == 0;
  mysql_autocommit(conn, 1);
  return ok;
}

// Closed in the branch that leaves.
bool touch(MYSQL* conn, const char* text) {
  MYSQL_STMT* stmt = mysql_stmt_init(conn);
  if (!stmt) return false;
  if (mysql_stmt_prepare(stmt, text, std::strlen(text)) != 0) {
    mysql_stmt_close(stmt);
    return false;
  }
  const bool ok = mysql_stmt_execute(stmt) == 0;
  return mysql_stmt_close(stmt) == 0 && ok;
}

// Each attempt has its begin and its end.
bool persist(MYSQL* conn, const std::string& text) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (mysql_query(conn, "BEGIN") != 0) return false;
    if (mysql_query(conn, text.c_str()) == 0 && mysql_query(conn, "COMMIT") == 0) return true;
    mysql_query(conn, "ROLLBACK");
  }
  return false;
}
