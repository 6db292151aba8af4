// Databases and statements of SQLiteCpp made with new that are not deleted on some path.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

// Both the early return and a failing statement skip the delete.
int countWords(const std::string& path, bool fresh) {
  auto* db = new SQLite::Database(path); // expect: session-leak
  const int n = db->execAndGet("SELECT count(*) FROM words").getInt();
  if (fresh && n == 0)
    return 0;
  delete db;
  return n;
}

// The handler forgets.
bool clear(const std::string& path, const std::vector<std::string>& tables) {
  SQLite::Database* db = nullptr;
  try {
    db = new SQLite::Database(path, SQLite::OPEN_READWRITE); // expect: session-leak
    for (const std::string& table : tables)
      db->exec("DELETE FROM " + table);
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
    return false;
  }
  delete db;
  return true;
}

// A statement: the database cannot be closed as long as it is there.
bool exists(SQLite::Database& db, const std::string& word) {
  SQLite::Statement* query = new SQLite::Statement(db, "SELECT 1 FROM words WHERE word = ?"); // expect: session-leak
  query->bind(1, word);
  const bool found = query->executeStep();
  delete query;
  return found;
}

// The constructor throws when the setup fails; its destructor will not run.
class Lexicon {
public:
  explicit Lexicon(const std::string& path) {
    db_ = new SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE); // expect: session-leak
    db_->exec("CREATE TABLE IF NOT EXISTS words(word TEXT)");
  }
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;
  ~Lexicon() { delete db_; }

  void add(const std::string& word) {
    SQLite::Statement insert(*db_, "INSERT INTO words(word) VALUES(?)");
    insert.bind(1, word);
    insert.exec();
  }

private:
  SQLite::Database* db_ = nullptr;
};

// The continue jumps over the delete.
void optimise(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    SQLite::Database* db = new SQLite::Database(path, SQLite::OPEN_READWRITE); // expect: session-leak
    if (db->tryExec("PRAGMA optimize") != 0)
      continue;
    delete db;
  }
}
