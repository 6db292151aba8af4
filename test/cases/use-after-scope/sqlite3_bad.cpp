// Statements, their columns and connections of SQLite used after their end.
// library: sqlite3
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct SqliteDelete {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
  void operator()(sqlite3_stmt* st) const noexcept { sqlite3_finalize(st); }
};
using DbPtr = std::unique_ptr<sqlite3, SqliteDelete>;
using StmtPtr = std::unique_ptr<sqlite3_stmt, SqliteDelete>;

// The text lives in the statement.
std::string customerName(sqlite3* db, int id) {
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT name FROM customers WHERE id = ?";
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) return {};
  sqlite3_bind_int(st, 1, id);
  const char* name = "";
  if (sqlite3_step(st) == SQLITE_ROW)
    name = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  return std::string("customer ") + name; // expect: session-use-after-scope
}

// The owner of the statement dies with the function.
std::string_view currentVersion(sqlite3* db) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT version FROM meta", -1, &raw, nullptr) != SQLITE_OK)
    return {};
  const StmtPtr st(raw);
  if (sqlite3_step(raw) != SQLITE_ROW) return {};
  const auto* version = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
  return version; // expect: session-use-after-scope
}

// The message belongs to a connection that is gone.
DbPtr openOrThrow(const std::string& path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) {
    sqlite3_close(db);
    throw std::runtime_error(sqlite3_errmsg(db)); // expect: session-use-after-scope
  }
  return DbPtr(db);
}

// The number is read from a finalized statement.
int orderCount(sqlite3* db, const char* state) {
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT count(*) FROM orders WHERE state = ?";
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) return -1;
  sqlite3_bind_text(st, 1, state, -1, SQLITE_STATIC);
  const int rc = sqlite3_step(st);
  sqlite3_finalize(st);
  if (rc != SQLITE_ROW) return -1;
  return sqlite3_column_int(st, 0); // expect: session-use-after-scope
}

// The copy of the pointer does not keep the connection.
void rotate(DbPtr& current, const char* next) {
  sqlite3* old = current.get();
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(next, &raw);
  current.reset(raw);
  if (rc != SQLITE_OK) throw std::runtime_error("no next journal");
  const auto rows = sqlite3_total_changes64(old); // expect: session-use-after-scope
  std::printf("%lld rows so far\n", rows);
}

// The next step overwrites what the pointer points to.
int countGroups(sqlite3_stmt* sorted) {
  int groups = 0;
  if (sqlite3_step(sorted) != SQLITE_ROW) return groups;
  const char* last = reinterpret_cast<const char*>(sqlite3_column_text(sorted, 0));
  ++groups;
  if (sqlite3_step(sorted) == SQLITE_ROW) {
    const char* now = reinterpret_cast<const char*>(sqlite3_column_text(sorted, 0));
    if (std::strcmp(last, now) != 0) ++groups; // expect: session-use-after-scope
  }
  return groups;
}

// The connection is closed, and asked once more.
class Session {
public:
  explicit Session(sqlite3* adopted) : db_(adopted) {}
  ~Session() { sqlite3_close(db_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  std::int64_t restart(const char* path) {
    sqlite3_close(db_);
    const std::int64_t changes = sqlite3_changes64(db_); // expect: session-use-after-scope
    db_ = nullptr;
    if (sqlite3_open(path, &db_) != SQLITE_OK) return -1;
    return changes;
  }

private:
  sqlite3* db_;
};
