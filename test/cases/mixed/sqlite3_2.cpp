// Key-value cache and track library over the SQLite C interface, in classes
// library: sqlite3
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace media {

class SqlError : public std::runtime_error {
public:
  SqlError(sqlite3* db, const std::string& what) : std::runtime_error(what + ": " + sqlite3_errmsg(db)) {}
};

void check(sqlite3* db, int rc, const char* what) {
  if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE) throw SqlError(db, what);
}

void execute(sqlite3* db, const std::string& sql) { check(db, sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), sql.c_str()); }

class Statement {
public:
  Statement(sqlite3* db, const char* sql) : db_(db) { check(db, sqlite3_prepare_v2(db, sql, -1, &st_, nullptr), sql); }
  Statement(Statement&& other) noexcept : db_(other.db_), st_(std::exchange(other.st_, nullptr)) {}
  Statement& operator=(Statement&&) = delete;
  ~Statement() { sqlite3_finalize(st_); }

  Statement& bind(int index, const std::string& value) {
    check(db_, sqlite3_bind_text(st_, index, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT), "bind");
    return *this;
  }
  Statement& bind(int index, int value) {
    check(db_, sqlite3_bind_int(st_, index, value), "bind");
    return *this;
  }
  bool step() {
    const int rc = sqlite3_step(st_);
    check(db_, rc, "step");
    return rc == SQLITE_ROW;
  }
  void reset() { sqlite3_reset(st_); }
  int number(int column) const { return sqlite3_column_int(st_, column); }
  std::string text(int column) const {
    const unsigned char* p = sqlite3_column_text(st_, column);
    return p ? reinterpret_cast<const char*>(p) : std::string();
  }

private:
  sqlite3* db_;
  sqlite3_stmt* st_ = nullptr;
};

class Library {
public:
  explicit Library(const std::string& path) {
    const int rc = sqlite3_open(path.c_str(), &db_);
    if (rc != SQLITE_OK) {
      const std::string message = db_ ? sqlite3_errmsg(db_) : "no memory";
      sqlite3_close(db_);
      throw std::runtime_error(path + ": " + message);
    }
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { sqlite3_close(db_); }

  sqlite3* handle() const { return db_; }

  int artist(const std::string& name) {
    Statement find(db_, "SELECT id FROM artist WHERE name = ?");
    if (find.bind(1, name).step()) return find.number(0);
    Statement add(db_, "INSERT INTO artist(name) VALUES (?)");
    add.bind(1, name).step();
    return static_cast<int>(sqlite3_last_insert_rowid(db_));
  }

  void addTrack(const std::string& title, const std::string& artistName) {
    execute(db_, "BEGIN");
    try {
      const int id = artist(artistName);
      Statement add(db_, "INSERT INTO track(title, artist) VALUES (?, ?)");
      add.bind(1, title).bind(2, id).step();
      execute(db_, "COMMIT");
    } catch (...) {
      sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }

  bool removeAlbum(int album) {
    execute(db_, "BEGIN");
    try {
      Statement tracks(db_, "DELETE FROM track WHERE album = ?");
      tracks.bind(1, album).step();
      Statement(db_, "DELETE FROM album WHERE id = ?").bind(1, album).step();
      execute(db_, "COMMIT");
      return true;
    } catch (const SqlError& e) {  // expect: session-missing-rollback
      std::cerr << e.what() << '\n';
      return false;
    }
  }

  // pairs with endScan(), which the scanner calls
  void beginScan() { execute(db_, "BEGIN"); }
  void endScan(bool keep) { execute(db_, keep ? "COMMIT" : "ROLLBACK"); }

private:
  sqlite3* db_ = nullptr;
};

class Cache {
public:
  ~Cache() { close(); }

  std::string get(const std::string& key) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!open()) return {};
    sqlite3_bind_text(find_, 1, key.c_str(), -1, SQLITE_TRANSIENT);
    std::string value;
    if (sqlite3_step(find_) == SQLITE_ROW) value = reinterpret_cast<const char*>(sqlite3_column_text(find_, 0));
    sqlite3_reset(find_);
    return value;
  }

  void close() {
    if (find_) sqlite3_finalize(find_);
    find_ = nullptr;
    if (db_) sqlite3_close(db_);
    db_ = nullptr;
  }

private:
  bool open() {
    if (db_) return true;
    if (sqlite3_open("cache.db", &db_) != SQLITE_OK ||
        sqlite3_prepare_v2(db_, "SELECT value FROM cache WHERE key = ?", -1, &find_, nullptr) != SQLITE_OK) {
      close();
      return false;
    }
    return true;
  }

  std::mutex mutex_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* find_ = nullptr;
};

class ScopedBatch {
public:
  explicit ScopedBatch(sqlite3* db) : db_(db) { sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr); }
  ~ScopedBatch() {
    sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr);  // expect: session-commit-in-destructor
  }

private:
  sqlite3* db_;
};

