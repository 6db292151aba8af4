// Transactions of SQLite begun while one is open: "cannot start a transaction within a transaction".
// library: sqlite3
#include <sqlite3.h>
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

// The second begin is in the same function.
bool addOrder(sqlite3* db, int customer, bool express) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  bool ok = run(db, "INSERT INTO orders(customer) VALUES(" + std::to_string(customer) + ")") ==
            SQLITE_OK;
  if (express) {
    run(db, "BEGIN IMMEDIATE"); // expect: session-nested-begin
    ok = ok && run(db, "INSERT INTO express VALUES(last_insert_rowid())") == SQLITE_OK;
  }
  return end(db, ok);
}

// Begun in every round, committed after the last.
bool importAll(sqlite3* db, const std::vector<std::string>& rows) {
  bool ok = !rows.empty();
  if (!ok) return false;
  std::size_t i = 0;
  do {
    run(db, "BEGIN"); // expect: session-nested-begin
    ok = run(db, rows[i]) == SQLITE_OK;
  } while (ok && ++i < rows.size());
  return end(db, ok);
}

bool bumpCounter(sqlite3* db, const char* name) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  return end(db, run(db, std::string("UPDATE counters SET n = n + 1 WHERE name = ") + name) ==
                     SQLITE_OK);
}

// The helper has a transaction of its own.
bool addInvoice(sqlite3* db, int customer) {
  if (run(db, "BEGIN EXCLUSIVE") != SQLITE_OK) return false;
  const bool ok = run(db, "INSERT INTO invoices(customer) VALUES(" + std::to_string(customer) +
                              ")") == SQLITE_OK;
  bumpCounter(db, "'invoices'"); // expect: session-nested-begin
  return end(db, ok);
}

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { open_ = run(db_, "BEGIN") == SQLITE_OK; }
  ~Transaction() {
    if (open_) run(db_, "ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() {
    open_ = false;
    return end(db_, true);
  }

private:
  sqlite3* db_;
  bool open_ = false;
};

// A begin by hand under the eyes of the guard.
bool clearSpool(sqlite3* db) {
  Transaction transaction(db);
  if (run(db, "BEGIN") != SQLITE_OK) return false; // expect: session-nested-begin
  if (run(db, "DELETE FROM spool") != SQLITE_OK) return false;
  return transaction.commit();
}
