// library: mariadb
#include <mysql.h>
#include <mysqld_error.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ticketing {

struct MysqlError : std::runtime_error {
  unsigned code;
  MysqlError(unsigned c, const char* m) : std::runtime_error(m), code(c) {}
};

struct FreeResult {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
struct CloseStatement {
  void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); }
};
using Rows = std::unique_ptr<MYSQL_RES, FreeResult>;
using Prepared = std::unique_ptr<MYSQL_STMT, CloseStatement>;

struct Endpoint {
  std::string host, user, password, schema;
  unsigned port = 3306;
};

class Connection {
 public:
  Connection() : my_(mysql_init(nullptr)) {}
  explicit Connection(const Endpoint& e) : Connection() { connect(e); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { mysql_close(my_); }

  void connect(const Endpoint& e) {
    if (!mysql_real_connect(my_, e.host.c_str(), e.user.c_str(), e.password.c_str(), e.schema.c_str(), e.port, nullptr, 0))
      throw MysqlError(mysql_errno(my_), mysql_error(my_));
  }
  bool tryQuery(const std::string& sql) noexcept { return mysql_real_query(my_, sql.data(), sql.size()) == 0; }
  void query(const std::string& sql) {
    if (!tryQuery(sql)) throw MysqlError(mysql_errno(my_), mysql_error(my_));
  }
  Rows rows(const std::string& sql) {
    query(sql);
    return Rows(mysql_store_result(my_));
  }
  void begin() { query("START TRANSACTION"); }
  void commit() {
    if (mysql_commit(my_)) throw MysqlError(mysql_errno(my_), mysql_error(my_));
  }
  void rollback() noexcept { mysql_rollback(my_); }
  unsigned long long lastId() { return mysql_insert_id(my_); }
  MYSQL* native() { return my_; }

 private:
  MYSQL* my_;
};

class Transaction {
 public:
  explicit Transaction(Connection& c) : c_(c) { c_.begin(); }
  ~Transaction() {
    if (open_) c_.rollback();
  }
  Transaction(const Transaction&) = delete;
  void commit() {
    c_.commit();
    open_ = false;
  }

 private:
  Connection& c_;
  bool open_ = true;
};

class BatchWriter {
 public:
  explicit BatchWriter(Connection& c) : c_(c) { c_.begin(); }
  ~BatchWriter() noexcept {
    if (rows_ == 0) {
      c_.rollback();
      return;
    }
    try {
      c_.commit();  // expect: session-commit-in-destructor
    } catch (const MysqlError& e) {
      std::fprintf(stderr, "batch lost: %s\n", e.what());
    }
  }
  void row(const std::string& values) {
    c_.query("INSERT INTO scan VALUES " + values);
    ++rows_;
  }

 private:
  Connection& c_;
  int rows_ = 0;
};

class SafeBatch {
 public:
  explicit SafeBatch(Connection& c) : c_(c) { c_.begin(); }
  SafeBatch(const SafeBatch&) = delete;
  ~SafeBatch() {
    if (!flushed_) c_.rollback();
  }
  void row(const std::string& values) { c_.query("INSERT INTO scan VALUES " + values); }
  void flush() {
    c_.commit();
    flushed_ = true;
  }

 private:
  Connection& c_;
  bool flushed_ = false;
};

static bool isTransient(unsigned code) { return code == ER_LOCK_DEADLOCK || code == ER_LOCK_WAIT_TIMEOUT; }

void retrying(Connection& c, const std::function<void(Connection&)>& body) {
  for (int attempt = 1;; ++attempt) {
    try {
      Transaction tx(c);
      body(c);
      tx.commit();
      return;
    } catch (const MysqlError& e) {
      if (!isTransient(e.code) || attempt == 5) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(30 * attempt));
  }
}

void retryingByHand(Connection& c, const std::string& sql) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    c.begin();
    try {
      c.query(sql);
      c.commit();
      return;
    } catch (const MysqlError& e) {
      c.rollback();
      if (!isTransient(e.code)) throw;
    }
  }
  throw MysqlError(ER_LOCK_DEADLOCK, "gave up");
}

bool retryingBadly(Connection& c, const std::string& sql, std::atomic<int>& deadlocks) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      c.begin();
      c.query(sql);
      c.query("UPDATE audit SET n = n + 1");
      c.commit();
      return true;
    } catch (const MysqlError& e) {  // expect: session-missing-rollback
      if (e.code != ER_LOCK_WAIT_TIMEOUT) return false;
      ++deadlocks;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  return false;
}

unsigned long long sellSeat(Connection& c, int show, int seat) {
  Transaction tx(c);
  c.query("UPDATE seat SET sold = 1 WHERE sold = 0 AND show_id = " + std::to_string(show) + " AND nr = " + std::to_string(seat));
  if (mysql_affected_rows(c.native()) == 0) return 0;
  c.query("INSERT INTO ticket(show_id, nr) VALUES(" + std::to_string(show) + "," + std::to_string(seat) + ")");
  const unsigned long long id = c.lastId();
  tx.commit();
  return id;
}

