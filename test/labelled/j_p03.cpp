// library: mariadb
#include <mariadb/mysql.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ticketing {

struct CloseLink {
  void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
struct FreeRes {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
struct CloseStmt {
  void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); }
};
using Link = std::unique_ptr<MYSQL, CloseLink>;
using Rows = std::unique_ptr<MYSQL_RES, FreeRes>;
using Prepared = std::unique_ptr<MYSQL_STMT, CloseStmt>;

struct BoxOffice {
  std::string host = "127.0.0.1", user, password, schema;
  unsigned port = 3306;
  unsigned retries = 3;
};

struct Seat {
  int row = 0;
  int number = 0;
  std::string buyer;
};

enum class Outcome { Sold, Taken, Failed };

void warn(MYSQL* m, const char* where) noexcept { std::fprintf(stderr, "%s: [%u] %s\n", where, mysql_errno(m), mysql_error(m)); }

bool send(MYSQL* m, const char* sql) noexcept {
  if (mysql_query(m, sql) == 0) return true;
  warn(m, sql);
  return false;
}

Link dial(const BoxOffice& o) noexcept {
  Link m(mysql_init(nullptr));
  if (!m) return nullptr;
  unsigned timeout = 5;
  mysql_options(m.get(), MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
  if (!mysql_real_connect(m.get(), o.host.c_str(), o.user.c_str(), o.password.c_str(), o.schema.c_str(), o.port, nullptr, 0)) {
    warn(m.get(), "dial");
    return nullptr;
  }
  return m;
}

MYSQL* dialReporting(const BoxOffice& o) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-leak
  if (!m) return nullptr;
  if (!mysql_real_connect(m, o.host.c_str(), o.user.c_str(), o.password.c_str(), "reporting", o.port, nullptr, 0)) {
    warn(m, "reporting");
    return nullptr;
  }
  return m;
}

class SaleTx {
 public:
  explicit SaleTx(MYSQL* m) noexcept : m_(m), active_(send(m, "START TRANSACTION")) {}
  SaleTx(const SaleTx&) = delete;
  SaleTx& operator=(const SaleTx&) = delete;
  ~SaleTx() {
    if (active_) mysql_rollback(m_);
  }
  bool begun() const noexcept { return active_; }
  bool finish() noexcept {
    if (!active_ || mysql_commit(m_) != 0) return false;
    active_ = false;
    return true;
  }

 private:
  MYSQL* m_;
  bool active_;
};

Outcome sellSeat(MYSQL* m, const Seat& s) {
  SaleTx tx(m);
  if (!tx.begun()) return Outcome::Failed;
  char sql[256];
  std::snprintf(sql, sizeof sql, "SELECT sold FROM seat WHERE r=%d AND n=%d FOR UPDATE", s.row, s.number);
  if (!send(m, sql)) return Outcome::Failed;
  {
    Rows rows(mysql_store_result(m));
    MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr;
    if (!row) return Outcome::Failed;
    if (row[0] && row[0][0] == '1') return Outcome::Taken;
  }
  std::snprintf(sql, sizeof sql, "UPDATE seat SET sold=1 WHERE r=%d AND n=%d", s.row, s.number);
  if (!send(m, sql)) return Outcome::Failed;
  return tx.finish() ? Outcome::Sold : Outcome::Failed;
}

bool refundSeat(MYSQL* m, const Seat& s) {
  char sql[256];
  if (mysql_autocommit(m, 0) != 0) return false;
  std::snprintf(sql, sizeof sql, "UPDATE seat SET sold=0 WHERE r=%d AND n=%d", s.row, s.number);
  bool good = send(m, sql);
  if (good) {
    std::snprintf(sql, sizeof sql, "INSERT INTO refund(r, n) VALUES(%d, %d)", s.row, s.number);
    good = send(m, sql);
  }
  if (good)
    good = mysql_commit(m) == 0;
  if (!good) mysql_rollback(m);
  mysql_autocommit(m, 1);
  return good;
}

