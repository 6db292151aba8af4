// library: sqlite3
// Hive telemetry store; thin wrappers over sqlite3.
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hive {

void warn(const std::string& what) noexcept;

class StoreError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Store {
public:
  explicit Store(const std::string& file) {
    if (sqlite3_open_v2(file.c_str(), &h_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
      std::string why = h_ ? sqlite3_errmsg(h_) : "out of memory";
      sqlite3_close(h_);
      throw StoreError(why);
    }
    sqlite3_busy_timeout(h_, 2000);
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { sqlite3_close_v2(h_); }

  void run(const char* sql) {
    char* msg = nullptr;
    if (sqlite3_exec(h_, sql, nullptr, nullptr, &msg) != SQLITE_OK) {
      std::string why = msg ? msg : "unknown";
      sqlite3_free(msg);
      throw StoreError(why);
    }
  }
  bool try_run(const char* sql) noexcept { return sqlite3_exec(h_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
  sqlite3* raw() noexcept { return h_; }

private:
  sqlite3* h_ = nullptr;
};

class Stmt {
public:
  Stmt(Store& s, const char* sql) {
    if (sqlite3_prepare_v2(s.raw(), sql, -1, &st_, nullptr) != SQLITE_OK)
      throw StoreError(sqlite3_errmsg(s.raw()));
  }
  Stmt(Stmt&& o) noexcept : st_(std::exchange(o.st_, nullptr)) {}
  Stmt(const Stmt&) = delete;
  ~Stmt() { sqlite3_finalize(st_); }
  Stmt& bind(int i, double v) { sqlite3_bind_double(st_, i, v); return *this; }
  Stmt& bind(int i, int v) { sqlite3_bind_int(st_, i, v); return *this; }
  bool next() {
    int rc = sqlite3_step(st_);
    if (rc == SQLITE_ROW)
      return true;
    if (rc == SQLITE_DONE)
      return false;
    throw StoreError(sqlite3_errmsg(sqlite3_db_handle(st_)));
  }
  void reset() noexcept { sqlite3_reset(st_); }
  int num(int c) { return sqlite3_column_int(st_, c); }
  double real(int c) { return sqlite3_column_double(st_, c); }
  const char* text(int c) { return reinterpret_cast<const char*>(sqlite3_column_text(st_, c)); }

private:
  sqlite3_stmt* st_ = nullptr;
};

class Work {
public:
  explicit Work(Store& s) : s_(s) { s_.run("BEGIN IMMEDIATE"); }
  Work(const Work&) = delete;
  ~Work() {
    if (open_)
      s_.try_run("ROLLBACK");
  }
  void commit() {
    s_.run("COMMIT");
    open_ = false;
  }
  void cancel() noexcept {
    if (open_)
      s_.try_run("ROLLBACK");
    open_ = false;
  }

private:
  Store& s_;
  bool open_ = true;
};

class SettingsStore {
public:
  explicit SettingsStore(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK)  // expect: session-leak
      throw StoreError("cannot open settings: " + file);
    sqlite3_busy_timeout(db_, 500);
  }
  SettingsStore(const SettingsStore&) = delete;
  ~SettingsStore() { sqlite3_close(db_); }
  sqlite3* get() const noexcept { return db_; }

private:
  sqlite3* db_ = nullptr;
};

class LazyStore {
public:
  explicit LazyStore(std::string file) : file_(std::move(file)) {}
  LazyStore(const LazyStore&) = delete;
  LazyStore& operator=(const LazyStore&) = delete;
  ~LazyStore() { shut(); }
  bool open() {
    if (db_)
      return true;
    if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK)
      return true;
    warn(sqlite3_errmsg(db_));
    shut();
    return false;
  }
  void shut() noexcept {
    sqlite3_close(db_);
    db_ = nullptr;
  }

private:
  std::string file_;
  sqlite3* db_ = nullptr;
};

class FlushOnExit {
public:
  explicit FlushOnExit(Store& s) : s_(s) { s_.run("BEGIN"); }
  FlushOnExit(const FlushOnExit&) = delete;
  ~FlushOnExit() {
    if (dirty_)
      s_.run("COMMIT");  // expect: session-commit-in-destructor
    else
      s_.try_run("ROLLBACK");
  }
  void touch() { dirty_ = true; }

private:
  Store& s_;
  bool dirty_ = false;
};

class ScopedBatch {
public:
  explicit ScopedBatch(Store& s) : s_(s), at_entry_(std::uncaught_exceptions()) { s_.run("BEGIN"); }
  ScopedBatch(const ScopedBatch&) = delete;
  ~ScopedBatch() {
    if (std::uncaught_exceptions() > at_entry_) {
      s_.try_run("ROLLBACK");
      return;
    }
    try {
      s_.run("COMMIT");
    } catch (const StoreError& e) {
      s_.try_run("ROLLBACK");
      warn(e.what());
    }
  }

private:
  Store& s_;
  int at_entry_;
};

void add_reading(Store& s, int hive, double temp, double weight) {
  Work w(s);
  Stmt ins(s, "INSERT INTO reading(hive, temp, weight) VALUES (?, ?, ?)");
  ins.bind(1, hive).bind(2, temp).bind(3, weight);
  ins.next();
  Stmt upd(s, "UPDATE hive SET last_temp = ? WHERE id = ?");
  upd.bind(1, temp).bind(2, hive);
  upd.next();
  w.commit();
}

void add_swarm(Store& s, int from, int to) {
  s.run("BEGIN");  // expect: session-missing-rollback
  Stmt out(s, "UPDATE hive SET colonies = colonies - 1 WHERE id = ?");
  out.bind(1, from);
  out.next();
  Stmt in(s, "UPDATE hive SET colonies = colonies + 1 WHERE id = ?");
  in.bind(1, to);
  in.next();
  s.run("COMMIT");
}

bool requeen(Store& s, int hive, int year) {
  if (!s.try_run("BEGIN"))
    return false;
  bool good = false;
  try {
    Stmt del(s, "DELETE FROM queen WHERE hive = ?");
    del.bind(1, hive).next();
    Stmt ins(s, "INSERT INTO queen(hive, year) VALUES (?, ?)");
    ins.bind(1, hive).bind(2, year).next();
    good = true;
  } catch (const StoreError& e) {
    warn(e.what());
  }
  if (!good || !s.try_run("COMMIT")) {
    s.try_run("ROLLBACK");
    return false;
  }
  return true;
}

std::string_view hive_label(Store& s, int hive) {
  Stmt q(s, "SELECT label FROM hive WHERE id = ?");
  q.bind(1, hive);
  if (!q.next())
    return "unknown";
  std::string_view label = q.text(0);
  if (label.empty())
    return "unnamed";
  return label;  // expect: session-use-after-scope
}

std::string hive_owner(Store& s, int hive) {
  std::string owner = "nobody";
  {
    Stmt q(s, "SELECT owner FROM hive WHERE id = ?");
    q.bind(1, hive);
    if (q.next()) {
      const char* p = q.text(0);
      owner = p ? p : "";
    }
  }
  std::transform(owner.begin(), owner.end(), owner.begin(), [](unsigned char c) { return std::tolower(c); });
  return owner;
}

int count_alarms(const std::string& file) {
  sqlite3* db = nullptr;
  if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) {  // expect: session-raw-construction
    warn(sqlite3_errmsg(db));
    sqlite3_close(db);
    return -1;
  }
  int n = 0;
  auto count = [](void* p, int, char**, char**) { ++*static_cast<int*>(p); return 0; };
  int rc = sqlite3_exec(db, "SELECT id FROM alarm WHERE seen = 0", count, &n, nullptr);
  if (rc != SQLITE_OK)
    n = -1;
  sqlite3_close(db);
  return n;
}

struct CloseHandle {
  void operator()(sqlite3* p) const noexcept { sqlite3_close(p); }
};
struct DropStmt {
  void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};

std::optional<int> schema_version(const std::string& file) {
  sqlite3* raw = nullptr;
  int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  std::unique_ptr<sqlite3, CloseHandle> db(raw);
  if (rc != SQLITE_OK)
    return std::nullopt;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db.get(), "PRAGMA user_version", -1, &st, nullptr) != SQLITE_OK)
    return std::nullopt;
  std::unique_ptr<sqlite3_stmt, DropStmt> hold(st);
  if (sqlite3_step(st) != SQLITE_ROW)
    return std::nullopt;
  return sqlite3_column_int(st, 0);
}

