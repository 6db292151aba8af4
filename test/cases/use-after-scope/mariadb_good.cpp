// Rows, results, statements and connections of the MySQL client library used while they live.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct MysqlDelete {
  void operator()(MYSQL* conn) const noexcept { mysql_close(conn); }
  void operator()(MYSQL_RES* res) const noexcept { mysql_free_result(res); }
};
using MysqlPtr = std::unique_ptr<MYSQL, MysqlDelete>;
using ResultPtr = std::unique_ptr<MYSQL_RES, MysqlDelete>;

// Numbers and copies outlive the result.
int nextTicket(MYSQL* conn) {
  if (mysql_query(conn, "SELECT min(id) FROM tickets") != 0) return -1;
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return -1;
  MYSQL_ROW row = mysql_fetch_row(res);
  const int id = row != nullptr && row[0] != nullptr ? std::atoi(row[0]) : 0;
  mysql_free_result(res);
  return id;
}

MysqlPtr connectOrThrow(const char* host) {
  MYSQL* conn = mysql_init(nullptr);
  if (conn == nullptr) throw std::bad_alloc();
  if (!mysql_real_connect(conn, host, "app", nullptr, "shop", 0, nullptr, 0)) {
    const std::string reason = mysql_error(conn);
    const unsigned code = mysql_errno(conn);
    mysql_close(conn);
    throw std::runtime_error(std::to_string(code) + ' ' + reason);
  }
  return MysqlPtr(conn);
}

// The rows of a stored result stay until it is freed.
std::vector<std::string> longestNames(MYSQL* conn) {
  std::vector<std::string> names;
  if (mysql_query(conn, "SELECT name FROM players") != 0) return names;
  const ResultPtr res(mysql_store_result(conn));
  if (!res) return names;
  std::vector<MYSQL_ROW> rows;
  while (MYSQL_ROW row = mysql_fetch_row(res.get())) rows.push_back(row);
  for (MYSQL_ROW row : rows)
    if (row[0] != nullptr && std::strlen(row[0]) > 12) names.emplace_back(row[0]);
  return names;
}

// A result is independent of the statements that follow.
bool refresh(MYSQL* conn) {
  if (mysql_query(conn, "SELECT id FROM caches WHERE stale") != 0) return false;
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return false;
  bool ok = true;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    const std::string text = std::string("DELETE FROM caches WHERE id = ") + row[0];
    ok = mysql_query(conn, text.c_str()) == 0 && ok;
  }
  mysql_free_result(res);
  return ok;
}

// The connection's error after the end of its statement.
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
  if (!ok) std::fprintf(stderr, "%s\n", mysql_stmt_error(stmt));
  mysql_stmt_close(stmt);
  if (ok) std::printf("%s\n", mysql_info(conn) ? mysql_info(conn) : "deleted");
  return ok;
}

// The variable carries one result after the other.
unsigned long long total(MYSQL* conn, const std::vector<std::string>& queries) {
  unsigned long long n = 0;
  MYSQL_RES* res = nullptr;
  for (const std::string& query : queries) {
    if (res != nullptr) {
      mysql_free_result(res);
      res = nullptr;
    }
    if (mysql_query(conn, query.c_str()) != 0) continue;
    res = mysql_store_result(conn);
    if (res != nullptr) n += mysql_num_rows(res);
  }
  if (res != nullptr) mysql_free_result(res);
  return n;
}

// Closed and made anew before it is used again.
class Uplink {
public:
  Uplink() = default;
  ~Uplink() {
    if (conn_ != nullptr) mysql_close(conn_);
  }
  Uplink(const Uplink&) = delete;
  Uplink& operator=(const Uplink&) = delete;

  bool send(const std::string& text) {
    if (conn_ != nullptr && mysql_query(conn_, text.c_str()) == 0) return true;
    if (conn_ != nullptr) mysql_close(conn_);
    conn_ = mysql_init(nullptr);
    if (conn_ == nullptr) return false;
    if (!mysql_real_connect(conn_, "hub", "app", nullptr, "hub", 0, nullptr, 0)) {
      std::fprintf(stderr, "%s\n", mysql_error(conn_));
      return false;
    }
    return mysql_query(conn_, text.c_str()) == 0;
  }

private:
  MYSQL* conn_ = nullptr;
};

// The row is handed down, not out.
void eachRow(MYSQL* conn, const char* query, const std::function<void(MYSQL_ROW)>& seen) {
  if (mysql_query(conn, query) != 0) return;
  const ResultPtr res(mysql_use_result(conn));
  if (!res) return;
  while (MYSQL_ROW row = mysql_fetch_row(res.get())) seen(row);
}

// The caller's result: so are its rows.
const char* firstField(MYSQL_RES* res) {
  MYSQL_ROW row = mysql_fetch_row(res);
  return row == nullptr ? nullptr : row[0];
}

// An owner moved into a member; the handle in hand stays good.
class Store {
public:
  explicit Store(MysqlPtr conn) : conn_(std::move(conn)) {}
  MYSQL* handle() const { return conn_.get(); }

private:
  MysqlPtr conn_;
};

std::unique_ptr<Store> makeStore(const char* host) {
  MysqlPtr conn = connectOrThrow(host);
  MYSQL* handle = conn.get();
  auto store = std::make_unique<Store>(std::move(conn));
  mysql_set_character_set(handle, "utf8mb4");
  return store;
}

// The program does not go on after its fatal error.
void logLine(int level, const char* text, ...);
#define Fatal(...) logLine(9, __VA_ARGS__)
void dieWith(const char* text);

int stockOf(MYSQL* conn) {
  MYSQL_RES* result = mysql_store_result(conn);
  if (!result) dieWith("no result");
  if (mysql_num_rows(result) == 0) {
    mysql_free_result(result);
    Fatal("no such item");
  }
  MYSQL_ROW row = mysql_fetch_row(result);
  const int stock = row[0] ? row[0][0] - '0' : 0;
  mysql_free_result(result);
  return stock;
}

// The one connection of the program, made anew by whoever finds it broken.
MYSQL theConnection;

// Too long to be looked through at each call.
#define TRY(host)                                                                                       \
  if (mysql_real_connect(&theConnection, host, "u", "p", "s", 0, nullptr, 0) != nullptr) return true; \
  logLine(1, "no answer from %s: %s", host, mysql_error(&theConnection));
#define TRY_RACK(rack) TRY(rack "1") TRY(rack "2") TRY(rack "3") TRY(rack "4") TRY(rack "5") TRY(rack "6")

bool restore() {
  if (mysql_init(&theConnection) == nullptr) return false;
  TRY_RACK("north") TRY_RACK("south") TRY_RACK("east") TRY_RACK("west")
  mysql_close(&theConnection);
  return false;
}

bool askAgain(const char* sql) {
  if (mysql_query(&theConnection, sql) == 0) return true;
  mysql_close(&theConnection);
  return restore() && mysql_query(&theConnection, sql) == 0;
}

// A length is a number of its own.
unsigned long noteLength(MYSQL* conn) {
  if (mysql_query(conn, "SELECT note FROM visits") != 0) return 0;
  MYSQL_RES* rows = mysql_store_result(conn);
  if (rows == nullptr) return 0;
  unsigned long length = 0;
  if (mysql_fetch_row(rows) != nullptr) length = mysql_fetch_lengths(rows)[0];
  mysql_free_result(rows);
  return length;
}
