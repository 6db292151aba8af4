// Transactions of SQLite that are left open on one of the ways out.
// library: sqlite3
#include <cstdint>
#include <cstdio>
#include <sqlite3.h>
#include <string>
#include <vector>

struct Line {
  int article = 0;
  int amount = 0;
};

int run(sqlite3* db, const char* text) { return sqlite3_exec(db, text, nullptr, nullptr, nullptr); }

// The failed statement leaves, the transaction stays.
bool clearCart(sqlite3* db) {
  if (sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) // expect: session-unfinished-transaction
    return false;
  if (sqlite3_exec(db, "DELETE FROM cart", nullptr, nullptr, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "cart: %s\n", sqlite3_errmsg(db));
    return false;
  }
  if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    return false;
  }
  return true;
}

// Nothing to do is no reason to keep the lock.
int applyReturns(sqlite3* db, const std::vector<Line>& lines) {
  int applied = 0;
  if (run(db, "BEGIN") != SQLITE_OK) return -1; // expect: session-unfinished-transaction
  for (const Line& line : lines) {
    if (line.amount == 0) continue;
    if (line.amount < 0) return applied;
    const std::string text = "UPDATE stock SET n = n + " + std::to_string(line.amount) +
                             " WHERE article = " + std::to_string(line.article);
    if (run(db, text.c_str()) == SQLITE_OK) ++applied;
  }
  if (run(db, "COMMIT") != SQLITE_OK) run(db, "ROLLBACK");
  return applied;
}

// Committed when all went well; and else?
bool rebuildIndex(sqlite3* db, const std::vector<std::string>& words) {
  bool ok = true;
  run(db, "BEGIN"); // expect: session-unfinished-transaction
  ok = run(db, "DELETE FROM words") == SQLITE_OK;
  for (std::size_t i = 0; ok && i < words.size(); ++i) {
    char* text = sqlite3_mprintf("INSERT INTO words VALUES(%Q)", words[i].c_str());
    ok = run(db, text) == SQLITE_OK;
    sqlite3_free(text);
  }
  if (ok) run(db, "COMMIT");
  return ok;
}

bool beginWrite(sqlite3* db) { return run(db, "BEGIN EXCLUSIVE") == SQLITE_OK; }

// Begun in a helper, ended nowhere.
std::int64_t addInvoice(sqlite3* db, int customer) {
  if (!beginWrite(db)) return 0; // expect: session-unfinished-transaction
  const std::string text = "INSERT INTO invoices(customer) VALUES(" + std::to_string(customer) + ")";
  if (run(db, text.c_str()) != SQLITE_OK) {
    run(db, "ROLLBACK");
    return 0;
  }
  return sqlite3_last_insert_rowid(db);
}

enum class Step { Create, Fill, Drop };

// One of the cases forgets.
class Migration {
public:
  explicit Migration(sqlite3* db) : db_(db) {}

  bool apply(Step step) {
    if (run(db_, "BEGIN") != SQLITE_OK) return false; // expect: session-unfinished-transaction
    switch (step) {
    case Step::Create:
      run(db_, "CREATE TABLE tags(name)");
      break;
    case Step::Fill:
      if (run(db_, "INSERT INTO tags SELECT tag FROM notes") != SQLITE_OK) {
        run(db_, "ROLLBACK");
        return false;
      }
      break;
    case Step::Drop:
      if (run(db_, "DROP TABLE tags") != SQLITE_OK) return false;
      break;
    }
    if (run(db_, "COMMIT") == SQLITE_OK) return true;
    run(db_, "ROLLBACK");
    return false;
  }

private:
  sqlite3* db_;
};

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

bool savePlayer(sqlite3* db, int player) {
  Transaction transaction(db);
  const std::string text = "INSERT INTO players(id) VALUES(" + std::to_string(player) + ")";
  return run(db, text.c_str()) == SQLITE_OK && transaction.commit();
}

// The meter remembers readings, not the transaction.
struct Counter {
  sqlite3* db;
  int readings;
};

int countReading(Counter* counter, const char* insert) {
  if (sqlite3_exec(counter->db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) return -1; // expect: session-unfinished-transaction
  if (sqlite3_exec(counter->db, insert, nullptr, nullptr, nullptr) != SQLITE_OK) return -1;
  ++counter->readings;
  return sqlite3_exec(counter->db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK ? 0 : -1;
}
