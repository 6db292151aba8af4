// Rows, results, statements and connections of the MySQL client library used after their end.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <string_view>

struct MysqlDelete {
  void operator()(MYSQL* conn) const noexcept { mysql_close(conn); }
  void operator()(MYSQL_RES* res) const noexcept { mysql_free_result(res); }
};
using MysqlPtr = std::unique_ptr<MYSQL, MysqlDelete>;
using ResultPtr = std::unique_ptr<MYSQL_RES, MysqlDelete>;

// The row is part of the result.
int nextTicket(MYSQL* conn) {
  if (mysql_query(conn, "SELECT min(id) FROM tickets") != 0) return -1;
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return -1;
  MYSQL_ROW row = mysql_fetch_row(res);
  if (row == nullptr) {
    mysql_free_result(res);
    return -1;
  }
  mysql_free_result(res);
  return row[0] ? std::atoi(row[0]) : 0; // expect: session-use-after-scope
}

// A field is a pointer into the row.
std::string motto(MYSQL* conn) {
  if (mysql_query(conn, "SELECT motto FROM club") != 0) return {};
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return {};
  const char* text = "none";
  if (MYSQL_ROW row = mysql_fetch_row(res)) text = row[0];
  mysql_free_result(res);
  return std::string("Our motto: ") + text; // expect: session-use-after-scope
}

// The error of a connection that has been closed.
MysqlPtr connectOrThrow(const char* host) {
  MYSQL* conn = mysql_init(nullptr);
  if (conn == nullptr) throw std::bad_alloc();
  if (!mysql_real_connect(conn, host, "app", nullptr, "shop", 0, nullptr, 0)) {
    mysql_close(conn);
    throw std::runtime_error(mysql_error(conn)); // expect: session-use-after-scope
  }
  return MysqlPtr(conn);
}

// The error of a statement that has been closed.
bool deleteUser(MYSQL* conn, int id) {
  MYSQL_STMT* stmt = mysql_stmt_init(conn);
  if (stmt == nullptr) return false;
  MYSQL_BIND bind;
  std::memset(&bind, 0, sizeof bind);
  bind.buffer_type = MYSQL_TYPE_LONG;
  bind.buffer = &id;
  const char* text = "DELETE FROM users WHERE id = ?";
  const bool ok = mysql_stmt_prepare(stmt, text, std::strlen(text)) == 0 &&
                  mysql_stmt_bind_param(stmt, &bind) == 0 && mysql_stmt_execute(stmt) == 0;
  mysql_stmt_close(stmt);
  if (!ok) std::fprintf(stderr, "%s\n", mysql_stmt_error(stmt)); // expect: session-use-after-scope
  return ok;
}

// Counted when it is freed.
unsigned long long openOrders(MYSQL* conn) {
  if (mysql_query(conn, "SELECT id FROM orders WHERE state = 'open'") != 0) return 0;
  MYSQL_RES* res = mysql_store_result(conn);
  if (!res) return 0;
  const unsigned fields = mysql_num_fields(res);
  mysql_free_result(res);
  return fields == 1 ? mysql_num_rows(res) : 0; // expect: session-use-after-scope
}

// The owner of the rows dies with the function.
const char* colourOf(MYSQL* conn, const std::string& query) {
  if (mysql_query(conn, query.c_str()) != 0) return "grey";
  const ResultPtr res(mysql_store_result(conn));
  if (!res) return "grey";
  MYSQL_ROW row = mysql_fetch_row(res.get());
  if (row == nullptr || row[0] == nullptr) return "grey";
  return row[0]; // expect: session-use-after-scope
}

class Uplink {
public:
  explicit Uplink(MYSQL* adopted) : conn_(adopted) {}
  ~Uplink() { mysql_close(conn_); }
  Uplink(const Uplink&) = delete;
  Uplink& operator=(const Uplink&) = delete;

  // The thread number of a connection that has just been closed.
  void renew() {
    mysql_close(conn_);
    std::printf("closed %lu\n", mysql_thread_id(conn_)); // expect: session-use-after-scope
    conn_ = mysql_init(nullptr);
  }

private:
  MYSQL* conn_;
};

// Lengths and fields lie in the result.
unsigned long firstLength(MYSQL* conn) {
  if (mysql_query(conn, "SELECT note FROM visits") != 0) return 0;
  MYSQL_RES* rows = mysql_store_result(conn);
  if (rows == nullptr) return 0;
  MYSQL_ROW row = mysql_fetch_row(rows);
  unsigned long* lengths = mysql_fetch_lengths(rows);
  mysql_free_result(rows);
  return row != nullptr ? lengths[0] : 0; // expect: session-use-after-scope
}
