// Connections, statements and backups of SQLite that somebody forgets on one of the ways out.
// library: sqlite3
#include <cstdint>
#include <cstdio>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

struct DbClose {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using DbPtr = std::unique_ptr<sqlite3, DbClose>;

// sqlite3_open_v2 hands out a connection also when it fails.
DbPtr openCatalog(const std::string& path) {
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path.c_str(), &raw, flags, nullptr) != SQLITE_OK) { // expect: session-leak
    std::fprintf(stderr, "cannot open %s: %s\n", path.c_str(), sqlite3_errmsg(raw));
    return nullptr;
  }
  DbPtr db(raw);
  sqlite3_busy_timeout(db.get(), 2000);
  return db;
}

// The destructor is not owed yet when the constructor throws.
class FeedCache {
public:
  explicit FeedCache(const std::string& file) {
    const int rc = sqlite3_open(file.c_str(), &db_); // expect: session-leak
    if (rc != SQLITE_OK)
      throw std::runtime_error("cannot open cache: " + std::string(sqlite3_errstr(rc)));
    sqlite3_extended_result_codes(db_, 1);
  }
  ~FeedCache() { sqlite3_close(db_); }
  FeedCache(const FeedCache&) = delete;
  FeedCache& operator=(const FeedCache&) = delete;

  void vacuum() { sqlite3_exec(db_, "VACUUM", nullptr, nullptr, nullptr); }

private:
  sqlite3* db_ = nullptr;
};

// The failed open is closed, but not the one whose schema is too new.
class TelemetryStore {
public:
  explicit TelemetryStore(const std::string& file, int newestSchema) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) { // expect: session-leak
      sqlite3_close(db_);
      throw std::runtime_error("telemetry store not readable");
    }
    if (schemaVersion() > newestSchema)
      throw std::runtime_error("telemetry store written by a newer version");
  }
  ~TelemetryStore() { sqlite3_close(db_); }
  TelemetryStore(const TelemetryStore&) = delete;
  TelemetryStore& operator=(const TelemetryStore&) = delete;

private:
  int schemaVersion() const noexcept {
    sqlite3_stmt* st = nullptr;
    int version = 0;
    if (sqlite3_prepare_v2(db_, "PRAGMA user_version", -1, &st, nullptr) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
      version = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return version;
  }

  sqlite3* db_ = nullptr;
};

bool customerExists(sqlite3* db, const std::string& email) {
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT email FROM customers";
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) { // expect: session-leak
    return false;
  }
  int rc = SQLITE_OK;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    const auto* found = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    if (found != nullptr && email == found) return true;
  }
  if (rc != SQLITE_DONE) std::fprintf(stderr, "lookup: %s\n", sqlite3_errmsg(db));
  sqlite3_finalize(st);
  return false;
}

double invoiceTotal(sqlite3* db, std::int64_t invoice) {
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT sum(amount) FROM lines WHERE invoice = ?";
  int rc = sqlite3_prepare_v2(db, text, -1, &st, nullptr); // expect: session-leak
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  sqlite3_bind_int64(st, 1, invoice);
  if (sqlite3_step(st) != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db));
  const double total = sqlite3_column_double(st, 0);
  sqlite3_finalize(st);
  return total;
}

// One variable for two statements: the first is lost.
int pendingJobs(sqlite3* db, int worker) {
  sqlite3_stmt* st = nullptr;
  const char* touch = "UPDATE workers SET seen = unixepoch() WHERE id = ?";
  int rc = sqlite3_prepare_v2(db, touch, -1, &st, nullptr); // expect: session-leak
  if (rc != SQLITE_OK) return -1;
  sqlite3_bind_int(st, 1, worker);
  const bool touched = sqlite3_step(st) == SQLITE_DONE;

  const char* count = touched ? "SELECT count(*) FROM jobs" : "SELECT 0";
  rc = sqlite3_prepare_v2(db, count, -1, &st, nullptr);
  if (rc != SQLITE_OK) return -1;
  const int n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int(st, 0) : 0;
  sqlite3_finalize(st);
  return n;
}

// Each key that cannot be bound costs a statement.
std::vector<std::string> loadSettings(sqlite3* db, const std::vector<std::string>& keys) {
  std::vector<std::string> values;
  for (const std::string& key : keys) {
    sqlite3_stmt* st = nullptr;
    const char* text = "SELECT value FROM settings WHERE key = ?";
    const int rc = sqlite3_prepare_v2(db, text, -1, &st, nullptr); // expect: session-leak
    if (rc != SQLITE_OK) break;
    const int size = static_cast<int>(key.size());
    if (sqlite3_bind_text(st, 1, key.c_str(), size, SQLITE_TRANSIENT) != SQLITE_OK) continue;
    if (sqlite3_step(st) == SQLITE_ROW)
      values.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(st, 0)));
    sqlite3_finalize(st);
  }
  return values;
}

enum class CopyState { Done, Busy, Failed };

CopyState backupTo(sqlite3* source, sqlite3* target) {
  auto* copy = sqlite3_backup_init(target, "main", source, "main"); // expect: session-leak
  if (copy == nullptr) return CopyState::Failed;
  for (;;) {
    switch (sqlite3_backup_step(copy, 64)) {
    case SQLITE_OK:
      continue;
    case SQLITE_DONE:
      sqlite3_backup_finish(copy);
      return CopyState::Done;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CopyState::Busy;
    default:
      sqlite3_backup_finish(copy);
      return CopyState::Failed;
    }
  }
}

// A new connection in every round, also after a failure.
DbPtr openPatiently(const char* path, int attempts) {
  sqlite3* db = nullptr;
  for (int i = 0; i < attempts; ++i) {
    if (sqlite3_open(path, &db) == SQLITE_OK) return DbPtr(db); // expect: session-leak
    sqlite3_sleep(50 << i);
  }
  return nullptr;
}
