// library: sqlitecpp
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>
#include <SQLiteCpp/Savepoint.h>
#include <SQLiteCpp/SQLiteCpp.h>

namespace photos {

namespace fs = std::filesystem;

struct Options {
  std::string file = "library.db";
  int busyMs = 500;
  bool keepThumbs = true;
};
struct Meta {
  std::string path;
  std::string camera;
  long long bytes = 0;
};

void log(const std::string& s) noexcept { std::clog << s << '\n'; }
Meta readMeta(const std::string& path);
std::string hashOf(const std::string& path);
bool isSupported(const fs::path& p);

class Library {
public:
  explicit Library(const Options& o)
      : options_(o), db_(o.file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, o.busyMs),
        insert_(db_, "INSERT INTO photo(path, camera, bytes) VALUES(?, ?, ?)"),
        byPath_(db_, "SELECT id FROM photo WHERE path = ?") {}

  long long add(const Meta& m);
  int scan(const std::string& root);
  std::optional<long long> lookup(const std::string& path);
  bool remove(long long id);
  void moveAlbum(long long album, const std::string& to);
  int dedupe();
  void importList(std::istream& in);
  void tagAll(const std::vector<long long>& ids, const std::string& tag);
  bool rebuild();
  std::vector<std::string> cameras();
  void setRating(long long id, int stars);
  int prune(int limit);
  void compact();
  void swapCovers(long long a, long long b);
  bool lockAlbum(long long album);
  int merge(const std::vector<Meta>& metas);
  void resetCounters();
  void share(long long album, const std::string& user);

private:
  Options options_;
  SQLite::Database db_;
  SQLite::Statement insert_;
  SQLite::Statement byPath_;
  std::unordered_map<std::string, long long> known_;
};

class Rewind {
public:
  explicit Rewind(SQLite::Statement& s) : s_(s) {}
  Rewind(const Rewind&) = delete;
  ~Rewind() {
    s_.tryReset();
    try {
      s_.clearBindings();
    } catch (const SQLite::Exception& e) {
      log(e.what());
    }
  }

private:
  SQLite::Statement& s_;
};

long long Library::add(const Meta& m) {
  Rewind rewind(insert_);
  insert_.bind(1, m.path);
  insert_.bind(2, m.camera);
  insert_.bind(3, static_cast<int64_t>(m.bytes));
  insert_.exec();
  return db_.getLastInsertRowid();
}

int Library::scan(const std::string& root) {
  int n = 0;
  SQLite::Transaction tx(db_);
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || !isSupported(entry.path()))
      continue;
    Meta m;
    try {
      m = readMeta(entry.path().string());
    } catch (const std::runtime_error& e) {
      log(entry.path().string() + ": " + e.what());
      continue;
    }
    add(m);
    ++n;
  }
  tx.commit();
  return n;
}

std::optional<long long> Library::lookup(const std::string& path) {
  if (auto it = known_.find(path); it != known_.end())
    return it->second;
  Rewind rewind(byPath_);
  byPath_.bind(1, path);
  if (!byPath_.executeStep())
    return std::nullopt;
  const long long id = byPath_.getColumn(0).getInt64();
  known_.emplace(path, id);
  return id;
}

bool Library::remove(long long id) {
  db_.exec("BEGIN IMMEDIATE");
  try {
    SQLite::Statement del(db_, "DELETE FROM photo WHERE id = ?");
    del.bind(1, static_cast<int64_t>(id));
    if (del.exec() == 0) {
      db_.exec("ROLLBACK");
      return false;
    }
    db_.exec("DELETE FROM thumb WHERE photo NOT IN (SELECT id FROM photo)");
    db_.exec("COMMIT");
    return true;
  } catch (const SQLite::Exception& e) {  // expect: session-missing-rollback
    log(std::string("remove: ") + e.what());
  }
  return false;
}

void Library::moveAlbum(long long album, const std::string& to) {
  db_.exec("BEGIN IMMEDIATE");
  try {
    SQLite::Statement move(db_, "UPDATE album SET parent = (SELECT id FROM album WHERE name = ?) WHERE id = ?");
    move.bind(1, to);
    move.bind(2, static_cast<int64_t>(album));
    move.exec();
    SQLite::Statement check(db_, "SELECT parent FROM album WHERE id = ?");
    check.bind(1, static_cast<int64_t>(album));
    if (!check.executeStep() || check.getColumn(0).isNull())
      throw std::invalid_argument("no album " + to);
  } catch (...) {
    db_.tryExec("ROLLBACK");
    throw;
  }
  if (db_.tryExec("COMMIT") != SQLite::OK) {
    db_.tryExec("ROLLBACK");
    throw std::runtime_error("album not moved");
  }
}

