// Message store of a mail client over the SQLite C interface
// library: sqlite3
#include <sqlite3.h>

#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mail {

static void logError(sqlite3* db, const char* where) { std::fprintf(stderr, "%s: %s\n", where, sqlite3_errmsg(db)); }

static bool run(sqlite3* db, const char* sql) {
  char* message = nullptr;
  const int rc = sqlite3_exec(db, sql, nullptr, nullptr, &message);
  if (rc != SQLITE_OK) {
    std::fprintf(stderr, "%s: %s\n", sql, message ? message : "?");
    sqlite3_free(message);
    return false;
  }
  return true;
}

struct CloseDb {
  void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
struct Finalize {
  void operator()(sqlite3_stmt* st) const noexcept { sqlite3_finalize(st); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Stmt = std::unique_ptr<sqlite3_stmt, Finalize>;

Db open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Db db(raw);
  if (rc != SQLITE_OK) {
    logError(raw, "open");
    return nullptr;
  }
  sqlite3_busy_timeout(db.get(), 2000);
  if (!run(db.get(), "PRAGMA foreign_keys = ON")) return nullptr;
  return db;
}

void indexInBackground(const std::string& path) {
  const Db db = open(path);
  if (!db) return;
  sqlite3* handle = db.get();
  std::thread([handle] { run(handle, "INSERT INTO fts(fts) VALUES ('rebuild')"); }).detach();  // expect: session-shared-across-threads
}

}  // namespace mail
