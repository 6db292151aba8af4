// library: sqlite3
#include <sqlite3.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace biobank {

enum class Status { Ok, Busy, NotFound, Corrupt, Rejected };

void trace(const char* where, const std::string& what) { std::fprintf(stderr, "[%s] %s\n", where, what.c_str()); }

struct HandleCloser {
  void operator()(sqlite3* h) const noexcept { sqlite3_close_v2(h); }
};

struct StmtCloser {
  void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
};

class Store {
public:
  static std::optional<Store> open(const std::string& file) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    std::unique_ptr<sqlite3, HandleCloser> owned(raw);
    if (rc != SQLITE_OK) {
      trace("open", sqlite3_errmsg(owned.get()));
      return std::nullopt;
    }
    sqlite3_busy_timeout(owned.get(), 2000);
    return Store(std::move(owned));
  }

  sqlite3* raw() const noexcept { return h_.get(); }

  bool exec(const char* sql) noexcept { return sqlite3_exec(h_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

  std::int64_t lastId() const noexcept { return sqlite3_last_insert_rowid(h_.get()); }

private:
  explicit Store(std::unique_ptr<sqlite3, HandleCloser> h) : h_(std::move(h)) {}
  std::unique_ptr<sqlite3, HandleCloser> h_;
};

class Cursor {
public:
  Cursor(Store& db, const char* sql) {
    sqlite3_stmt* s = nullptr;
    if (sqlite3_prepare_v2(db.raw(), sql, -1, &s, nullptr) == SQLITE_OK) s_.reset(s);
  }

  bool valid() const noexcept { return s_ != nullptr; }
  void bind(int i, std::int64_t v) noexcept { sqlite3_bind_int64(s_.get(), i, v); }
  void bind(int i, const std::string& v) noexcept {
    sqlite3_bind_text(s_.get(), i, v.c_str(), static_cast<int>(v.size()), SQLITE_TRANSIENT);
  }
  bool row() noexcept { return sqlite3_step(s_.get()) == SQLITE_ROW; }
  bool run() noexcept {
    const bool ok = sqlite3_step(s_.get()) == SQLITE_DONE;
    sqlite3_reset(s_.get());
    return ok;
  }
  std::int64_t num(int c) noexcept { return sqlite3_column_int64(s_.get(), c); }
  std::string text(int c) {
    const unsigned char* t = sqlite3_column_text(s_.get(), c);
    return t ? reinterpret_cast<const char*>(t) : "";
  }

private:
  std::unique_ptr<sqlite3_stmt, StmtCloser> s_;
};

class Batch {
public:
  Batch(Store& db, const char* label) noexcept : db_(db), label_(label), open_(db.exec("BEGIN IMMEDIATE")) {}
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    if (open_) {
      db_.exec("ROLLBACK");
      std::fprintf(stderr, "%s undone\n", label_);
    }
  }
  bool started() const noexcept { return open_; }
  bool apply() noexcept {
    if (!open_) return false;
    if (!db_.exec("COMMIT")) return false;
    open_ = false;
    return true;
  }
  void undo() noexcept {
    if (open_) db_.exec("ROLLBACK");
    open_ = false;
  }

private:
  Store& db_;
  const char* label_;
  bool open_;
};

class Shelf {
public:
  explicit Shelf(std::vector<Store> stores) : stores_(std::move(stores)) {
    for (auto& s : stores_) idle_.push_back(&s);
  }
  Store* checkout() {
    std::lock_guard<std::mutex> g(m_);
    if (idle_.empty()) return nullptr;
    Store* s = idle_.back();
    idle_.pop_back();
    return s;
  }
  void giveBack(Store* s) {
    std::lock_guard<std::mutex> g(m_);
    idle_.push_back(s);
  }

private:
  std::mutex m_;
  std::vector<Store> stores_;
  std::vector<Store*> idle_;
};

struct Sample {
  std::int64_t donor = 0;
  std::string tube;
  int rack = 0;
};

Status storeSample(Store& db, const Sample& s) {
  Batch batch(db, "storeSample");
  if (!batch.started()) return Status::Busy;
  Cursor free(db, "select 1 from rack where id = ? and used < cap");
  free.bind(1, s.rack);
  if (!free.row()) return Status::Rejected;
  Cursor ins(db, "insert into sample(donor, tube, rack) values(?,?,?)");
  ins.bind(1, s.donor);
  ins.bind(2, s.tube);
  ins.bind(3, s.rack);
  if (!ins.run()) return Status::Corrupt;
  Cursor upd(db, "update rack set used = used + 1 where id = ?");
  upd.bind(1, s.rack);
  if (!upd.run()) return Status::Corrupt;
  return batch.apply() ? Status::Ok : Status::Busy;
}

