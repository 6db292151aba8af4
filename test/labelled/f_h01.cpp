// library: sqlite3
// Mail indexer: keeps one sqlite3 database per account.
#include <sqlite3.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mailidx {

struct CloseDb { void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); } };
struct DropStmt { void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); } };
using DbPtr = std::unique_ptr<sqlite3, CloseDb>;
using StmtPtr = std::unique_ptr<sqlite3_stmt, DropStmt>;

struct Config {
  std::string path = "mail.idx";
  int busyMs = 2000;
  int batch = 500;
};

struct Message {
  long long uid = 0;
  std::string folder, subject, from;
  int flags = 0;
};

void logLine(const char* what, sqlite3* db) noexcept {
  std::fprintf(stderr, "[idx] %s: %s\n", what, db ? sqlite3_errmsg(db) : "no handle");
}

template <class F>
class Finally {
public:
  explicit Finally(F f) : f_(std::move(f)) {}
  Finally(const Finally&) = delete;
  Finally& operator=(const Finally&) = delete;
  ~Finally() { if (armed_) f_(); }
  void dismiss() noexcept { armed_ = false; }
private:
  F f_;
  bool armed_ = true;
};

bool run(sqlite3* db, const char* sql) noexcept {
  char* msg = nullptr;
  if (sqlite3_exec(db, sql, nullptr, nullptr, &msg) == SQLITE_OK) return true;
  std::fprintf(stderr, "[idx] %s failed: %s\n", sql, msg ? msg : "?");
  sqlite3_free(msg);
  return false;
}

StmtPtr prepare(sqlite3* db, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &raw, nullptr) != SQLITE_OK) {
    logLine("prepare", db);
    return nullptr;
  }
  return StmtPtr(raw);
}

#define IDX_CHECK(expr) do { if ((expr) != SQLITE_OK) { logLine(#expr, db); goto fail; } } while (0)
#define IDX_STEP(st) do { if (sqlite3_step(st) != SQLITE_DONE) { logLine("step " #st, db); goto fail; } } while (0)

class Index {
public:
  explicit Index(Config cfg) : cfg_(std::move(cfg)) {}

  bool init();
  bool migrate();
  bool store(const std::vector<Message>& batch);
  bool dropFolder(const std::string& name);
  long long unread(const std::string& folder);
  bool rethread(long long root, const std::vector<long long>& members);
  int expunge(const std::vector<long long>& uids);
  bool rebuildFts();
  bool renameFolder(const std::string& from, const std::string& to);
  bool mergeAliases(const std::vector<std::pair<std::string, std::string>>& pairs);
  const char* lastSubject(const std::string& folder);
  std::optional<std::string> subjectOf(long long uid);
  void vacuumLater();
  void refreshLater(const std::string& folder);
  bool importSpool(const std::string& spool);
  bool markAllRead(const std::string& folder);
  bool archive(int year);
  bool quarantine(long long uid, const char* reason);
  bool syncFlags(const std::map<long long, int>& flags);

private:
  sqlite3_stmt* cached(const char* sql);

  Config cfg_;
  DbPtr db_;
  std::map<std::string, StmtPtr> cache_;
  std::mutex mu_;
};

