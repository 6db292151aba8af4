// Transactions begun by hand on a database of SQLiteCpp that nobody rolls back when a statement fails.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& what);

// Nothing catches.
void storeAll(SQLite::Database& db, const std::vector<std::string>& names) {
  db.exec("BEGIN"); // expect: session-missing-rollback
  SQLite::Statement insert(db, "INSERT INTO names(name) VALUES(?)");
  for (const std::string& name : names) {
    insert.bind(1, name);
    insert.exec();
    insert.reset();
  }
  db.exec("COMMIT");
}

// Caught, logged, forgotten.
bool migrate(SQLite::Database& db, int version) {
  db.exec("BEGIN EXCLUSIVE TRANSACTION");
  try {
    db.exec("ALTER TABLE names ADD COLUMN lang TEXT");
    db.exec("PRAGMA user_version = " + std::to_string(version));
    db.exec("COMMIT TRANSACTION");
  } catch (const SQLite::Exception& e) { // expect: session-missing-rollback
    logError(e.getErrorStr());
    return false;
  }
  return true;
}

// Another exception than the one that was thought of.
int prune(SQLite::Database& db, int age) {
  int removed = 0;
  db.exec("BEGIN IMMEDIATE");
  try {
    if (age < 1)
      throw std::invalid_argument("age");
    SQLite::Statement erase(db, "DELETE FROM names WHERE age > ?");
    erase.bind(1, age);
    removed = erase.exec();
    db.exec("UPDATE meta SET pruned = 1");
    db.exec("COMMIT");
  } catch (const std::invalid_argument& e) {
    db.tryExec("ROLLBACK");
    logError(e.what());
  } catch (const SQLite::Exception& e) { // expect: session-missing-rollback
    logError(e.getErrorStr());
  }
  return removed;
}

class Index {
public:
  explicit Index(const std::string& path) : db_(path, SQLite::OPEN_READWRITE) {}

  // The member keeps its transaction until the next begin fails.
  void rebuild() {
    db_.exec("BEGIN"); // expect: session-missing-rollback
    db_.exec("DELETE FROM words");
    db_.exec("INSERT INTO words SELECT DISTINCT word FROM texts");
    db_.exec("COMMIT");
    ++generation_;
  }

private:
  SQLite::Database db_;
  int generation_ = 0;
};

// A small helper begins and commits.
void run(SQLite::Database& db, const char* text) {
  db.exec(text);
}

void swapTables(SQLite::Database& db) {
  run(db, "BEGIN");
  try {
    run(db, "ALTER TABLE live RENAME TO old");
    run(db, "ALTER TABLE next RENAME TO live");
    run(db, "COMMIT");
  } catch (...) { // expect: session-missing-rollback
    logError("tables not swapped");
    throw;
  }
}
