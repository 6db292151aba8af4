// Message store of a mail client over the SQLite C interface
// library: sqlite3
#include <sqlite3.h>

#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mail {

struct Message {
  sqlite3_int64 id = 0;
  std::string subject;
  std::string body;
  int folder = 0;
};

static void logError(sqlite3* db, const char* where) { std::fprintf(stderr, "%s: %s\n", where, sqlite3_errmsg(db)); }

static bool run(sqlite3* db, const char* sql) {
  char* message = nullptr;
  const int rc = sqlite3_exec(db, sql, nullptr, nullptr, &message);
  if (rc != SQLITE_OK) {
    std::fprintf(stderr, "%s: %s\n", sql, message ? message : "?");
    sqlite3_free(message);
    return false;
  }
  return true;
}

struct CloseDb {
  void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
struct Finalize {
  void operator()(sqlite3_stmt* st) const noexcept { sqlite3_finalize(st); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Stmt = std::unique_ptr<sqlite3_stmt, Finalize>;

Db open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Db db(raw);
  if (rc != SQLITE_OK) {
    logError(raw, "open");
    return nullptr;
  }
  sqlite3_busy_timeout(db.get(), 2000);
  if (!run(db.get(), "PRAGMA foreign_keys = ON")) return nullptr;
  return db;
}

Stmt prepare(sqlite3* db, std::string_view sql) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &st, nullptr) != SQLITE_OK) logError(db, "prepare");
  return Stmt(st);
}

std::optional<Message> load(sqlite3* db, sqlite3_int64 id) {
  const Stmt st = prepare(db, "SELECT id, subject, body, folder FROM message WHERE id = ?");
  if (!st) return std::nullopt;
  sqlite3_bind_int64(st.get(), 1, id);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return std::nullopt;
  Message m;
  m.id = sqlite3_column_int64(st.get(), 0);
  m.subject = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 1));
  if (const unsigned char* body = sqlite3_column_text(st.get(), 2)) m.body = reinterpret_cast<const char*>(body);
  m.folder = sqlite3_column_int(st.get(), 3);
  return m;
}

const char* subjectOf(sqlite3* db, sqlite3_int64 id) {
  const Stmt st = prepare(db, "SELECT subject FROM message WHERE id = ?");
  if (!st || sqlite3_bind_int64(st.get(), 1, id) != SQLITE_OK) return "";
  if (sqlite3_step(st.get()) != SQLITE_ROW) return "(none)";
  return reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));  // expect: session-use-after-scope
}

bool sameSubject(sqlite3* db, sqlite3_int64 id, const char* expected) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT subject FROM message WHERE id = ?", -1, &st, nullptr) != SQLITE_OK) return false;
  sqlite3_bind_int64(st, 1, id);
  bool same = false;
  if (sqlite3_step(st) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    same = text != nullptr && std::strcmp(text, expected) == 0;
  }
  sqlite3_finalize(st);
  return same;
}

int countUnread(sqlite3* db, int folder) {
  sqlite3_stmt* st = nullptr;
  int rc = sqlite3_prepare_v2(db, "SELECT count(*) FROM message WHERE folder = ? AND seen = 0", -1, &st, nullptr);  // expect: session-leak
  if (rc != SQLITE_OK) {
    logError(db, "count");
    return -1;
  }
  rc = sqlite3_bind_int(st, 1, folder);
  if (rc != SQLITE_OK) {
    logError(db, "bind");
    return -1;
  }
  int n = 0;
  if (sqlite3_step(st) == SQLITE_ROW) n = sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  return n;
}

int countAll(sqlite3* db) {
  sqlite3_stmt* st = nullptr;
  int n = -1;
  int rc = sqlite3_prepare_v2(db, "SELECT count(*) FROM message", -1, &st, nullptr);
  if (rc != SQLITE_OK) goto done;
  rc = sqlite3_step(st);
  if (rc != SQLITE_ROW) goto done;
  n = sqlite3_column_int(st, 0);
done:
  if (rc != SQLITE_OK && rc != SQLITE_ROW) logError(db, "countAll");
  sqlite3_finalize(st);
  return n;
}

bool saveAll(sqlite3* db, const std::vector<Message>& messages) {
  if (messages.empty()) return true;
  if (!run(db, "BEGIN IMMEDIATE")) return false;
  bool ok = true;
  {
    const Stmt st = prepare(db, "INSERT INTO message(subject, body, folder) VALUES (?, ?, ?)");
    ok = st != nullptr;
    for (const Message& m : messages) {
      if (!ok) break;
      sqlite3_reset(st.get());
      sqlite3_bind_text(st.get(), 1, m.subject.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_bind_text(st.get(), 2, m.body.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_bind_int(st.get(), 3, m.folder);
      ok = sqlite3_step(st.get()) == SQLITE_DONE;
    }
  }
  if (!ok) {
    run(db, "ROLLBACK");
    return false;
  }
  if (!run(db, "COMMIT")) {
    run(db, "ROLLBACK");
    return false;
  }
  return true;
}

bool moveAll(sqlite3* db, int from, int to) {
  if (!run(db, "BEGIN")) return false;  // expect: session-unfinished-transaction
  const Stmt st = prepare(db, "UPDATE message SET folder = ? WHERE folder = ?");
  if (!st) return false;
  sqlite3_bind_int(st.get(), 1, to);
  sqlite3_bind_int(st.get(), 2, from);
  if (sqlite3_step(st.get()) != SQLITE_DONE) {
    logError(db, "move");
    run(db, "ROLLBACK");
    return false;
  }
  return run(db, "COMMIT");
}

// begin and end belong to the caller
bool expunge(sqlite3* db, int folder) {
  const Stmt st = prepare(db, "DELETE FROM message WHERE folder = ? AND deleted = 1");
  if (!st) return false;
  return sqlite3_bind_int(st.get(), 1, folder) == SQLITE_OK && sqlite3_step(st.get()) == SQLITE_DONE;
}

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db), open_(run(db, "BEGIN")) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_) run(db_, "ROLLBACK");
  }
  bool commit() {
    if (!open_) return false;
    if (!run(db_, "COMMIT")) return false;
    open_ = false;
    return true;
  }
  explicit operator bool() const { return open_; }