void cancelShow(Connection& c, int show) {
  const std::string id = std::to_string(show);
  Transaction tx(c);
  c.query("UPDATE ticket SET refunded = 1 WHERE show_id = " + id);
  tx.commit();
  c.begin();  // waits: session-missing-rollback
  c.query("INSERT INTO refund SELECT id FROM ticket WHERE show_id = " + id);
  c.query("DELETE FROM seat WHERE show_id = " + id);
  c.commit();  // expect: session-multiple-commits
}

int seatsLeft(Connection& c, int show) {
  Rows r = c.rows("SELECT count(*) FROM seat WHERE sold = 0 AND show_id = " + std::to_string(show));
  if (!r) return -1;
  MYSQL_ROW row = mysql_fetch_row(r.get());
  return row && row[0] ? std::atoi(row[0]) : -1;
}

const char* venueOf(Connection& c, int show) {
  Rows r = c.rows("SELECT venue FROM show WHERE id = " + std::to_string(show));
  MYSQL_ROW row = r ? mysql_fetch_row(r.get()) : nullptr;
  if (!row) return nullptr;
  return row[0];  // expect: session-use-after-scope
}

std::vector<std::string> venues(Connection& c) {
  std::vector<std::string> out;
  Rows r = c.rows("SELECT DISTINCT venue FROM show");
  while (MYSQL_ROW row = r ? mysql_fetch_row(r.get()) : nullptr) out.emplace_back(row[0] ? row[0] : "");
  return out;
}

void importScans(Connection& c, const std::vector<std::string>& scans) {
  SafeBatch batch(c);
  int skipped = 0;
  for (const std::string& s : scans) {
    if (s.size() < 4) {
      ++skipped;
      continue;
    }
    batch.row(s);
  }
  if (skipped == static_cast<int>(scans.size())) return;
  batch.flush();
}

bool settle(Connection& c, long order, long cents) {
  bool clean = true;
  c.begin();
  try {
    c.query("INSERT INTO payment VALUES(" + std::to_string(order) + "," + std::to_string(cents) + ")");
    c.query("UPDATE orders SET paid = 1 WHERE id = " + std::to_string(order));
  } catch (const MysqlError& e) {  // expect: session-swallow-and-commit
    if (e.code == ER_DUP_ENTRY) std::fprintf(stderr, "order %ld was paid before\n", order);
    clean = false;
  }
  c.commit();
  return clean;
}

bool settleOnce(Connection& c, long order) {
  Transaction tx(c);
  try {
    c.query("INSERT INTO settlement VALUES(" + std::to_string(order) + ")");
  } catch (const MysqlError& e) {
    if (e.code != ER_DUP_ENTRY) throw;
    return false;
  }
  c.query("UPDATE orders SET settled = 1 WHERE id = " + std::to_string(order));
  tx.commit();
  return true;
}

class StatementCache {
 public:
  explicit StatementCache(Connection& c) : c_(c) {}
  MYSQL_STMT* get(const std::string& sql) {
    auto& slot = cache_[sql];
    if (!slot) {
      Prepared fresh(mysql_stmt_init(c_.native()));
      if (!fresh || mysql_stmt_prepare(fresh.get(), sql.data(), sql.size())) return nullptr;
      slot = std::move(fresh);
    }
    return slot.get();
  }
  void forget(const std::string& sql) { cache_.erase(sql); }

 private:
  Connection& c_;
  std::unordered_map<std::string, Prepared> cache_;
};

long touchAll(StatementCache& cache, const std::vector<std::string>& sqls) {
  long n = 0;
  for (const std::string& sql : sqls) {
    MYSQL_STMT* st = cache.get(sql);
    if (!st) continue;
    if (mysql_stmt_execute(st)) {
      cache.forget(sql);
      continue;
    }
    n += static_cast<long>(mysql_stmt_affected_rows(st));
  }
  return n;
}

std::unique_ptr<Connection> failover(const std::vector<Endpoint>& endpoints) {
  for (const Endpoint& e : endpoints) {
    auto c = std::make_unique<Connection>();
    try {
      c->connect(e);
      return c;
    } catch (const MysqlError& err) {
      std::fprintf(stderr, "%s: %s\n", e.host.c_str(), err.what());
    }
  }
  return nullptr;
}

void splitSettlement(const Endpoint& e, long order) {
  Connection orders(e);
  orders.query("UPDATE orders SET state = 'closing' WHERE id = " + std::to_string(order));
  Connection ledger(e);  // expect: session-split-unit-of-work
  ledger.query("INSERT INTO ledger(order_id) VALUES(" + std::to_string(order) + ")");
}

void mirror(const Endpoint& live, const Endpoint& reporting, long order) {
  Connection from(live);
  Connection to(reporting);
  Rows r = from.rows("SELECT cents FROM orders WHERE id = " + std::to_string(order));
  MYSQL_ROW row = r ? mysql_fetch_row(r.get()) : nullptr;
  if (!row || !row[0]) return;
  Transaction tx(to);
  to.query("INSERT INTO mirror VALUES(" + std::to_string(order) + "," + row[0] + ")");
  tx.commit();
}

}  // namespace ticketing
