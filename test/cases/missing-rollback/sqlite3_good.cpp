// Exceptions between BEGIN and COMMIT of SQLite that find a rollback, where one is needed.
// library: sqlite3
#include <cstdio>
#include <functional>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

void exec(sqlite3* db, const std::string& text) {
  char* message = nullptr;
  if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string reason = message ? message : "unknown error";
  sqlite3_free(message);
  throw std::runtime_error(text + ": " + reason);
}

void undo(sqlite3* db) noexcept { sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr); }

// Rolled back first, logged then.
bool addJob(sqlite3* db, int repository) {
  exec(db, "BEGIN");
  try {
    exec(db, "INSERT INTO jobs(repository) VALUES(" + std::to_string(repository) + ")");
    exec(db, "COMMIT");
    return true;
  } catch (const std::exception& e) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    std::fprintf(stderr, "job not added: %s\n", e.what());
    return false;
  }
}

// In a helper, with the exception going on.
void ship(sqlite3* db, int order, int weight) {
  exec(db, "BEGIN");
  try {
    exec(db, "UPDATE orders SET shipped = 1 WHERE id = " + std::to_string(order));
    if (weight > 30000) throw std::out_of_range("too heavy for one parcel");
    exec(db, "COMMIT");
  } catch (...) {
    undo(db);
    throw;
  }
}

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

// The guard does it on the way to the handler.
bool placeOrder(sqlite3* db, int customer, const std::vector<int>& articles) try {
  Transaction transaction(db);
  if (articles.empty()) throw std::invalid_argument("nothing ordered");
  for (const int article : articles)
    exec(db, "INSERT INTO lines VALUES(" + std::to_string(customer) + ", " +
                 std::to_string(article) + ")");
  transaction.commit();
  return true;
} catch (const std::exception& e) {
  std::fprintf(stderr, "order refused: %s\n", e.what());
  return false;
}

// Thrown before it begins and after it has ended.
void rename(sqlite3* db, int id, const std::string& quoted) {
  if (quoted.size() < 3) throw std::invalid_argument("too short a name");
  exec(db, "BEGIN");
  int rc = sqlite3_exec(db, ("UPDATE users SET name = " + quoted).c_str(), nullptr, nullptr, nullptr);
  const int changed = sqlite3_changes(db);
  if (rc == SQLITE_OK) rc = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) undo(db);
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(rc));
  if (changed == 0) throw std::out_of_range("no user " + std::to_string(id));
}

struct DbClose {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};

// Closing the connection, which is this function's own, rolls back.
void buildIndex(const std::string& path, const std::vector<std::string>& words) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(path.c_str(), &raw);
  const std::unique_ptr<sqlite3, DbClose> db(raw);
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(rc));
  exec(raw, "BEGIN");
  exec(raw, "CREATE TABLE words(word TEXT PRIMARY KEY)");
  for (const std::string& word : words) exec(raw, "INSERT INTO words VALUES('" + word + "')");
  exec(raw, "COMMIT");
}

// One bad row takes its savepoint back, an error beyond that all of it.
int importRows(sqlite3* db, const std::vector<std::string>& rows) {
  int refused = 0;
  exec(db, "BEGIN");
  try {
    for (const std::string& row : rows) {
      exec(db, "SAVEPOINT one");
      try {
        exec(db, row);
      } catch (const std::exception&) {
        exec(db, "ROLLBACK TO one");
        ++refused;
      }
      exec(db, "RELEASE one");
    }
    exec(db, "COMMIT");
  } catch (const std::exception&) {
    undo(db);
    throw;
  }
  return refused;
}

template <typename F> class OnExit {
public:
  explicit OnExit(F f) : f_(std::move(f)) {}
  ~OnExit() { f_(); }
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;

private:
  F f_;
};

// A lambda at the end of the scope, with a flag.
void archive(sqlite3* db, int days) {
  bool done = false;
  exec(db, "BEGIN");
  const OnExit guard([&done, db] {
    if (!done) undo(db);
  });
  exec(db, "INSERT INTO archive SELECT * FROM notes WHERE age > " + std::to_string(days));
  exec(db, "DELETE FROM notes WHERE age > " + std::to_string(days));
  exec(db, "COMMIT");
  done = true;
}

// The handler only takes note, what follows it decides.
bool applyAll(sqlite3* db, const std::vector<std::string>& statements) {
  bool ok = true;
  exec(db, "BEGIN");
  try {
    for (const std::string& statement : statements) exec(db, statement);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    ok = false;
  }
  sqlite3_exec(db, ok ? "COMMIT" : "ROLLBACK", nullptr, nullptr, nullptr);
  return ok;
}

// Any work, in a transaction; the wrapper rolls back.
template <typename Work> auto transact(sqlite3* db, Work&& work) {
  Transaction transaction(db);
  auto result = std::forward<Work>(work)(db);
  transaction.commit();
  return result;
}

int addTag(sqlite3* db, const std::string& tag) {
  return transact(db, [&tag](sqlite3* inner) {
    exec(inner, "INSERT INTO tags VALUES('" + tag + "')");
    if (sqlite3_changes(inner) != 1) throw std::runtime_error("tag not added");
    return static_cast<int>(sqlite3_last_insert_rowid(inner));
  });
}

#if __has_include(<boost/scope_exit.hpp>)
#include <boost/scope_exit.hpp>

// Boost's scope exits, in both forms; over `this` as well.
class Shelf {
public:
  explicit Shelf(sqlite3* db) : db_(db) {}

  void fill(const std::vector<std::string>& books) {
    exec(db_, "BEGIN");
    bool done = false;
    BOOST_SCOPE_EXIT(&done, this_) {
      if (!done) undo(this_->db_);
    } BOOST_SCOPE_EXIT_END
    for (const std::string& book : books) exec(db_, "INSERT INTO books(title) VALUES('" + book + "')");
    exec(db_, "COMMIT");
    done = true;
  }

private:
  sqlite3* db_;
};

void empty(sqlite3* db) {
  exec(db, "BEGIN");
  bool done = false;
  BOOST_SCOPE_EXIT_ALL(&) {
    if (!done) undo(db);
  };
  exec(db, "DELETE FROM books");
  exec(db, "DELETE FROM shelves");
  exec(db, "COMMIT");
  done = true;
}
#endif
