// Databases of SQLiteCpp that have an owner from the start.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

int countWords(const std::string& path) {
  SQLite::Database db(path);
  return db.execAndGet("SELECT count(*) FROM words").getInt();
}

int countBooks(const std::string& path) {
  const auto db = std::make_unique<SQLite::Database>(path);
  return db->execAndGet("SELECT count(*) FROM books").getInt();
}

int countTags(const std::string& path) {
  const std::unique_ptr<SQLite::Database> db(new SQLite::Database(path));
  return db->execAndGet("SELECT count(*) FROM tags").getInt();
}

// With a deleter that says goodbye.
std::shared_ptr<SQLite::Database> shared(const std::string& path) {
  return std::shared_ptr<SQLite::Database>(new SQLite::Database(path, SQLite::OPEN_READWRITE), [](SQLite::Database* db) {
    db->tryExec("PRAGMA optimize");
    delete db;
  });
}

// A factory with a raw result, and a caller that owns at once.
SQLite::Database* makeDatabase(const std::string& path) {
  auto* db = new SQLite::Database(path, SQLite::OPEN_READWRITE);
  return db;
}

int migrate(const std::string& path) {
  const std::unique_ptr<SQLite::Database> db(makeDatabase(path));
  return db->exec("PRAGMA user_version = 2");
}

// In a member.
class Lexicon {
public:
  explicit Lexicon(const std::string& path) : db_(new SQLite::Database(path)) {}
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;
  Lexicon(Lexicon&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  ~Lexicon() { delete db_; }
  int size() { return db_->execAndGet("SELECT count(*) FROM words").getInt(); }

private:
  SQLite::Database* db_;
};

// In storage of its own.
class Slot {
public:
  Slot() = default;
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() { clear(); }
  void open(const std::string& path) {
    clear();
    db_ = new (storage_) SQLite::Database(path);
  }
  void clear() noexcept {
    if (db_ != nullptr)
      db_->~Database();
    db_ = nullptr;
  }

private:
  alignas(SQLite::Database) unsigned char storage_[sizeof(SQLite::Database)] = {};
  SQLite::Database* db_ = nullptr;
};

// Owners in a container.
void openAll(std::vector<std::unique_ptr<SQLite::Database>>& databases, const std::vector<std::string>& paths) {
  databases.reserve(databases.size() + paths.size());
  for (const std::string& path : paths)
    databases.emplace_back(new SQLite::Database(path));
}

// Handed to a function that takes ownership.
class Cache {
public:
  void attach(std::unique_ptr<SQLite::Database> db) { db_ = std::move(db); }

private:
  std::unique_ptr<SQLite::Database> db_;
};

void openCache(Cache& cache, const std::string& path) {
  auto* db = new SQLite::Database(path, SQLite::OPEN_READWRITE);
  cache.attach(std::unique_ptr<SQLite::Database>(db));
}
