// Functions with several commits on SQLite, of which there is one on each path, or one per round.
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

int run(sqlite3* db, const std::string& text) noexcept {
  return sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr);
}

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { exec(db_, "BEGIN"); }
  ~Transaction() {
    if (open_) run(db_, "ROLLBACK");
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

// Either the one or the other.
void saveDraft(sqlite3* db, int id, bool publish) {
  Transaction transaction(db);
  if (publish) {
    exec(db, "UPDATE posts SET state = 'published' WHERE id = " + std::to_string(id));
    exec(db, "INSERT INTO feed VALUES(" + std::to_string(id) + ")");
    transaction.commit();
  } else {
    exec(db, "UPDATE posts SET state = 'draft' WHERE id = " + std::to_string(id));
    transaction.commit();
  }
}

// Committed and gone, in each of the cases.
bool advance(sqlite3* db, int state) {
  Transaction transaction(db);
  switch (state) {
  case 0:
    exec(db, "UPDATE machine SET state = 1");
    transaction.commit();
    return true;
  case 1:
    exec(db, "UPDATE machine SET state = 2");
    exec(db, "INSERT INTO runs DEFAULT VALUES");
    transaction.commit();
    return true;
  default:
    return false;
  }
}

// A batch: one transaction per file.
int importFiles(sqlite3* db, const std::vector<std::vector<std::string>>& files) {
  int imported = 0;
  for (const auto& rows : files) {
    Transaction transaction(db);
    for (const std::string& row : rows) exec(db, row);
    transaction.commit();
    ++imported;
  }
  return imported;
}

// Tried until it is through.
bool persist(sqlite3* db, const std::string& text) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      Transaction transaction(db);
      exec(db, text);
      transaction.commit();
      return true;
    } catch (const std::runtime_error&) {
      sqlite3_sleep(20 << attempt);
    }
  }
  return false;
}

// Two databases of the caller's, one commit each.
void copyState(sqlite3* from, sqlite3* to) {
  Transaction read(from);
  Transaction write(to);
  int state = 0;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(from, "SELECT state FROM machine", -1, &st, nullptr) == SQLITE_OK &&
      sqlite3_step(st) == SQLITE_ROW)
    state = sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  exec(to, "UPDATE machine SET state = " + std::to_string(state));
  write.commit();
  read.commit();
}

// Released savepoints are no commits.
int mergeAll(sqlite3* db, const std::vector<std::string>& patches) {
  int merged = 0;
  Transaction transaction(db);
  for (const std::string& patch : patches) {
    exec(db, "SAVEPOINT patch");
    if (run(db, patch) == SQLITE_OK)
      ++merged;
    else
      exec(db, "ROLLBACK TO patch");
    exec(db, "RELEASE patch");
  }
  transaction.commit();
  return merged;
}

// Insert; where that is refused, update: the first has been rolled back.
void getOrCreate(sqlite3* db, const std::string& insert, const std::string& update) {
  try {
    Transaction transaction(db);
    exec(db, insert);
    transaction.commit();
    return;
  } catch (const std::runtime_error&) {
  }
  Transaction transaction(db);
  exec(db, update);
  transaction.commit();
}

// Tried with COMMIT until nobody reads any more: one commit in the end.
bool commitPatiently(sqlite3* db) {
  int rc = run(db, "COMMIT");
  for (int i = 0; rc == SQLITE_BUSY && i < 10; ++i) {
    sqlite3_sleep(50);
    rc = run(db, "COMMIT");
  }
  return rc == SQLITE_OK;
}

void drain(sqlite3* db, const std::vector<std::string>& queue) {
  std::size_t next = 0;
  while (next < queue.size()) {
    if (run(db, "BEGIN") != SQLITE_OK) return;
    for (int i = 0; i < 100 && next < queue.size(); ++i, ++next) run(db, queue[next]);
    if (!commitPatiently(db)) {
      run(db, "ROLLBACK");
      return;
    }
  }
}

// The helper commits for it.
bool finish(sqlite3* db, bool keep) noexcept {
  if (keep && run(db, "COMMIT") == SQLITE_OK) return true;
  run(db, "ROLLBACK");
  return false;
}

bool book(sqlite3* db, const std::string& take, const std::string& give) {
  if (run(db, "BEGIN") != SQLITE_OK) return false;
  if (run(db, take) != SQLITE_OK) return finish(db, false);
  return finish(db, run(db, give) == SQLITE_OK);
}