int exportDonors(const std::string& file, std::FILE* out) {
  sqlite3* h = nullptr;
  if (sqlite3_open_v2(file.c_str(), &h, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {  // expect: session-raw-construction
    trace("export", sqlite3_errmsg(h));
    sqlite3_close(h);
    return -1;
  }
  sqlite3_stmt* st = nullptr;
  int n = -1;
  if (sqlite3_prepare_v2(h, "select id, code from donor", -1, &st, nullptr) != SQLITE_OK) goto done;
  n = 0;
  while (sqlite3_step(st) == SQLITE_ROW) {
    if (std::fprintf(out, "%lld;%s\n", sqlite3_column_int64(st, 0),
                     reinterpret_cast<const char*>(sqlite3_column_text(st, 1))) < 0)
      break;
    ++n;
  }
done:
  sqlite3_finalize(st);
  sqlite3_close(h);
  return n;
}

std::int64_t schemaVersion(const std::string& file) {
  sqlite3* h = nullptr;
  if (sqlite3_open(file.c_str(), &h) != SQLITE_OK) {  // expect: session-leak
    trace("schema", "cannot open " + file);
    return -1;
  }
  sqlite3_stmt* st = nullptr;
  std::int64_t v = 0;
  if (sqlite3_prepare_v2(h, "pragma user_version", -1, &st, nullptr) == SQLITE_OK) {
    if (sqlite3_step(st) == SQLITE_ROW) v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
  }
  sqlite3_close(h);
  return v;
}

bool copyPragma(const std::string& file, int version) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(file.c_str(), &raw);
  const std::unique_ptr<sqlite3, HandleCloser> guard(raw);
  if (rc != SQLITE_OK) return false;
  const std::string sql = "pragma user_version = " + std::to_string(version);
  char* err = nullptr;
  if (sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &err) != SQLITE_OK) {
    trace("pragma", err ? err : "?");
    sqlite3_free(err);
    return false;
  }
  return true;
}

std::optional<int> freePlaces(Shelf& shelf, int rack) {
  Store* db = shelf.checkout();  //  // waits: session-leak
  if (!db) return std::nullopt;
  std::optional<int> result;
  {
    Cursor q(*db, "select cap - used from rack where id = ?");
    if (!q.valid()) {
      trace("freePlaces", sqlite3_errmsg(db->raw()));
      return std::nullopt;
    }
    q.bind(1, rack);
    if (q.row()) result = static_cast<int>(q.num(0));
  }
  shelf.giveBack(db);
  return result;
}

std::optional<std::int64_t> findTube(Shelf& shelf, const std::string& tube) {
  auto back = [&shelf](Store* s) {
    if (s) shelf.giveBack(s);
  };
  std::unique_ptr<Store, decltype(back)> db(shelf.checkout(), back);
  if (!db) return std::nullopt;
  Cursor q(*db, "select id from sample where tube = ?");
  if (!q.valid()) return std::nullopt;
  q.bind(1, tube);
  if (!q.row()) return std::nullopt;
  return q.num(0);
}

bool moveRack(Store& db, int from, int to) {
  if (!db.exec("BEGIN IMMEDIATE")) return false;  // expect: session-unfinished-transaction
  Cursor mv(db, "update sample set rack = ? where rack = ?");
  mv.bind(1, to);
  mv.bind(2, from);
  if (!mv.run()) {
    trace("moveRack", "samples not moved");
    return false;
  }
  Cursor sum(db, "update rack set used = (select count(*) from sample where rack = rack.id)");
  if (!sum.run()) {
    db.exec("ROLLBACK");
    return false;
  }
  if (!db.exec("COMMIT")) {
    db.exec("ROLLBACK");
    return false;
  }
  return true;
}

bool mergeDonors(Store& db, std::int64_t keep, std::int64_t drop) {
  if (!db.exec("BEGIN IMMEDIATE")) return false;
  bool ok = true;
  Cursor mv(db, "update sample set donor = ? where donor = ?");
  mv.bind(1, keep);
  mv.bind(2, drop);
  ok = mv.run();
  if (ok) {
    Cursor del(db, "delete from donor where id = ?");
    del.bind(1, drop);
    ok = del.run();
  }
  if (ok && db.exec("COMMIT")) return true;
  if (!sqlite3_get_autocommit(db.raw())) db.exec("ROLLBACK");
  return false;
}

bool discardExpired(Store& db, int year) {
  if (!db.exec("BEGIN")) return false;
  Cursor del(db, "delete from sample where year < ?");
  del.bind(1, year);
  const bool ok = del.run();
  if (!ok) {
    trace("discard", "delete failed");
    db.exec("ROLLBACK");
  }
  if (!db.exec("COMMIT")) {  // expect: session-double-end
    db.exec("ROLLBACK");
    return false;
  }
  return ok;
}

