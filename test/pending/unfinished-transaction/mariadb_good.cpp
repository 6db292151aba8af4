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

// A callable decides, the wrapper ends.
bool inTransaction(MYSQL* conn, const std::function<bool(MYSQL*)>& work) {
  if (!run(conn, "START TRANSACTION")) return false;
  const bool keep = work(conn);
  const bool ended = keep ? mysql_commit(conn) == 0 : mysql_rollback(conn) == 0;
  return keep && ended;
}
