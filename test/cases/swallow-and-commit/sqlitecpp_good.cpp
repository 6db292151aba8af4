// Exceptions inside a transaction of SQLiteCpp that are not committed over.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& what);

// Outside of the guard.
bool migrate(SQLite::Database& db) {
  try {
    SQLite::Transaction transaction(db);
    db.exec("ALTER TABLE words ADD COLUMN lang TEXT");
    db.exec("CREATE INDEX langs ON words(lang)");
    transaction.commit();
    return true;
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
  }
  return false;
}

// A savepoint for each row.
int addAll(SQLite::Database& db, const std::vector<std::string>& words) {
  int bad = 0;
  SQLite::Transaction transaction(db);
  for (const std::string& word : words) {
    try {
      SQLite::Savepoint savepoint(db, "word");
      SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
      insert.bind(1, word);
      insert.exec();
      savepoint.release();
    } catch (const SQLite::Exception& e) {
      logError(e.getErrorStr());
      ++bad;
    }
  }
  transaction.commit();
  return bad;
}

// Passed on.
void rename(SQLite::Database& db, const std::string& from, const std::string& to) {
  SQLite::Transaction transaction(db);
  try {
    db.exec("ALTER TABLE " + from + " RENAME TO " + to);
  } catch (const SQLite::Exception& e) {
    logError(from + ": " + e.getErrorStr());
    throw;
  }
  transaction.commit();
}

// Thrown anew.
void drop(SQLite::Database& db, const std::string& table) {
  SQLite::Transaction transaction(db);
  try {
    db.exec("DROP TABLE " + table);
  } catch (const SQLite::Exception& e) {
    throw std::runtime_error("cannot drop " + table + ": " + e.what());
  }
  transaction.commit();
}

// Left early.
bool clear(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  try {
    db.exec("DELETE FROM words");
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
    return false;
  }
  transaction.commit();
  return true;
}

// Swallowed before the transaction.
void optimise(SQLite::Database& db) {
  try {
    db.exec("PRAGMA journal_mode = WAL");
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
  }
  SQLite::Transaction transaction(db);
  db.exec("REINDEX");
  transaction.commit();
}

// Rolled back in the handler, committed if it was not.
bool prune(SQLite::Database& db, int age) {
  bool open = db.tryExec("BEGIN") == 0;
  try {
    SQLite::Statement erase(db, "DELETE FROM words WHERE age > ?");
    erase.bind(1, age);
    erase.exec();
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
    if (open)
      db.tryExec("ROLLBACK");
    open = false;
  }
  if (open)
    db.tryExec("COMMIT");
  return open;
}
