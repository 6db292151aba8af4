// Statements and transactions of SQLite that seem to end twice and do not.
// library: sqlite3
#include <cstdio>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

int run(sqlite3* db, const char* text) { return sqlite3_exec(db, text, nullptr, nullptr, nullptr); }

// A commit that was refused leaves the transaction open: it has to be rolled back.
bool clearCart(sqlite3* db) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  run(db, "DELETE FROM cart");
  if (run(db, "COMMIT") == SQLITE_OK) return true;
  run(db, "ROLLBACK");
  return false;
}

// Null after the first, and null may be finalized.
int findArticle(sqlite3* db, const char* code) {
  int id = 0;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT id FROM articles WHERE code = ?", -1, &st, nullptr) !=
      SQLITE_OK)
    return -1;
  if (sqlite3_bind_text(st, 1, code, -1, SQLITE_STATIC) != SQLITE_OK) {
    sqlite3_finalize(st);
    st = nullptr;
    id = -1;
  } else if (sqlite3_step(st) == SQLITE_ROW) {
    id = sqlite3_column_int(st, 0);
  }
  sqlite3_finalize(st);
  return id;
}

// One finalize for each prepare.
int sum(sqlite3* db, const std::vector<std::string>& queries) {
  int total = 0;
  sqlite3_stmt* st = nullptr;
  for (const std::string& query : queries) {
    if (sqlite3_prepare_v2(db, query.c_str(), -1, &st, nullptr) != SQLITE_OK) continue;
    if (sqlite3_step(st) == SQLITE_ROW) total += sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
  }
  return total;
}

// A statement that failed may have ended the transaction by itself: the connection knows.
bool merge(sqlite3* db, const char* patch) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  const bool ok = run(db, patch) == SQLITE_OK && run(db, "COMMIT") == SQLITE_OK;
  if (!ok && sqlite3_get_autocommit(db) == 0) run(db, "ROLLBACK");
  return ok;
}

// To the savepoint, and then all of it.
bool trial(sqlite3* db) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  run(db, "SAVEPOINT trial");
  const bool fits = run(db, "INSERT INTO slots SELECT * FROM wishes") == SQLITE_OK;
  run(db, "ROLLBACK TO trial");
  run(db, "RELEASE trial");
  run(db, "ROLLBACK");
  return fits;
}

// close() and the destructor: the pointer tells whether there is anything left.
class Store {
public:
  explicit Store(sqlite3* adopted) : db_(adopted) {}
  ~Store() { close(); }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void close() {
    if (db_ == nullptr) return;
    sqlite3_finalize(insert_);
    insert_ = nullptr;
    if (sqlite3_close(db_) == SQLITE_BUSY) {
      for (sqlite3_stmt* st = sqlite3_next_stmt(db_, nullptr); st != nullptr;
           st = sqlite3_next_stmt(db_, nullptr))
        sqlite3_finalize(st);
      sqlite3_close(db_); // busy: the first one has not closed
    }
    db_ = nullptr;
  }

private:
  sqlite3* db_;
  sqlite3_stmt* insert_ = nullptr;
};

void announce(const std::vector<int>& orders) {
  if (orders.empty()) throw std::logic_error("nothing to announce");
  std::printf("%zu orders\n", orders.size());
}

// What may throw after the commit is outside of the handler's reach.
void closeDay(sqlite3* db, const std::vector<int>& orders) {
  if (run(db, "BEGIN") != SQLITE_OK) throw std::runtime_error("busy");
  try {
    if (run(db, "UPDATE days SET closed = 1") != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db));
    if (run(db, "COMMIT") != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  } catch (const std::exception&) {
    run(db, "ROLLBACK");
    throw;
  }
  announce(orders);
}

// The begin was the caller's.
void giveUp(sqlite3* db, const char* reason) {
  std::fprintf(stderr, "%s: %s\n", reason, sqlite3_errmsg(db));
  run(db, "ROLLBACK");
}

// Each way ends it once.
bool archive(sqlite3* db, bool purge) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  if (run(db, "INSERT INTO archive SELECT * FROM notes") != SQLITE_OK) {
    giveUp(db, "archive");
    return false;
  }
  if (!purge) return run(db, "COMMIT") == SQLITE_OK;
  if (run(db, "DELETE FROM notes") != SQLITE_OK) {
    giveUp(db, "purge");
    return false;
  }
  return run(db, "COMMIT") == SQLITE_OK;
}

struct StmtDelete {
  void operator()(sqlite3_stmt* st) const noexcept { sqlite3_finalize(st); }
};
using StmtPtr = std::unique_ptr<sqlite3_stmt, StmtDelete>;

// Taken out of the owner to see what finalize says.
int insertAll(StmtPtr insert, const std::vector<int>& values) {
  for (const int value : values) {
    sqlite3_bind_int(insert.get(), 1, value);
    sqlite3_step(insert.get());
    sqlite3_reset(insert.get());
  }
  return sqlite3_finalize(insert.release());
}

// A flag says whether it is still open.
bool rebuild(sqlite3* db, bool atomic) {
  bool open = atomic && run(db, "BEGIN") == SQLITE_OK;
  const bool ok = run(db, "DELETE FROM words") == SQLITE_OK;
  if (open && ok && run(db, "COMMIT") == SQLITE_OK) open = false;
  if (open) run(db, "ROLLBACK");
  return ok;
}
