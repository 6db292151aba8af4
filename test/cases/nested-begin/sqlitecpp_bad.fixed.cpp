// Transactions of SQLiteCpp begun while one is open.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>
#include <SQLiteCpp/Savepoint.h>

// A second guard.
int replaceAll(SQLite::Database& db) {
  int n = 0;
  SQLite::Transaction outer(db);
  db.exec("DELETE FROM words");
  {
    SQLite::Savepoint inner(db, "inner"); // expect: session-nested-begin
    n = db.execAndGet("SELECT count(*) FROM texts").getInt();
  }
  outer.commit();
  return n;
}

// By hand under a guard.
void migrate(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  db.exec("ALTER TABLE words ADD COLUMN lang TEXT");
  db.exec("BEGIN"); // expect: session-nested-begin (no fix)
  db.exec("UPDATE words SET lang = 'en'");
  transaction.commit();
}

// In a helper.
void store(SQLite::Database& db, const std::string& word) {
  SQLite::Transaction transaction(db);
  SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
  insert.bind(1, word);
  insert.exec();
  transaction.commit();
}

void rename(SQLite::Database& db, int id, const std::string& word) {
  SQLite::Transaction transaction(db);
  SQLite::Statement erase(db, "DELETE FROM words WHERE id = ?");
  erase.bind(1, id);
  erase.exec();
  store(db, word); // expect: session-nested-begin (no fix)
  transaction.commit();
}

// Begun in the loop, committed after it.
bool clearAll(SQLite::Database& db, const std::vector<std::string>& tables) {
  for (const std::string& table : tables) {
    db.tryExec("BEGIN"); // expect: session-nested-begin (no fix)
    if (db.tryExec("DELETE FROM " + table) != 0) {
      db.tryExec("ROLLBACK");
      return false;
    }
  }
  return db.tryExec("COMMIT") == 0;
}

// Each commits.
void copy(SQLite::Database& db) {
  SQLite::Transaction all(db);
  db.exec("DELETE FROM copies");
  SQLite::Savepoint words(db, "words"); // expect: session-nested-begin
  db.exec("INSERT INTO copies SELECT word FROM words");
  words.release();
  all.commit();
}

// In what a wrapper is given to run: told of where it is written.
template <class Work> void inTransaction(SQLite::Database& db, Work&& work) {
  SQLite::Transaction transaction(db);
  work(db);
  transaction.commit();
}

void mergeWords(SQLite::Database& db, const std::string& from) {
  inTransaction(db, [&](SQLite::Database& words) {
    words.exec("UPDATE words SET used = used + 1");
    SQLite::Transaction again(words); // expect: session-nested-begin (no fix)
    words.exec("DELETE FROM words WHERE word = '" + from + "'");
    again.commit();
  });
}
