// Units of work on SQLite that are committed in several parts: what fails between leaves a half.
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

int run(sqlite3* db, const std::string& text) noexcept {
  return sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr);
}

// Three parts of one change of state.
bool failTask(sqlite3* db, int task, const std::string& node) {
  const std::string where = " WHERE id = " + std::to_string(task);
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  run(db, "UPDATE tasks SET node = '" + node + "'" + where);
  run(db, "COMMIT");
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  run(db, "UPDATE tasks SET state = 'failed'" + where);
  run(db, "COMMIT"); // expect: session-multiple-commits
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  run(db, "INSERT INTO errors SELECT id FROM tasks" + where);
  run(db, "COMMIT"); // expect: session-multiple-commits
  return true;
}

// A guard for each of the two rows that belong together.
void transfer(sqlite3* db, int from, int to, int cents) {
  {
    Transaction take(db);
    exec(db, "UPDATE accounts SET n = n - " + std::to_string(cents) +
                 " WHERE id = " + std::to_string(from));
    take.commit();
  }
  Transaction give(db);
  exec(db, "UPDATE accounts SET n = n + " + std::to_string(cents) +
               " WHERE id = " + std::to_string(to));
  give.commit(); // expect: session-multiple-commits
}

void addCustomer(sqlite3* db, const std::string& name) {
  Transaction transaction(db);
  exec(db, "INSERT INTO customers(name) VALUES('" + name + "')");
  transaction.commit();
}

// The first one is in the helper.
void placeFirstOrder(sqlite3* db, const std::string& name, int article) {
  addCustomer(db, name);
  Transaction transaction(db);
  exec(db, "INSERT INTO orders VALUES(last_insert_rowid(), " + std::to_string(article) + ")");
  transaction.commit(); // expect: session-multiple-commits
}

// Committed only to read the number.
class Billing {
public:
  explicit Billing(sqlite3* db) : db_(db) {}

  long long bill(const std::vector<int>& articles) {
    Transaction head(db_);
    exec(db_, "INSERT INTO bills(state) VALUES('new')");
    head.commit();
    const long long id = sqlite3_last_insert_rowid(db_);
    Transaction lines(db_);
    for (const int article : articles)
      exec(db_, "INSERT INTO bill_lines VALUES(" + std::to_string(id) + ", " +
                    std::to_string(article) + ")");
    lines.commit(); // expect: session-multiple-commits
    return id;
  }

private:
  sqlite3* db_;
};
