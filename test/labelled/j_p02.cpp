// library: sqlite3
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace apiary {

enum class Status { Ok, NotFound, Busy, Broken };

struct CloseDb {
  void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
};
struct FinalizeStmt {
  void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Stmt = std::unique_ptr<sqlite3_stmt, FinalizeStmt>;

struct Hive {
  int id = 0;
  std::string place;
  double weight = 0;
};

struct HiveConfig {
  std::string file;
  int busyMs = 250;
  bool readOnly = false;
};

void note(const char* what) noexcept { std::fprintf(stderr, "apiary: %s\n", what); }

bool exec(sqlite3* db, const char* sql) noexcept {
  char* err = nullptr;
  if (sqlite3_exec(db, sql, nullptr, nullptr, &err) == SQLITE_OK) return true;
  note(err ? err : "unknown");
  sqlite3_free(err);
  return false;
}

Stmt prepare(sqlite3* db, const char* sql) noexcept {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &raw, nullptr) != SQLITE_OK) note(sqlite3_errmsg(db));
  return Stmt(raw);
}

Db openHives(const HiveConfig& cfg) noexcept {
  sqlite3* raw = nullptr;
  const int flags = cfg.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int rc = sqlite3_open_v2(cfg.file.c_str(), &raw, flags, nullptr);
  Db db(raw);
  if (rc != SQLITE_OK) return nullptr;
  sqlite3_busy_timeout(raw, cfg.busyMs);
  return db;
}

sqlite3* openLegacy(const char* file) {
  sqlite3* db = nullptr;
  if (sqlite3_open(file, &db) != SQLITE_OK) {  // expect: session-leak
    note(sqlite3_errmsg(db));
    return nullptr;
  }
  sqlite3_busy_timeout(db, 100);
  return db;
}

class WriteScope {
 public:
  explicit WriteScope(sqlite3* db) noexcept : db_(db), live_(exec(db, "BEGIN IMMEDIATE")) {}
  WriteScope(WriteScope&& o) noexcept : db_(o.db_), live_(std::exchange(o.live_, false)) {}
  WriteScope(const WriteScope&) = delete;
  ~WriteScope() {
    if (live_) exec(db_, "ROLLBACK");
  }
  explicit operator bool() const noexcept { return live_; }
  bool done() noexcept {
    if (!live_ || !exec(db_, "COMMIT")) return false;
    live_ = false;
    return true;
  }

 private:
  sqlite3* db_;
  bool live_;
};

Status weigh(sqlite3* db, int hive, double kg) {
  if (WriteScope scope(db); scope) {
    Stmt st = prepare(db, "INSERT INTO weight(hive, kg) VALUES(?, ?)");
    if (!st) return Status::Broken;
    sqlite3_bind_int(st.get(), 1, hive);
    sqlite3_bind_double(st.get(), 2, kg);
    if (sqlite3_step(st.get()) != SQLITE_DONE) return Status::Broken;
    st.reset();
    return scope.done() ? Status::Ok : Status::Busy;
  }
  return Status::Busy;
}

std::optional<double> lastWeight(sqlite3* db, int hive) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT kg FROM weight WHERE hive = ? ORDER BY id DESC", -1, &st, nullptr) != SQLITE_OK) return std::nullopt;
  sqlite3_bind_int(st, 1, hive);
  std::optional<double> kg;
  if (sqlite3_step(st) == SQLITE_ROW) kg = sqlite3_column_double(st, 0);
  sqlite3_finalize(st);
  return kg;
}

bool hasQueen(sqlite3* db, int hive) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT queen FROM hive WHERE id = ?", -1, &st, nullptr) != SQLITE_OK) return false;  // expect: session-leak
  if (sqlite3_bind_int(st, 1, hive) != SQLITE_OK) return false;
  const bool yes = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_type(st, 0) != SQLITE_NULL;
  sqlite3_finalize(st);
  return yes;
}

std::string_view placeOf(sqlite3* db, int hive) {
  Stmt st = prepare(db, "SELECT place FROM hive WHERE id = ?");
  if (!st) return {};
  sqlite3_bind_int(st.get(), 1, hive);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return {};
  return reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));  // expect: session-use-after-scope
}

std::vector<Hive> allHives(sqlite3* db) {
  std::vector<Hive> out;
  Stmt st = prepare(db, "SELECT id, place, weight FROM hive");
  while (st && sqlite3_step(st.get()) == SQLITE_ROW) {
    const unsigned char* text = sqlite3_column_text(st.get(), 1);
    out.push_back({sqlite3_column_int(st.get(), 0), text ? reinterpret_cast<const char*>(text) : "", sqlite3_column_double(st.get(), 2)});
  }
  return out;
}

bool moveColony(sqlite3* db, int from, int to) {
  if (!exec(db, "BEGIN IMMEDIATE")) return false;
  bool good = false;
  {
    Stmt take = prepare(db, "UPDATE hive SET colony = NULL WHERE id = ?");
    Stmt give = prepare(db, "UPDATE hive SET colony = 1 WHERE id = ?");
    if (take && give) {
      sqlite3_bind_int(take.get(), 1, from);
      sqlite3_bind_int(give.get(), 1, to);
      good = sqlite3_step(take.get()) == SQLITE_DONE && sqlite3_step(give.get()) == SQLITE_DONE;
    }
  }
  if (good && exec(db, "END TRANSACTION")) return true;
  exec(db, "ROLLBACK");
  return false;
}

