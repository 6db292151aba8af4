// Exceptions swallowed within a transaction of SQLite, whose first half is then committed.
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

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { exec(db_, "BEGIN"); }
  ~Transaction() {
    if (open_) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
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

// "The transaction rolls back": it does not.
void failTask(sqlite3* db, int task) {
  Transaction transaction(db);
  const std::string where = " WHERE id = " + std::to_string(task);
  try {
    exec(db, "UPDATE tasks SET state = 'failed'" + where);
    if (sqlite3_changes(db) != 1) throw std::out_of_range("no such task");
    exec(db, "INSERT INTO errors SELECT id FROM tasks" + where);
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    std::fprintf(stderr, "task %d: %s\n", task, e.what());
  }
  transaction.commit();
}

// By hand, with the commit behind the handler.
void transfer(sqlite3* db, int from, int to, int cents) {
  const std::string amount = std::to_string(cents);
  exec(db, "BEGIN");
  try {
    exec(db, "UPDATE accounts SET n = n - " + amount + " WHERE id = " + std::to_string(from));
    exec(db, "UPDATE accounts SET n = n + " + amount + " WHERE id = " + std::to_string(to));
  } catch (const std::runtime_error&) { // expect: session-swallow-and-commit
    std::fputs("transfer failed\n", stderr);
  }
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

// Every order may lose its lines.
class Importer {
public:
  explicit Importer(sqlite3* db) : db_(db) {}

  int import(const std::vector<std::string>& orders) {
    int failed = 0;
    Transaction transaction(db_);
    for (const std::string& order : orders) {
      try {
        exec(db_, "INSERT INTO orders VALUES(" + order + ")");
        exec(db_, "INSERT INTO lines SELECT " + order + ", article FROM carts");
        exec(db_, "DELETE FROM carts WHERE id = " + order);
      } catch (...) { // expect: session-swallow-and-commit
        ++failed;
      }
    }
    transaction.commit();
    return failed;
  }

private:
  sqlite3* db_;
};
