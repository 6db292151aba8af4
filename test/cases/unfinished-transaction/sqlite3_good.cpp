// Transactions of SQLite that end on every way out, though it may not look like it.
// library: sqlite3
#include <cstdint>
#include <cstdio>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <utility>
#include <vector>

int run(sqlite3* db, const char* text) { return sqlite3_exec(db, text, nullptr, nullptr, nullptr); }

// By hand, with a rollback for each failure.
bool clearCart(sqlite3* db) {
  if (run(db, "BEGIN IMMEDIATE") != SQLITE_OK) return false;
  if (run(db, "DELETE FROM cart") != SQLITE_OK || run(db, "COMMIT") != SQLITE_OK) {
    run(db, "ROLLBACK");
    return false;
  }
  return true;
}

// Which of the two is decided within the statement.
bool rebuildIndex(sqlite3* db, const std::vector<std::string>& words) {
  if (sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  bool ok = run(db, "DELETE FROM words") == SQLITE_OK;
  for (std::size_t i = 0; ok && i < words.size(); ++i) {
    char* text = sqlite3_mprintf("INSERT INTO words VALUES(%Q)", words[i].c_str());
    ok = run(db, text) == SQLITE_OK;
    sqlite3_free(text);
  }
  sqlite3_exec(db, ok ? "COMMIT" : "ROLLBACK", nullptr, nullptr, nullptr);
  return ok;
}

// One label that rolls back.
int transfer(sqlite3* db, const std::string& take, const std::string& give) {
  int rc = run(db, "BEGIN TRANSACTION");
  if (rc != SQLITE_OK) return rc;
  rc = run(db, take.c_str());
  if (rc != SQLITE_OK) goto undo;
  if (sqlite3_changes(db) != 1) {
    rc = SQLITE_CONSTRAINT;
    goto undo;
  }
  rc = run(db, give.c_str());
  if (rc != SQLITE_OK) goto undo;
  rc = run(db, "END TRANSACTION"); // as good as COMMIT
  if (rc != SQLITE_OK) goto undo;
  return SQLITE_OK;
undo:
  run(db, "ROLLBACK");
  return rc;
}

// A script that begins and commits by itself.
bool createSchema(sqlite3* db) {
  static const char* const script = "BEGIN;"
                                    "CREATE TABLE notes(id INTEGER PRIMARY KEY, text);"
                                    "CREATE TABLE tags(note, name);"
                                    "COMMIT;";
  return sqlite3_exec(db, script, nullptr, nullptr, nullptr) == SQLITE_OK;
}

// Begins only where nobody has begun.
bool touch(sqlite3* db, std::int64_t id) {
  const bool own = sqlite3_get_autocommit(db) != 0;
  if (own && run(db, "BEGIN") != SQLITE_OK) return false;
  const std::string text = "UPDATE notes SET seen = 1 WHERE id = " + std::to_string(id);
  const bool ok = run(db, text.c_str()) == SQLITE_OK;
  if (own && (!ok || run(db, "COMMIT") != SQLITE_OK)) run(db, "ROLLBACK");
  return ok;
}

void finish(sqlite3* db, bool keep) {
  if (keep && run(db, "COMMIT") == SQLITE_OK) return;
  run(db, "ROLLBACK");
}

// The end is in a helper.
int importLines(sqlite3* db, const std::vector<std::string>& lines) {
  int n = 0;
  if (run(db, "BEGIN") != SQLITE_OK) return -1;
  for (const std::string& line : lines) {
    if (line.empty()) break;
    if (run(db, line.c_str()) != SQLITE_OK) {
      finish(db, false);
      return -1;
    }
    ++n;
  }
  finish(db, n > 0);
  return n;
}

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { open_ = run(db_, "BEGIN") == SQLITE_OK; }
  ~Transaction() {
    if (open_) run(db_, "ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  explicit operator bool() const { return open_; }
  bool commit() {
    if (!open_ || run(db_, "COMMIT") != SQLITE_OK) return false;
    open_ = false;
    return true;
  }

private:
  sqlite3* db_;
  bool open_ = false;
};

// The guard rolls back where the function leaves early, and that is meant.
bool reserve(sqlite3* db, int seat) {
  Transaction transaction(db);
  if (!transaction) return false;
  const std::string text = "UPDATE seats SET taken = 1 WHERE taken = 0 AND id = " +
                           std::to_string(seat);
  if (run(db, text.c_str()) != SQLITE_OK) return false;
  if (sqlite3_changes(db) == 0) return false;
  return transaction.commit();
}

// Begin and end are methods of their own: their callers pair them.
class Batch {
public:
  explicit Batch(sqlite3* db) : db_(db) {}
  ~Batch() { cancel(); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  bool start() {
    if (active_) return true;
    active_ = run(db_, "BEGIN") == SQLITE_OK;
    return active_;
  }
  bool done() {
    if (!active_) return false;
    if (run(db_, "COMMIT") != SQLITE_OK) return false;
    active_ = false;
    return true;
  }
  void cancel() {
    if (active_) run(db_, "ROLLBACK");
    active_ = false;
  }

private:
  sqlite3* db_;
  bool active_ = false;
};

template <typename F> class ScopeExit {
public:
  explicit ScopeExit(F f) : f_(std::move(f)) {}
  ~ScopeExit() { f_(); }
  ScopeExit(const ScopeExit&) = delete;
  ScopeExit& operator=(const ScopeExit&) = delete;

private:
  F f_;
};

// Rolled back by a lambda unless it was committed.
bool expire(sqlite3* db, int days) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  bool committed = false;
  const ScopeExit undo([&] {
    if (!committed) run(db, "ROLLBACK");
  });
  if (days < 1) return false;
  if (run(db, "DELETE FROM notes WHERE expired") != SQLITE_OK) return false;
  committed = run(db, "COMMIT") == SQLITE_OK;
  return committed;
}

// A savepoint inside, its own end, and one commit.
bool mergeAll(sqlite3* db, const std::vector<std::string>& patches) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  for (const std::string& patch : patches) {
    run(db, "SAVEPOINT patch");
    if (run(db, patch.c_str()) != SQLITE_OK) run(db, "ROLLBACK TO patch");
    run(db, "RELEASE patch");
  }
  if (run(db, "COMMIT") == SQLITE_OK) return true;
  run(db, "ROLLBACK");
  return false;
}

// A wrapper that ends what it begins, whatever the callable says.
template <typename Work> bool transact(sqlite3* db, Work&& work) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  if (work(db) && run(db, "COMMIT") == SQLITE_OK) return true;
  run(db, "ROLLBACK");
  return false;
}

bool archive(sqlite3* db) {
  return transact(db, [](sqlite3* inner) {
    return run(inner, "INSERT INTO archive SELECT * FROM notes") == SQLITE_OK &&
           run(inner, "DELETE FROM notes") == SQLITE_OK;
  });
}

// Group commit: the first reading begins, a later call commits; the meter remembers it.
struct Meter {
  sqlite3* db;
  bool inTransaction;
  int readings;
};

int storeReading(Meter* meter, const char* insert) {
  if (!meter->inTransaction) {
    if (run(meter->db, "BEGIN") != SQLITE_OK) return -1;
    meter->inTransaction = true;
  }
  if (run(meter->db, insert) != SQLITE_OK) return -1;
  if (++meter->readings < 100) return 0;
  meter->readings = 0;
  meter->inTransaction = false;
  return run(meter->db, "COMMIT") == SQLITE_OK ? 0 : -1;
}
