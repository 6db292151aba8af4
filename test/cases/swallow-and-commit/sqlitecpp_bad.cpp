// Exceptions swallowed inside a transaction of SQLiteCpp that is committed all the same.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

// Half of the migration, as if it were all.
void migrate(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  db.exec("ALTER TABLE words ADD COLUMN lang TEXT");
  try {
    db.exec("UPDATE words SET lang = 'en'");
    db.exec("CREATE INDEX langs ON words(lang)");
  } catch (const SQLite::Exception& e) { // expect: session-swallow-and-commit
    logError(e.getErrorStr());
  }
  transaction.commit();
}

// By hand.
int addAll(SQLite::Database& db, const std::vector<std::string>& words) {
  int n = 0;
  db.tryExec("BEGIN");
  try {
    db.exec("DELETE FROM words");
    SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
    for (const std::string& word : words) {
      insert.bind(1, word);
      n += insert.exec();
      insert.reset();
    }
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    logError(e.what());
  }
  db.tryExec("COMMIT");
  return n;
}

// In a helper that throws.
class Lexicon {
public:
  explicit Lexicon(const std::string& path) : db_(path, SQLite::OPEN_READWRITE) {}

  void replace(const std::string& from, const std::string& to) {
    SQLite::Transaction transaction(db_);
    try {
      erase(from);
      insert(to);
    } catch (...) { // expect: session-swallow-and-commit
      ++failures_;
    }
    transaction.commit();
  }

private:
  void erase(const std::string& word) {
    SQLite::Statement statement(db_, "DELETE FROM words WHERE word = ?");
    statement.bind(1, word);
    statement.exec();
  }
  void insert(const std::string& word) {
    SQLite::Statement statement(db_, "INSERT INTO words(word) VALUES(?)");
    statement.bind(1, word);
    statement.exec();
  }

  SQLite::Database db_;
  int failures_ = 0;
};