double mean_weight(sqlite3* db, int hive) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT avg(weight) FROM reading WHERE hive = ?", -1, &st, nullptr) != SQLITE_OK)  // expect: session-leak
    return 0.0;
  sqlite3_bind_int(st, 1, hive);
  if (sqlite3_step(st) != SQLITE_ROW) {
    warn(sqlite3_errmsg(db));
    return 0.0;
  }
  double w = sqlite3_column_double(st, 0);
  sqlite3_finalize(st);
  return w;
}

void each_reading(Store& s, int hive, const std::function<bool(double)>& visit) {
  Stmt q(s, "SELECT temp FROM reading WHERE hive = ? ORDER BY id");
  q.bind(1, hive);
  while (q.next()) {
    if (!visit(q.real(0)))
      break;
  }
}

void import_readings(Store& s, const std::vector<std::pair<int, double>>& all) {
  Stmt ins(s, "INSERT INTO reading(hive, temp) VALUES (?, ?)");
  for (const auto& [hive, temp] : all) {
    s.run("BEGIN");  // expect: session-nested-begin
    ins.bind(1, hive).bind(2, temp);
    ins.next();
    ins.reset();
  }
  s.run("COMMIT");
}

std::size_t import_chunks(Store& s, const std::vector<std::pair<int, double>>& all, std::size_t chunk) {
  std::size_t done = 0;
  while (done < all.size()) {
    Work w(s);
    Stmt ins(s, "INSERT INTO reading(hive, temp) VALUES (?, ?)");
    std::size_t end = std::min(all.size(), done + chunk);
    for (std::size_t i = done; i < end; ++i) {
      ins.bind(1, all[i].first).bind(2, all[i].second);
      ins.next();
      ins.reset();
    }
    w.commit();
    done = end;
  }
  return done;
}

