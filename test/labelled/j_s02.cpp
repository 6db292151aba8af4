// library: soci
#include <soci/connection-pool.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace clinic {

struct Settings {
  std::string file;
  std::size_t pool = 4;
  int lease_ms = 2000;
  int attempts = 3;
};

struct Visit {
  int patient = 0;
  int doctor = 0;
  std::string day;
};

enum class Booking { done, taken, refused, error };

void trace(const std::string& s) noexcept {
  try {
    std::clog << "clinic: " << s << '\n';
  } catch (...) {
  }
}

void fill_pool(soci::connection_pool& pool, const Settings& cfg) {
  for (std::size_t i = 0; i < cfg.pool; ++i) pool.at(i).open(soci::sqlite3, cfg.file);
}

class Lease {
 public:
  Lease(soci::connection_pool& pool, int ms) : pool_(pool) {
    if (!pool_.try_lease(pos_, ms)) throw std::runtime_error("no free connection");
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { pool_.give_back(pos_); }
  soci::session& operator*() { return pool_.at(pos_); }

 private:
  soci::connection_pool& pool_;
  std::size_t pos_ = 0;
};

class Scope {
 public:
  explicit Scope(soci::session& s) : s_(s) { s_.begin(); }
  Scope(const Scope&) = delete;
  ~Scope() {
    if (done_) return;
    try {
      s_.rollback();
    } catch (const std::exception& e) {
      trace(e.what());
    }
  }
  void commit() {
    s_.commit();
    done_ = true;
  }

 private:
  soci::session& s_;
  bool done_ = false;
};

template <typename F>
auto in_transaction(soci::session& sql, F&& work) {
  soci::transaction tr(sql);
  auto result = work(sql);
  tr.commit();
  return result;
}

Booking book(soci::connection_pool& pool, const Visit& v) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  int busy = 0;
  sql << "select count(*) from visit where doctor = :d and day = :t", soci::into(busy), soci::use(v.doctor), soci::use(v.day);
  if (busy > 12) return Booking::taken;
  sql << "insert into visit(patient, doctor, day) values(:p, :d, :t)", soci::use(v.patient), soci::use(v.doctor), soci::use(v.day);
  tr.commit();
  return Booking::done;
}

Booking book_by_hand(soci::connection_pool& pool, const Visit& v) {
  soci::session sql(pool);
  sql.begin();  // expect: session-unfinished-transaction
  int busy = 0;
  try {
    sql << "select count(*) from visit where doctor = :d and day = :t", soci::into(busy), soci::use(v.doctor), soci::use(v.day);
    if (busy > 12) {
      trace("day is full");
      return Booking::taken;
    }
    sql << "insert into visit(patient, doctor, day) values(:p, :d, :t)", soci::use(v.patient), soci::use(v.doctor), soci::use(v.day);
    sql.commit();
  } catch (const soci::soci_error& e) {
    trace(e.what());
    sql.rollback();
    return Booking::error;
  }
  return Booking::done;
}

int move_patient(soci::session& sql, int from, int to) {
  return in_transaction(sql, [&](soci::session& s) {
    int n = 0;
    s << "select count(*) from visit where patient = :p", soci::into(n), soci::use(from);
    if (n == 0) return 0;
    s << "update visit set patient = :t where patient = :f", soci::use(to), soci::use(from);
    s << "delete from patient where id = :f", soci::use(from);
    return n;
  });
}

int cancel_day(soci::session& sql, const std::string& day) {
  return in_transaction(sql, [&](soci::session& s) {
    int n = 0;
    s << "select count(*) from visit where day = :d", soci::into(n), soci::use(day);
    s << "delete from visit where day = :d", soci::use(day);
    try {
      s << "update doctor set free = free + 1 where id in (select doctor from visit_log where day = :d)", soci::use(day);
      s << "insert into cancelled(day, visits) values(:d, :n)", soci::use(day), soci::use(n);
    } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
      trace(std::string("cancel: ") + e.what());
      n = -1;
    }
    return n;
  });
}

