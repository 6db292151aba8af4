// library: sqlite3
// jotter, notes on the command line
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace jotter {

struct Config {
  std::string path;
  int busyMs = 2000;
  bool readOnly = false;
};

struct Note {
  sqlite3_int64 id = 0;
  std::string title;
  std::string body;
};

struct DbClose {
  void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
};
using DbPtr = std::unique_ptr<sqlite3, DbClose>;

struct StmtFree {
  void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};
using StmtPtr = std::unique_ptr<sqlite3_stmt, StmtFree>;

static void logf(const char* what, sqlite3* db) noexcept {
  std::fprintf(stderr, "jotter: %s: %s\n", what, sqlite3_errmsg(db));
}

static bool run(sqlite3* db, const char* sql) noexcept {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
  logf(sql, db);
  return false;
}

static StmtPtr prep(sqlite3* db, const char* sql) noexcept {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &raw, nullptr) != SQLITE_OK) {
    logf(sql, db);
    return nullptr;
  }
  return StmtPtr(raw);
}

DbPtr openNotes(const Config& cfg) {
  sqlite3* raw = nullptr;
  const int flags = cfg.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int rc = sqlite3_open_v2(cfg.path.c_str(), &raw, flags, nullptr);
  DbPtr db(raw);
  if (rc != SQLITE_OK) {
    std::fprintf(stderr, "cannot open %s: %s\n", cfg.path.c_str(), sqlite3_errstr(rc));
    return nullptr;
  }
  sqlite3_busy_timeout(db.get(), cfg.busyMs);
  return db;
}

sqlite3* openForDump(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {  // expect: session-leak
    std::fprintf(stderr, "dump: %s\n", sqlite3_errmsg(db));
    return nullptr;
  }
  sqlite3_busy_timeout(db, 500);
  return db;
}

int countNotes(const char* path) {
  sqlite3* db = nullptr;
  int n = -1;
  if (sqlite3_open(path, &db) == SQLITE_OK) {  // expect: session-raw-construction
    if (StmtPtr st = prep(db, "SELECT count(*) FROM note"); st && sqlite3_step(st.get()) == SQLITE_ROW)
      n = sqlite3_column_int(st.get(), 0);
  }
  sqlite3_close(db);
  return n;
}

std::optional<Note> findNote(sqlite3* db, const std::string& title) {
  StmtPtr st = prep(db, "SELECT id, title, body FROM note WHERE title = ?1");
  if (!st) return std::nullopt;
  sqlite3_bind_text(st.get(), 1, title.c_str(), -1, SQLITE_TRANSIENT);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return std::nullopt;
  Note n;
  n.id = sqlite3_column_int64(st.get(), 0);
  n.title = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 1));
  if (auto* body = sqlite3_column_text(st.get(), 2)) n.body = reinterpret_cast<const char*>(body);
  return n;
}

std::string latestTitle(sqlite3* db) {
  const char* text = nullptr;
  {
    StmtPtr st = prep(db, "SELECT title FROM note ORDER BY id DESC LIMIT 1");
    if (!st || sqlite3_step(st.get()) != SQLITE_ROW) return {};
    text = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));
  }
  return std::string("last: ") + text;  // expect: session-use-after-scope
}

