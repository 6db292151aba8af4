// library: sqlite3
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace beacon {

struct StoreConfig {
  std::string file;
  int busyRetries = 5;
  bool wal = true;
};

struct Reading {
  int sensor = 0;
  double value = 0;
};

class ReadingStore {
 public:
  explicit ReadingStore(StoreConfig cfg) : cfg_(std::move(cfg)) {}
  ReadingStore(const ReadingStore&) = delete;
  ReadingStore& operator=(const ReadingStore&) = delete;
  ~ReadingStore() { close(); }

  bool open() {
    if (db_) return true;
    if (sqlite3_open(cfg_.file.c_str(), &db_) != SQLITE_OK) {
      std::fprintf(stderr, "open %s: %s\n", cfg_.file.c_str(), sqlite3_errmsg(db_));
      close();
      return false;
    }
    const bool ready = (!cfg_.wal || exec("PRAGMA journal_mode=WAL")) &&
                       sqlite3_prepare_v2(db_, "INSERT INTO reading VALUES(?1, ?2)", -1, &insert_, nullptr) == SQLITE_OK;
    if (!ready) close();
    return ready;
  }

  void close() {
    if (insert_) sqlite3_finalize(insert_);
    insert_ = nullptr;
    if (db_) sqlite3_close(db_);
    db_ = nullptr;
  }

  bool reopen(const std::string& file) {
    close();
    cfg_.file = file;
    return open();
  }

  bool exec(const char* sql) {
    int rc = SQLITE_OK;
    for (int attempt = 0; attempt <= cfg_.busyRetries; ++attempt) {
      rc = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
      if (rc != SQLITE_BUSY) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(20 << attempt));
    }
    return rc == SQLITE_OK;
  }

  bool begin() { return exec("BEGIN IMMEDIATE"); }
  bool commit() { return exec("COMMIT"); }
  void rollback() { sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr); }

  bool append(const Reading& r) {
    sqlite3_bind_int(insert_, 1, r.sensor);
    sqlite3_bind_double(insert_, 2, r.value);
    const int rc = sqlite3_step(insert_);
    sqlite3_reset(insert_);
    return rc == SQLITE_DONE;
  }

  bool appendAll(const std::vector<Reading>& batch) {
    if (!begin()) return false;
    bool good = true;
    for (auto it = batch.begin(); good && it != batch.end(); ++it) good = append(*it);
    if (good) good = commit();
    if (!good) rollback();
    return good;
  }

  bool replaceAll(const std::vector<Reading>& batch) {
    if (!begin()) return false;  // expect: session-unfinished-transaction
    if (!exec("DELETE FROM reading")) {
      rollback();
      return false;
    }
    for (const Reading& r : batch) {
      if (r.sensor < 0) continue;
      if (!append(r)) {
        std::fprintf(stderr, "sensor %d rejected\n", r.sensor);
        return false;
      }
    }
    if (commit()) return true;
    rollback();
    return false;
  }

  bool appendWithRetry(const std::vector<Reading>& batch) {
    for (int attempt = 0; attempt < cfg_.busyRetries; ++attempt) {
      if (appendAll(batch)) return true;
      if (sqlite3_errcode(db_) != SQLITE_BUSY) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

  bool retireSensor(int sensor) {
    char sql[96];
    if (!begin()) return false;
    std::snprintf(sql, sizeof sql, "DELETE FROM reading WHERE sensor = %d", sensor);
    if (!exec(sql)) {
      rollback();
      return false;
    }
    if (!begin()) {  // expect: session-nested-begin
      rollback();
      return false;
    }
    std::snprintf(sql, sizeof sql, "UPDATE sensor SET retired = 1 WHERE id = %d", sensor);
    if (exec(sql) && commit()) return true;
    rollback();
    return false;
  }

  void shutdown(bool vacuum) {
    close();
    if (vacuum) {
      sqlite3_exec(db_, "VACUUM", nullptr, nullptr, nullptr);  // expect: session-use-after-scope
    }
  }

  bool calibrate(int sensor, double factor, bool (*accept)(double) noexcept) {
    if (!begin()) return false;
    char sql[128];
    std::snprintf(sql, sizeof sql, "UPDATE reading SET value = value * %f WHERE sensor = %d", factor, sensor);
    if (!exec(sql) || !accept(factor)) {
      rollback();
      return false;
    }
    if (!commit()) {
      rollback();
      return false;
    }
    rollback();  // expect: session-double-end
    return true;
  }

  void setBulkMode(bool on) {
    if (on && !bulk_) {
      bulk_ = begin();
    } else if (!on && bulk_) {
      if (!commit()) rollback();
      bulk_ = false;
    }
  }

  int prune(long long before) {
    const bool own = sqlite3_get_autocommit(db_) != 0;
    if (own && !begin()) return -1;
    char sql[96];
    std::snprintf(sql, sizeof sql, "DELETE FROM reading WHERE stamp < %lld", before);
    if (!exec(sql)) {
      if (own) rollback();
      return -1;
    }
    const int gone = sqlite3_changes(db_);
    if (own && !commit()) {
      rollback();
      return -1;
    }
    return gone;
  }

  sqlite3* handle() { return db_; }
  std::mutex& lock() { return mutex_; }

 private:
  StoreConfig cfg_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  bool bulk_ = false;
  std::mutex mutex_;
};

class SnapshotReader {
 public:
  explicit SnapshotReader(const char* file) {
    sqlite3_open_v2(file, &db_, SQLITE_OPEN_READONLY, nullptr);
    if (sqlite3_errcode(db_) == SQLITE_OK) usable_ = sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  SnapshotReader(const SnapshotReader&) = delete;
  ~SnapshotReader() {
    if (usable_) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(db_);
  }
  double latest(int sensor) const {
    if (!usable_) return 0;
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db_, "SELECT value FROM reading WHERE sensor=?1", -1, &st, nullptr) != SQLITE_OK) return 0;
    sqlite3_bind_int(st, 1, sensor);
    const double v = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_double(st, 0) : 0;
    sqlite3_finalize(st);
    return v;
  }

 private:
  sqlite3* db_ = nullptr;
  bool usable_ = false;
};

