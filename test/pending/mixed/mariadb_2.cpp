// Sensor archive over the MariaDB C connector, in classes with exceptions
// library: mariadb
#include <mysql.h>

#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace archive {

class DbError : public std::runtime_error {
public:
  explicit DbError(MYSQL* db) : std::runtime_error(mysql_error(db)), number(mysql_errno(db)) {}
  unsigned number;
};

class Rows {
public:
  explicit Rows(MYSQL_RES* r) : r_(r) {}
  Rows(Rows&& o) noexcept : r_(std::exchange(o.r_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (r_) mysql_free_result(r_);
  }
  MYSQL_ROW next() { return r_ ? mysql_fetch_row(r_) : nullptr; }

private:
  MYSQL_RES* r_;
};

class Connection {
public:
  Connection(const char* host, const char* user, const char* password, const char* schema) : db_(mysql_init(nullptr)) {
    if (db_ == nullptr) throw std::bad_alloc();
    if (mysql_real_connect(db_, host, user, password, schema, 0, nullptr, 0) == nullptr) {
      DbError e(db_);
      mysql_close(db_);
      throw e;
    }
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { mysql_close(db_); }

  void exec(const std::string& sql) {
    if (mysql_query(db_, sql.c_str()) != 0) throw DbError(db_);
  }
  Rows select(const std::string& sql) {
    exec(sql);
    MYSQL_RES* r = mysql_store_result(db_);
    if (r == nullptr) throw DbError(db_);
    return Rows(r);
  }
  void begin() { exec("START TRANSACTION"); }
  void commit() {
    if (mysql_commit(db_) != 0) throw DbError(db_);
  }
  void rollback() noexcept { mysql_rollback(db_); }
  MYSQL* get() const noexcept { return db_; }

private:
  MYSQL* db_;
};

const char* unitOf(Connection& c, int sensor) {
  Rows rows = c.select("SELECT unit FROM sensor WHERE id = " + std::to_string(sensor));
  const MYSQL_ROW row = rows.next();
  if (row == nullptr) return "";
  return row[0];  // expect: session-use-after-scope
}

}  // namespace archive
