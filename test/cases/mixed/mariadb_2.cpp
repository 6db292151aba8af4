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

class Transaction {
public:
  explicit Transaction(Connection& c) : c_(c) { c_.begin(); }
  ~Transaction() {
    if (!done_) c_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    c_.commit();
    done_ = true;
  }

private:
  Connection& c_;
  bool done_ = false;
};

class AutocommitOff {
public:
  explicit AutocommitOff(MYSQL* db) : db_(db) { mysql_autocommit(db_, 0); }
  ~AutocommitOff() {
    mysql_commit(db_);  // expect: session-commit-in-destructor
    mysql_autocommit(db_, 1);
  }

private:
  MYSQL* db_;
};

class AutocommitScope {
public:
  explicit AutocommitScope(MYSQL* db) : db_(db), pending_(std::uncaught_exceptions()) { mysql_autocommit(db_, 0); }
  ~AutocommitScope() {
    if (std::uncaught_exceptions() == pending_)
      mysql_commit(db_);
    else
      mysql_rollback(db_);
    mysql_autocommit(db_, 1);
  }

private:
  MYSQL* db_;
  int pending_;
};

void addSensor(Connection& c, const std::string& name, const std::vector<std::string>& tags) {
  Transaction tx(c);
  c.exec("INSERT INTO sensor(name) VALUES ('" + name + "')");
  const auto id = mysql_insert_id(c.get());
  for (const std::string& tag : tags) c.exec("INSERT INTO tag VALUES (" + std::to_string(id) + ", '" + tag + "')");
  tx.commit();
}

void addSensorByHand(Connection& c, const std::string& name) {
  c.begin();
  try {
    c.exec("INSERT INTO sensor(name) VALUES ('" + name + "')");
    c.exec("UPDATE total SET sensors = sensors + 1");
    c.commit();
  } catch (...) {
    c.rollback();
    throw;
  }
}

void removeSensor(Connection& c, int id) {
  c.begin();  // expect: session-missing-rollback
  c.exec("DELETE FROM tag WHERE sensor = " + std::to_string(id));
  c.exec("DELETE FROM sensor WHERE id = " + std::to_string(id));
  c.commit();
}

bool replaceSensor(Connection& c, int id, const std::string& name) {
  c.begin();
  try {
    c.exec("UPDATE sensor SET retired = 1 WHERE id = " + std::to_string(id));
    c.exec("INSERT INTO sensor(name, replaces) VALUES ('" + name + "', " + std::to_string(id) + ")");
    c.commit();
    return true;
  } catch (const DbError& e) {  // expect: session-missing-rollback
    std::cerr << "replaceSensor " << e.number << ": " << e.what() << '\n';
  }
  return false;
}

void recordAll(Connection& c, const std::map<int, double>& values) {
  Transaction tx(c);
  std::size_t lost = 0;
  for (const auto& [sensor, value] : values) {
    try {
      c.exec("INSERT INTO sample VALUES (" + std::to_string(sensor) + ", " + std::to_string(value) + ")");
      c.exec("UPDATE sensor SET last = " + std::to_string(value) + " WHERE id = " + std::to_string(sensor));
    } catch (const DbError& e) {  // expect: session-swallow-and-commit
      std::cerr << e.what() << '\n';
      ++lost;
    }
  }
  tx.commit();
  if (lost > 0) std::cerr << lost << " samples lost\n";
}

std::size_t recordEach(Connection& c, const std::map<int, double>& values) {
  std::size_t stored = 0;
  for (const auto& [sensor, value] : values) {
    try {
      Transaction tx(c);
      c.exec("INSERT INTO sample VALUES (" + std::to_string(sensor) + ", " + std::to_string(value) + ")");
      c.exec("UPDATE sensor SET last = " + std::to_string(value) + " WHERE id = " + std::to_string(sensor));
      tx.commit();
      ++stored;
    } catch (const DbError& e) {
      std::cerr << sensor << ": " << e.what() << '\n';
    }
  }
  return stored;
}

// rolls back at the first failure, and says so
bool recordOrNothing(Connection& c, const std::map<int, double>& values) {
  c.begin();
  bool failed = false;
  for (const auto& [sensor, value] : values) {
    try {
      c.exec("INSERT INTO sample VALUES (" + std::to_string(sensor) + ", " + std::to_string(value) + ")");
    } catch (const DbError& e) {
      std::cerr << e.what() << '\n';
      failed = true;
      break;
    }
  }
  if (failed) {
    c.rollback();
    return false;
  }
  try {
    c.commit();
  } catch (const DbError&) {
    c.rollback();
    throw;
  }
  return true;
}

