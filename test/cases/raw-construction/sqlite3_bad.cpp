// Connections of SQLite held raw and closed rightly by hand: an owner would do it by itself.
// library: sqlite3
#include <cstdio>
#include <functional>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

// Closed at the end and where the open fails.
int countEvents(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) { // expect: session-raw-construction
    std::fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
    sqlite3_close(db);
    return -1;
  }
  int n = -1;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM events", -1, &st, nullptr) == SQLITE_OK &&
      sqlite3_step(st) == SQLITE_ROW)
    n = sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  sqlite3_close(db);
  return n;
}

// The C way: one label, everything released there.
bool compact(const std::string& path, int pages) {
  bool ok = false;
  sqlite3* db = nullptr;
  char* message = nullptr;
  const std::string text = "PRAGMA incremental_vacuum(" + std::to_string(pages) + ")";
  int rc = sqlite3_open_v2(path.c_str(), &db, // expect: session-raw-construction
                           SQLITE_OPEN_READWRITE, nullptr);
  if (rc != SQLITE_OK) goto cleanup;
  rc = sqlite3_exec(db, text.c_str(), nullptr, nullptr, &message);
  if (rc != SQLITE_OK) {
    std::fprintf(stderr, "compact: %s\n", message);
    goto cleanup;
  }
  ok = true;
cleanup:
  sqlite3_free(message);
  sqlite3_close(db);
  return ok;
}

int runScript(sqlite3* db, const std::vector<std::string>& statements) {
  int done = 0;
  for (const std::string& statement : statements) {
    if (sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db));
    ++done;
  }
  return done;
}

// Right on the way of the exception as well, at the price of a handler.
int applyScript(const char* path, const std::vector<std::string>& statements) {
  sqlite3* db = nullptr;
  const int rc = sqlite3_open(path, &db); // expect: session-raw-construction
  if (rc != SQLITE_OK) {
    sqlite3_close(db);
    throw std::runtime_error(sqlite3_errstr(rc));
  }
  int done = 0;
  try {
    done = runScript(db, statements);
  } catch (...) {
    sqlite3_close(db);
    throw;
  }
  sqlite3_close(db);
  return done;
}

void shut(sqlite3* db) {
  if (db == nullptr) return;
  sqlite3_exec(db, "PRAGMA optimize", nullptr, nullptr, nullptr);
  sqlite3_close_v2(db);
}

enum class Health { Fine, Stale, Broken };

// Each case closes, by way of a helper.
Health probe(const char* path) {
  sqlite3* db = nullptr;
  const int flags = SQLITE_OPEN_READONLY;
  const int rc = sqlite3_open_v2(path, &db, flags, nullptr); // expect: session-raw-construction
  switch (rc) {
  case SQLITE_OK:
    break;
  case SQLITE_CANTOPEN:
    shut(db);
    return Health::Stale;
  default:
    shut(db);
    return Health::Broken;
  }
  const bool fine =
      sqlite3_exec(db, "PRAGMA quick_check", nullptr, nullptr, nullptr) == SQLITE_OK;
  shut(db);
  return fine ? Health::Fine : Health::Broken;
}

sqlite3* openExisting(const std::string& path) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) return db;
  sqlite3_close(db);
  return nullptr;
}

// The factory is in order; who calls it should own what it gives.
class Importer {
public:
  explicit Importer(std::string target) : target_(std::move(target)) {}

  long import(const std::vector<std::string>& lines) {
    sqlite3* db = openExisting(target_); // expect: session-raw-construction
    if (!db) return 0;
    long n = 0;
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "INSERT INTO lines VALUES(?)", -1, &st, nullptr) == SQLITE_OK) {
      for (const std::string& line : lines) {
        sqlite3_bind_text(st, 1, line.c_str(), -1, SQLITE_TRANSIENT);
        if (sqlite3_step(st) == SQLITE_DONE) ++n;
        sqlite3_reset(st);
      }
      sqlite3_finalize(st);
    }
    sqlite3_close(db);
    return n;
  }

private:
  std::string target_;
};

// In a lambda, which is a function of its own.
std::function<bool()> heartbeat(const std::string& path) {
  return [path] {
    sqlite3* db = nullptr;
    bool alive = false;
    if (sqlite3_open(path.c_str(), &db) == SQLITE_OK) // expect: session-raw-construction
      alive = sqlite3_exec(db, "SELECT 1", nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(db);
    return alive;
  };
}