int Library::dedupe() {
  std::map<std::string, long long> seen;
  std::vector<long long> doubles;
  SQLite::Transaction tx(db_);
  SQLite::Statement all(db_, "SELECT id, path FROM photo ORDER BY id");
  while (all.executeStep()) {
    const long long id = all.getColumn(0).getInt64();
    const auto [it, fresh] = seen.emplace(hashOf(all.getColumn(1).getString()), id);
    if (!fresh)
      doubles.push_back(id);
  }
  if (doubles.empty())
    return 0;
  for (long long id : doubles)
    db_.exec("DELETE FROM photo WHERE id = " + std::to_string(id));
  tx.commit();
  return static_cast<int>(doubles.size());
}

void Library::importList(std::istream& in) {
  std::string line;
  std::optional<SQLite::Transaction> tx;
  int pending = 0;
  while (std::getline(in, line)) {
    if (!tx)
      tx.emplace(db_);
    add(readMeta(line));
    if (++pending == 200) {
      tx->commit();
      tx.reset();
      pending = 0;
    }
  }
  if (tx)
    tx->commit();
}

void Library::tagAll(const std::vector<long long>& ids, const std::string& tag) {
  SQLite::Statement ins(db_, "INSERT INTO tag(photo, name) VALUES(?, ?)");
  SQLite::Transaction tx(db_);  // expect: session-unfinished-transaction
  for (long long id : ids) {
    Rewind rewind(ins);
    ins.bind(1, static_cast<int64_t>(id));
    ins.bind(2, tag);
    ins.exec();
  }
  log("tagged " + std::to_string(ids.size()));
}

bool Library::rebuild() {
  try {
    SQLite::Transaction tx(db_, SQLite::TransactionBehavior::EXCLUSIVE);
    db_.exec("DELETE FROM search");
    SQLite::Statement st(db_, "SELECT id, path FROM photo");
    SQLite::Statement ins(db_, "INSERT INTO search(photo, word) VALUES(?, ?)");
    while (st.executeStep()) {
      ins.bind(1, st.getColumn(0).getInt64());
      ins.bind(2, fs::path(st.getColumn(1).getString()).stem().string());
      ins.exec();
      ins.reset();
    }
    st.reset();
    tx.commit();
  } catch (const SQLite::Exception& e) {
    log(std::string("rebuild: ") + e.getErrorStr());
    return false;
  }
  return true;
}

std::vector<std::string> Library::cameras() {
  std::vector<std::string> out;
  SQLite::Statement st(db_, "SELECT DISTINCT camera FROM photo");
  for (auto& s = st; s.executeStep();)
    out.push_back(s.getColumn(0).getString());
  std::sort(out.begin(), out.end());
  return out;
}

void Library::setRating(long long id, int stars) {
  SQLite::Transaction tx(db_);
  SQLite::Statement up(db_, "UPDATE photo SET stars = ? WHERE id = ?");
  up.bind(1, stars);
  up.bind(2, static_cast<int64_t>(id));
  up.exec();
  db_.exec("COMMIT");
  log("rated");
  tx.commit();  // expect: session-double-end
}

int Library::prune(int limit) {
  int total = 0;
  for (int changed = limit; changed == limit;) {
    SQLite::Transaction tx(db_, SQLite::TransactionBehavior::IMMEDIATE);
    changed = db_.exec("DELETE FROM event WHERE id IN (SELECT id FROM event LIMIT " + std::to_string(limit) + ")");
    total += changed;
    tx.commit();
  }
  return total;
}

void Library::compact() {
  {
    SQLite::Transaction tx(db_);
    db_.exec("DELETE FROM thumb WHERE stale = 1");
    if (!options_.keepThumbs)
      db_.exec("DELETE FROM thumb");
    tx.commit();
  }
  db_.exec("VACUUM");
  db_.exec("PRAGMA optimize");
}

