// Statements and transactions of SQLite that are ended twice, or without a beginning.
// library: sqlite3
#include <cstdio>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

struct DbClose {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using DbPtr = std::unique_ptr<sqlite3, DbClose>;

int run(sqlite3* db, const char* text) { return sqlite3_exec(db, text, nullptr, nullptr, nullptr); }

// Finalized where it fails, and once more at the end.
int findArticle(sqlite3* db, const char* code) {
  int id = 0;
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT id FROM articles WHERE code = ?";
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) return -1;
  if (sqlite3_bind_text(st, 1, code, -1, SQLITE_STATIC) != SQLITE_OK) {
    std::fprintf(stderr, "bind: %s\n", sqlite3_errmsg(db));
    sqlite3_finalize(st);
    id = -1;
  } else if (sqlite3_step(st) == SQLITE_ROW) {
    id = sqlite3_column_int(st, 0);
  }
  sqlite3_finalize(st); // expect: session-double-end
  return id;
}

// There is nothing to roll back when the begin has failed.
bool clearCart(sqlite3* db) {
  if (run(db, "BEGIN IMMEDIATE") != SQLITE_OK) {
    run(db, "ROLLBACK"); // expect: session-double-end
    return false;
  }
  if (run(db, "DELETE FROM cart") == SQLITE_OK && run(db, "COMMIT") == SQLITE_OK) return true;
  run(db, "ROLLBACK");
  return false;
}

void announce(const std::vector<int>& orders) {
  if (orders.empty()) throw std::logic_error("nothing to announce");
  std::printf("%zu orders\n", orders.size());
}

// The handler also gets what is thrown after the commit.
void closeDay(sqlite3* db, const std::vector<int>& orders) {
  if (run(db, "BEGIN") != SQLITE_OK) throw std::runtime_error("busy");
  try {
    if (run(db, "UPDATE days SET closed = 1") != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db));
    if (run(db, "COMMIT") != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
    announce(orders);
  } catch (const std::exception&) {
    run(db, "ROLLBACK"); // expect: session-double-end
    throw;
  }
}

int report(sqlite3* db, sqlite3_stmt* st) {
  std::fprintf(stderr, "statement failed: %s\n", sqlite3_errmsg(db));
  return sqlite3_finalize(st);
}

// The helper has done it already.
int addTag(sqlite3* db, const char* tag) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "INSERT INTO tags VALUES(?)", -1, &st, nullptr) != SQLITE_OK)
    return SQLITE_ERROR;
  sqlite3_bind_text(st, 1, tag, -1, SQLITE_STATIC);
  if (sqlite3_step(st) == SQLITE_DONE) return sqlite3_finalize(st);
  report(db, st);
  sqlite3_finalize(st); // expect: session-double-end
  return SQLITE_ERROR;
}

// Closed with the failed open, and by the common end.
sqlite3* openTuned(const char* path) {
  sqlite3* db = nullptr;
  int rc = sqlite3_open(path, &db);
  if (rc != SQLITE_OK) {
    std::fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
    sqlite3_close(db);
  }
  if (rc == SQLITE_OK) rc = run(db, "PRAGMA journal_mode = WAL");
  if (rc == SQLITE_OK) return db;
  sqlite3_close(db); // expect: session-double-end
  return nullptr;
}

// Committed in the branch and after it.
bool archive(sqlite3* db, bool purge) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  run(db, "INSERT INTO archive SELECT * FROM notes");
  if (purge) {
    run(db, "DELETE FROM notes");
    run(db, "COMMIT");
  }
  return run(db, "COMMIT") == SQLITE_OK; // expect: session-double-end
}