struct Listener {
  ReadingStore* store;
  int seen = 0;
};

static void onUpdate(void* user, int, const char*, const char* table, sqlite3_int64 row) {
  auto* l = static_cast<Listener*>(user);
  ++l->seen;
  std::printf("%s changed: %lld\n", table, static_cast<long long>(row));
}

int watchWhile(ReadingStore& store, void (*work)() noexcept) {
  Listener listener{&store};
  sqlite3_update_hook(store.handle(), onUpdate, &listener);
  work();
  sqlite3_update_hook(store.handle(), nullptr, nullptr);
  return listener.seen;
}

bool exportTo(ReadingStore& store, const char* target) {
  sqlite3* out = nullptr;
  if (sqlite3_open(target, &out) != SQLITE_OK) {  // expect: session-leak
    sqlite3_close(out);
    return false;
  }
  sqlite3_backup* job = sqlite3_backup_init(out, "main", store.handle(), "main");
  if (!job) {
    std::fprintf(stderr, "backup: %s\n", sqlite3_errmsg(out));
    return false;
  }
  while (sqlite3_backup_step(job, 64) == SQLITE_OK) std::this_thread::yield();
  sqlite3_backup_finish(job);
  return sqlite3_close(out) == SQLITE_OK;
}

void startTrimmer(ReadingStore& store, int hours) {
  sqlite3* db = store.handle();
  std::thread trimmer([db, hours] {  // expect: session-shared-across-threads
    for (int i = 0; i < hours; ++i) {
      sqlite3_exec(db, "DELETE FROM reading WHERE stamp < strftime('%s') - 86400", nullptr, nullptr, nullptr);
      std::this_thread::sleep_for(std::chrono::hours(1));
    }
  });
  trimmer.detach();
  sqlite3_exec(db, "PRAGMA optimize", nullptr, nullptr, nullptr);
}

void trimOnce(ReadingStore& store) {
  sqlite3* db = store.handle();
  bool ok = false;
  std::thread trimmer([db, &ok] {
    ok = sqlite3_exec(db, "DELETE FROM reading WHERE value IS NULL", nullptr, nullptr, nullptr) == SQLITE_OK;
  });
  std::puts("trimming...");
  trimmer.join();
  if (ok) sqlite3_exec(db, "PRAGMA optimize", nullptr, nullptr, nullptr);
}

void startArchiver(const StoreConfig& cfg, std::vector<std::thread>& pool) {
  pool.emplace_back([cfg] {
    ReadingStore own(cfg);
    if (!own.open()) return;
    own.exec("INSERT INTO archive SELECT * FROM reading");
  });
}

bool closeMonth(ReadingStore& store, int month) {
  std::lock_guard<std::mutex> hold(store.lock());
  char sql[128];
  std::snprintf(sql, sizeof sql, "INSERT INTO monthly SELECT sensor, avg(value) FROM reading WHERE month = %d", month);
  if (!store.begin()) return false;
  if (!store.exec(sql)) {
    store.rollback();
    return false;
  }
  if (!store.commit()) {
    store.rollback();
    return false;
  }
  std::snprintf(sql, sizeof sql, "DELETE FROM reading WHERE month = %d", month);
  if (!store.begin()) return false;
  if (!store.exec(sql)) {
    store.rollback();
    return false;
  }
  if (store.commit()) return true;  // waits: session-multiple-commits
  store.rollback();
  return false;
}

bool copySensors(ReadingStore& from, ReadingStore& to) {
  if (!from.begin()) return false;
  if (!to.begin()) {
    from.rollback();
    return false;
  }
  const bool ok = to.exec("DELETE FROM sensor") && from.exec("UPDATE sensor SET copied = 1");
  if (!ok || !to.commit()) {
    to.rollback();
    from.rollback();
    return false;
  }
  if (from.commit()) return true;
  from.rollback();
  return false;
}

}  // namespace beacon