bool splitColony(sqlite3* db, int hive) {
  if (!exec(db, "BEGIN")) return false;
  Stmt st = prepare(db, "INSERT INTO colony(parent) VALUES(?)");
  if (!st) {
    exec(db, "ROLLBACK");
    return false;
  }
  sqlite3_bind_int(st.get(), 1, hive);
  const int rc = sqlite3_step(st.get());
  st.reset();
  if (rc != SQLITE_DONE) exec(db, "ROLLBACK");
  return exec(db, "COMMIT");  // expect: session-double-end
}

void splitMany(sqlite3* db, const std::vector<int>& hives) {
  for (int h : hives)
    if (!splitColony(db, h)) note("split failed");
}

bool recordHarvest(sqlite3* db, const std::vector<Hive>& hives) {
  if (!exec(db, "BEGIN")) return false;  // expect: session-unfinished-transaction
  for (const Hive& h : hives) {
    Stmt st = prepare(db, "INSERT INTO harvest(hive, kg) VALUES(?, ?)");
    if (!st) return false;
    sqlite3_bind_int(st.get(), 1, h.id);
    sqlite3_bind_double(st.get(), 2, h.weight);
    if (sqlite3_step(st.get()) != SQLITE_DONE) {
      exec(db, "ROLLBACK");
      return false;
    }
  }
  return exec(db, "COMMIT");
}

bool dumpSchema(const char* file, std::FILE* out) {
  sqlite3* db = nullptr;
  if (sqlite3_open(file, &db) != SQLITE_OK) {  // expect: session-raw-construction
    sqlite3_close(db);
    return false;
  }
  sqlite3_stmt* st = nullptr;
  bool good = sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_schema", -1, &st, nullptr) == SQLITE_OK;
  while (good && sqlite3_step(st) == SQLITE_ROW) {
    const unsigned char* sql = sqlite3_column_text(st, 0);
    if (sql && std::fputs(reinterpret_cast<const char*>(sql), out) < 0) good = false;
  }
  sqlite3_finalize(st);
  sqlite3_close(db);
  return good;
}

class HiveStore {
 public:
  explicit HiveStore(HiveConfig cfg) : cfg_(std::move(cfg)) {}
  HiveStore(const HiveStore&) = delete;
  HiveStore& operator=(const HiveStore&) = delete;
  ~HiveStore() { shut(); }

  sqlite3* handle() noexcept {
    if (!db_ && sqlite3_open(cfg_.file.c_str(), &db_) != SQLITE_OK) shut();
    return db_;
  }

  void shut() noexcept {
    if (insert_) sqlite3_finalize(insert_);
    insert_ = nullptr;
    sqlite3_close(db_);
    db_ = nullptr;
  }

