// Databases, statements and columns of SQLiteCpp that are used while they live.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A statement is executed again after a reset.
int addAll(SQLite::Database& db, const std::vector<std::string>& words) {
  SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
  int n = 0;
  for (const std::string& word : words) {
    insert.bind(1, word);
    n += insert.exec();
    insert.reset();
    insert.clearBindings();
  }
  return n;
}

// The value is copied before the reset.
std::string firstWord(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT word FROM words ORDER BY id LIMIT 1");
  std::string word;
  if (query.executeStep())
    word = query.getColumn(0).getString();
  query.reset();
  return word;
}

// A column shares its statement.
int size(SQLite::Database& db) {
  const SQLite::Column count = db.execAndGet("SELECT count(*) FROM words");
  return count.getInt();
}

// The row is read before the next step.
std::map<int, std::string> all(SQLite::Database& db) {
  std::map<int, std::string> words;
  SQLite::Statement query(db, "SELECT id, word FROM words");
  while (query.executeStep()) {
    const int id = query.getColumn(0);
    const char* word = query.getColumn(1);
    words.emplace(id, word);
  }
  return words;
}

// The returned text is a copy, though it does not look like one.
std::string title(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT title FROM books LIMIT 1");
  if (!query.executeStep())
    return {};
  return query.getColumn(0);
}

// The database comes along with the statement.
class Cursor {
public:
  explicit Cursor(const std::string& path) : db_(path), query_(db_, "SELECT word FROM words") {}
  bool next() { return query_.executeStep(); }
  std::string word() { return query_.getColumn(0).getString(); }

private:
  SQLite::Database db_;
  SQLite::Statement query_;
};

std::unique_ptr<Cursor> open(const std::string& path) {
  auto cursor = std::make_unique<Cursor>(path);
  return cursor->next() ? std::move(cursor) : nullptr;
}

// The statement goes before its database.
int countWords(const std::string& path) {
  SQLite::Database db(path);
  int n = 0;
  {
    SQLite::Statement query(db, "SELECT count(*) FROM words");
    if (query.executeStep())
      n = query.getColumn(0).getInt();
  }
  db.setBusyTimeout(100);
  return n;
}

// Moved, and used where it is now.
std::unique_ptr<SQLite::Database> adopt(SQLite::Database& db) {
  auto owner = std::make_unique<SQLite::Database>(std::move(db));
  owner->exec("PRAGMA optimize");
  return owner;
}

// Moved, and another one in its place.
void rotate(SQLite::Database& db, std::vector<SQLite::Database>& old, const std::string& next) {
  old.push_back(std::move(db));
  db = SQLite::Database(next, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec("CREATE TABLE IF NOT EXISTS words(word TEXT)");
}

// The pointer is set again before it is used.
int twice(const std::string& first, const std::string& second) {
  auto db = std::make_unique<SQLite::Database>(first);
  int n = db->execAndGet("SELECT count(*) FROM words").getInt();
  db.reset();
  db = std::make_unique<SQLite::Database>(second);
  n += db->execAndGet("SELECT count(*) FROM words").getInt();
  return n;
}

// Opened on demand, dropped when idle.
class Lazy {
public:
  explicit Lazy(std::string path) : path_(std::move(path)) {}
  int size() { return db().execAndGet("SELECT count(*) FROM words").getInt(); }
  void idle() { db_.reset(); }

private:
  SQLite::Database& db() {
    if (!db_)
      db_.emplace(path_);
    return *db_;
  }
  std::string path_;
  std::optional<SQLite::Database> db_;
};

// Shared by the function that is returned.
std::function<int()> counter(const std::string& path) {
  const auto db = std::make_shared<SQLite::Database>(path);
  return [db] { return db->execAndGet("SELECT count(*) FROM words").getInt(); };
}

// A transaction that is over leaves the database as it was.
int clear(SQLite::Database& db) {
  {
    SQLite::Transaction transaction(db);
    db.exec("DELETE FROM words");
    transaction.commit();
  }
  return db.getChanges();
}

// A view read while its statement lives.
std::size_t vowels(SQLite::Database& db, int id) {
  std::string_view name;
  SQLite::Statement query(db, "SELECT name FROM people WHERE id = ?");
  query.bind(1, id);
  if (query.executeStep()) name = query.getColumn(0).getText();
  if (name.empty() || name.front() == 'x') return 0;
  return name.find('a') == std::string_view::npos ? 0 : name.substr(0, 4).size();
}