bool Index::init() {
  if (db_) return true;
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(cfg_.path.c_str(), &raw,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  db_.reset(raw);
  if (rc != SQLITE_OK) {
    logLine("open", db_.get());
    db_.reset();
    return false;
  }
  sqlite3_busy_timeout(db_.get(), cfg_.busyMs);
  return run(db_.get(), "PRAGMA journal_mode=WAL") && migrate();
}

bool Index::migrate() {
  static const char* const steps[] = {
      "CREATE TABLE IF NOT EXISTS folder(id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
      "CREATE TABLE IF NOT EXISTS msg(uid INTEGER PRIMARY KEY, folder TEXT, subject TEXT, sender TEXT, flags INT)",
      "CREATE INDEX IF NOT EXISTS msg_folder ON msg(folder)",
      "PRAGMA user_version=3",
  };
  sqlite3* db = db_.get();
  if (!run(db, "BEGIN EXCLUSIVE")) return false;
  for (const char* s : steps) {
    if (!run(db, s)) {
      run(db, "ROLLBACK");
      return false;
    }
  }
  if (run(db, "END TRANSACTION")) return true;
  run(db, "ROLLBACK");
  return false;
}

sqlite3_stmt* Index::cached(const char* sql) {
  auto it = cache_.find(sql);
  if (it == cache_.end()) {
    StmtPtr st = prepare(db_.get(), sql);
    if (!st) return nullptr;
    it = cache_.emplace(sql, std::move(st)).first;
  }
  sqlite3_reset(it->second.get());
  sqlite3_clear_bindings(it->second.get());
  return it->second.get();
}

bool Index::store(const std::vector<Message>& batch) {
  sqlite3* db = db_.get();
  sqlite3_stmt* ins = cached("INSERT OR REPLACE INTO msg VALUES(?,?,?,?,?)");
  if (!ins) return false;
  bool open = false;
  IDX_CHECK(sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
  open = true;
  for (const Message& m : batch) {
    IDX_CHECK(sqlite3_reset(ins));
    IDX_CHECK(sqlite3_bind_int64(ins, 1, m.uid));
    IDX_CHECK(sqlite3_bind_text(ins, 2, m.folder.c_str(), -1, SQLITE_TRANSIENT));
    IDX_CHECK(sqlite3_bind_text(ins, 3, m.subject.c_str(), -1, SQLITE_TRANSIENT));
    IDX_CHECK(sqlite3_bind_text(ins, 4, m.from.c_str(), -1, SQLITE_TRANSIENT));
    IDX_CHECK(sqlite3_bind_int(ins, 5, m.flags));
    IDX_STEP(ins);
  }
  IDX_CHECK(sqlite3_reset(ins));
  IDX_CHECK(sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr));
  return true;
fail:
  sqlite3_reset(ins);
  if (open) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  return false;
}

bool Index::dropFolder(const std::string& name) {
  sqlite3* db = db_.get();
  if (!run(db, "BEGIN")) return false;  // expect: session-unfinished-transaction
  StmtPtr count = prepare(db, "SELECT count(*) FROM msg WHERE folder=? AND flags & 8");
  StmtPtr del = prepare(db, "DELETE FROM msg WHERE folder=?");
  if (!count || !del) {
    run(db, "ROLLBACK");
    return false;
  }
  sqlite3_bind_text(count.get(), 1, name.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(del.get(), 1, name.c_str(), -1, SQLITE_TRANSIENT);
  if (sqlite3_step(count.get()) == SQLITE_ROW && sqlite3_column_int(count.get(), 0) > 0) {
    std::fprintf(stderr, "[idx] %s holds flagged mail\n", name.c_str());
    return false;
  }
  sqlite3_reset(count.get());
  if (sqlite3_step(del.get()) != SQLITE_DONE || !run(db, "COMMIT")) {
    run(db, "ROLLBACK");
    return false;
  }
  return true;
}

long long Index::unread(const std::string& folder) {
  sqlite3_stmt* st = cached("SELECT count(*) FROM msg WHERE folder=? AND flags & 1 = 0");
  if (!st) return -1;
  Finally reset([st] { sqlite3_reset(st); });
  sqlite3_bind_text(st, 1, folder.c_str(), -1, SQLITE_TRANSIENT);
  if (sqlite3_step(st) != SQLITE_ROW) {
    logLine("unread", db_.get());
    return -1;
  }
  return sqlite3_column_int64(st, 0);
}

bool Index::rethread(long long root, const std::vector<long long>& members) {
  sqlite3* db = db_.get();
  StmtPtr up = prepare(db, "UPDATE msg SET flags = flags | 64 WHERE uid IN (?, ?)");
  if (!up) return false;
  if (!run(db, "SAVEPOINT rethread")) return false;
  for (long long m : members) {
    sqlite3_bind_int64(up.get(), 1, root);
    sqlite3_bind_int64(up.get(), 2, m);
    const int rc = sqlite3_step(up.get());
    sqlite3_reset(up.get());
    if (rc != SQLITE_DONE) {
      run(db, "ROLLBACK TO rethread");
      run(db, "RELEASE rethread");
      return false;
    }
  }
  return run(db, "RELEASE rethread");
}

int Index::expunge(const std::vector<long long>& uids) {
  sqlite3* db = db_.get();
  StmtPtr del = prepare(db, "DELETE FROM msg WHERE uid=?");
  if (!del) return -1;
  int done = 0;
  for (size_t i = 0; i < uids.size();) {
    const size_t end = std::min(uids.size(), i + static_cast<size_t>(cfg_.batch));
    if (!run(db, "BEGIN IMMEDIATE")) return done;
    Finally undo([db] { run(db, "ROLLBACK"); });
    for (; i < end; ++i) {
      sqlite3_bind_int64(del.get(), 1, uids[i]);
      const int rc = sqlite3_step(del.get());
      sqlite3_reset(del.get());
      if (rc != SQLITE_DONE) return done;
    }
    if (!run(db, "COMMIT")) return done;
    undo.dismiss();
    done = static_cast<int>(i);
  }
  return done;
}

bool Index::rebuildFts() {
  sqlite3* db = db_.get();
  if (!run(db, "BEGIN")) return false;
  if (!run(db, "DELETE FROM fts")) {
    run(db, "ROLLBACK");
    return false;
  }
  if (!run(db, "BEGIN")) {  // expect: session-nested-begin
    run(db, "ROLLBACK");
    return false;
  }
  if (!run(db, "INSERT INTO fts SELECT uid, subject FROM msg") || !run(db, "COMMIT")) {
    run(db, "ROLLBACK");
    return false;
  }
  return true;
}

bool Index::renameFolder(const std::string& from, const std::string& to) {
  sqlite3* db = db_.get();
  StmtPtr a = prepare(db, "UPDATE folder SET name=? WHERE name=?");
  StmtPtr b = prepare(db, "UPDATE msg SET folder=? WHERE folder=?");
  if (!a || !b || !run(db, "BEGIN")) return false;
  bool ok = true;
  for (sqlite3_stmt* st : {a.get(), b.get()}) {
    sqlite3_bind_text(st, 1, to.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 2, from.c_str(), -1, SQLITE_TRANSIENT);
    ok = ok && sqlite3_step(st) == SQLITE_DONE;
    sqlite3_reset(st);
  }
  ok = run(db, ok ? "COMMIT" : "ROLLBACK") && ok;
  if (!ok && !sqlite3_get_autocommit(db)) run(db, "ROLLBACK");
  return ok;
}

bool Index::mergeAliases(const std::vector<std::pair<std::string, std::string>>& pairs) {
  sqlite3* db = db_.get();
  StmtPtr up = prepare(db, "UPDATE msg SET sender=? WHERE sender=?");
  if (!up || !run(db, "BEGIN IMMEDIATE")) return false;
  for (const auto& [from, to] : pairs) {
    sqlite3_bind_text(up.get(), 1, to.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(up.get(), 2, from.c_str(), -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(up.get());
    sqlite3_reset(up.get());
    if (rc != SQLITE_DONE) {
      logLine("merge", db);
      run(db, "ROLLBACK");
      goto out;
    }
  }
  if (run(db, "COMMIT")) return true;
  run(db, "ROLLBACK");
  return false;
out:
  run(db, "ROLLBACK");  // expect: session-double-end
  return false;
}

const char* Index::lastSubject(const std::string& folder) {
  StmtPtr st = prepare(db_.get(), "SELECT subject FROM msg WHERE folder=? ORDER BY uid DESC LIMIT 1");
  if (!st) return "";
  sqlite3_bind_text(st.get(), 1, folder.c_str(), -1, SQLITE_TRANSIENT);
  const char* subject = "";
  if (sqlite3_step(st.get()) == SQLITE_ROW) {
    subject = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));
  }
  return subject;  // expect: session-use-after-scope
}

std::optional<std::string> Index::subjectOf(long long uid) {
  StmtPtr st = prepare(db_.get(), "SELECT subject FROM msg WHERE uid=?");
  if (!st) return std::nullopt;
  sqlite3_bind_int64(st.get(), 1, uid);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return std::nullopt;
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));
  const int len = sqlite3_column_bytes(st.get(), 0);
  std::string_view view(text ? text : "", static_cast<size_t>(len));
  return std::string(view);
}

