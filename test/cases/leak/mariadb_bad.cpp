// Connections, results and statements of the MySQL client library that are forgotten.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <vector>

struct Account {
  std::string host;
  std::string user;
  std::string password;
  std::string schema;
};

struct MysqlClose {
  void operator()(MYSQL* conn) const noexcept { mysql_close(conn); }
};
using MysqlPtr = std::unique_ptr<MYSQL, MysqlClose>;

// mysql_real_connect fails, the handle of mysql_init stays.
MysqlPtr connectShop(const Account& account) {
  MYSQL* conn = mysql_init(nullptr); // expect: session-leak
  if (conn == nullptr) return nullptr;
  if (mysql_real_connect(conn, account.host.c_str(), account.user.c_str(),
                         account.password.c_str(), account.schema.c_str(), 0, nullptr,
                         0) == nullptr) {
    std::fprintf(stderr, "shop: %s\n", mysql_error(conn));
    return nullptr;
  }
  return MysqlPtr(conn);
}

class SensorLog {
public:
  explicit SensorLog(const Account& account) {
    conn_ = mysql_init(nullptr); // expect: session-leak
    if (!mysql_real_connect(conn_, account.host.c_str(), account.user.c_str(),
                            account.password.c_str(), account.schema.c_str(), 3306, nullptr, 0))
      throw std::runtime_error(mysql_error(conn_));
  }
  ~SensorLog() { mysql_close(conn_); }
  SensorLog(const SensorLog&) = delete;
  SensorLog& operator=(const SensorLog&) = delete;

  unsigned long long add(const std::string& insert) {
    if (mysql_real_query(conn_, insert.data(), insert.size()) != 0) return 0;
    return mysql_affected_rows(conn_);
  }

private:
  MYSQL* conn_ = nullptr;
};

// Found: returns, and the stored rows stay behind.
int findUser(MYSQL* conn, const std::string& login) {
  if (mysql_query(conn, "SELECT id, login FROM users") != 0) return -1;
  MYSQL_RES* res = mysql_store_result(conn); // expect: session-leak
  if (res == nullptr) return -1;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (row[1] != nullptr && login == row[1]) return std::atoi(row[0]);
  }
  mysql_free_result(res);
  return -1;
}

std::string readConfig(MYSQL* conn, const std::string& query) {
  if (mysql_query(conn, query.c_str()) != 0) throw std::runtime_error(mysql_error(conn));
  MYSQL_RES* res = mysql_use_result(conn); // expect: session-leak
  if (res == nullptr) throw std::runtime_error(mysql_error(conn));
  MYSQL_ROW row = mysql_fetch_row(res);
  if (row == nullptr) throw std::runtime_error("config is empty");
  std::string value = row[0] ? row[0] : "";
  mysql_free_result(res);
  return value;
}

// A statement that cannot be prepared has to be closed all the same.
bool markSeen(MYSQL* conn, int mail) {
  MYSQL_STMT* stmt = mysql_stmt_init(conn); // expect: session-leak
  if (stmt == nullptr) return false;
  const std::string text = "UPDATE mail SET seen = 1 WHERE id = ?";
  if (mysql_stmt_prepare(stmt, text.data(), text.size()) != 0) return false;
  MYSQL_BIND bind;
  std::memset(&bind, 0, sizeof bind);
  bind.buffer_type = MYSQL_TYPE_LONG;
  bind.buffer = &mail;
  const bool ok = mysql_stmt_bind_param(stmt, &bind) == 0 && mysql_stmt_execute(stmt) == 0;
  mysql_stmt_close(stmt);
  return ok;
}

// The second result takes the place of the first.
unsigned long long countBoth(MYSQL* conn) {
  if (mysql_query(conn, "SELECT id FROM posts") != 0) return 0;
  MYSQL_RES* res = mysql_store_result(conn); // expect: session-leak
  if (res == nullptr) return 0;
  unsigned long long total = mysql_num_rows(res);
  if (mysql_query(conn, "SELECT id FROM comments") == 0) {
    res = mysql_store_result(conn);
    if (res == nullptr) return total;
    total += mysql_num_rows(res);
  }
  mysql_free_result(res);
  return total;
}

// A new handle in every attempt.
MysqlPtr connectPatiently(const std::vector<std::string>& hosts, const char* user) {
  for (const std::string& host : hosts) {
    MYSQL* conn = mysql_init(nullptr); // expect: session-leak
    if (conn == nullptr) break;
    const unsigned timeout = 3;
    mysql_options(conn, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
    if (mysql_real_connect(conn, host.c_str(), user, nullptr, "game", 0, nullptr, 0) != nullptr)
      return MysqlPtr(conn);
  }
  return nullptr;
}

// The result of every statement of a batch, but not of the last one in error.
int runBatch(MYSQL* conn, const std::string& batch) {
  if (mysql_query(conn, batch.c_str()) != 0) return -1;
  int results = 0;
  int next = 0;
  do {
    MYSQL_RES* res = mysql_store_result(conn); // expect: session-leak
    if (res != nullptr) {
      if (mysql_num_fields(res) > 64) return -1;
      ++results;
      mysql_free_result(res);
    }
    next = mysql_next_result(conn);
  } while (next == 0);
  return next > 0 ? -1 : results;
}

// Told where the constructor loses it, not again where one is made.
class Reporting {
public:
  explicit Reporting(const char* host) : host_(host) { connect(); }  // expect: session-leak
  ~Reporting() { mysql_close(link_); }

private:
  void connect() {
    link_ = mysql_init(nullptr);
    if (!mysql_real_connect(link_, host_, "u", "p", "s", 0, nullptr, 0)) throw std::runtime_error(mysql_error(link_));
  }
  MYSQL* link_ = nullptr;
  const char* host_;
};

Reporting* startReporting(const char* host) {
  try {
    return new Reporting(host);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}