bool swapSeats(MYSQL* m, const Seat& a, const Seat& b) {
  char sql[256];
  if (!send(m, "START TRANSACTION")) return false;  // expect: session-unfinished-transaction
  std::snprintf(sql, sizeof sql, "UPDATE seat SET tmp=n, n=-1 WHERE r=%d AND n=%d", a.row, a.number);
  if (!send(m, sql)) {
    mysql_rollback(m);
    return false;
  }
  if (mysql_affected_rows(m) == 0) {
    std::fprintf(stderr, "no such seat %d/%d\n", a.row, a.number);
    return false;
  }
  std::snprintf(sql, sizeof sql, "UPDATE seat SET n=%d WHERE r=%d AND n=%d", a.number, b.row, b.number);
  if (!send(m, sql)) {
    mysql_rollback(m);
    return false;
  }
  if (mysql_commit(m) == 0) return true;
  mysql_rollback(m);
  return false;
}

int seatsLeft(MYSQL* m, int show) {
  char sql[128];
  std::snprintf(sql, sizeof sql, "SELECT count(*) FROM seat WHERE show_id=%d AND sold=0", show);
  if (!send(m, sql)) return -1;
  MYSQL_RES* res = mysql_store_result(m);  // expect: session-leak
  if (!res) return -1;
  MYSQL_ROW row = mysql_fetch_row(res);
  if (!row || !row[0]) return -1;
  const int left = std::atoi(row[0]);
  mysql_free_result(res);
  return left;
}

std::vector<std::string> buyers(MYSQL* m) {
  std::vector<std::string> out;
  if (!send(m, "SELECT buyer FROM seat WHERE sold=1")) return out;
  MYSQL_RES* res = mysql_use_result(m);
  if (res == nullptr) return out;
  for (MYSQL_ROW row = mysql_fetch_row(res); row != nullptr; row = mysql_fetch_row(res))
    if (row[0]) out.emplace_back(row[0]);
  mysql_free_result(res);
  return out;
}

const char* firstBuyer(MYSQL* m) {
  if (!send(m, "SELECT buyer FROM seat WHERE sold=1 ORDER BY sold_at LIMIT 1")) return "";
  MYSQL_RES* res = mysql_store_result(m);
  if (!res) return "";
  MYSQL_ROW row = mysql_fetch_row(res);
  const char* name = row && row[0] ? row[0] : "";
  mysql_free_result(res);
  std::fprintf(stderr, "first buyer: %s\n", name);  // expect: session-use-after-scope
  return "";
}

bool pingBoxOffice(const BoxOffice& o) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
  if (!m) return false;
  const bool up = mysql_real_connect(m, o.host.c_str(), o.user.c_str(), o.password.c_str(), nullptr, o.port, nullptr, 0) != nullptr && mysql_ping(m) == 0;
  mysql_close(m);
  return up;
}

int parseCount(const std::string& text) {
  std::size_t used = 0;
  const int v = std::stoi(text, &used);
  if (used != text.size()) throw std::invalid_argument(text);
  return v;
}

void loadQuota(MYSQL* m, const std::vector<std::pair<int, std::string>>& lines) {
  if (!send(m, "BEGIN")) return;
  try {
    for (const auto& [show, text] : lines) {
      char sql[128];
      std::snprintf(sql, sizeof sql, "UPDATE quota SET n=%d WHERE show_id=%d", parseCount(text), show);
      if (!send(m, sql)) throw std::runtime_error("quota");
    }
    if (mysql_commit(m) != 0) throw std::runtime_error("commit");
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    std::fprintf(stderr, "quota not loaded: %s\n", e.what());
  }
}

void loadPrices(MYSQL* m, const std::vector<std::pair<int, std::string>>& lines) {
  if (!send(m, "BEGIN")) return;
  try {
    for (const auto& [show, text] : lines) {
      char sql[128];
      std::snprintf(sql, sizeof sql, "UPDATE price SET cents=%d WHERE show_id=%d", parseCount(text), show);
      if (!send(m, sql)) throw std::runtime_error("price");
    }
    if (mysql_commit(m) != 0) throw std::runtime_error("commit");
  } catch (const std::exception& e) {
    mysql_rollback(m);
    std::fprintf(stderr, "prices not loaded: %s\n", e.what());
  }
}

