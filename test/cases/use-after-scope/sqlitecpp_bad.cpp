// Databases, statements and columns of SQLiteCpp used after their end.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The statement outlives its database.
int countWords(const std::string& path) {
  std::optional<SQLite::Statement> query;
  {
    SQLite::Database db(path);
    query.emplace(db, "SELECT count(*) FROM words");
  }
  return query->executeStep() ? 1 : 0; // expect: session-use-after-scope
}

// The column is of a row that is no longer there.
std::string firstWord(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT word FROM words ORDER BY id LIMIT 1");
  if (!query.executeStep())
    return "";
  const SQLite::Column word = query.getColumn(0);
  query.reset();
  return word.getString(); // expect: session-use-after-scope
}

// So is the text.
std::size_t lengthOf(SQLite::Database& db, int id) {
  SQLite::Statement query(db, "SELECT word FROM words WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep())
    return 0;
  const char* text = query.getColumn(0).getText();
  query.reset();
  return std::string(text).size(); // expect: session-use-after-scope
}

// A view of what the statement owns leaves the function.
std::string_view title(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT title FROM books LIMIT 1");
  query.executeStep();
  const char* text = query.getColumn(0).getText();
  return text; // expect: session-use-after-scope
}

// Moved away.
std::unique_ptr<SQLite::Database> adopt(SQLite::Database& db) {
  auto owner = std::make_unique<SQLite::Database>(std::move(db));
  db.exec("PRAGMA optimize"); // expect: session-use-after-scope
  return owner;
}

// The owner let go, the pointer did not.
int vacuum(const std::string& path) {
  auto owner = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE);
  SQLite::Database* db = owner.get();
  db->exec("DELETE FROM words");
  owner.reset();
  return db->exec("VACUUM"); // expect: session-use-after-scope
}

// The pointer outlives the database of the inner block.
void enqueue(const std::string& path, bool urgent) {
  SQLite::Database* last = nullptr;
  if (urgent) {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    db.exec("INSERT INTO tasks DEFAULT VALUES");
    last = &db;
  }
  if (last != nullptr)
    last->exec("UPDATE counters SET n = n + 1"); // expect: session-use-after-scope
}

// Kept for later, when the database is gone.
class Lexicon {
public:
  void load(const std::string& path) {
    SQLite::Database db(path);
    db_ = &db; // expect: session-use-after-scope
  }
  int size() { return db_->execAndGet("SELECT count(*) FROM words").getInt(); }

private:
  SQLite::Database* db_ = nullptr;
};

std::function<int()> counter(const std::string& path) {
  SQLite::Database db(path);
  return [&db] { return db.execAndGet("SELECT count(*) FROM words").getInt(); }; // expect: session-use-after-scope
}

// A view that was declared before what it looks into.
std::string shortName(SQLite::Database& db, int id) {
  std::string_view name;
  {
    SQLite::Statement query(db, "SELECT name FROM people WHERE id = ?");
    query.bind(1, id);
    if (query.executeStep()) name = query.getColumn(0).getText();
  }
  return std::string(name.substr(0, 8)); // expect: session-use-after-scope
}
