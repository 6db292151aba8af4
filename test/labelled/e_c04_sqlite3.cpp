// library: sqlite3
#include <sqlite3.h>
#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace box {

struct CloseDb {
  void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
};
struct Finalize {
  void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Stmt = std::unique_ptr<sqlite3_stmt, Finalize>;

#define TRY_SQL(db, sql)                                                    \
  do {                                                                      \
    rc = sqlite3_exec((db), (sql), nullptr, nullptr, nullptr);              \
    if (rc != SQLITE_OK) goto fail;                                         \
  } while (0)

int run(sqlite3* db, const char* sql) noexcept { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr); }

// 1: factory, also for a failed open
Db open(const char* path, std::string* err) {
  sqlite3* raw = nullptr;
  int rc = sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Db db(raw);
  if (rc != SQLITE_OK) {
    if (err) *err = raw ? sqlite3_errmsg(raw) : "out of memory";
    return nullptr;
  }
  sqlite3_busy_timeout(db.get(), 500);
  return db;
}

// 2: prepare through the guard's out parameter
Stmt prepare(sqlite3* db, const char* sql) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &st, nullptr) != SQLITE_OK) return nullptr;
  return Stmt(st);
}

// 3: goto cleanup with several labels
int transfer(sqlite3* db, int from, int to, int n) {
  int rc;
  sqlite3_stmt* st = nullptr;
  rc = sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) goto out;
  rc = sqlite3_prepare_v2(db, "UPDATE acc SET n = n + ?1 WHERE id = ?2", -1, &st, nullptr);
  if (rc != SQLITE_OK) goto undo;
  sqlite3_bind_int(st, 1, -n);
  sqlite3_bind_int(st, 2, from);
  rc = sqlite3_step(st);
  if (rc != SQLITE_DONE) goto final;
  sqlite3_reset(st);
  sqlite3_bind_int(st, 1, n);
  sqlite3_bind_int(st, 2, to);
  rc = sqlite3_step(st);
final:
  sqlite3_finalize(st);
  if (rc != SQLITE_DONE) goto undo;
  rc = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  if (rc == SQLITE_OK) goto out;
undo:
  sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
out:
  return rc;
}

// 4: macro with goto
int rebuild(sqlite3* db) {
  int rc;
  TRY_SQL(db, "BEGIN");
  TRY_SQL(db, "DELETE FROM idx");
  TRY_SQL(db, "INSERT INTO idx SELECT id, t FROM doc");
  TRY_SQL(db, "COMMIT");
  return SQLITE_OK;
fail:
  if (!sqlite3_get_autocommit(db)) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  return rc;
}

// 5: nested only when no transaction is open
int ensureRow(sqlite3* db, int id) {
  const bool own = sqlite3_get_autocommit(db) != 0;
  if (own && run(db, "BEGIN") != SQLITE_OK) return SQLITE_BUSY;
  std::string sql = "INSERT OR IGNORE INTO doc(id) VALUES(" + std::to_string(id) + ")";
  int rc = run(db, sql.c_str());
  if (!own) return rc;
  if (rc == SQLITE_OK) rc = run(db, "COMMIT");
  if (rc != SQLITE_OK) run(db, "ROLLBACK");
  return rc;
}

// 6: the optional session by flag
int countRows(const char* path, sqlite3* given) {
  Db own;
  sqlite3* db = given;
  if (!db) {
    own = open(path, nullptr);
    db = own.get();
  }
  if (!db) return -1;
  Stmt q = prepare(db, "SELECT count(*) FROM doc");
  if (!q) return -1;
  return sqlite3_step(q.get()) == SQLITE_ROW ? sqlite3_column_int(q.get(), 0) : -1;
}

// 7: member handle, closed by the destructor, close() may come first
class Store {
public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { close(); }
  bool open(const char* path) {
    close();
    if (sqlite3_open(path, &db_) != SQLITE_OK) {
      close();
      return false;
    }
    return sqlite3_prepare_v2(db_, "INSERT INTO doc(t) VALUES(?)", -1, &ins_, nullptr) == SQLITE_OK;
  }
  void close() {
    sqlite3_finalize(ins_);
    ins_ = nullptr;
    sqlite3_close(db_);
    db_ = nullptr;
  }
  bool add(const std::string& t) {
    if (!ins_) return false;
    sqlite3_bind_text(ins_, 1, t.c_str(), -1, SQLITE_TRANSIENT);
    int rc = sqlite3_step(ins_);
    sqlite3_reset(ins_);
    return rc == SQLITE_DONE;
  }
  bool begin() { return depth_++ > 0 || run(db_, "BEGIN") == SQLITE_OK; }
  bool end(bool good) {
    if (depth_ == 0 || --depth_ > 0) return true;
    return run(db_, good ? "COMMIT" : "ROLLBACK") == SQLITE_OK;
  }

private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* ins_ = nullptr;
  int depth_ = 0;
};

