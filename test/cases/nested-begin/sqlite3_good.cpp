// Transactions of SQLite that only seem to be begun one within the other.
// library: sqlite3
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

int run(sqlite3* db, const std::string& text) noexcept {
  return sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr);
}

bool end(sqlite3* db, bool keep) noexcept {
  if (keep && run(db, "COMMIT") == SQLITE_OK) return true;
  run(db, "ROLLBACK");
  return false;
}

// Savepoints nest.
bool addOrder(sqlite3* db, int customer, bool express) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  const bool ok = run(db, "INSERT INTO orders(customer) VALUES(" + std::to_string(customer) +
                              ")") == SQLITE_OK;
  if (express) {
    run(db, "SAVEPOINT express");
    if (run(db, "INSERT INTO express VALUES(last_insert_rowid())") != SQLITE_OK)
      run(db, "ROLLBACK TO express");
    run(db, "RELEASE express");
  }
  return end(db, ok);
}

// A begin that was refused may be tried again.
bool beginPatiently(sqlite3* db, int attempts) {
  while (attempts-- > 0) {
    if (run(db, "BEGIN IMMEDIATE") == SQLITE_OK) return true;
    sqlite3_sleep(100);
  }
  return false;
}

bool clearCart(sqlite3* db) {
  if (!beginPatiently(db, 10)) return false;
  return end(db, run(db, "DELETE FROM cart") == SQLITE_OK);
}

// Deferred if it cannot be immediate.
bool touch(sqlite3* db) {
  int rc = run(db, "BEGIN IMMEDIATE");
  if (rc == SQLITE_BUSY) rc = run(db, "BEGIN DEFERRED");
  if (rc != SQLITE_OK) return false;
  return end(db, run(db, "UPDATE state SET seen = 1") == SQLITE_OK);
}

// Only where none is open.
bool bumpCounter(sqlite3* db) {
  const bool own = sqlite3_get_autocommit(db) != 0;
  if (own && run(db, "BEGIN") != SQLITE_OK) return false;
  const bool ok = run(db, "UPDATE counters SET n = n + 1") == SQLITE_OK;
  return own ? end(db, ok) : ok;
}

// Tries and takes back.
bool fits(sqlite3* db, const std::string& text) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  const bool ok = run(db, text) == SQLITE_OK;
  run(db, "ROLLBACK");
  return ok;
}

// The helper's transaction has ended by the time this one begins.
bool addInvoice(sqlite3* db, int customer) {
  const std::string text = "INSERT INTO invoices(customer) VALUES(" + std::to_string(customer) + ")";
  if (!fits(db, text)) return false;
  if (run(db, "BEGIN EXCLUSIVE") != SQLITE_OK) return false;
  return end(db, run(db, text) == SQLITE_OK);
}

// Each round ends what it has begun, also where it goes on early.
int importAll(sqlite3* db, const std::vector<std::string>& rows) {
  int stored = 0;
  for (const std::string& row : rows) {
    if (run(db, "BEGIN") != SQLITE_OK) break;
    if (run(db, row) != SQLITE_OK) {
      run(db, "ROLLBACK");
      continue;
    }
    if (end(db, true)) ++stored;
  }
  return stored;
}

// Two connections, two transactions.
bool copy(sqlite3* from, sqlite3* to) {
  if (run(from, "BEGIN") != SQLITE_OK) return false;
  if (run(to, "BEGIN") != SQLITE_OK) {
    run(from, "ROLLBACK");
    return false;
  }
  sqlite3_stmt* st = nullptr;
  int rc = sqlite3_prepare_v2(from, "SELECT sql FROM log", -1, &st, nullptr);
  if (rc == SQLITE_OK) {
    while (sqlite3_step(st) == SQLITE_ROW)
      run(to, reinterpret_cast<const char*>(sqlite3_column_text(st, 0)));
    rc = sqlite3_finalize(st);
  }
  run(from, "ROLLBACK");
  return end(to, rc == SQLITE_OK);
}

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) {
    if (run(db_, "BEGIN") != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
  }
  ~Transaction() {
    if (!done_) run(db_, "ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() {
    done_ = end(db_, true);
    return done_;
  }

private:
  sqlite3* db_;
  bool done_ = false;
};

// One branch or the other.
bool store(sqlite3* db, const std::string& text, bool exclusive) {
  if (run(db, exclusive ? "BEGIN EXCLUSIVE" : "BEGIN") != SQLITE_OK) return false;
  return end(db, run(db, text) == SQLITE_OK);
}

// The first guard's scope is over when the second begins.
bool getOrCreate(sqlite3* db, const std::string& insert, const std::string& update) {
  {
    Transaction first(db);
    if (run(db, insert) == SQLITE_OK) return first.commit();
  }
  Transaction second(db);
  return run(db, update) == SQLITE_OK && second.commit();
}

// Counts how deep it is; only the outermost talks to the database.
class Nested {
public:
  explicit Nested(sqlite3* db) : db_(db) {}
  bool begin() { return depth_++ > 0 || run(db_, "BEGIN") == SQLITE_OK; }
  bool done(bool keep) { return --depth_ > 0 || end(db_, keep); }

private:
  sqlite3* db_;
  int depth_ = 0;
};
