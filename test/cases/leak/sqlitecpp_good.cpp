// Databases and statements of SQLiteCpp that are given back on every path.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

int countWords(const std::string& path, bool fresh) {
  SQLite::Database db(path);
  const int n = db.execAndGet("SELECT count(*) FROM words").getInt();
  if (fresh && n == 0)
    return 0;
  return n;
}

// The statement is a member of the same object.
class Lexicon {
public:
  explicit Lexicon(const std::string& path)
      : db_(std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)) {
    db_->exec("CREATE TABLE IF NOT EXISTS words(word TEXT)");
    insert_ = std::make_unique<SQLite::Statement>(*db_, "INSERT INTO words(word) VALUES(?)");
  }
  void add(const std::string& word) {
    insert_->reset();
    insert_->bind(1, word);
    insert_->exec();
  }

private:
  std::unique_ptr<SQLite::Database> db_;
  std::unique_ptr<SQLite::Statement> insert_;
};

// Handed out.
std::unique_ptr<SQLite::Database> openReadOnly(const std::string& path) {
  auto db = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READONLY);
  db->setBusyTimeout(5000);
  return db;
}

SQLite::Database openMemory() {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE);
  db.exec("CREATE TABLE words(word TEXT)");
  return db;
}

// A statement handed out by a database that lives elsewhere.
SQLite::Statement select(SQLite::Database& db, int id) {
  SQLite::Statement query(db, "SELECT word FROM words WHERE id = ?");
  query.bind(1, id);
  return query;
}

// The old C++ way, in a member.
class Legacy {
public:
  Legacy() : db_(nullptr) {}
  Legacy(const Legacy&) = delete;
  Legacy& operator=(const Legacy&) = delete;
  ~Legacy() { close(); }

  bool open(const std::string& path) {
    close();
    try {
      db_ = new SQLite::Database(path, SQLite::OPEN_READWRITE);
    } catch (const SQLite::Exception& e) {
      logError(e.what());
      return false;
    }
    return true;
  }
  void close() {
    delete db_;
    db_ = nullptr;
  }

private:
  SQLite::Database* db_;
};

// Released into another owner.
std::shared_ptr<SQLite::Database> share(std::unique_ptr<SQLite::Database> db) {
  if (!db)
    return nullptr;
  db->exec("PRAGMA query_only = ON");
  return std::shared_ptr<SQLite::Database>(db.release());
}

// Cached by path.
class Databases {
public:
  SQLite::Database& at(const std::string& path) {
    auto& slot = databases_[path];
    if (!slot)
      slot.reset(new SQLite::Database(path, SQLite::OPEN_READWRITE));
    return *slot;
  }
  void drop(const std::string& path) { databases_.erase(path); }

private:
  std::map<std::string, std::unique_ptr<SQLite::Database>> databases_;
};

// Own one only if none was passed.
int version(const std::string& path, SQLite::Database* given = nullptr) {
  std::optional<SQLite::Database> own;
  SQLite::Database& db = given != nullptr ? *given : own.emplace(path);
  return db.execAndGet("PRAGMA user_version").getInt();
}

// Given back with the last owner.
int words(const std::vector<std::string>& paths) {
  int n = 0;
  std::shared_ptr<SQLite::Database> last;
  for (const std::string& path : paths) {
    last = std::make_shared<SQLite::Database>(path);
    n += last->execAndGet("SELECT count(*) FROM words").getInt();
  }
  return n;
}