void Index::vacuumLater() {
  std::thread([path = cfg_.path, ms = cfg_.busyMs] {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open(path.c_str(), &raw);
    DbPtr own(raw);
    if (rc != SQLITE_OK) {
      logLine("vacuum open", own.get());
      return;
    }
    sqlite3_busy_timeout(own.get(), ms);
    run(own.get(), "VACUUM");
  }).detach();
}

void Index::refreshLater(const std::string& folder) {
  sqlite3* db = db_.get();
  std::thread worker([db, folder] {  // expect: session-shared-across-threads
    if (!run(db, "BEGIN IMMEDIATE")) return;
    StmtPtr up = prepare(db, "UPDATE folder SET dirty=0 WHERE name=?");
    if (up) sqlite3_bind_text(up.get(), 1, folder.c_str(), -1, SQLITE_TRANSIENT);
    if (!up || sqlite3_step(up.get()) != SQLITE_DONE || !run(db, "COMMIT")) run(db, "ROLLBACK");
  });
  worker.detach();
  run(db, "UPDATE stats SET refreshes = refreshes + 1");
}

bool Index::importSpool(const std::string& spool) {
  sqlite3* db = db_.get();
  StmtPtr at = prepare(db, "ATTACH DATABASE ? AS spool");
  if (!at) return false;
  sqlite3_bind_text(at.get(), 1, spool.c_str(), -1, SQLITE_TRANSIENT);
  if (sqlite3_step(at.get()) != SQLITE_DONE) return false;
  at.reset();
  Finally detach([db] { run(db, "DETACH DATABASE spool"); });
  if (!run(db, "BEGIN")) return false;
  Finally undo([db] { if (!sqlite3_get_autocommit(db)) run(db, "ROLLBACK"); });
  if (!run(db, "INSERT OR IGNORE INTO msg SELECT * FROM spool.msg")) return false;
  if (!run(db, "DELETE FROM spool.msg")) return false;
  return run(db, "COMMIT");
}

