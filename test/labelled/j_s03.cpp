// library: sqlitecpp, sqlite3
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace meter {

struct StoreConfig {
  std::string path;
  int busy_ms = 3000;
  bool wal = true;
};

struct Reading {
  long device = 0;
  long at = 0;
  double value = 0;
};

enum class Status { ok, busy, broken };

void say(const char* text) noexcept { std::fprintf(stderr, "meter: %s\n", text); }

struct DbClose {
  void operator()(sqlite3* p) const noexcept { sqlite3_close(p); }
};
struct StmtFinal {
  void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};
using Db = std::unique_ptr<sqlite3, DbClose>;
using Stmt = std::unique_ptr<sqlite3_stmt, StmtFinal>;

Db open_store(const StoreConfig& cfg) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(cfg.path.c_str(), &raw);
  Db db(raw);
  if (rc != SQLITE_OK) {
    say(raw ? sqlite3_errmsg(raw) : "out of memory");
    return {};
  }
  sqlite3_busy_timeout(raw, cfg.busy_ms);
  return db;
}

Stmt prepare(sqlite3* db, const char* text) noexcept {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) say(sqlite3_errmsg(db));
  return Stmt(st);
}

bool run(sqlite3* db, const char* text) noexcept {
  char* why = nullptr;
  if (sqlite3_exec(db, text, nullptr, nullptr, &why) == SQLITE_OK) return true;
  say(why ? why : "exec failed");
  sqlite3_free(why);
  return false;
}

bool put(sqlite3_stmt* st, const Reading& r) noexcept {
  sqlite3_bind_int64(st, 1, r.device);
  sqlite3_bind_int64(st, 2, r.at);
  sqlite3_bind_double(st, 3, r.value);
  const bool ok = sqlite3_step(st) == SQLITE_DONE;
  sqlite3_reset(st);
  return ok;
}

Status store_all(sqlite3* db, const std::vector<Reading>& rs) {
  Stmt st = prepare(db, "insert into reading values(?,?,?)");
  if (!st) return Status::broken;
  if (!run(db, "begin immediate")) return Status::busy;
  bool ok = true;
  for (const auto& r : rs) {
    ok = put(st.get(), r);
    if (!ok) break;
  }
  if (ok && run(db, "commit")) return Status::ok;
  run(db, "rollback");
  return Status::broken;
}

Status replace_device(sqlite3* db, const std::vector<Reading>& rs) {
  if (!run(db, "begin immediate")) return Status::busy;  // expect: session-unfinished-transaction
  if (!run(db, "delete from reading where device = 0")) {
    run(db, "rollback");
    return Status::broken;
  }
  Stmt st = prepare(db, "insert into reading values(?,?,?)");
  if (!st) return Status::broken;
  for (const auto& r : rs) {
    if (!put(st.get(), r)) {
      run(db, "rollback");
      return Status::broken;
    }
  }
  if (run(db, "commit")) return Status::ok;
  run(db, "rollback");
  return Status::broken;
}

class WriteTxn {
 public:
  explicit WriteTxn(sqlite3* db) noexcept : db_(db), open_(run(db, "begin immediate")) {}
  WriteTxn(const WriteTxn&) = delete;
  WriteTxn& operator=(const WriteTxn&) = delete;
  ~WriteTxn() {
    if (open_) run(db_, "rollback");
  }
  explicit operator bool() const noexcept { return open_; }
  bool commit() noexcept {
    if (!open_ || !run(db_, "commit")) return false;
    open_ = false;
    return true;
  }

 private:
  sqlite3* db_;
  bool open_;
};

Status thin_out(sqlite3* db, const std::function<bool(long)>& keep) {
  if (WriteTxn txn(db); txn) {
    Stmt sel = prepare(db, "select distinct device from reading");
    Stmt del = prepare(db, "delete from reading where device = ?");
    if (!sel || !del) return Status::broken;
    std::vector<long> gone;
    while (sqlite3_step(sel.get()) == SQLITE_ROW) {
      long id = static_cast<long>(sqlite3_column_int64(sel.get(), 0));
      if (!keep(id)) gone.push_back(id);
    }
    sel.reset();
    for (long id : gone) {
      sqlite3_bind_int64(del.get(), 1, id);
      if (sqlite3_step(del.get()) != SQLITE_DONE) return Status::broken;
      sqlite3_reset(del.get());
    }
    return txn.commit() ? Status::ok : Status::broken;
  }
  return Status::busy;
}

