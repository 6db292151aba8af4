// Transactions of SQLiteCpp that follow each other, or are savepoints.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <optional>
#include <string>
#include <vector>

void logError(const std::string& what);

// Savepoints nest.
int importAll(SQLite::Database& db, const std::vector<std::string>& tables) {
  int n = 0;
  SQLite::Transaction transaction(db);
  for (const std::string& table : tables) {
    SQLite::Savepoint outer(db, "tables");
    db.exec("INSERT INTO words SELECT word FROM " + table);
    {
      SQLite::Savepoint inner(db, "counters");
      db.exec("UPDATE meta SET tables = tables + 1");
      inner.release();
    }
    outer.release();
    ++n;
  }
  transaction.commit();
  return n;
}

// So do they by hand.
bool merge(SQLite::Database& db) {
  if (db.tryExec("BEGIN") != 0)
    return false;
  db.tryExec("SAVEPOINT merge");
  if (db.tryExec("INSERT INTO words SELECT * FROM staging") != 0)
    db.tryExec("ROLLBACK TO merge");
  db.tryExec("RELEASE merge");
  if (db.tryExec("COMMIT") == 0)
    return true;
  db.tryExec("ROLLBACK");
  return false;
}

// In exclusive branches.
void clear(SQLite::Database& db, bool words) {
  if (words) {
    SQLite::Transaction transaction(db);
    db.exec("DELETE FROM words");
    transaction.commit();
  } else {
    SQLite::Transaction transaction(db);
    db.exec("DELETE FROM texts");
    transaction.commit();
  }
}

// The try has ended the first one, whatever happened.
void store(SQLite::Database& db, const std::string& word) {
  try {
    SQLite::Transaction transaction(db);
    SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
    insert.bind(1, word);
    insert.exec();
    transaction.commit();
    return;
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
  }
  SQLite::Transaction transaction(db);
  db.exec("UPDATE meta SET failures = failures + 1");
  transaction.commit();
}

// Each in its database.
void copyMeta(SQLite::Database& from, SQLite::Database& to) {
  SQLite::Transaction reading(from);
  SQLite::Transaction writing(to);
  const int version = from.execAndGet("SELECT version FROM meta").getInt();
  to.exec("UPDATE meta SET version = " + std::to_string(version));
  writing.commit();
}

// A helper that asks whether it has to.
void add(SQLite::Database& db, const std::string& word, bool begun) {
  std::optional<SQLite::Transaction> own;
  if (!begun)
    own.emplace(db);
  SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
  insert.bind(1, word);
  insert.exec();
  if (own)
    own->commit();
}

void addAll(SQLite::Database& db, const std::vector<std::string>& words) {
  SQLite::Transaction transaction(db);
  for (const std::string& word : words)
    add(db, word, true);
  transaction.commit();
}