class Transaction {
public:
  explicit Transaction(sqlite3* db) : db_(db) { execute(db_, "BEGIN IMMEDIATE"); }
  ~Transaction() {
    if (db_) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  void commit() {
    execute(db_, "COMMIT");
    db_ = nullptr;
  }

private:
  sqlite3* db_;
};

Transaction startPlaylist(Library& library, const std::string& name) {
  Transaction tx(library.handle());
  Statement(library.handle(), "INSERT INTO playlist(name) VALUES (?)").bind(1, name).step();
  return tx;
}

void fillPlaylist(Library& library, const std::string& name, const std::vector<int>& tracks) {
  Transaction tx = startPlaylist(library, name);
  const int id = static_cast<int>(sqlite3_last_insert_rowid(library.handle()));
  Statement add(library.handle(), "INSERT INTO entry(playlist, track) VALUES (?, ?)");
  for (const int track : tracks) {
    add.bind(1, id).bind(2, track).step();
    add.reset();
  }
  tx.commit();
}

void rateAllStrictly(Library& library, const std::map<int, int>& ratings) {
  try {
    Transaction tx(library.handle());
    for (const auto& [track, stars] : ratings) {
      Statement rate(library.handle(), "UPDATE track SET stars = ? WHERE id = ?");
      rate.bind(1, stars).bind(2, track).step();
    }
    tx.commit();
  } catch (const SqlError& e) {
    std::cerr << "nothing rated: " << e.what() << '\n';
  }
}

bool scan(Library& library, const std::vector<std::string>& files, const std::atomic<bool>& stop) {
  library.beginScan();
  try {
    for (const std::string& file : files) {
      if (stop) {
        library.endScan(false);
        return false;
      }
      library.artist(file);
    }
  } catch (...) {
    library.endScan(false);
    throw;
  }
  library.endScan(true);
  return true;
}

int titles(sqlite3* db, std::vector<std::string>& out) {
  sqlite3_stmt* st = nullptr;
  int rc = sqlite3_prepare_v2(db, "SELECT title FROM track", -1, &st, nullptr);
  if (rc != SQLITE_OK) return rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) out.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(st, 0)));
  sqlite3_finalize(st);
  return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int longestTitle(sqlite3* db) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT max(length(title)) FROM track", -1, &st, nullptr) != SQLITE_OK) return -1;
  const int rc = sqlite3_step(st);
  sqlite3_finalize(st);
  if (rc != SQLITE_ROW) return 0;
  return sqlite3_column_int(st, 0);  // expect: session-use-after-scope
}

// one statement after the other in the same variable
int twoCounts(sqlite3* db) {
  sqlite3_stmt* st = nullptr;
  int total = 0;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM track", -1, &st, nullptr) == SQLITE_OK) {
    if (sqlite3_step(st) == SQLITE_ROW) total += sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    st = nullptr;
  }
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM album", -1, &st, nullptr) != SQLITE_OK) return total;
  if (sqlite3_step(st) == SQLITE_ROW) total += sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  return total;
}

int twoCountsInARow(sqlite3* db) {
  sqlite3_stmt* st = nullptr;
  int total = 0;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM track", -1, &st, nullptr) != SQLITE_OK) return -1;  // expect: session-leak
  if (sqlite3_step(st) == SQLITE_ROW) total += sqlite3_column_int(st, 0);
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM album", -1, &st, nullptr) != SQLITE_OK) return total;
  if (sqlite3_step(st) == SQLITE_ROW) total += sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  return total;
}

int exportTo(const std::string& path, const std::vector<std::string>& statements) {
  sqlite3* out = nullptr;
  if (sqlite3_open(path.c_str(), &out) != SQLITE_OK) {  // expect: session-leak
    sqlite3_close(out);
    return -1;
  }
  int done = 0;
  for (const std::string& statement : statements) {
    execute(out, statement);
    ++done;
  }
  sqlite3_close(out);
  return done;
}

int openReadOnly(const char* path, sqlite3** out) {
  *out = nullptr;
  sqlite3* db = nullptr;
  const int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr);
  if (rc != SQLITE_OK) {
    sqlite3_close(db);
    return rc;
  }
  *out = db;
  return SQLITE_OK;
}

bool backup(sqlite3* from, const std::string& path) {
  sqlite3* to = nullptr;
  bool ok = false;
  if (sqlite3_open(path.c_str(), &to) == SQLITE_OK) {  // expect: session-raw-construction
    if (sqlite3_backup* b = sqlite3_backup_init(to, "main", from, "main")) {
      while (sqlite3_backup_step(b, 64) == SQLITE_OK) continue;
      ok = sqlite3_backup_finish(b) == SQLITE_OK;
    }
  }
  sqlite3_close(to);
  return ok;
}

bool purge(sqlite3* db) {
  for (int round = 0; round < 100; ++round) {
    if (sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
    const int rc = sqlite3_exec(db, "DELETE FROM history WHERE id IN (SELECT id FROM history LIMIT 500)", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) {
      sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
      return false;
    }
    const int changed = sqlite3_changes(db);
    if (sqlite3_exec(db, "END", nullptr, nullptr, nullptr) != SQLITE_OK) {
      sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
      return false;
    }
    if (changed == 0) break;
  }
  return true;
}

bool touchWithRetry(sqlite3* db, int track) {
  const std::string sql = "UPDATE track SET played = played + 1 WHERE id = " + std::to_string(track);
  for (int attempt = 0; attempt < 5; ++attempt) {
    int rc = sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    if (rc == SQLITE_OK) {
      rc = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
      if (rc == SQLITE_OK) rc = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
      if (rc == SQLITE_OK) return true;
      sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    if (rc != SQLITE_BUSY) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << attempt));
  }
  return false;
}

bool optimise(sqlite3* db, bool alreadyInTransaction) {
  if (!alreadyInTransaction && sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  const bool ok = sqlite3_exec(db, "DELETE FROM track WHERE gone = 1", nullptr, nullptr, nullptr) == SQLITE_OK;
  if (alreadyInTransaction) return ok;
  sqlite3_exec(db, ok ? "COMMIT" : "ROLLBACK", nullptr, nullptr, nullptr);
  return ok;
}

}  // namespace media