void Library::swapCovers(long long a, long long b) {
  SQLite::Transaction tx(db_);
  const std::string first = db_.execAndGet("SELECT cover FROM album WHERE id = " + std::to_string(a)).getString();
  const std::string second = db_.execAndGet("SELECT cover FROM album WHERE id = " + std::to_string(b)).getString();
  SQLite::Statement up(db_, "UPDATE album SET cover = ? WHERE id = ?");
  for (const auto& [id, cover] : {std::pair{a, second}, std::pair{b, first}}) {
    Rewind rewind(up);
    up.bind(1, cover);
    up.bind(2, static_cast<int64_t>(id));
    up.exec();
  }
  tx.commit();
}

bool Library::lockAlbum(long long album) {
  if (db_.tryExec("BEGIN IMMEDIATE") != SQLite::OK)
    return false;
  const std::string id = std::to_string(album);
  const bool done = db_.tryExec("UPDATE album SET locked = 1 WHERE id = " + id) == SQLite::OK &&
                    db_.tryExec("INSERT INTO lock_log(album) VALUES(" + id + ")") == SQLite::OK &&
                    db_.tryExec("COMMIT") == SQLite::OK;
  if (!done)
    db_.tryExec("ROLLBACK");
  return done;
}

int Library::merge(const std::vector<Meta>& metas) {
  SQLite::Transaction tx(db_);
  int n = 0;
  for (const Meta& m : metas) {
    SQLite::Savepoint point(db_, "merge_one");
    try {
      add(m);
      db_.exec("UPDATE counter SET n = n + 1");
      point.release();
      ++n;
    } catch (const SQLite::Exception& e) {
      log(m.path + ": " + e.what());
    }
  }
  tx.commit();
  return n;
}

void Library::resetCounters() {
  db_.exec("BEGIN");  // expect: session-missing-rollback
  if (db_.tryExec("UPDATE counter SET n = 0") != SQLite::OK) {
    db_.tryExec("ROLLBACK");
    return;
  }
  log("counters reset");
  SQLite::Transaction tx(db_);  // expect: session-nested-begin
  db_.exec("UPDATE counter_log SET at = datetime('now')");
  tx.commit();
}

void Library::share(long long album, const std::string& user) {
  SQLite::Transaction tx(db_);
  db_.exec("UPDATE album SET shared = 1 WHERE id = " + std::to_string(album));
  SQLite::Database side(options_.file, SQLite::OPEN_READWRITE);  // waits: session-split-unit-of-work
  SQLite::Statement ins(side, "INSERT INTO share(album, user) VALUES(?, ?)");
  ins.bind(1, static_cast<int64_t>(album));
  ins.bind(2, user);
  ins.exec();
  tx.commit();
}

std::unique_ptr<SQLite::Database> openReadOnly(const std::string& file) {
  auto db = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READONLY);
  db->setBusyTimeout(1000);
  if (db->execAndGet("PRAGMA user_version").getInt() < 4)
    throw std::runtime_error("library too old");
  return db;
}

SQLite::Statement& firstRow(SQLite::Statement& st) {
  if (!st.executeStep())
    throw std::out_of_range("empty");
  return st;
}

long long totalBytes(const std::string& file) {
  auto db = openReadOnly(file);
  SQLite::Statement st(*db, "SELECT sum(bytes) FROM photo");
  return firstRow(st).getColumn(0).getInt64();
}

std::string largest(const std::string& file) {
  std::unique_ptr<SQLite::Statement> st;
  SQLite::Database* db = nullptr;
  if (fs::exists(file)) {
    SQLite::Database local(file, SQLite::OPEN_READONLY);
    db = &local;
    log(db->getFilename());
  }
  if (!db)
    return {};
  st = std::make_unique<SQLite::Statement>(*db, "SELECT path FROM photo ORDER BY bytes DESC LIMIT 1");  // expect: session-use-after-scope
  return st->executeStep() ? st->getColumn(0).getString() : std::string();
}

std::future<int> verifyAsync(const std::string& file) {
  auto db = openReadOnly(file);
  return std::async(std::launch::async, [db = std::move(db)] {
    int missing = 0;
    SQLite::Statement st(*db, "SELECT path FROM photo");
    while (st.executeStep())
      missing += fs::exists(st.getColumn(0).getString()) ? 0 : 1;
    return missing;
  });
}

} // namespace photos