bool renameTag(sqlite3* db, const std::string& from, const std::string& to) {
  if (!run(db, "BEGIN IMMEDIATE")) return false;
  bool ok = false;
  do {
    StmtPtr upd = prep(db, "UPDATE tag SET name = ?2 WHERE name = ?1");
    if (!upd) break;
    sqlite3_bind_text(upd.get(), 1, from.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(upd.get(), 2, to.c_str(), -1, SQLITE_TRANSIENT);
    if (sqlite3_step(upd.get()) != SQLITE_DONE) break;
    upd.reset();
    if (!run(db, "UPDATE meta SET value = value + 1 WHERE key = 'tagrev'")) break;
    ok = run(db, "COMMIT");
  } while (false);
  if (!ok) run(db, "ROLLBACK");
  return ok;
}

bool mergeNotes(sqlite3* db, sqlite3_int64 keep, sqlite3_int64 drop) {
  if (!run(db, "BEGIN")) return false;  // expect: session-unfinished-transaction
  StmtPtr move = prep(db, "UPDATE attachment SET note = ?1 WHERE note = ?2");
  if (!move) {
    run(db, "ROLLBACK");
    return false;
  }
  sqlite3_bind_int64(move.get(), 1, keep);
  sqlite3_bind_int64(move.get(), 2, drop);
  if (sqlite3_step(move.get()) != SQLITE_DONE) {
    logf("merge", db);
    return false;
  }
  move.reset();
  StmtPtr del = prep(db, "DELETE FROM note WHERE id = ?1");
  if (del) sqlite3_bind_int64(del.get(), 1, drop);
  if (!del || sqlite3_step(del.get()) != SQLITE_DONE || !run(db, "COMMIT")) {
    del.reset();
    run(db, "ROLLBACK");
    return false;
  }
  return true;
}

int importLines(sqlite3* db, FILE* in, int chunk) {
  char line[1024];
  int n = 0;
  bool open = false;
  StmtPtr ins = prep(db, "INSERT INTO note(title) VALUES (?1)");
  if (!ins) return -1;
  while (std::fgets(line, sizeof line, in)) {
    if (!open) {
      if (!run(db, "BEGIN")) return -1;
      open = true;
    }
    sqlite3_bind_text(ins.get(), 1, line, -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(ins.get());
    sqlite3_reset(ins.get());
    if (rc != SQLITE_DONE) {
      run(db, "ROLLBACK");
      return -1;
    }
    if (++n % chunk == 0) {
      if (!run(db, "COMMIT")) {
        run(db, "ROLLBACK");
        return -1;
      }
      open = false;
    }
  }
  if (open && !run(db, "COMMIT")) {
    run(db, "ROLLBACK");
    return -1;
  }
  return n;
}

class SaveScope {
 public:
  explicit SaveScope(sqlite3* db) : db_(db) {
    if (!run(db_, "BEGIN IMMEDIATE")) throw std::runtime_error("jotter: database is busy");
  }
  ~SaveScope() {
    if (!done_) run(db_, "ROLLBACK");
  }
  SaveScope(const SaveScope&) = delete;
  SaveScope& operator=(const SaveScope&) = delete;
  void commit() {
    if (!run(db_, "COMMIT")) throw std::runtime_error("jotter: commit failed");
    done_ = true;
  }

 private:
  sqlite3* db_;
  bool done_ = false;
};

void appendText(sqlite3* db, sqlite3_int64 id, const std::string& text) {
  SaveScope tx(db);
  StmtPtr st = prep(db, "UPDATE note SET body = body || ?2 WHERE id = ?1");
  if (!st) throw std::runtime_error("append: prepare");
  sqlite3_bind_int64(st.get(), 1, id);
  sqlite3_bind_text(st.get(), 2, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  if (sqlite3_step(st.get()) != SQLITE_DONE) throw std::runtime_error("append: step");
  if (sqlite3_changes(db) == 0) return;
  st.reset();
  tx.commit();
}

bool pinNote(sqlite3* db, sqlite3_int64 id) {
  SaveScope{db};  // expect: session-temporary-guard
  StmtPtr clear = prep(db, "UPDATE note SET pinned = 0");
  StmtPtr set = prep(db, "UPDATE note SET pinned = 1 WHERE id = ?1");
  if (!clear || !set) return false;
  sqlite3_bind_int64(set.get(), 1, id);
  return sqlite3_step(clear.get()) == SQLITE_DONE && sqlite3_step(set.get()) == SQLITE_DONE;
}

bool withRetry(sqlite3* db, int tries, const std::function<bool(sqlite3*)>& fn) {
  for (int i = 0; i < tries; ++i) {
    if (!run(db, "BEGIN IMMEDIATE")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20 << i));
      continue;
    }
    bool good = false;
    try {
      good = fn(db);
    } catch (...) {
      run(db, "ROLLBACK");
      throw;
    }
    if (good && run(db, "COMMIT")) return true;
    run(db, "ROLLBACK");
    if (!good) return false;
  }
  return false;
}

bool archiveOlder(sqlite3* db, int days) {
  return withRetry(db, 4, [days](sqlite3* h) {
    StmtPtr st = prep(h, "UPDATE note SET archived = 1 WHERE age > ?1");
    if (!st) return false;
    sqlite3_bind_int(st.get(), 1, days);
    return sqlite3_step(st.get()) == SQLITE_DONE;
  });
}

int exportTitles(sqlite3* db, FILE* out) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT title FROM note ORDER BY title", -1, &st, nullptr) != SQLITE_OK) return -1;  // expect: session-leak
  int n = 0;
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    if (std::fprintf(out, "%s\n", reinterpret_cast<const char*>(sqlite3_column_text(st, 0))) < 0) {
      std::perror("export");
      return -1;
    }
    ++n;
  }
  sqlite3_finalize(st);
  return rc == SQLITE_DONE ? n : -1;
}

bool copySchema(sqlite3* src, sqlite3* dst) {
  StmtPtr st = prep(src, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL");
  if (!st || !run(dst, "BEGIN")) return false;
  int rc;
  while ((rc = sqlite3_step(st.get())) == SQLITE_ROW) {
    if (!run(dst, reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0)))) break;
  }
  if (rc == SQLITE_DONE && run(dst, "END")) return true;
  run(dst, "ROLLBACK");
  return false;
}

int backupTo(sqlite3* live, const char* target) {
  sqlite3* raw = nullptr;
  int rc = sqlite3_open(target, &raw);
  DbPtr dst(raw);
  if (rc != SQLITE_OK) return rc;
  sqlite3_backup* job = sqlite3_backup_init(dst.get(), "main", live, "main");
  if (!job) return sqlite3_errcode(dst.get());
  do {
    rc = sqlite3_backup_step(job, 64);
    if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) sqlite3_sleep(25);
  } while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
  return sqlite3_backup_finish(job);
}

void importVault(sqlite3* db, const std::vector<Note>& notes) {
  SaveScope tx(db);
  for (const Note& n : notes) {
    StmtPtr st = prep(db, "INSERT INTO note(title, body) VALUES (?1, ?2)");
    if (!st) continue;
    sqlite3_bind_text(st.get(), 1, n.title.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(st.get(), 2, n.body.c_str(), -1, SQLITE_TRANSIENT);
    if (sqlite3_step(st.get()) != SQLITE_DONE) throw std::runtime_error("vault: " + n.title);
  }
  if (!run(db, "BEGIN")) return;  // expect: session-nested-begin
  run(db, "UPDATE meta SET value = 'vault' WHERE key = 'source'");
  tx.commit();
}

}  // namespace jotter

int main(int argc, char** argv) {
  jotter::Config cfg;
  if (argc > 1) cfg.path = argv[1];
  auto db = jotter::openNotes(cfg);
  if (!db) return 1;
  std::printf("%d notes\n", jotter::importLines(db.get(), stdin, 500));
  return 0;
}
