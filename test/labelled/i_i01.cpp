// library: sqlite3
#include <sqlite3.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace larder {

struct DbError : std::runtime_error {
  int code;
  DbError(int c, const std::string& what) : std::runtime_error(what), code(c) {}
};

struct Item {
  std::string barcode;
  std::string label;
  int amount = 0;
};

struct FinalizeStmt {
  void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
};
using StmtPtr = std::unique_ptr<sqlite3_stmt, FinalizeStmt>;

class Database {
 public:
  explicit Database(const std::string& path) {
    const int rc = sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (rc != SQLITE_OK) {
      std::string msg = handle_ ? sqlite3_errmsg(handle_) : "out of memory";
      sqlite3_close(handle_);
      handle_ = nullptr;
      throw DbError(rc, msg);
    }
    sqlite3_busy_timeout(handle_, 2000);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database(Database&& o) noexcept : handle_(std::exchange(o.handle_, nullptr)), cache_(std::move(o.cache_)) {
    o.cache_.clear();
  }
  ~Database() {
    dropCache();
    sqlite3_close(handle_);
  }

  void exec(const char* sql) {
    char* err = nullptr;
    const int rc = sqlite3_exec(handle_, sql, nullptr, nullptr, &err);
    if (rc != SQLITE_OK) {
      std::string msg = err ? err : "unknown error";
      sqlite3_free(err);
      throw DbError(rc, msg);
    }
  }

  sqlite3_stmt* cached(const std::string& sql) {
    auto it = cache_.find(sql);
    if (it != cache_.end()) {
      sqlite3_reset(it->second);
      sqlite3_clear_bindings(it->second);
      return it->second;
    }
    sqlite3_stmt* st = nullptr;
    const int rc = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &st, nullptr);
    if (rc != SQLITE_OK) throw DbError(rc, sqlite3_errmsg(handle_));
    cache_[sql] = st;
    return st;
  }

  void dropCache() noexcept {
    for (auto& entry : cache_) sqlite3_finalize(entry.second);
    cache_.clear();
  }

