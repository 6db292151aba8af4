// Connections of SQLite made raw, as the library has it, and owned from there on.
// library: sqlite3
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct DbClose {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using DbPtr = std::unique_ptr<sqlite3, DbClose>;

// To an owner in the next line.
int pageCount(const char* path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(path, &raw);
  const DbPtr db(raw);
  if (rc != SQLITE_OK) return -1;
  sqlite3_stmt* st = nullptr;
  int pages = -1;
  if (sqlite3_prepare_v2(db.get(), "PRAGMA page_count", -1, &st, nullptr) != SQLITE_OK) return -1;
  if (sqlite3_step(st) == SQLITE_ROW) pages = sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  return pages;
}

// A lambda or the library's own function as the deleter.
bool checkpoint(const std::string& path, bool truncate) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  const auto closer = [](sqlite3* p) { sqlite3_close(p); };
  const std::unique_ptr<sqlite3, decltype(closer)> db(raw, closer);
  if (rc != SQLITE_OK) return false;
  const int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  return sqlite3_wal_checkpoint_v2(db.get(), nullptr, mode, nullptr, nullptr) == SQLITE_OK;
}

// A factory: raw inside, closed on failure, the caller's on success.
sqlite3* openReadOnly(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
    sqlite3_close(db);
    return nullptr;
  }
  sqlite3_exec(db, "PRAGMA query_only = ON", nullptr, nullptr, nullptr);
  return db;
}

// And its caller, who owns.
std::optional<std::string> readTitle(const char* path) {
  const DbPtr db(openReadOnly(path));
  if (!db) return std::nullopt;
  sqlite3_stmt* st = nullptr;
  std::optional<std::string> title;
  if (sqlite3_prepare_v2(db.get(), "SELECT title FROM meta", -1, &st, nullptr) != SQLITE_OK)
    return title;
  if (sqlite3_step(st) == SQLITE_ROW)
    title = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  return title;
}

// To the caller through a parameter, as the library itself does.
int openTuned(const char* path, sqlite3** out) {
  const int rc = sqlite3_open(path, out);
  if (rc != SQLITE_OK) return rc;
  return sqlite3_exec(*out, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
}

// A member which the destructor releases.
class Settings {
public:
  explicit Settings(const char* path) : path_(path) {}
  ~Settings() { close(); }
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

  bool open() {
    if (db_ != nullptr) return true;
    if (sqlite3_open(path_.c_str(), &db_) != SQLITE_OK) {
      close();
      return false;
    }
    return true;
  }
  void close() noexcept {
    sqlite3_close(db_);
    db_ = nullptr;
  }
  bool set(const char* key, const char* value) {
    if (!open()) return false;
    char* text = sqlite3_mprintf("INSERT OR REPLACE INTO settings VALUES(%Q, %Q)", key, value);
    const int rc = sqlite3_exec(db_, text, nullptr, nullptr, nullptr);
    sqlite3_free(text);
    return rc == SQLITE_OK;
  }

private:
  std::string path_;
  sqlite3* db_ = nullptr;
};

// An object of the file's own that takes a raw handle over.
class Database {
public:
  explicit Database(sqlite3* adopted) noexcept : db_(adopted) {}
  Database(Database&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Database& operator=(Database&& other) noexcept {
    std::swap(db_, other.db_);
    return *this;
  }
  ~Database() { sqlite3_close_v2(db_); }

  static Database memory() {
    sqlite3* db = nullptr;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) {
      sqlite3_close(db);
      throw std::runtime_error("no memory database");
    }
    return Database(db);
  }
  bool run(const std::string& text) noexcept {
    return sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

private:
  sqlite3* db_;
};

int selfTest(const std::vector<std::string>& statements) {
  Database db = Database::memory();
  int failed = 0;
  for (const std::string& statement : statements)
    if (!db.run(statement)) ++failed;
  return failed;
}

// Owners in a container.
class Shards {
public:
  bool attach(const std::string& name, const std::string& path) {
    sqlite3* db = nullptr;
    const bool ok = sqlite3_open(path.c_str(), &db) == SQLITE_OK;
    DbPtr owner(db);
    if (!ok) return false;
    shards_[name] = std::move(owner);
    return true;
  }
  sqlite3* find(const std::string& name) const {
    const auto found = shards_.find(name);
    return found == shards_.end() ? nullptr : found->second.get();
  }

private:
  std::map<std::string, DbPtr> shards_;
};

// Gives the library the address inside an owner.
class OutDb {
public:
  explicit OutDb(DbPtr& target) : target_(target) {}
  ~OutDb() { target_.reset(raw_); }
  OutDb(const OutDb&) = delete;
  OutDb& operator=(const OutDb&) = delete;
  operator sqlite3**() noexcept { return &raw_; }

private:
  DbPtr& target_;
  sqlite3* raw_ = nullptr;
};

DbPtr openThrough(const char* path) {
  DbPtr db;
  const int rc = sqlite3_open(path, OutDb(db));
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(rc));
  return db;
}

// Borrowed: neither opened nor closed here.
bool tableExists(sqlite3* db, const char* name) {
  return sqlite3_table_column_metadata(db, nullptr, name, nullptr, nullptr, nullptr, nullptr,
                                       nullptr, nullptr) == SQLITE_OK;
}