bool merge_hives(Store& s, int keep, int drop) {
  Work w(s);
  try {
    Stmt mv(s, "UPDATE reading SET hive = ? WHERE hive = ?");
    mv.bind(1, keep).bind(2, drop).next();
    Stmt rm(s, "DELETE FROM hive WHERE id = ?");
    rm.bind(1, drop).next();
    w.commit();
  } catch (const StoreError& e) {
    w.cancel();
    warn(e.what());
    return false;
  }
  return true;
}

void rename_hive(Store& main_store, Store& cache, int hive, const std::string& name) {
  Work w(main_store);
  char* sql = sqlite3_mprintf("UPDATE hive SET label = %Q WHERE id = %d", name.c_str(), hive);
  std::unique_ptr<char, decltype(&sqlite3_free)> hold(sql, &sqlite3_free);
  main_store.run(sql);
  w.commit();
  cache.try_run("DELETE FROM label_cache");
}

bool vacuum_all(Store& s) {
  s.run("PRAGMA wal_checkpoint(TRUNCATE)");
  {
    Work w(s);
    s.run("DELETE FROM reading WHERE id NOT IN (SELECT max(id) FROM reading GROUP BY hive, hour)");
    w.commit();
  }
  s.run("VACUUM");
  return true;
}

}  // namespace hive