  sqlite3* raw() const noexcept { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
  std::map<std::string, sqlite3_stmt*> cache_;
};

class Unit {
 public:
  explicit Unit(Database& db) : db_(db) { db_.exec("BEGIN IMMEDIATE"); }
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit() {
    if (!done_) sqlite3_exec(db_.raw(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  void commit() {
    db_.exec("COMMIT");
    done_ = true;
  }

 private:
  Database& db_;
  bool done_ = false;
};

class Autosave {
 public:
  explicit Autosave(Database& db) : db_(db) { db_.exec("BEGIN"); }
  ~Autosave() {
    if (dirty_ > 0) std::fprintf(stderr, "autosaving %d changes\n", dirty_);
    sqlite3_exec(db_.raw(), "COMMIT", nullptr, nullptr, nullptr);  // expect: session-commit-in-destructor
  }
  void mark() { ++dirty_; }

 private:
  Database& db_;
  int dirty_ = 0;
};

void stepDone(sqlite3* h, sqlite3_stmt* st) {
  const int rc = sqlite3_step(st);
  if (rc != SQLITE_DONE && rc != SQLITE_ROW) throw DbError(rc, sqlite3_errmsg(h));
}

Database openProfile(const std::string& dir, bool fresh) {
  const std::string file = dir + "/larder.db";
  if (fresh) std::remove(file.c_str());
  Database db(file);
  db.exec("PRAGMA foreign_keys=ON");
  db.exec("CREATE TABLE IF NOT EXISTS item(barcode TEXT PRIMARY KEY, label TEXT, amount INT)");
  return db;
}

bool addItem(Database& db, const Item& item) {
  Unit unit(db);
  sqlite3_stmt* st = db.cached("INSERT OR IGNORE INTO item VALUES(?1, ?2, ?3)");
  sqlite3_bind_text(st, 1, item.barcode.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(st, 2, item.label.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_int(st, 3, item.amount);
  stepDone(db.raw(), st);
  sqlite3_reset(st);
  if (sqlite3_changes(db.raw()) == 0) {
    std::fprintf(stderr, "%s is already on the shelf\n", item.barcode.c_str());
    return false;
  }
  unit.commit();
  return true;
}

void restock(Database& db, const std::vector<Item>& delivery) {
  try {
    db.exec("BEGIN");
    for (const Item& d : delivery) {
      sqlite3_stmt* st = db.cached("UPDATE item SET amount = amount + ?1 WHERE barcode = ?2");
      sqlite3_bind_int(st, 1, d.amount);
      sqlite3_bind_text(st, 2, d.barcode.c_str(), -1, SQLITE_TRANSIENT);
      stepDone(db.raw(), st);
      sqlite3_reset(st);
    }
    db.exec("COMMIT");
  } catch (const DbError&) {
    if (!sqlite3_get_autocommit(db.raw())) sqlite3_exec(db.raw(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

int discardExpired(Database& db, long today, int& failures) {
  db.exec("BEGIN");
  try {
    sqlite3_stmt* st = db.cached("DELETE FROM item WHERE best_before < ?1");
    sqlite3_bind_int64(st, 1, today);
    stepDone(db.raw(), st);
    const int gone = sqlite3_changes(db.raw());
    sqlite3_reset(st);
    db.exec("COMMIT");
    return gone;
  } catch (const DbError& e) {  // expect: session-missing-rollback
    ++failures;
    std::fprintf(stderr, "discard failed (%d): %s\n", e.code, e.what());
    return -1;
  }
}

int countAfterCompaction(Database& db) {
  sqlite3_stmt* count = db.cached("SELECT count(*) FROM item");
  db.dropCache();
  db.exec("VACUUM");
  int n = 0;
  if (sqlite3_step(count) == SQLITE_ROW) {  // waits: session-use-after-scope
    n = 1;
  }
  return n;
}

int countThenCompact(Database& db) {
  sqlite3_stmt* count = db.cached("SELECT count(*) FROM item");
  int n = 0;
  if (sqlite3_step(count) == SQLITE_ROW) n = sqlite3_column_int(count, 0);
  db.dropCache();
  db.exec("VACUUM");
  count = db.cached("SELECT count(*) FROM item");
  if (sqlite3_step(count) == SQLITE_ROW) n = sqlite3_column_int(count, 0);
  sqlite3_reset(count);
  return n;
}

void importShelf(Database& db, const std::vector<Item>& items, std::size_t chunk) {
  std::optional<Unit> unit;
  std::size_t pending = 0;
  for (const Item& it : items) {
    if (!unit) unit.emplace(db);
    sqlite3_stmt* st = db.cached("INSERT INTO item VALUES(?1, ?2, ?3)");
    sqlite3_bind_text(st, 1, it.barcode.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 2, it.label.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(st, 3, it.amount);
    stepDone(db.raw(), st);
    sqlite3_reset(st);
    if (++pending == chunk) {
      unit->commit();
      unit.reset();
      pending = 0;
    }
  }
  if (unit) unit->commit();
}

bool moveStock(Database& db, const std::string& from, const std::string& to, int n) {
  Unit unit(db);
  bool ok = true;
  try {
    sqlite3_stmt* take = db.cached("UPDATE item SET amount = amount - ?1 WHERE barcode = ?2");
    sqlite3_bind_int(take, 1, n);
    sqlite3_bind_text(take, 2, from.c_str(), -1, SQLITE_TRANSIENT);
    stepDone(db.raw(), take);
    sqlite3_stmt* give = db.cached("UPDATE item SET amount = amount + ?1 WHERE barcode = ?2");
    sqlite3_bind_int(give, 1, n);
    sqlite3_bind_text(give, 2, to.c_str(), -1, SQLITE_TRANSIENT);
    stepDone(db.raw(), give);
  } catch (const DbError& e) {  // expect: session-swallow-and-commit
    std::fprintf(stderr, "move: %s\n", e.what());
    ok = false;
  }
  unit.commit();
  return ok;
}

bool tryMoveStock(Database& db, const std::string& from, int n) {
  try {
    Unit unit(db);
    sqlite3_stmt* take = db.cached("UPDATE item SET amount = amount - ?1 WHERE barcode = ?2");
    sqlite3_bind_int(take, 1, n);
    sqlite3_bind_text(take, 2, from.c_str(), -1, SQLITE_TRANSIENT);
    stepDone(db.raw(), take);
    unit.commit();
    return true;
  } catch (const DbError& e) {
    std::fprintf(stderr, "move: %s\n", e.what());
  }
  return false;
}

std::string labelOf(Database& db, const std::string& barcode) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db.raw(), "SELECT label FROM item WHERE barcode = ?1", -1, &st, nullptr) != SQLITE_OK)  // expect: session-leak
    throw DbError(SQLITE_ERROR, sqlite3_errmsg(db.raw()));
  sqlite3_bind_text(st, 1, barcode.c_str(), -1, SQLITE_TRANSIENT);
  stepDone(db.raw(), st);
  const unsigned char* text = sqlite3_column_text(st, 0);
  std::string label = text ? reinterpret_cast<const char*>(text) : "";
  sqlite3_finalize(st);
  return label;
}

std::vector<std::string> labels(Database& db, int minimum) {
  sqlite3_stmt* raw = nullptr;
  const int rc = sqlite3_prepare_v2(db.raw(), "SELECT label FROM item WHERE amount >= ?1", -1, &raw, nullptr);
  StmtPtr st(raw);
  if (rc != SQLITE_OK) throw DbError(rc, sqlite3_errmsg(db.raw()));
  sqlite3_bind_int(st.get(), 1, minimum);
  std::vector<std::string> out;
  int step;
  while ((step = sqlite3_step(st.get())) == SQLITE_ROW) {
    const unsigned char* text = sqlite3_column_text(st.get(), 0);
    out.emplace_back(text ? reinterpret_cast<const char*>(text) : "");
  }
  if (step != SQLITE_DONE) throw DbError(step, sqlite3_errmsg(db.raw()));
  return out;
}

void relabelAll(Database& db, const std::map<std::string, std::string>& names) {
  Unit{db};  // expect: session-temporary-guard
  for (const auto& [code, name] : names) {
    sqlite3_stmt* st = db.cached("UPDATE item SET label = ?1 WHERE barcode = ?2");
    sqlite3_bind_text(st, 1, name.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 2, code.c_str(), -1, SQLITE_TRANSIENT);
    stepDone(db.raw(), st);
    sqlite3_reset(st);
  }
}

bool dryRun(Database& db, const char* script) {
  Unit unit(db);
  try {
    db.exec(script);
  } catch (const DbError& e) {
    std::fprintf(stderr, "script would fail: %s\n", e.what());
    return false;
  }
  return sqlite3_total_changes(db.raw()) > 0;
}

void mergeProfiles(Database& mine, Database& theirs, const std::vector<Item>& common) {
  Unit left(mine);
  Unit right(theirs);
  for (const Item& it : common) {
    sqlite3_stmt* a = mine.cached("UPDATE item SET amount = ?1 WHERE barcode = ?2");
    sqlite3_bind_int(a, 1, it.amount);
    sqlite3_bind_text(a, 2, it.barcode.c_str(), -1, SQLITE_TRANSIENT);
    stepDone(mine.raw(), a);
    sqlite3_reset(a);
    sqlite3_stmt* b = theirs.cached("DELETE FROM item WHERE barcode = ?1");
    sqlite3_bind_text(b, 1, it.barcode.c_str(), -1, SQLITE_TRANSIENT);
    stepDone(theirs.raw(), b);
    sqlite3_reset(b);
  }
  left.commit();
  right.commit();
}

}  // namespace larder
