// Connections and statements of SQLite that are released, though it may not look like it.
// library: sqlite3
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct DbClose {
  void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
using DbPtr = std::unique_ptr<sqlite3, DbClose>;
using StmtPtr = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

// The owner takes the connection before the result is looked at.
DbPtr openCatalog(const std::string& path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(path.c_str(), &raw);
  DbPtr db(raw);
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(raw));
  sqlite3_busy_timeout(raw, 2000);
  return db;
}

StmtPtr prepare(sqlite3* db, const char* text) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db));
  return StmtPtr(st, &sqlite3_finalize);
}

int orderCount(sqlite3* db) {
  const StmtPtr st = prepare(db, "SELECT count(*) FROM orders");
  if (sqlite3_step(st.get()) != SQLITE_ROW) throw std::runtime_error("no count");
  return sqlite3_column_int(st.get(), 0);
}

// A statement that could not be prepared is null: nothing to finalize.
bool hasTable(sqlite3* db, const char* name) {
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "schema: %s\n", sqlite3_errmsg(db));
    return false;
  }
  sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
  const bool found = sqlite3_step(st) == SQLITE_ROW;
  sqlite3_finalize(st);
  return found;
}

// One label at the end releases whatever was reached; finalize takes null.
int transferStock(sqlite3* db, int from, int to, int amount) {
  sqlite3_stmt* take = nullptr;
  sqlite3_stmt* give = nullptr;
  int rc = sqlite3_prepare_v2(db, "UPDATE stock SET n = n - ?2 WHERE id = ?1", -1, &take, nullptr);
  if (rc != SQLITE_OK) goto done;
  rc = sqlite3_prepare_v2(db, "UPDATE stock SET n = n + ?2 WHERE id = ?1", -1, &give, nullptr);
  if (rc != SQLITE_OK) goto done;
  sqlite3_bind_int(take, 1, from);
  sqlite3_bind_int(take, 2, amount);
  rc = sqlite3_step(take);
  if (rc != SQLITE_DONE) goto done;
  sqlite3_bind_int(give, 1, to);
  sqlite3_bind_int(give, 2, amount);
  rc = sqlite3_step(give);
done:
  sqlite3_finalize(give);
  sqlite3_finalize(take);
  return rc;
}

// The base class closes, also when a derived constructor throws.
class Connection {
public:
  Connection() = default;
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void close() noexcept {
    if (db_ == nullptr) return;
    sqlite3_close(db_);
    db_ = nullptr;
  }

protected:
  sqlite3* db_ = nullptr;
};

class MapDatabase : public Connection {
public:
  explicit MapDatabase(const std::string& file) {
    if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
      throw std::runtime_error(std::string("map not readable: ") + sqlite3_errmsg(db_));
    if (sqlite3_prepare_v2(db_, "SELECT data FROM blocks WHERE pos = ?", -1, &find_, nullptr) !=
        SQLITE_OK)
      throw std::runtime_error("not a map");
  }
  ~MapDatabase() { sqlite3_finalize(find_); }

  std::string block(std::int64_t pos) {
    sqlite3_reset(find_);
    sqlite3_bind_int64(find_, 1, pos);
    if (sqlite3_step(find_) != SQLITE_ROW) return {};
    const auto* data = static_cast<const char*>(sqlite3_column_blob(find_, 0));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(find_, 0))};
  }

private:
  sqlite3_stmt* find_ = nullptr;
};

// Opened again: what was open before is closed first.
class Journal {
public:
  ~Journal() { shut(); }

  bool open(const std::string& file) {
    shut();
    if (sqlite3_open(file.c_str(), &db_) == SQLITE_OK) return true;
    shut();
    return false;
  }

private:
  void shut() noexcept { sqlite3_close(std::exchange(db_, nullptr)); }

  sqlite3* db_ = nullptr;
};

// A cache of prepared statements: finalized together by the destructor.
class StatementCache {
public:
  explicit StatementCache(sqlite3* db) : db_(db) {}
  ~StatementCache() {
    for (auto& entry : byText_) sqlite3_finalize(entry.second);
  }
  StatementCache(const StatementCache&) = delete;
  StatementCache& operator=(const StatementCache&) = delete;

  sqlite3_stmt* get(const std::string& text) {
    const auto found = byText_.find(text);
    if (found != byText_.end()) {
      sqlite3_reset(found->second);
      return found->second;
    }
    sqlite3_stmt* st = nullptr;
    const int size = static_cast<int>(text.size());
    if (sqlite3_prepare_v2(db_, text.c_str(), size, &st, nullptr) != SQLITE_OK) return nullptr;
    byText_.emplace(text, st);
    return st;
  }

private:
  sqlite3* db_;
  std::map<std::string, sqlite3_stmt*> byText_;
};