private:
  sqlite3* db_;
  bool open_;
};

bool removeFolder(sqlite3* db, int folder) {
  Transaction tx(db);
  if (!tx) return false;
  if (!expunge(db, folder)) return false;
  const Stmt st = prepare(db, "DELETE FROM folder WHERE id = ?");
  if (!st || sqlite3_bind_int(st.get(), 1, folder) != SQLITE_OK) return false;
  if (sqlite3_step(st.get()) != SQLITE_DONE) return false;
  return tx.commit();
}

bool emptyTrash(sqlite3* db) {
  Transaction tx(db);  // expect: session-unfinished-transaction
  if (!tx) return false;
  if (!run(db, "DELETE FROM message WHERE folder = 9")) return false;
  if (!run(db, "UPDATE folder SET count = 0 WHERE id = 9")) return false;
  return true;
}

bool clearDrafts(sqlite3* db) {
  Transaction{db};  // expect: session-temporary-guard
  return run(db, "DELETE FROM draft") && run(db, "DELETE FROM attachment WHERE draft IS NOT NULL");
}

bool compact(sqlite3* db, int folder) {
  Transaction tx(db);
  if (!expunge(db, folder)) return false;
  if (!removeFolder(db, folder)) return false;  // expect: session-nested-begin
  return tx.commit();
}

bool upgrade(sqlite3* db, int version) {
  switch (version) {
    case 0:
      if (!run(db, "CREATE TABLE message(id INTEGER PRIMARY KEY, subject TEXT)")) return false;
      [[fallthrough]];
    case 1:
      if (!run(db, "ALTER TABLE message ADD COLUMN body TEXT")) return false;
      [[fallthrough]];
    case 2: return run(db, "CREATE INDEX message_subject ON message(subject)");
    default: return version == 3;
  }
}

bool upgradeAll(sqlite3* db, int version) {
  if (!run(db, "BEGIN EXCLUSIVE")) return false;
  const bool ok = upgrade(db, version);
  return run(db, ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool flag(sqlite3* db, sqlite3_int64 id, bool seen) {
  bool ok = run(db, "BEGIN");
  if (!ok) return false;
  const Stmt st = prepare(db, "UPDATE message SET seen = ?2 WHERE id = ?1");
  ok = st && sqlite3_bind_int64(st.get(), 1, id) == SQLITE_OK;
  ok = ok && sqlite3_bind_int(st.get(), 2, seen ? 1 : 0) == SQLITE_OK;
  ok = ok && sqlite3_step(st.get()) == SQLITE_DONE;
  if (!ok) run(db, "ROLLBACK");
  return run(db, "COMMIT") && ok;  // expect: session-double-end
}

bool archive(sqlite3* db, int folder) {
  if (!run(db, "BEGIN")) return false;
  if (!run(db, "INSERT INTO archive SELECT * FROM message WHERE old = 1") || !run(db, "COMMIT")) {
    run(db, "ROLLBACK");
    return false;
  }
  if (!run(db, "BEGIN")) return false;
  if (!expunge(db, folder)) {
    run(db, "ROLLBACK");
    return false;
  }
  if (!run(db, "COMMIT")) {  // expect: session-multiple-commits
    run(db, "ROLLBACK");
    return false;
  }
  return true;
}

// a savepoint inside of whatever the caller has begun
bool tryInsert(sqlite3* db, const char* insert) {
  if (!run(db, "SAVEPOINT part")) return false;
  if (!run(db, insert)) {
    run(db, "ROLLBACK TO part");
    run(db, "RELEASE part");
    return false;
  }
  return run(db, "RELEASE part");
}

int copyMessages(const char* path, const std::function<bool(sqlite3*)>& step) {
  sqlite3* db = nullptr;
  int rc = sqlite3_open(path, &db);  // expect: session-leak
  if (rc != SQLITE_OK) {
    std::fprintf(stderr, "cannot open %s\n", path);
    return 1;
  }
  const bool ok = step(db);
  sqlite3_close(db);
  return ok ? 0 : 2;
}

int checkFile(const char* path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* st = nullptr;
  int result = 1;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&  // expect: session-raw-construction
      sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, nullptr) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    result = text != nullptr && std::strcmp(text, "ok") == 0 ? 0 : 2;
  }
  sqlite3_finalize(st);
  sqlite3_close(db);
  return result;
}

int checkFiles(const std::vector<std::string>& paths) {
  int bad = 0;
  for (const std::string& path : paths) {
    const Db db = open(path);
    if (!db) {
      ++bad;
      continue;
    }
    if (countAll(db.get()) < 0) ++bad;
  }
  return bad;
}

void indexInOwnConnection(const std::string& path) {
  std::thread([path] {
    const Db db = open(path);
    if (db) run(db.get(), "INSERT INTO fts(fts) VALUES ('rebuild')");
  }).detach();
}

}  // namespace mail
