// Transactions of SQLiteCpp that are ended once.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <string>
#include <vector>

void logError(const std::string& what);

// The commit is the last statement of the try.
void add(SQLite::Database& db, const std::string& word) {
  db.exec("BEGIN");
  try {
    SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
    insert.bind(1, word);
    insert.exec();
    db.exec("COMMIT");
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
  db.exec("PRAGMA wal_checkpoint");
}

// Each branch its own commit.
void rebuild(SQLite::Database& db, bool small) {
  SQLite::Transaction transaction(db);
  db.exec("DELETE FROM words");
  if (small) {
    db.exec("INSERT INTO words SELECT DISTINCT word FROM texts");
    transaction.commit();
  } else {
    db.exec("INSERT INTO words SELECT word FROM texts");
    transaction.commit();
  }
}

// The guard's destructor knows that it is over.
bool rename(SQLite::Database& db, const std::string& from, const std::string& to) {
  bool done = false;
  SQLite::Transaction transaction(db);
  try {
    db.exec("ALTER TABLE " + from + " RENAME TO " + to);
    transaction.commit();
    done = true;
    db.exec("PRAGMA optimize");
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
  }
  return done;
}

// A guard of the project that asks.
class Unit {
public:
  explicit Unit(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit() {
    if (open_)
      db_.tryExec("ROLLBACK");
  }
  void commit() {
    if (!open_)
      return;
    db_.exec("COMMIT");
    open_ = false;
  }

private:
  SQLite::Database& db_;
  bool open_ = true;
};

int prune(SQLite::Database& db, int age) {
  Unit unit(db);
  SQLite::Statement erase(db, "DELETE FROM words WHERE age > ?");
  erase.bind(1, age);
  const int n = erase.exec();
  unit.commit();
  return n;
}

// To the savepoint, and then the commit.
bool merge(SQLite::Database& db, const std::string& other) {
  bool good = true;
  SQLite::Transaction transaction(db);
  SQLite::Savepoint savepoint(db, "merge");
  if (db.tryExec("INSERT INTO words SELECT * FROM " + other) != 0) {
    savepoint.rollback();
    good = false;
  } else {
    savepoint.release();
  }
  db.exec("UPDATE meta SET merged = merged + 1");
  transaction.commit();
  return good;
}

// ROLLBACK TO ends no transaction.
bool tryTwice(SQLite::Database& db) {
  db.exec("BEGIN");
  try {
    db.exec("SAVEPOINT attempt");
    if (db.tryExec("INSERT INTO words SELECT * FROM staging") != 0)
      db.exec("ROLLBACK TO attempt");
    db.exec("RELEASE attempt");
    db.exec("COMMIT");
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
  return true;
}

// A transaction for each round.
int importAll(SQLite::Database& db, const std::vector<std::string>& tables) {
  int bad = 0;
  for (const std::string& table : tables) {
    if (db.tryExec("BEGIN") != 0)
      return -1;
    if (db.tryExec("INSERT INTO words SELECT word FROM " + table) == 0 && db.tryExec("COMMIT") == 0)
      continue;
    db.tryExec("ROLLBACK");
    ++bad;
  }
  return bad;
}