std::optional<double> last(Connection& c, int sensor) {
  Rows rows = c.select("SELECT last FROM sensor WHERE id = " + std::to_string(sensor));
  if (const MYSQL_ROW row = rows.next(); row != nullptr && row[0] != nullptr) return std::strtod(row[0], nullptr);
  return std::nullopt;
}

std::string nameOf(Connection& c, int sensor) {
  Rows rows = c.select("SELECT name FROM sensor WHERE id = " + std::to_string(sensor));
  const MYSQL_ROW row = rows.next();
  return row == nullptr ? std::string() : std::string(row[0]);
}

void rename(Connection& c, int sensor, const std::string& name) {
  Transaction tx(c);
  const std::string old = nameOf(c, sensor);
  if (old == name) return;
  c.exec("UPDATE sensor SET name = '" + name + "' WHERE id = " + std::to_string(sensor));
  c.exec("INSERT INTO rename VALUES ('" + old + "', '" + name + "')");
  tx.commit();
}

void touch(Connection& c, int sensor) {
  Transaction tx(c);
  c.exec("UPDATE sensor SET touched = NOW() WHERE id = " + std::to_string(sensor));
  tx.commit();
}

void renameAndTouch(Connection& c, int sensor, const std::string& name) {
  Transaction tx(c);
  c.exec("UPDATE sensor SET name = '" + name + "' WHERE id = " + std::to_string(sensor));
  touch(c, sensor);  // expect: session-nested-begin
  tx.commit();
}

void renameThenNote(Connection& c, int sensor, const std::string& name) {
  {
    Transaction tx(c);
    c.exec("UPDATE sensor SET name = '" + name + "' WHERE id = " + std::to_string(sensor));
    tx.commit();
  }
  {
    Transaction tx(c);
    c.exec("INSERT INTO note(sensor, text) VALUES (" + std::to_string(sensor) + ", 'renamed')");
    tx.commit();  // expect: session-multiple-commits
  }
}

void load(Connection& c, const std::vector<std::string>& statements) {
  AutocommitScope scope(c.get());
  for (const std::string& statement : statements) c.exec(statement);
}

int exportAll(const char* host, const std::function<void(const char*)>& sink) {
  MYSQL* db = mysql_init(nullptr);  // expect: session-leak
  if (db == nullptr) return 1;
  if (!mysql_real_connect(db, host, "export", "", "archive", 0, nullptr, 0)) {
    mysql_close(db);
    return 2;
  }
  Connection other(host, "export", "", "index");
  Rows rows = other.select("SELECT name FROM sensor");
  while (const MYSQL_ROW row = rows.next()) sink(row[0]);
  mysql_close(db);
  return 0;
}

int optimise(const char* host) {
  MYSQL* db = mysql_init(nullptr);  // expect: session-raw-construction
  if (db == nullptr) return 1;
  int result = 0;
  if (mysql_real_connect(db, host, "admin", "", "archive", 0, nullptr, 0) == nullptr)
    result = 2;
  else if (mysql_query(db, "OPTIMIZE TABLE sample") != 0)
    result = 3;
  if (result != 0) std::cerr << mysql_error(db) << '\n';
  mysql_close(db);
  return result;
}

unsigned long closedCount(Connection& c, const std::string& condition) {
  c.exec("SELECT id FROM sensor WHERE " + condition);
  MYSQL_RES* r = mysql_store_result(c.get());
  if (r == nullptr) return 0;
  const bool none = mysql_num_rows(r) == 0;
  mysql_free_result(r);
  if (none) std::clog << "none\n";
  const unsigned long n = mysql_num_fields(r);  // expect: session-use-after-scope
  return n;
}

class Archive {
public:
  Archive(std::string host, std::string user) : host_(std::move(host)), user_(std::move(user)) {}

  void store(int sensor, double value) {
    std::lock_guard<std::mutex> lock(mutex_);
    pending_.emplace_back(sensor, value);
    if (pending_.size() < 200) return;
    flush();
  }

  void flushNow() {
    std::lock_guard<std::mutex> lock(mutex_);
    flush();
  }

private:
  void flush() {
    if (pending_.empty()) return;
    if (!connection_) connection_ = std::make_unique<Connection>(host_.c_str(), user_.c_str(), "", "archive");
    Transaction tx(*connection_);
    for (const auto& [sensor, value] : pending_)
      connection_->exec("INSERT INTO sample VALUES (" + std::to_string(sensor) + ", " + std::to_string(value) + ")");
    tx.commit();
    pending_.clear();
  }

  std::string host_;
  std::string user_;
  std::mutex mutex_;
  std::unique_ptr<Connection> connection_;
  std::vector<std::pair<int, double>> pending_;
};

}  // namespace archive