bool write_prescription(soci::session& sql, int patient, const std::vector<std::string>& drugs) {
  sql.begin();
  try {
    for (const auto& d : drugs)
      sql << "insert into prescription(patient, drug) values(:p, :d)", soci::use(patient), soci::use(d);
    sql << "update patient set last_rx = date('now') where id = :p", soci::use(patient);
    sql.commit();
    return true;
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    trace(e.what());
  }
  return false;
}

bool write_referral(soci::session& sql, int patient, const std::string& to) {
  Scope scope(sql);
  try {
    sql << "insert into referral(patient, target) values(:p, :t)", soci::use(patient), soci::use(to);
    sql << "update patient set referred = 1 where id = :p", soci::use(patient);
    scope.commit();
    return true;
  } catch (const std::exception& e) {
    trace(e.what());
  }
  return false;
}

std::vector<int> waiting_list(const Settings& cfg, soci::connection_pool& pool, int doctor) {
  Lease lease(pool, cfg.lease_ms);
  soci::rowset<int> rows = ((*lease).prepare << "select patient from waiting where doctor = :d", soci::use(doctor));
  std::vector<int> out;
  for (int id : rows) {
    if (out.size() >= 100) break;
    out.push_back(id);
  }
  return out;
}

int count_free_beds(soci::connection_pool& pool, int ward) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 500)) {  // expect: session-leak
    trace("pool is exhausted");
    return -1;
  }
  int n = 0;
  soci::session& sql = pool.at(pos);
  sql << "select free from ward where id = :w", soci::into(n), soci::use(ward);
  if (!sql.got_data()) return 0;
  pool.give_back(pos);
  return n;
}

soci::session& quick_session(const Settings& cfg) {
  thread_local std::unique_ptr<soci::session> mine;
  if (!mine || !mine->is_connected()) {
    mine = std::make_unique<soci::session>(soci::sqlite3, cfg.file);
    *mine << "pragma foreign_keys = on";
  }
  return *mine;
}

std::unique_ptr<soci::session> report_session(const Settings& cfg, bool readonly) {
  auto s = std::make_unique<soci::session>();
  s->open(soci::sqlite3, cfg.file);
  if (readonly) *s << "pragma query_only = on";
  return s;
}

void admit(soci::connection_pool& pool, int patient, int ward) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "insert into stay(patient, ward) values(:p, :w)", soci::use(patient), soci::use(ward);
  soci::session beds(pool);  // expect: session-split-unit-of-work
  soci::transaction tb(beds);
  beds << "update ward set free = free - 1 where id = :w", soci::use(ward);
  tb.commit();
  tr.commit();
}

void discharge(soci::session& sql, int patient) {
  std::optional<soci::transaction> tr(std::in_place, sql);
  int ward = 0;
  sql << "select ward from stay where patient = :p", soci::into(ward), soci::use(patient);
  if (!sql.got_data()) {
    tr->rollback();
    trace("not admitted: " + std::to_string(patient));
    return;
  }
  sql << "delete from stay where patient = :p", soci::use(patient);
  sql << "update ward set free = free + 1 where id = :w", soci::use(ward);
  tr->commit();
}

void transfer(soci::session& sql, int patient, int ward) {
  soci::transaction tr(sql);
  try {
    int old = 0;
    sql << "select ward from stay where patient = :p", soci::into(old), soci::use(patient);
    if (old == ward) {
      tr.rollback();
    }
    sql << "update stay set ward = :w where patient = :p", soci::use(ward), soci::use(patient);
    tr.commit();  // expect: session-double-end
  } catch (const std::out_of_range& e) {
    trace(e.what());
    throw;
  }
}

class Intake {
 public:
  explicit Intake(const Settings& cfg) : cfg_(cfg), sql_(soci::sqlite3, cfg.file) {}

  bool submit(const Visit& v) {
    std::lock_guard<std::mutex> hold(m_);
    queue_.push_back(v);
    return queue_.size() < 1000;
  }