  bool add(const Hive& h) noexcept {
    sqlite3* db = handle();
    if (!db) return false;
    if (!insert_ && sqlite3_prepare_v2(db, "INSERT INTO hive(place) VALUES(?)", -1, &insert_, nullptr) != SQLITE_OK) return false;
    sqlite3_bind_text(insert_, 1, h.place.c_str(), -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(insert_);
    sqlite3_reset(insert_);
    return rc == SQLITE_DONE;
  }

 private:
  HiveConfig cfg_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

int importHives(HiveStore& store, const std::vector<Hive>& hives, int perRound) {
  sqlite3* db = store.handle();
  if (!db) return -1;
  int inRound = 0, total = 0;
  if (!exec(db, "BEGIN")) return -1;
  for (const Hive& h : hives) {
    if (!store.add(h)) {
      exec(db, "ROLLBACK");
      return total;
    }
    if (++inRound == perRound) {
      if (!exec(db, "COMMIT")) {
        exec(db, "ROLLBACK");
        return total;
      }
      total += inRound;
      inRound = 0;
      if (!exec(db, "BEGIN")) return total;
    }
  }
  if (!exec(db, "COMMIT")) {
    exec(db, "ROLLBACK");
    return total;
  }
  return total + inRound;
}

int requireYear(const std::string& text) {
  if (text.size() != 4) throw std::invalid_argument("year: " + text);
  return std::stoi(text);
}

bool markSeason(sqlite3* db, const std::string& year) {
  if (!exec(db, "BEGIN")) return false;  // expect: session-missing-rollback
  if (!exec(db, "UPDATE season SET current = 0")) {
    exec(db, "ROLLBACK");
    return false;
  }
  const std::string sql = "UPDATE season SET current = 1 WHERE y = " + std::to_string(requireYear(year));
  if (!exec(db, sql.c_str())) {
    exec(db, "ROLLBACK");
    return false;
  }
  return exec(db, "COMMIT") || (exec(db, "ROLLBACK"), false);
}

bool openSeason(sqlite3* db, const std::string& year) {
  WriteScope scope(db);
  if (!scope) return false;
  const std::string sql = "INSERT INTO season(y) VALUES(" + std::to_string(requireYear(year)) + ")";
  return exec(db, sql.c_str()) && scope.done();
}

Status mergeSeasons(sqlite3* db, const std::vector<std::string>& years) {
  WriteScope scope(db);
  if (!scope) return Status::Busy;
  if (!exec(db, "DELETE FROM season_sum")) return Status::Broken;
  try {
    for (const std::string& y : years) {
      const std::string sql = "INSERT INTO season_sum SELECT " + std::to_string(requireYear(y)) + ", sum(kg) FROM harvest";
      if (!exec(db, sql.c_str())) return Status::Broken;
    }
  } catch (const std::invalid_argument& e) {  // expect: session-swallow-and-commit
    note(e.what());
  }
  return scope.done() ? Status::Ok : Status::Busy;
}

bool audit(sqlite3* db, const char* who) {
  WriteScope scope(db);
  if (!scope) return false;
  Stmt st = prepare(db, "INSERT INTO audit(who) VALUES(?)");
  if (!st) return false;
  sqlite3_bind_text(st.get(), 1, who, -1, SQLITE_TRANSIENT);
  if (sqlite3_step(st.get()) != SQLITE_DONE) return false;
  st.reset();
  return scope.done();
}

bool retireHive(sqlite3* db, int id, const char* who) {
  WriteScope scope(db);
  if (!scope) return false;
  Stmt st = prepare(db, "UPDATE hive SET retired = 1 WHERE id = ?");
  if (!st) return false;
  sqlite3_bind_int(st.get(), 1, id);
  if (sqlite3_step(st.get()) != SQLITE_DONE) return false;
  st.reset();
  if (!audit(db, who)) return false;  // expect: session-nested-begin
  return scope.done();
}

bool renameHive(sqlite3* db, int id, const char* place, const char* who) {
  {
    WriteScope scope(db);
    if (!scope) return false;
    Stmt st = prepare(db, "UPDATE hive SET place = ? WHERE id = ?");
    if (!st) return false;
    sqlite3_bind_text(st.get(), 1, place, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(st.get(), 2, id);
    if (sqlite3_step(st.get()) != SQLITE_DONE) return false;
    st.reset();
    if (!scope.done()) return false;
  }
  const std::string msg = std::string("renamed by ") + who;
  note(msg.c_str());
  return true;
}

bool compact(const HiveConfig& cfg) {
  Db db = openHives(cfg);
  if (!db) return false;
  if (!exec(db.get(), "BEGIN EXCLUSIVE")) return false;
  if (!exec(db.get(), "DELETE FROM weight WHERE kg <= 0")) return false;
  if (!exec(db.get(), "COMMIT")) return false;
  return exec(db.get(), "VACUUM");
}

void backgroundVacuum(Db db) {
  std::thread([owned = std::move(db)]() mutable {
    exec(owned.get(), "VACUUM");
    exec(owned.get(), "ANALYZE");
    owned.reset();
  }).detach();
}

bool copyHives(const HiveConfig& source, const HiveConfig& target) {
  Db in = openHives(source);
  Db out = openHives(target);
  if (!in || !out) return false;
  sqlite3_backup* b = sqlite3_backup_init(out.get(), "main", in.get(), "main");
  if (!b) return false;
  while (sqlite3_backup_step(b, 64) == SQLITE_OK) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return sqlite3_backup_finish(b) == SQLITE_OK;
}

class Sampler {
 public:
  explicit Sampler(sqlite3* borrowed) : db_(borrowed) {}
  void sampleOnce() noexcept { exec(db_, "INSERT INTO sample DEFAULT VALUES"); }

 private:
  sqlite3* db_;
};

Sampler* makeSampler(const HiveConfig& cfg, std::vector<std::unique_ptr<Sampler>>& pool) {
  Db db = openHives(cfg);
  if (!db) return nullptr;
  pool.push_back(std::make_unique<Sampler>(db.get()));  //  // waits: session-use-after-scope
  return pool.back().get();
}

int countTwice(const HiveConfig& cfg) {
  sqlite3* db = nullptr;
  if (sqlite3_open(cfg.file.c_str(), &db) != SQLITE_OK) {  // expect: session-leak
    sqlite3_close(db);
    return -1;
  }
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM hive", -1, &st, nullptr) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  int n = 0;
  if (sqlite3_step(st) == SQLITE_ROW) n = sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  if (n > requireYear("9999")) return n;
  sqlite3_close(db);
  return 2 * n;
}

bool reindex(sqlite3* db) {
  const bool outer = sqlite3_get_autocommit(db) == 0;
  if (!outer && !exec(db, "BEGIN")) return false;
  const bool good = exec(db, "DELETE FROM lookup") && exec(db, "INSERT INTO lookup SELECT id, place FROM hive");
  if (outer) return good;
  if (good && exec(db, "COMMIT")) return true;
  exec(db, "ROLLBACK");
  return false;
}

}  // namespace apiary
