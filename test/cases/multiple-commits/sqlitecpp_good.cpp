// Commits of SQLiteCpp that are several in the text, and one per piece of work.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void logError(const std::string& what);

// Savepoints, and one commit.
void migrate(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  {
    SQLite::Savepoint columns(db, "columns");
    db.exec("ALTER TABLE words ADD COLUMN lang TEXT");
    columns.release();
  }
  {
    SQLite::Savepoint values(db, "values");
    db.exec("UPDATE words SET lang = 'en'");
    values.release();
  }
  transaction.commit();
}

// One on each path.
void rebuild(SQLite::Database& db, bool small) {
  SQLite::Transaction transaction(db);
  if (small) {
    db.exec("INSERT INTO words SELECT DISTINCT word FROM texts");
    transaction.commit();
  } else {
    db.exec("INSERT INTO words SELECT word FROM texts");
    transaction.commit();
  }
}

// Chunk by chunk.
void purge(SQLite::Database& db) {
  int removed = 0;
  do {
    SQLite::Transaction transaction(db);
    removed = db.exec("DELETE FROM log WHERE id IN (SELECT id FROM log LIMIT 1000)");
    transaction.commit();
  } while (removed > 0);
}

// Tried again until it succeeds.
bool claim(SQLite::Database& db, int job) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement update(db, "UPDATE jobs SET state = 1 WHERE id = ?");
      update.bind(1, job);
      update.exec();
      transaction.commit();
      return true;
    } catch (const SQLite::Exception& e) {
      logError(e.getErrorStr());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20 << attempt));
  }
  return false;
}

// Each file is a database of its own.
void touchAll(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(db);
    db.exec("UPDATE meta SET touched = 1");
    transaction.commit();
  }
}

// Two databases.
void swapNames(SQLite::Database& left, SQLite::Database& right) {
  SQLite::Transaction inLeft(left);
  SQLite::Transaction inRight(right);
  left.exec("UPDATE meta SET name = 'right'");
  right.exec("UPDATE meta SET name = 'left'");
  inLeft.commit();
  inRight.commit();
}

// The first one is given up.
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
  SQLite::Statement update(db, "UPDATE words SET used = used + 1 WHERE word = ?");
  update.bind(1, word);
  update.exec();
  transaction.commit();
}

// A new database gets its tables, and then its words.
std::unique_ptr<SQLite::Database> openWords(const std::string& file) {
  auto db = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  if (!db->tableExists("words")) {
    SQLite::Transaction transaction(*db);
    db->exec("CREATE TABLE words(word TEXT PRIMARY KEY, used INTEGER)");
    db->exec("CREATE TABLE copies(word TEXT)");
    transaction.commit();
  }
  return db;
}

void touchFiles(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    auto db = openWords(file);
    SQLite::Transaction transaction(*db);
    db->exec("UPDATE words SET used = used + 1");
    transaction.commit();
  }
}