// The statement goes to the caller through the parameter.
bool findCustomer(sqlite3* db, const char* email, sqlite3_stmt** out) {
  if (sqlite3_prepare_v2(db, "SELECT * FROM customers WHERE email = ?", -1, out, nullptr) !=
      SQLITE_OK)
    return false;
  sqlite3_bind_text(*out, 1, email, -1, SQLITE_TRANSIENT);
  return true;
}

// Each way out of the loop passes the one finalize.
std::string firstFreeSlot(sqlite3* db, int day) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT slot, free FROM slots WHERE day = ?", -1, &st, nullptr) !=
      SQLITE_OK)
    return {};
  sqlite3_bind_int(st, 1, day);
  std::string slot;
  while (sqlite3_step(st) == SQLITE_ROW) {
    if (sqlite3_column_int(st, 1) == 0) continue;
    slot = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    break;
  }
  sqlite3_finalize(st);
  return slot;
}

int fail(sqlite3* db, sqlite3_stmt* st, const char* what) {
  std::fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
  sqlite3_finalize(st);
  return -1;
}

// The helper releases on the way out.
int setQuota(sqlite3* db, int user, int megabytes) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "UPDATE users SET quota = ? WHERE id = ?", -1, &st, nullptr) !=
      SQLITE_OK)
    return fail(db, st, "prepare");
  if (sqlite3_bind_int(st, 1, megabytes) != SQLITE_OK) return fail(db, st, "bind quota");
  if (sqlite3_bind_int(st, 2, user) != SQLITE_OK) return fail(db, st, "bind user");
  if (sqlite3_step(st) != SQLITE_DONE) return fail(db, st, "step");
  sqlite3_finalize(st);
  return sqlite3_changes(db);
}

template <typename F> class ScopeExit {
public:
  explicit ScopeExit(F f) : f_(std::move(f)) {}
  ~ScopeExit() { f_(); }
  ScopeExit(const ScopeExit&) = delete;
  ScopeExit& operator=(const ScopeExit&) = delete;

private:
  F f_;
};

// Released by a lambda at the end of the scope, also when it throws.
int migrate(sqlite3* db, const std::vector<std::string>& steps) {
  int done = 0;
  for (const std::string& step : steps) {
    sqlite3_stmt* st = nullptr;
    const ScopeExit release([&st] { sqlite3_finalize(st); });
    if (sqlite3_prepare_v2(db, step.c_str(), -1, &st, nullptr) != SQLITE_OK) break;
    if (st == nullptr) continue; // a comment
    if (sqlite3_step(st) != SQLITE_DONE) throw std::runtime_error("migration failed: " + step);
    ++done;
  }
  return done;
}

// Only what this function opened is its own to close.
std::shared_ptr<sqlite3> shareOrOpen(std::shared_ptr<sqlite3> given, const char* path) {
  if (given) return given;
  sqlite3* own = nullptr;
  const int rc = sqlite3_open(path, &own);
  std::shared_ptr<sqlite3> owner(own, [](sqlite3* p) { sqlite3_close(p); });
  return rc == SQLITE_OK ? owner : nullptr;
}

// Rows are handed over as they come; the handler releases when one of them is refused.
std::size_t eachOrder(sqlite3* db, const std::function<void(std::int64_t)>& seen) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT id FROM orders", -1, &st, nullptr) != SQLITE_OK) return 0;
  std::size_t n = 0;
  try {
    for (; sqlite3_step(st) == SQLITE_ROW; ++n) seen(sqlite3_column_int64(st, 0));
  } catch (...) {
    sqlite3_finalize(st);
    throw;
  }
  sqlite3_finalize(st);
  return n;
}

// The code that is wanted is a parameter of the check: a prepare that failed made nothing.
class Checked {
public:
  explicit Checked(sqlite3* db) : db_(db) {}
  bool hasTable(const char* name) {
    sqlite3_stmt* st = nullptr;
    verify(sqlite3_prepare_v2(db_, "SELECT 1 FROM sqlite_master WHERE name = ?", -1, &st, nullptr), SQLITE_OK);
    sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
    const bool found = sqlite3_step(st) == SQLITE_ROW;
    verify(sqlite3_finalize(st));
    return found;
  }

private:
  void verify(int code, int wanted = SQLITE_OK) const {
    if (code != wanted) throw std::runtime_error(sqlite3_errmsg(db_));
  }
  sqlite3* db_;
};

// A message whose destructor ends the program, as logging libraries have it.
struct LastWords {
  explicit LastWords(const char* file);
  LastWords& operator<<(const char* text);
  [[noreturn]] ~LastWords();
};
const char* complaint(int code);

sqlite3_stmt* prepareOrDie(sqlite3* db, const char* sql) {
  sqlite3_stmt* st = nullptr;
  while (complaint(sqlite3_prepare_v2(db, sql, -1, &st, nullptr)) != nullptr) LastWords(__FILE__) << "cannot prepare";
  return st;
}