  int drain() {
    std::deque<Visit> todo;
    {
      std::lock_guard<std::mutex> hold(m_);
      todo.swap(queue_);
    }
    int stored = 0;
    while (!todo.empty()) {
      soci::transaction tr(sql_);
      for (int i = 0; i < 50 && !todo.empty(); ++i, ++stored) {
        const Visit v = todo.front();
        todo.pop_front();
        sql_ << "insert into visit(patient, doctor, day) values(:p, :d, :t)", soci::use(v.patient), soci::use(v.doctor), soci::use(v.day);
      }
      tr.commit();
    }
    return stored;
  }

 private:
  Settings cfg_;
  soci::session sql_;
  std::mutex m_;
  std::deque<Visit> queue_;
};

void expire_tokens(soci::session& sql, int hours) {
  soci::transaction{sql};  // expect: session-temporary-guard
  sql << "delete from token where age > :h", soci::use(hours);
  sql << "delete from login where token not in (select id from token)";
  trace("tokens expired");
}

void nightly(soci::connection_pool& pool, const std::vector<std::string>& days) {
  soci::session sql(pool);
  std::size_t done = 0;
  for (const auto& day : days) {
    sql.begin();  // expect: session-nested-begin
    sql << "insert into statistics(day, n) select :d, count(*) from visit where day = :e", soci::use(day), soci::use(day);
    ++done;
  }
  sql.commit();
  trace("days: " + std::to_string(done));
}

bool save_with_retry(const Settings& cfg, soci::session& sql, const Visit& v) {
  for (int i = 0; i < cfg.attempts; ++i) {
    sql.begin();
    try {
      sql << "insert into visit(patient, doctor, day) values(:p, :d, :t)", soci::use(v.patient), soci::use(v.doctor), soci::use(v.day);
      sql << "update doctor set load = load + 1 where id = :d", soci::use(v.doctor);
      sql.commit();
      return true;
    } catch (const soci::soci_error& e) {
      trace(e.what());
      sql.rollback();
    } catch (...) {
      sql.rollback();
      throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << i));
  }
  return false;
}

int oldest_visit(const Settings& cfg, bool archive) {
  soci::session* src = nullptr;
  int id = -1;
  if (archive) {
    soci::session old(soci::sqlite3, cfg.file + ".old");
    old << "pragma query_only = on";
    src = &old;
  } else {
    src = &quick_session(cfg);
  }
  *src << "select min(id) from visit", soci::into(id);  // expect: session-use-after-scope
  return id;
}

std::thread start_digest(soci::connection_pool& pool, int doctor) {
  return std::thread([&pool, doctor] {
    try {
      soci::session own(pool);
      soci::transaction tr(own);
      own << "insert into digest(doctor, n) select :d, count(*) from visit where doctor = :e", soci::use(doctor), soci::use(doctor);
      tr.commit();
    } catch (const std::exception& e) {
      trace(e.what());
    }
  });
}

void warm_cache(soci::session& sql, std::vector<std::function<void(soci::session&)>>& steps) {
  std::exception_ptr failed;
  std::thread t([&] {
    try {
      for (auto& step : steps) step(sql);
    } catch (...) {
      failed = std::current_exception();
    }
  });
  t.join();
  if (failed) std::rethrow_exception(failed);
  sql << "update cache_state set warm = 1";
}

void settle(soci::session& sql, int invoice) {
  {
    Scope paid(sql);
    sql << "update invoice set paid = 1 where id = :i", soci::use(invoice);
    paid.commit();
  }
  int receipt = 0;
  Scope rest(sql);
  sql << "insert into receipt(invoice) values(:i)", soci::use(invoice);
  sql << "select max(id) from receipt", soci::into(receipt);
  sql << "update invoice set receipt = :r where id = :i", soci::use(receipt), soci::use(invoice);
  rest.commit();  // expect: session-multiple-commits
}

}  // namespace clinic
