// Transactions of SQLite that are left open on one of the ways out.
// library: sqlite3
#include <cstdint>
#include <cstdio>
#include <sqlite3.h>
#include <string>
#include <vector>

int run(sqlite3* db, const char* text) { return sqlite3_exec(db, text, nullptr, nullptr, nullptr); }

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { run(db_, "BEGIN"); }
  ~Transaction() {
    if (db_ != nullptr) run(db_, "ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() {
    if (run(db_, "COMMIT") != SQLITE_OK) return false;
    db_ = nullptr;
    return true;
  }

private:
  sqlite3* db_;
};

// The guard takes back what was written.
bool saveScore(sqlite3* db, int player, int score) {
  Transaction transaction(db); // expect: session-unfinished-transaction
  const std::string text = "UPDATE players SET score = " + std::to_string(score) +
                           " WHERE id = " + std::to_string(player);
  return run(db, text.c_str()) == SQLITE_OK;
}