// 8: statements in an array, all finalized
int warmUp(sqlite3* db) {
  static const char* const sql[] = {"SELECT 1 FROM doc", "SELECT 1 FROM idx", "SELECT 1 FROM acc"};
  std::array<sqlite3_stmt*, 3> st{};
  int good = 0;
  for (std::size_t i = 0; i < st.size(); ++i)
    if (sqlite3_prepare_v2(db, sql[i], -1, &st[i], nullptr) == SQLITE_OK) ++good;
  for (auto* s : st) {
    if (s) sqlite3_step(s);
    sqlite3_finalize(s);
  }
  return good;
}

// 9: text pointer used while the statement is alive, then copied
std::optional<std::string> titleOf(sqlite3* db, int id) {
  Stmt q = prepare(db, "SELECT t FROM doc WHERE id = ?");
  if (!q) return std::nullopt;
  sqlite3_bind_int(q.get(), 1, id);
  if (sqlite3_step(q.get()) != SQLITE_ROW) return std::nullopt;
  const unsigned char* p = sqlite3_column_text(q.get(), 0);
  std::optional<std::string> out;
  if (p) out.emplace(reinterpret_cast<const char*>(p));
  q.reset();
  return out;
}

// 10: the text after the finalize
int titleLen(sqlite3* db) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT t FROM doc LIMIT 1", -1, &st, nullptr) != SQLITE_OK) return -1;
  const char* p = nullptr;
  if (sqlite3_step(st) == SQLITE_ROW) p = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  return p ? static_cast<int>(std::string(p).size()) : 0;  // expect: session-use-after-scope
}

// 11: guard with two ways out, non-throwing, rollback unless committed
class Tx {
public:
  explicit Tx(sqlite3* db) : db_(run(db, "BEGIN") == SQLITE_OK ? db : nullptr) {}
  Tx(Tx&& o) noexcept : db_(std::exchange(o.db_, nullptr)) {}
  Tx& operator=(Tx&&) = delete;
  ~Tx() {
    if (db_) run(db_, "ROLLBACK");
  }
  explicit operator bool() const { return db_ != nullptr; }
  bool commit() {
    if (!db_ || run(db_, "COMMIT") != SQLITE_OK) return false;
    db_ = nullptr;
    return true;
  }

private:
  sqlite3* db_;
};

bool renameAll(sqlite3* db, const std::map<int, std::string>& names) {
  Tx tx(db);
  if (!tx) return false;
  Stmt up = prepare(db, "UPDATE doc SET t = ? WHERE id = ?");
  if (!up) return false;
  for (const auto& [id, n] : names) {
    sqlite3_bind_text(up.get(), 1, n.c_str(), -1, SQLITE_STATIC);
    sqlite3_bind_int(up.get(), 2, id);
    if (sqlite3_step(up.get()) != SQLITE_DONE) return false;
    sqlite3_reset(up.get());
  }
  up.reset();
  return tx.commit();
}

// 12: guard from a factory, moved along
Tx startTx(sqlite3* db) {
  Tx t(db);
  if (t) run(db, "UPDATE meta SET writer = 1");
  return t;
}

bool purge(sqlite3* db) {
  if (Tx t = startTx(db)) {
    Tx held = std::move(t);
    if (run(db, "DELETE FROM doc WHERE dead") != SQLITE_OK) return false;
    return held.commit();
  }
  return false;
}

// 13: one rollback for all error paths, in a lambda
bool archive(sqlite3* db) {
  auto undo = [db](const char* why) {
    std::fprintf(stderr, "%s: %s\n", why, sqlite3_errmsg(db));
    run(db, "ROLLBACK");
    return false;
  };
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  if (run(db, "INSERT INTO old SELECT * FROM doc") != SQLITE_OK) return undo("copy");
  if (run(db, "DELETE FROM doc") != SQLITE_OK) return undo("delete");
  if (run(db, "COMMIT") != SQLITE_OK) return undo("commit");
  return true;
}

