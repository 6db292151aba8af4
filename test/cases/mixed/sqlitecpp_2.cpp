// Tile cache of a map viewer on SQLiteCpp: writers, caches, lazy statements
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace tiles {

struct Key {
  int zoom = 0;
  int x = 0;
  int y = 0;
};

using Blob = std::vector<unsigned char>;

class Cache {
public:
  explicit Cache(const std::filesystem::path& file)
      : db_(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), find_(db_, "SELECT data FROM tile WHERE z = ? AND x = ? AND y = ?") {
    db_.setBusyTimeout(1000);
  }

  std::optional<Blob> get(const Key& key) {
    find_.reset();
    find_.bind(1, key.zoom);
    find_.bind(2, key.x);
    find_.bind(3, key.y);
    if (!find_.executeStep()) return std::nullopt;
    const SQLite::Column column = find_.getColumn(0);
    const auto* data = static_cast<const unsigned char*>(column.getBlob());
    return Blob(data, data + column.getBytes());
  }

  void put(const Key& key, const Blob& blob) {
    SQLite::Statement st(db_, "REPLACE INTO tile VALUES (?, ?, ?, ?)");
    st.bind(1, key.zoom);
    st.bind(2, key.x);
    st.bind(3, key.y);
    st.bind(4, blob.data(), static_cast<int>(blob.size()));
    st.exec();
  }

  void putAll(const std::vector<std::pair<Key, Blob>>& all) {
    SQLite::Transaction tx(db_);
    for (const auto& [key, blob] : all) put(key, blob);
    tx.commit();
  }

  void replaceAll(const std::vector<std::pair<Key, Blob>>& all) {
    SQLite::Transaction tx(db_);
    db_.exec("DELETE FROM tile");
    putAll(all);  // expect: session-nested-begin
    tx.commit();
  }

  void expire(std::chrono::seconds age) {
    SQLite::Transaction tx(db_);  // expect: session-unfinished-transaction
    SQLite::Statement st(db_, "DELETE FROM tile WHERE age > ?");
    st.bind(1, static_cast<std::int64_t>(age.count()));
    const int n = st.exec();
    std::clog << n << " tiles expired\n";
  }

  bool expireZoom(int zoom, int atMost) {
    SQLite::Transaction tx(db_);
    SQLite::Statement st(db_, "DELETE FROM tile WHERE z = ?");
    st.bind(1, zoom);
    if (st.exec() > atMost) return false;
    tx.commit();
    return true;
  }

  // begin and end are called by the downloader
  void startBatch() {
    if (!batch_) batch_.emplace(db_);
  }
  void finishBatch() {
    if (batch_) batch_->commit();
    batch_.reset();
  }
  void dropBatch() { batch_.reset(); }

  SQLite::Database& database() { return db_; }

private:
  SQLite::Database db_;
  SQLite::Statement find_;
  std::optional<SQLite::Transaction> batch_;
};

void download(Cache& cache, const std::vector<Key>& keys, const std::function<Blob(const Key&)>& fetch) {
  cache.startBatch();
  try {
    for (const Key& key : keys) cache.put(key, fetch(key));
  } catch (...) {
    cache.dropBatch();
    throw;
  }
  cache.finishBatch();
}

class AlwaysBatch {
public:
  explicit AlwaysBatch(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  ~AlwaysBatch() {
    db_.exec("COMMIT");  // expect: session-commit-in-destructor
  }

private:
  SQLite::Database& db_;
};

void mark(SQLite::Database& db, int zoom) {
  try {
    SQLite::Transaction tx(db);
    db.exec("UPDATE tile SET marked = 1 WHERE z = " + std::to_string(zoom));
    tx.commit();
  } catch (const SQLite::Exception& e) {
    SQLite::Transaction tx(db);
    SQLite::Statement st(db, "INSERT INTO problem(text) VALUES (?)");
    st.bind(1, std::string(e.what()));
    st.exec();
    tx.commit();
  }
}

bool markWithRetry(SQLite::Database& db, int zoom, int attempts) {
  while (attempts-- > 0) {
    try {
      SQLite::Transaction tx(db, SQLite::TransactionBehavior::IMMEDIATE);
      db.exec("UPDATE tile SET marked = 1 WHERE z = " + std::to_string(zoom));
      tx.commit();
      return true;
    } catch (const SQLite::Exception& e) {
      if (e.getErrorCode() != 5) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

bool unmark(SQLite::Database& db, int zoom) {
  if (db.tryExec("BEGIN") != SQLite::OK) return false;
  if (db.tryExec("UPDATE tile SET marked = 0 WHERE z = " + std::to_string(zoom)) != SQLite::OK) {
    db.tryExec("ROLLBACK");
    return false;
  }
  return db.tryExec("COMMIT") == SQLite::OK;
}

bool unmarkAll(SQLite::Database& db) {
  if (db.tryExec("BEGIN") != SQLite::OK) return false;  // expect: session-unfinished-transaction
  if (db.tryExec("UPDATE tile SET marked = 0") != SQLite::OK) {
    std::cerr << db.getErrorMsg() << '\n';
    return false;
  }
  return db.tryExec("COMMIT") == SQLite::OK;
}

std::unique_ptr<SQLite::Statement> zooms(const std::string& file) {
  SQLite::Database db(file);
  auto st = std::make_unique<SQLite::Statement>(db, "SELECT DISTINCT z FROM tile");
  return st;  // expect: session-use-after-scope
}

std::unique_ptr<SQLite::Statement> zoomsOf(SQLite::Database& db) {
  return std::make_unique<SQLite::Statement>(db, "SELECT DISTINCT z FROM tile");
}

std::vector<int> listZooms(SQLite::Database& db) {
  std::vector<int> all;
  for (const auto st = zoomsOf(db); st->executeStep();) all.push_back(st->getColumn(0));
  return all;
}

class Viewer {
public:
  explicit Viewer(std::string file) : file_(std::move(file)) {}

  int size() { return cache().database().execAndGet("SELECT count(*) FROM tile").getInt(); }

  void show(const Key& key, const std::function<Blob(const Key&)>& fetch) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (cache().get(key)) return;
    try {
      cache().put(key, fetch(key));
    } catch (const SQLite::Exception& e) {
      std::cerr << e.what() << '\n';
    }
  }

  void close() { cache_.reset(); }

private:
  Cache& cache() {
    if (!cache_) cache_ = std::make_unique<Cache>(file_);
    return *cache_;
  }

  std::string file_;
  std::mutex mutex_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace tiles
