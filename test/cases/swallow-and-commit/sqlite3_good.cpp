// Exceptions around transactions of SQLite after which nothing half-done is committed.
// library: sqlite3
#include <cstdio>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

void exec(sqlite3* db, const std::string& text) {
  if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db));
}

void undo(sqlite3* db) noexcept { sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr); }

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { exec(db_, "BEGIN"); }
  ~Transaction() {
    if (open_) undo(db_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    exec(db_, "COMMIT");
    open_ = false;
  }

private:
  sqlite3* db_;
  bool open_ = true;
};

// The handler is outside: the guard is gone before it.
void failTask(sqlite3* db, int task) {
  try {
    Transaction transaction(db);
    exec(db, "UPDATE tasks SET state = 'failed' WHERE id = " + std::to_string(task));
    if (sqlite3_changes(db) != 1) throw std::out_of_range("no such task");
    exec(db, "INSERT INTO errors VALUES(" + std::to_string(task) + ")");
    transaction.commit();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "task %d: %s\n", task, e.what());
  }
}

// The handler leaves, and the guard rolls back.
bool transfer(sqlite3* db, int from, int to, int cents) {
  const std::string amount = std::to_string(cents);
  Transaction transaction(db);
  try {
    exec(db, "UPDATE accounts SET n = n - " + amount + " WHERE id = " + std::to_string(from));
    exec(db, "UPDATE accounts SET n = n + " + amount + " WHERE id = " + std::to_string(to));
  } catch (const std::runtime_error&) {
    return false;
  }
  transaction.commit();
  return true;
}

// Remembered, and decided upon by the flag.
bool applyAll(sqlite3* db, const std::vector<std::string>& statements) {
  bool ok = true;
  exec(db, "BEGIN");
  try {
    for (const std::string& statement : statements) exec(db, statement);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    ok = false;
  }
  if (ok && sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK) return true;
  undo(db);
  return false;
}

// Back to the savepoint, and on with the next.
int import(sqlite3* db, const std::vector<std::string>& orders) {
  int failed = 0;
  Transaction transaction(db);
  for (const std::string& order : orders) {
    exec(db, "SAVEPOINT one");
    try {
      exec(db, "INSERT INTO orders VALUES(" + order + ")");
      exec(db, "INSERT INTO lines SELECT " + order + ", article FROM carts");
    } catch (const std::exception&) {
      exec(db, "ROLLBACK TO one");
      ++failed;
    }
    exec(db, "RELEASE one");
  }
  transaction.commit();
  return failed;
}

double priceOf(const std::string& text) {
  if (text.empty() || text[0] == '-') throw std::invalid_argument("no price: " + text);
  return std::stod(text);
}

// What is caught has not touched the database.
int setPrices(sqlite3* db, const std::vector<std::string>& texts) {
  int skipped = 0;
  Transaction transaction(db);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    double price = 0;
    try {
      price = priceOf(texts[i]);
    } catch (const std::invalid_argument&) {
      ++skipped;
      continue;
    }
    exec(db, "UPDATE articles SET price = " + std::to_string(price) +
                 " WHERE id = " + std::to_string(i));
  }
  transaction.commit();
  return skipped;
}

// Rolled back in the handler; the commit is not reached again.
void rebuild(sqlite3* db) {
  exec(db, "BEGIN");
  try {
    exec(db, "DELETE FROM words");
    exec(db, "INSERT INTO words SELECT word FROM texts");
  } catch (const std::exception& e) {
    undo(db);
    std::fprintf(stderr, "words: %s\n", e.what());
    return;
  }
  if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) undo(db);
}

// Rethrown when it was the last attempt; each attempt has its own guard.
void persist(sqlite3* db, const std::string& first, const std::string& second) {
  for (int attempt = 0;; ++attempt) {
    try {
      Transaction transaction(db);
      exec(db, first);
      exec(db, second);
      transaction.commit();
      return;
    } catch (const std::runtime_error&) {
      if (attempt == 2) throw;
    }
  }
}

// The handler passes on with a better text.
void book(sqlite3* db, int seat) {
  Transaction transaction(db);
  try {
    exec(db, "UPDATE seats SET taken = 1 WHERE id = " + std::to_string(seat));
    exec(db, "INSERT INTO bookings VALUES(" + std::to_string(seat) + ")");
  } catch (const std::runtime_error& e) {
    throw std::runtime_error("seat " + std::to_string(seat) + ": " + e.what());
  }
  transaction.commit();
}
