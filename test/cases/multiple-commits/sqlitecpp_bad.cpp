// Several commits of one database of SQLiteCpp in one piece of work.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <vector>

// Two guarded transactions, one migration.
void migrate(SQLite::Database& db) {
  {
    SQLite::Transaction transaction(db);
    db.exec("ALTER TABLE words ADD COLUMN lang TEXT");
    transaction.commit();
  }
  {
    SQLite::Transaction transaction(db);
    db.exec("UPDATE words SET lang = 'en'");
    db.exec("PRAGMA user_version = 2");
    transaction.commit(); // expect: session-multiple-commits
  }
}

// Return codes, and three commits.
bool rotate(SQLite::Database& db) {
  if (db.tryExec("BEGIN") != 0)
    return false;
  if (db.tryExec("INSERT INTO old SELECT * FROM live") != 0) {
    db.tryExec("ROLLBACK");
    return false;
  }
  db.tryExec("COMMIT");
  if (db.tryExec("BEGIN") != 0)
    return false;
  if (db.tryExec("DELETE FROM live") != 0) {
    db.tryExec("ROLLBACK");
    return false;
  }
  db.tryExec("COMMIT"); // expect: session-multiple-commits
  if (db.tryExec("BEGIN") != 0)
    return false;
  if (db.tryExec("UPDATE meta SET rotated = rotated + 1") != 0) {
    db.tryExec("ROLLBACK");
    return false;
  }
  return db.tryExec("COMMIT") == 0; // expect: session-multiple-commits
}

// Committed to learn the number.
int addBook(SQLite::Database& db, const std::string& title, const std::vector<std::string>& authors) {
  auto transaction = std::make_unique<SQLite::Transaction>(db);
  SQLite::Statement book(db, "INSERT INTO books(title) VALUES(?)");
  book.bind(1, title);
  book.exec();
  transaction->commit();
  transaction.reset();
  const int id = static_cast<int>(db.getLastInsertRowid()); // expect-note: "a new id is known before the commit"
  transaction = std::make_unique<SQLite::Transaction>(db);
  SQLite::Statement author(db, "INSERT INTO authors(book, name) VALUES(?, ?)");
  for (const std::string& name : authors) {
    author.bind(1, id);
    author.bind(2, name);
    author.exec();
    author.reset();
  }
  transaction->commit(); // expect: session-multiple-commits
  return id;
}

// A lambda that commits, called twice.
void reindex(SQLite::Database& db) {
  const auto inTransaction = [&db](const std::string& text) {
    SQLite::Transaction transaction(db);
    db.exec(text);
    transaction.commit();
  };
  inTransaction("DELETE FROM words");
  inTransaction("INSERT INTO words SELECT DISTINCT word FROM texts"); // expect: session-multiple-commits
}