bool Index::markAllRead(const std::string& folder) {
  std::lock_guard lock(mu_);
  sqlite3* db = db_.get();
  if (!run(db, "BEGIN")) return false;
  StmtPtr up = prepare(db, "UPDATE msg SET flags = flags | 1 WHERE folder=?");
  const char* finish = "ROLLBACK";
  if (up) {
    sqlite3_bind_text(up.get(), 1, folder.c_str(), -1, SQLITE_TRANSIENT);
    if (sqlite3_step(up.get()) == SQLITE_DONE) finish = "COMMIT";
    up.reset();
  }
  if (run(db, finish)) return *finish == 'C';
  if (!sqlite3_get_autocommit(db)) run(db, "ROLLBACK");
  return false;
}

bool Index::archive(int year) {
  const std::string target = cfg_.path + "." + std::to_string(year);
  sqlite3* out = nullptr;
  if (sqlite3_open(target.c_str(), &out) != SQLITE_OK) {  // expect: session-leak
    logLine("archive open", out);
    return false;
  }
  sqlite3_backup* bk = sqlite3_backup_init(out, "main", db_.get(), "main");
  if (!bk) {
    logLine("archive init", out);
    sqlite3_close(out);
    return false;
  }
  int rc;
  do {
    rc = sqlite3_backup_step(bk, 64);
  } while (rc == SQLITE_OK || rc == SQLITE_BUSY);
  sqlite3_backup_finish(bk);
  sqlite3_close(out);
  return rc == SQLITE_DONE;
}

bool Index::quarantine(long long uid, const char* reason) {
  sqlite3* db = db_.get();
  const bool own = sqlite3_get_autocommit(db) != 0;
  if (own && !run(db, "BEGIN")) return false;
  StmtPtr ins = prepare(db, "INSERT INTO quarantine VALUES(?,?)");
  bool ok = false;
  if (ins) {
    sqlite3_bind_int64(ins.get(), 1, uid);
    sqlite3_bind_text(ins.get(), 2, reason, -1, SQLITE_TRANSIENT);
    ok = sqlite3_step(ins.get()) == SQLITE_DONE;
    ins.reset();
  }
  if (!own) return ok;
  if (ok && run(db, "COMMIT")) return true;
  run(db, "ROLLBACK");
  return false;
}

bool Index::syncFlags(const std::map<long long, int>& flags) {
  sqlite3* db = db_.get();
  sqlite3_stmt* up = cached("UPDATE msg SET flags=? WHERE uid=?");
  if (!up || !run(db, "BEGIN")) return false;
  bool ok = true;
  for (auto it = flags.begin(); ok && it != flags.end(); ++it) {
    sqlite3_bind_int(up, 1, it->second);
    sqlite3_bind_int64(up, 2, it->first);
    ok = sqlite3_step(up) == SQLITE_DONE;
    sqlite3_reset(up);
  }
  switch (ok ? 1 : 0) {
    case 1:
      if (run(db, "COMMIT")) return true;
      [[fallthrough]];
    default:
      run(db, "ROLLBACK");
  }
  return false;
}

int probeVersion(const char* path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* st = nullptr;
  int version = -1;
  IDX_CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr));  // expect: session-raw-construction
  IDX_CHECK(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &st, nullptr));
  if (sqlite3_step(st) == SQLITE_ROW) version = sqlite3_column_int(st, 0);
fail:
  sqlite3_finalize(st);
  sqlite3_close(db);
  return version;
}

}  // namespace mailidx

int main(int argc, char** argv) {
  mailidx::Config cfg;
  if (argc > 1) cfg.path = argv[1];
  if (mailidx::probeVersion(cfg.path.c_str()) > 3) return 2;
  mailidx::Index index(cfg);
  return index.init() ? 0 : 1;
}
