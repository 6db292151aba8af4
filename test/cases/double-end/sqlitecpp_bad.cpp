// Transactions of SQLiteCpp that are ended twice, or never had a beginning.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

void logError(const std::string& what);

// The fast way commits, and then everybody does.
void rebuild(SQLite::Database& db, bool small) {
  SQLite::Transaction transaction(db);
  db.exec("DELETE FROM words");
  if (small) {
    db.exec("INSERT INTO words SELECT DISTINCT word FROM texts");
    transaction.commit();
  } else {
    db.exec("INSERT INTO words SELECT word FROM texts");
  }
  transaction.commit(); // expect: session-double-end
}

// The commit is not the last statement of the try.
void add(SQLite::Database& db, const std::string& word) {
  db.exec("BEGIN");
  try {
    SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
    insert.bind(1, word);
    insert.exec();
    db.exec("COMMIT");
    db.exec("PRAGMA wal_checkpoint");
  } catch (...) {
    db.exec("ROLLBACK"); // expect: session-double-end
    throw;
  }
}

// Nothing was begun.
bool touch(const std::string& path, int id) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  try {
    SQLite::Statement update(db, "UPDATE words SET used = used + 1 WHERE id = ?");
    update.bind(1, id);
    return update.exec() == 1;
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
    db.exec("ROLLBACK"); // expect: session-double-end
    return false;
  }
}

// Committed in the helper and once more behind it.
void keep(SQLite::Transaction& transaction, SQLite::Database& db) {
  db.exec("UPDATE meta SET version = version + 1");
  transaction.commit();
}

void migrate(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  db.exec("ALTER TABLE words ADD COLUMN lang TEXT");
  keep(transaction, db);
  transaction.commit(); // expect: session-double-end
}

// A return is missing after the rollback.
bool prune(SQLite::Database& db, int age) {
  if (db.tryExec("BEGIN") != 0)
    return false;
  bool good = db.tryExec("DELETE FROM words WHERE age > " + std::to_string(age)) == 0;
  if (!good)
    db.tryExec("ROLLBACK");
  good = db.tryExec("COMMIT") == 0; // expect: session-double-end
  return good;
}

// The text ends the transaction behind the guard's back.
void rated(SQLite::Database& db, int stars) {
  SQLite::Transaction tx(db);
  SQLite::Statement update(db, "UPDATE photo SET stars = ?");
  update.bind(1, stars);
  update.exec();
  db.exec("COMMIT");
  tx.commit(); // expect: session-double-end
}