long last_seen(sqlite3* db, long device) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "select max(at) from reading where device = ?", -1, &st, nullptr) != SQLITE_OK) return -1;  // expect: session-leak
  sqlite3_bind_int64(st, 1, device);
  if (sqlite3_step(st) != SQLITE_ROW) {
    say(sqlite3_errmsg(db));
    return -1;
  }
  const long at = static_cast<long>(sqlite3_column_int64(st, 0));
  sqlite3_finalize(st);
  return at;
}

int schema_version(const char* path) noexcept {
  sqlite3* db = nullptr;
  int version = -1;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {  // expect: session-raw-construction
    Stmt st = prepare(db, "pragma user_version");
    if (st && sqlite3_step(st.get()) == SQLITE_ROW) version = sqlite3_column_int(st.get(), 0);
    st.reset();
  } else {
    say("cannot read version");
  }
  sqlite3_close(db);
  return version;
}

const char* device_label(sqlite3* db, long id) {
  Stmt st = prepare(db, "select label from device where id = ?");
  if (!st) return "";
  sqlite3_bind_int64(st.get(), 1, id);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return "unknown";
  return reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));  // expect: session-use-after-scope
}

std::string device_owner(sqlite3* db, long id) {
  Stmt st = prepare(db, "select owner from device where id = ?");
  if (!st) return {};
  sqlite3_bind_int64(st.get(), 1, id);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return "nobody";
  const unsigned char* text = sqlite3_column_text(st.get(), 0);
  return text ? reinterpret_cast<const char*>(text) : "";
}

void compact(Db& db, const StoreConfig& cfg) {
  run(db.get(), "pragma wal_checkpoint(truncate)");
  sqlite3* old = db.release();
  if (sqlite3_close(old) != SQLITE_OK) {
    say("store is still in use");
    db.reset(old);
    return;
  }
  db = open_store(cfg);
  if (db) run(db.get(), "vacuum");
}

bool merge_device(sqlite3* db, bool dry) {
  if (!run(db, "begin")) return false;
  const bool ok = run(db, "update reading set device = 1 where device = 2") && run(db, "delete from device where id = 2");
  if (dry || !ok) {
    run(db, "rollback");
  }
  if (!ok) {
    say("merge failed");
    run(db, "rollback");  // expect: session-double-end
    return false;
  }
  if (dry) return true;
  if (run(db, "commit")) return true;  /* wrong */  // expect: session-double-end
  run(db, "rollback");
  return false;
}

bool nested_steps(sqlite3* db, const std::vector<std::string>& steps) {
  WriteTxn txn(db);
  if (!txn) return false;
  for (const auto& s : steps) {
    if (!run(db, "savepoint step")) return false;
    if (!run(db, s.c_str())) run(db, "rollback to step");
    if (!run(db, "release step")) return false;
  }
  return txn.commit();
}

double import_day(SQLite::Database& db, const std::vector<Reading>& rs) {
  SQLite::Transaction txn(db);
  SQLite::Statement ins(db, "insert into reading values(?,?,?)");
  double sum = 0;
  for (const auto& r : rs) {
    if (r.value < 0) return -1;
    ins.bind(1, static_cast<int64_t>(r.device));
    ins.bind(2, static_cast<int64_t>(r.at));
    ins.bind(3, r.value);
    ins.exec();
    ins.reset();
    sum += r.value;
  }
  txn.commit();
  return sum;
}

double import_audited(const StoreConfig& cfg, SQLite::Database& db, const std::vector<Reading>& rs) {
  SQLite::Transaction txn(db);
  double sum = 0;
  for (const auto& r : rs) {
    SQLite::Statement ins(db, "insert into reading(device, value) values(?,?)");
    ins.bind(1, static_cast<int64_t>(r.device));
    ins.bind(2, r.value);
    ins.exec();
    sum += r.value;
  }
  SQLite::Database side(cfg.path, SQLite::OPEN_READWRITE);  //  // waits: session-split-unit-of-work
  SQLite::Statement total(side, "insert into import_total(n, sum) values(?,?)");
  total.bind(1, static_cast<int64_t>(rs.size()));
  total.bind(2, sum);
  total.exec();
  txn.commit();
  return sum;
}