// 14: an error path without the rollback
bool archiveBad(sqlite3* db, bool check) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;  // expect: session-unfinished-transaction
  int rc = run(db, "INSERT INTO old SELECT * FROM doc");
  if (check && rc != SQLITE_OK) return false;
  rc = run(db, "DELETE FROM doc");
  if (rc == SQLITE_OK) rc = run(db, "COMMIT");
  if (rc != SQLITE_OK) run(db, "ROLLBACK");
  return rc == SQLITE_OK;
}

// 15: retry on busy, per round transaction
int retryBusy(sqlite3* db, const std::function<int(sqlite3*)>& body) {
  int rc = SQLITE_BUSY;
  for (int i = 0; i < 5 && rc == SQLITE_BUSY; ++i) {
    rc = run(db, "BEGIN IMMEDIATE");
    if (rc != SQLITE_OK) {
      sqlite3_sleep(10 << i);
      continue;
    }
    rc = body(db);
    if (rc == SQLITE_OK) rc = run(db, "COMMIT");
    if (rc != SQLITE_OK) run(db, "ROLLBACK");
  }
  return rc;
}

// 16: commit in batches by a counter
int load(sqlite3* db, const std::vector<std::string>& v) {
  Stmt ins = prepare(db, "INSERT INTO doc(t) VALUES(?)");
  if (!ins) return -1;
  bool in = false;
  int n = 0;
  for (const auto& t : v) {
    if (!in) {
      if (run(db, "BEGIN") != SQLITE_OK) return n;
      in = true;
    }
    sqlite3_bind_text(ins.get(), 1, t.c_str(), -1, SQLITE_STATIC);
    int rc = sqlite3_step(ins.get());
    sqlite3_reset(ins.get());
    if (rc != SQLITE_DONE) break;
    if (++n % 1000 == 0) {
      if (run(db, "COMMIT") != SQLITE_OK) break;
      in = false;
    }
  }
  if (in) run(db, n == static_cast<int>(v.size()) ? "COMMIT" : "ROLLBACK");
  return n;
}

// 17: savepoints
int nested(sqlite3* db, int id) {
  if (run(db, "SAVEPOINT s1") != SQLITE_OK) return -1;
  std::string sql = "UPDATE doc SET n = 1 WHERE id = " + std::to_string(id);
  if (run(db, sql.c_str()) != SQLITE_OK) {
    run(db, "ROLLBACK TO s1");
    run(db, "RELEASE s1");
    return -1;
  }
  run(db, "RELEASE s1");
  return 0;
}

// 18: backup between two bases
int backup(sqlite3* from, const char* path) {
  Db to = open(path, nullptr);
  if (!to) return SQLITE_CANTOPEN;
  sqlite3_backup* b = sqlite3_backup_init(to.get(), "main", from, "main");
  if (!b) return sqlite3_errcode(to.get());
  while (sqlite3_backup_step(b, 64) == SQLITE_OK) sqlite3_sleep(1);
  return sqlite3_backup_finish(b);
}

// 19: base moved into a joined thread
int inThread(Db db) {
  int n = -1;
  std::thread t([&n, db = std::move(db)] { n = countRows(nullptr, db.get()); });
  t.join();
  return n;
}

// 20: handle leaks when the schema is wrong
int schemaVersion(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) {  // expect: session-leak
    sqlite3_close(db);
    return -1;
  }
  int v = 0;
  Stmt q = prepare(db, "PRAGMA user_version");
  if (!q) return -2;
  if (sqlite3_step(q.get()) == SQLITE_ROW) v = sqlite3_column_int(q.get(), 0);
  q.reset();
  sqlite3_close(db);
  return v;
}

// 21: out parameter hands the handle to the caller
int openFor(const char* path, sqlite3** out) {
  *out = nullptr;
  sqlite3* db = nullptr;
  int rc = sqlite3_open(path, &db);
  if (rc == SQLITE_OK) rc = run(db, "PRAGMA foreign_keys = ON");
  if (rc != SQLITE_OK) {
    sqlite3_close(db);
    return rc;
  }
  *out = db;
  return SQLITE_OK;
}

}  // namespace box