bool openShow(MYSQL* m, int show) {
  char sql[128];
  if (!send(m, "START TRANSACTION")) return false;
  std::snprintf(sql, sizeof sql, "INSERT INTO show_state(show_id) VALUES(%d)", show);
  if (!send(m, sql)) {
    mysql_rollback(m);
    return false;
  }
  if (mysql_commit(m) != 0) {
    mysql_rollback(m);
    return false;
  }
  if (!send(m, "START TRANSACTION")) return false;
  std::snprintf(sql, sizeof sql, "INSERT INTO seat SELECT %d, r, n, 0 FROM plan", show);
  if (!send(m, sql)) {
    mysql_rollback(m);
    return false;
  }
  if (mysql_commit(m) == 0) return true;  // expect: session-multiple-commits
  mysql_rollback(m);
  return false;
}

bool closeShow(MYSQL* m, int show, bool archive) {
  char sql[128];
  if (!send(m, "START TRANSACTION")) return false;
  std::snprintf(sql, sizeof sql, "UPDATE show_state SET closed=1 WHERE show_id=%d", show);
  if (!send(m, sql)) {
    mysql_rollback(m);
    return false;
  }
  if (!archive) {
    if (mysql_commit(m) == 0) return true;
    mysql_rollback(m);
    return false;
  }
  std::snprintf(sql, sizeof sql, "INSERT INTO seat_archive SELECT * FROM seat WHERE show_id=%d", show);
  if (!send(m, sql)) {
    mysql_rollback(m);
    return false;
  }
  if (mysql_commit(m) == 0) return true;
  mysql_rollback(m);
  return false;
}

bool logSale(MYSQL* m, const char* who) noexcept {
  char sql[256];
  SaleTx tx(m);
  if (!tx.begun()) return false;
  std::snprintf(sql, sizeof sql, "INSERT INTO sale_log(who) VALUES('%.60s')", who);
  return send(m, sql) && tx.finish();
}

bool sellGroup(MYSQL* m, const std::vector<Seat>& seats) {
  if (!send(m, "START TRANSACTION")) return false;
  for (const Seat& s : seats) {
    char sql[160];
    std::snprintf(sql, sizeof sql, "UPDATE seat SET sold=1 WHERE r=%d AND n=%d AND sold=0", s.row, s.number);
    if (!send(m, sql) || mysql_affected_rows(m) != 1) {
      mysql_rollback(m);
      return false;
    }
    if (!logSale(m, s.buyer.c_str())) {  // expect: session-nested-begin
      mysql_rollback(m);
      return false;
    }
  }
  if (mysql_commit(m) == 0) return true;
  mysql_rollback(m);
  return false;
}

bool sellOne(MYSQL* m, const Seat& s) {
  const Outcome o = sellSeat(m, s);
  if (o != Outcome::Sold) return false;
  if (!logSale(m, s.buyer.c_str()))
    std::fprintf(stderr, "sale of %d/%d not logged\n", s.row, s.number);
  return true;
}

class Terminal {
 public:
  explicit Terminal(const BoxOffice& o) : office_(o), link_(dial(o)) {}

  bool ensure() noexcept {
    for (unsigned i = 0; i < office_.retries; ++i) {
      if (link_ && mysql_ping(link_.get()) == 0) return true;
      link_ = dial(office_);
    }
    return false;
  }

  bool enqueue(const Seat& s) {
    std::lock_guard<std::mutex> hold(mutex_);
    waiting_.push_back(s);
    return waiting_.size() < 1000;
  }

  int work() {
    int sold = 0;
    while (ensure()) {
      Seat next;
      {
        std::lock_guard<std::mutex> hold(mutex_);
        if (waiting_.empty()) break;
        next = waiting_.front();
        waiting_.pop_front();
      }
      if (sellSeat(link_.get(), next) == Outcome::Sold) ++sold;
    }
    return sold;
  }

  void hangUp() noexcept { mysql_close(link_.release()); }

  void dropLink() noexcept {
    mysql_close(link_.get());
  }

 private:
  BoxOffice office_;
  Link link_;
  std::mutex mutex_;
  std::deque<Seat> waiting_;
};

int nightlyTotals(const BoxOffice& o) {
  Link m(mysql_init(nullptr));
  MYSQL* h = m.get();
  if (!mysql_real_connect(h, o.host.c_str(), o.user.c_str(), o.password.c_str(), o.schema.c_str(), o.port, nullptr, 0)) {
    m.reset();
    std::fprintf(stderr, "totals: %s\n", mysql_error(h));  // expect: session-use-after-scope
    return -1;
  }
  if (!send(h, "INSERT INTO totals SELECT curdate(), sum(cents) FROM sale")) return -1;
  return static_cast<int>(mysql_affected_rows(h));
}