void set_tariff(SQLite::Database& db, const std::string& name, double cents) {
  SQLite::Transaction outer(db);
  SQLite::Statement up(db, "update tariff set cents = ? where name = ?");
  up.bind(1, cents);
  up.bind(2, name);
  if (up.exec() == 0) {
    SQLite::Transaction add(db);  // expect: session-nested-begin
    SQLite::Statement ins(db, "insert into tariff(name, cents) values(?,?)");
    ins.bind(1, name);
    ins.bind(2, cents);
    ins.exec();
    add.commit();
  }
  outer.commit();
}

bool set_tariff_once(SQLite::Database& db, const std::string& name, double cents) {
  try {
    SQLite::Transaction txn(db);
    SQLite::Statement ins(db, "insert into tariff(name, cents) values(?,?)");
    ins.bind(1, name);
    ins.bind(2, cents);
    ins.exec();
    db.exec("update tariff_version set n = n + 1");
    txn.commit();
    return true;
  } catch (const SQLite::Exception& e) {
    say(e.what());
    return false;
  }
}

void close_month(SQLite::Database& db, const std::string& month) {
  SQLite::Transaction txn(db);
  SQLite::Statement sum(db, "insert into bill select device, sum(value), ? from reading group by device");
  try {
    sum.bind(1, month);
    sum.exec();
    db.exec("delete from reading");
  } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
    say(e.what());
  }
  db.exec("update state set closed = closed + 1");
  txn.commit();
}

void undo_last(SQLite::Database& db) {
  db.exec("begin immediate");  // expect: session-missing-rollback
  db.exec("delete from bill where id = (select max(id) from bill)");
  if (db.execAndGet("select count(*) from bill").getInt() == 0) {
    db.exec("rollback");
    return;
  }
  db.exec("update state set closed = closed - 1");
  db.exec("commit");
}

class Journal {
 public:
  explicit Journal(SQLite::Database& db) : db_(db) { db_.exec("begin"); }
  Journal(const Journal&) = delete;
  ~Journal() {
    if (!sealed_) db_.tryExec("rollback");
  }
  void line(const std::string& text) {
    SQLite::Statement st(db_, "insert into journal(line) values(?)");
    st.bind(1, text);
    st.exec();
  }
  void seal() {
    db_.exec("commit");
    sealed_ = true;
  }

 private:
  SQLite::Database& db_;
  bool sealed_ = false;
};

void log_shutdown(SQLite::Database& db, const std::map<std::string, int>& counters) {
  Journal j(db);
  for (const auto& [name, n] : counters) {
    if (n == 0) continue;
    j.line(name + "=" + std::to_string(n));
  }
  j.seal();
}

class Sampler {
 public:
  explicit Sampler(const StoreConfig& cfg) : db_(cfg.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, cfg.busy_ms) {}
  ~Sampler() { stop(); }
  void start() {
    if (worker_.joinable()) return;
    worker_ = std::thread([this] { loop(); });
  }
  void stop() {
    {
      std::lock_guard<std::mutex> g(m_);
      quit_ = true;
    }
    if (worker_.joinable()) worker_.join();
  }
  void add(const Reading& r) {
    std::lock_guard<std::mutex> g(m_);
    pending_.push_back(r);
  }

 private:
  void loop() noexcept {
    for (bool last = false; !last;) {
      std::vector<Reading> todo;
      {
        std::lock_guard<std::mutex> g(m_);
        todo.swap(pending_);
        last = quit_;
      }
      try {
        import_day(db_, todo);
      } catch (const std::exception& e) {
        say(e.what());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  SQLite::Database db_;
  std::mutex m_;
  std::vector<Reading> pending_;
  bool quit_ = false;
  std::thread worker_;
};

}  // namespace meter