void relabel(Store& db, const std::vector<std::pair<std::string, std::string>>& names) {
  Batch{db, "relabel"};  // expect: session-temporary-guard
  Cursor up(db, "update sample set tube = ? where tube = ?");
  for (const auto& [was, now] : names) {
    up.bind(1, now);
    up.bind(2, was);
    if (!up.run()) trace("relabel", was);
  }
}

bool probeWritable(Store& db) { return Batch{db, "probe"}.started(); }

class ImportRun {
public:
  explicit ImportRun(Store& db) : db_(db) { db_.exec("BEGIN IMMEDIATE"); }
  ImportRun(const ImportRun&) = delete;
  ImportRun& operator=(const ImportRun&) = delete;
  ~ImportRun() {
    db_.exec("COMMIT");  // expect: session-commit-in-destructor
  }
  bool add(const Sample& s) {
    Cursor ins(db_, "insert into sample(donor, tube, rack) values(?,?,?)");
    ins.bind(1, s.donor);
    ins.bind(2, s.tube);
    ins.bind(3, s.rack);
    return ins.run();
  }

private:
  Store& db_;
};

class FreezerLog {
public:
  explicit FreezerLog(Store& db) : db_(db) {}

  bool beginShift() {
    if (inShift_) return false;
    inShift_ = db_.exec("BEGIN");
    return inShift_;
  }

  bool note(int freezer, int milliKelvin) {
    if (!inShift_ && !beginShift()) return false;
    Cursor c(db_, "insert into freezer_log(freezer, mk) values(?,?)");
    c.bind(1, freezer);
    c.bind(2, milliKelvin);
    return c.run();
  }

  bool endShift(bool keep) {
    if (!inShift_) return true;
    const bool done = db_.exec(keep ? "COMMIT" : "ROLLBACK");
    if (done) inShift_ = false;
    return done;
  }

  ~FreezerLog() {
    if (inShift_) db_.exec("ROLLBACK");
  }

private:
  Store& db_;
  bool inShift_ = false;
};

std::size_t importSamples(Store& db, const std::vector<Sample>& all, std::size_t step) {
  std::size_t stored = 0;
  std::size_t at = 0;
  while (at < all.size()) {
    Batch chunk(db, "import");
    if (!chunk.started()) break;
    const std::size_t stop = at + step < all.size() ? at + step : all.size();
    std::size_t good = 0;
    for (; at < stop; ++at) {
      Cursor ins(db, "insert or ignore into sample(donor, tube, rack) values(?,?,?)");
      ins.bind(1, all[at].donor);
      ins.bind(2, all[at].tube);
      ins.bind(3, all[at].rack);
      if (!ins.run()) return stored;
      ++good;
    }
    if (!chunk.apply()) return stored;
    stored += good;
  }
  return stored;
}

bool withBatch(Store& db, const char* label, bool (*body)(Store&)) {
  Batch b(db, label);
  return b.started() && body(db) && b.apply();
}

bool nightlyMaintenance(Store& db) {
  const bool counted = withBatch(db, "recount", [](Store& s) {
    Cursor c(s, "update rack set used = (select count(*) from sample where rack = rack.id)");
    return c.valid() && c.run();
  });
  if (!counted) return false;
  return db.exec("VACUUM") && db.exec("ANALYZE");
}

bool quarantine(Store& db, const std::vector<std::int64_t>& ids) {
  bool ok = true;
  for (const auto id : ids) {
    ok = db.exec("BEGIN IMMEDIATE") && ok;  // expect: session-nested-begin
    Cursor c(db, "update sample set state = 'Q' where id = ?");
    c.bind(1, id);
    ok = c.run() && ok;
  }
  if (ok && db.exec("COMMIT")) return true;
  db.exec("ROLLBACK");
  return false;
}

bool replaceRack(Store& db, int rack, const std::vector<Sample>& with) {
  Batch b(db, "replaceRack");
  if (!b.started()) return false;
  if (!db.exec("SAVEPOINT wipe")) return false;
  Cursor del(db, "delete from sample where rack = ?");
  del.bind(1, rack);
  if (!del.run() || with.empty()) {
    db.exec("ROLLBACK TO wipe");
    db.exec("RELEASE wipe");
    b.undo();
    return false;
  }
  db.exec("RELEASE wipe");
  for (const auto& s : with) {
    Cursor ins(db, "insert into sample(donor, tube, rack) values(?,?,?)");
    ins.bind(1, s.donor);
    ins.bind(2, s.tube);
    ins.bind(3, rack);
    if (!ins.run()) return false;
  }
  return b.apply();
}

}  // namespace biobank