void parallelCounts(const BoxOffice& o, MYSQL* m, std::vector<int>& out) {
  std::future<int> left = std::async(std::launch::async, [o] {
    Link own = dial(o);
    return own ? seatsLeft(own.get(), 1) : -1;
  });
  out.push_back(seatsLeft(m, 2));
  out.push_back(left.get());
}

void mixedCounts(MYSQL* m, std::vector<int>& out) {
  auto left = std::async(std::launch::async, [m] { return seatsLeft(m, 1); });  // expect: session-shared-across-threads
  out.push_back(seatsLeft(m, 2));
  out.push_back(left.get());
}

void deferredCounts(MYSQL* m, std::vector<int>& out) {
  auto left = std::async(std::launch::async, [m] { return seatsLeft(m, 1); });
  out.push_back(left.get());
  out.push_back(seatsLeft(m, 2));
}

bool renamePlan(MYSQL* m, int plan, const std::string& name) {
  Prepared st(mysql_stmt_init(m));
  static const char sql[] = "UPDATE plan SET name=? WHERE id=?";
  if (!st || mysql_stmt_prepare(st.get(), sql, sizeof sql - 1) != 0) return false;
  MYSQL_BIND bind[2];
  std::memset(bind, 0, sizeof bind);
  unsigned long length = name.size();
  bind[0].buffer_type = MYSQL_TYPE_STRING;
  bind[0].buffer = const_cast<char*>(name.data());
  bind[0].buffer_length = length;
  bind[0].length = &length;
  bind[1].buffer_type = MYSQL_TYPE_LONG;
  bind[1].buffer = &plan;
  if (mysql_stmt_bind_param(st.get(), bind) != 0) return false;
  return mysql_stmt_execute(st.get()) == 0;
}

bool copyPlan(MYSQL* m, int plan) {
  MYSQL_STMT* st = mysql_stmt_init(m);  // expect: session-leak
  static const char sql[] = "INSERT INTO plan SELECT * FROM plan_template WHERE id=?";
  if (mysql_stmt_prepare(st, sql, sizeof sql - 1) != 0) {
    std::fprintf(stderr, "copyPlan: %s\n", mysql_stmt_error(st));
    return false;
  }
  MYSQL_BIND bind;
  std::memset(&bind, 0, sizeof bind);
  bind.buffer_type = MYSQL_TYPE_LONG;
  bind.buffer = &plan;
  const bool good = mysql_stmt_bind_param(st, &bind) == 0 && mysql_stmt_execute(st) == 0;
  mysql_stmt_close(st);
  return good;
}

bool sellWithRetry(MYSQL* m, const Seat& s) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    switch (sellSeat(m, s)) {
      case Outcome::Sold: return true;
      case Outcome::Taken: return false;
      case Outcome::Failed: break;
    }
    const unsigned code = mysql_errno(m);
    if (code != 1205 && code != 1213) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(15 << attempt));
  }
  return false;
}

bool transferShow(const BoxOffice& from, const BoxOffice& to, int show) {
  Link source = dial(from);
  Link target = dial(to);
  if (!source || !target) return false;
  SaleTx tx(target.get());
  if (!tx.begun()) return false;
  char sql[128];
  std::snprintf(sql, sizeof sql, "SELECT r, n FROM seat WHERE show_id=%d", show);
  if (!send(source.get(), sql)) return false;
  Rows rows(mysql_store_result(source.get()));
  while (MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr) {
    std::snprintf(sql, sizeof sql, "INSERT INTO seat VALUES(%d, %s, %s, 0)", show, row[0], row[1]);
    if (!send(target.get(), sql)) return false;
  }
  return tx.finish();
}

bool voidShow(const BoxOffice& o, int show) {
  Link m = dial(o);
  if (!m || mysql_autocommit(m.get(), 0) != 0) return false;
  char sql[128];
  std::snprintf(sql, sizeof sql, "DELETE FROM seat WHERE show_id=%d", show);
  if (!send(m.get(), sql)) return false;
  std::snprintf(sql, sizeof sql, "DELETE FROM show_state WHERE show_id=%d", show);
  if (!send(m.get(), sql)) return false;
  return mysql_commit(m.get()) == 0;
}

}  // namespace ticketing
