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

  void addAlbum(const std::string& title, const std::vector<std::string>& tracks) {
    execute(db_, "BEGIN");  // expect: session-missing-rollback
    Statement add(db_, "INSERT INTO album(title) VALUES (?)");
    add.bind(1, title).step();
    const int album = static_cast<int>(sqlite3_last_insert_rowid(db_));
    Statement track(db_, "INSERT INTO track(album, title) VALUES (?, ?)");
    for (const std::string& name : tracks) {
      track.bind(1, album).bind(2, name).step();
      track.reset();
    }
    execute(db_, "COMMIT");
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

void rateAll(Library& library, const std::map<int, int>& ratings) {
  Transaction tx(library.handle());
  for (const auto& [track, stars] : ratings) {
    try {
      Statement rate(library.handle(), "UPDATE track SET stars = ? WHERE id = ?");
      rate.bind(1, stars).bind(2, track).step();
      Statement(library.handle(), "INSERT INTO history(track) VALUES (?)").bind(1, track).step();
    } catch (const SqlError& e) {  // expect: session-swallow-and-commit
      std::cerr << "track " << track << ": " << e.what() << '\n';
    }
  }
  tx.commit();
}

int titles(sqlite3* db, std::vector<std::string>& out) {
  sqlite3_stmt* st = nullptr;
  int rc = sqlite3_prepare_v2(db, "SELECT title FROM track", -1, &st, nullptr);
  if (rc != SQLITE_OK) return rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) out.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(st, 0)));
  sqlite3_finalize(st);
  return rc == SQLITE_DONE ? SQLITE_OK : rc;
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

void closeTwice(Library& library, const char* path) {
  sqlite3* attached = nullptr;
  const int rc = openReadOnly(path, &attached);
  if (rc != SQLITE_OK) {
    std::cerr << "error " << rc << '\n';
    return;
  }
  std::vector<std::string> names;
  if (titles(attached, names) != SQLITE_OK) {
    std::cerr << sqlite3_errmsg(attached) << '\n';
    sqlite3_close(attached);
  }
  std::cerr << names.size() << " of " << sqlite3_total_changes(library.handle()) << '\n';
  sqlite3_close(attached);  // expect: session-double-end
}

}  // namespace media
