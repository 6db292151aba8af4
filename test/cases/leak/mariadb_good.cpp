// Connections, results and statements of the MySQL client library that are released.
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
  void operator()(MYSQL_STMT* stmt) const noexcept { mysql_stmt_close(stmt); }
};
using MysqlPtr = std::unique_ptr<MYSQL, MysqlDelete>;
using ResultPtr = std::unique_ptr<MYSQL_RES, MysqlDelete>;
using StmtPtr = std::unique_ptr<MYSQL_STMT, MysqlDelete>;

// Owned before anything can fail.
MysqlPtr connect(const char* host, const char* user, const char* password) {
  MysqlPtr conn(mysql_init(nullptr));
  if (!conn) throw std::runtime_error("out of memory");
  mysql_options(conn.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (!mysql_real_connect(conn.get(), host, user, password, "shop", 0, nullptr, 0))
    throw std::runtime_error(mysql_error(conn.get()));
  return conn;
}

// A factory that closes what it does not hand out.
MYSQL* connectRaw(const char* socket) {
  MYSQL* conn = mysql_init(nullptr);
  if (conn == nullptr) return nullptr;
  if (mysql_real_connect(conn, nullptr, "root", nullptr, nullptr, 0, socket, 0) == nullptr) {
    std::fprintf(stderr, "%s\n", mysql_error(conn));
    mysql_close(conn);
    return nullptr;
  }
  return conn;
}

ResultPtr select(MYSQL* conn, const std::string& text) {
  if (mysql_real_query(conn, text.data(), text.size()) != 0)
    throw std::runtime_error(mysql_error(conn));
  ResultPtr res(mysql_store_result(conn));
  if (!res && mysql_field_count(conn) != 0) throw std::runtime_error(mysql_error(conn));
  return res;
}

int highestScore(MYSQL* conn, int level) {
  const auto res = select(conn, "SELECT max(score) FROM scores WHERE level = " +
                                    std::to_string(level));
  MYSQL_ROW row = mysql_fetch_row(res.get());
  if (row == nullptr || row[0] == nullptr) throw std::out_of_range("nobody played");
  return std::atoi(row[0]);
}

// Without a result there is nothing to free.
std::vector<std::string> tables(MYSQL* conn) {
  std::vector<std::string> names;
  MYSQL_RES* res = mysql_list_tables(conn, nullptr);
  if (!res) return names;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (row[0] == nullptr || row[0][0] == '_') continue;
    names.emplace_back(row[0]);
  }
  mysql_free_result(res);
  return names;
}

bool isLeader(MYSQL* conn) {
  bool leader = false;
  if (mysql_query(conn, "SHOW REPLICA STATUS") == 0) {
    if (MYSQL_RES* res = mysql_store_result(conn)) {
      leader = mysql_num_rows(res) == 0;
      mysql_free_result(res);
    }
  }
  return leader;
}

// One way out for all errors.
int setPrice(MYSQL* conn, int article, int cents) {
  const char* text = "UPDATE articles SET price = ? WHERE id = ?";
  int rc = 1;
  MYSQL_BIND bind[2];
  MYSQL_STMT* stmt = mysql_stmt_init(conn);
  if (stmt == nullptr) return rc;
  std::memset(bind, 0, sizeof bind);
  bind[0].buffer_type = MYSQL_TYPE_LONG;
  bind[0].buffer = &cents;
  bind[1].buffer_type = MYSQL_TYPE_LONG;
  bind[1].buffer = &article;
  if (mysql_stmt_prepare(stmt, text, std::strlen(text)) != 0) goto cleanup;
  if (mysql_stmt_bind_param(stmt, bind) != 0) goto cleanup;
  if (mysql_stmt_execute(stmt) != 0) goto cleanup;
  rc = 0;
cleanup:
  mysql_stmt_close(stmt);
  return rc;
}

// The destructor closes, so does a failed open.
class Warehouse {
public:
  Warehouse() = default;
  ~Warehouse() { close(); }
  Warehouse(const Warehouse&) = delete;
  Warehouse& operator=(const Warehouse&) = delete;

  bool open(const char* host, const char* user) {
    close();
    conn_ = mysql_init(nullptr);
    if (conn_ == nullptr) return false;
    return mysql_real_connect(conn_, host, user, nullptr, "warehouse", 0, nullptr, 0) != nullptr;
  }
  void close() noexcept {
    if (conn_ != nullptr) {
      mysql_close(conn_);
      conn_ = nullptr;
    }
  }
  MYSQL* handle() const noexcept { return conn_; }

private:
  MYSQL* conn_ = nullptr;
};

// Delegation: once the first constructor has ended, the destructor is owed.
class Gateway {
public:
  Gateway(const char* host, const char* user) : Gateway() {
    if (!mysql_real_connect(conn_, host, user, nullptr, "gateway", 0, nullptr, 0))
      throw std::runtime_error(mysql_error(conn_));
  }
  ~Gateway() { mysql_close(conn_); }
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

private:
  Gateway() : conn_(mysql_init(nullptr)) {}

  MYSQL* conn_;
};

void drop(MYSQL_RES*& res) {
  if (res) mysql_free_result(res);
  res = nullptr;
}

// The helper frees and resets.
unsigned long long countBoth(MYSQL* conn) {
  unsigned long long total = 0;
  MYSQL_RES* res = nullptr;
  for (const char* text : {"SELECT id FROM posts", "SELECT id FROM comments"}) {
    if (mysql_query(conn, text) != 0) break;
    res = mysql_store_result(conn);
    if (res == nullptr) break;
    total += mysql_num_rows(res);
    drop(res);
  }
  drop(res);
  return total;
}

// Each result of a batch is freed before the next one is fetched.
int runBatch(MYSQL* conn, const std::string& batch) {
  if (mysql_query(conn, batch.c_str()) != 0) return -1;
  int results = 0;
  int next = 0;
  do {
    MYSQL_RES* res = mysql_use_result(conn);
    if (res != nullptr) {
      ++results;
      mysql_free_result(res);
    } else if (mysql_field_count(conn) != 0) {
      return -1;
    }
    next = mysql_next_result(conn);
  } while (next == 0);
  return next > 0 ? -1 : results;
}

// Prepared on first use, closed by the destructor.
class AuditTrail {
public:
  explicit AuditTrail(MYSQL* conn) : conn_(conn) {}
  ~AuditTrail() {
    if (insert_) mysql_stmt_close(insert_);
  }
  AuditTrail(const AuditTrail&) = delete;
  AuditTrail& operator=(const AuditTrail&) = delete;

  bool prepare() {
    if (insert_) return true;
    MYSQL_STMT* stmt = mysql_stmt_init(conn_);
    if (!stmt) return false;
    const std::string text = "INSERT INTO audit VALUES(NULL, now(), ?)";
    if (mysql_stmt_prepare(stmt, text.data(), text.size()) != 0) {
      mysql_stmt_close(stmt);
      return false;
    }
    insert_ = stmt;
    return true;
  }

private:
  MYSQL* conn_;
  MYSQL_STMT* insert_ = nullptr;
};

// The deleter of the shared pointer frees; copies may live on in the callbacks.
std::function<std::string()> rowSource(MYSQL* conn) {
  if (mysql_query(conn, "SELECT name FROM articles") != 0) return {};
  std::shared_ptr<MYSQL_RES> res(mysql_store_result(conn), [](MYSQL_RES* r) {
    if (r) mysql_free_result(r);
  });
  if (!res) return {};
  return [res]() -> std::string {
    MYSQL_ROW row = mysql_fetch_row(res.get());
    return row && row[0] ? row[0] : "";
  };
}
