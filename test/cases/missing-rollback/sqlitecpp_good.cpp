// Transactions of SQLiteCpp that are rolled back when a statement fails.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <exception>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

// The guard does, and the handler is outside.
bool migrate(SQLite::Database& db, int version) {
  try {
    SQLite::Transaction transaction(db);
    db.exec("ALTER TABLE names ADD COLUMN lang TEXT");
    db.exec("PRAGMA user_version = " + std::to_string(version));
    transaction.commit();
  } catch (const SQLite::Exception& e) {
    logError(e.getErrorStr());
    return false;
  }
  return true;
}

// The guard does, and the handler inside passes on.
void storeAll(SQLite::Database& db, const std::vector<std::string>& names) {
  SQLite::Transaction transaction(db);
  try {
    SQLite::Statement insert(db, "INSERT INTO names(name) VALUES(?)");
    for (const std::string& name : names) {
      insert.bind(1, name);
      insert.exec();
      insert.reset();
    }
    transaction.commit();
  } catch (const SQLite::Exception& e) {
    logError(e.what());
    throw;
  }
}

// By hand.
int prune(SQLite::Database& db, int age) {
  int removed = 0;
  db.exec("BEGIN IMMEDIATE");
  try {
    SQLite::Statement erase(db, "DELETE FROM names WHERE age > ?");
    erase.bind(1, age);
    removed = erase.exec();
    db.exec("COMMIT");
  } catch (const std::exception& e) {
    db.tryExec("ROLLBACK");
    logError(e.what());
    return -1;
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
  return removed;
}

// BEGIN by hand, then a guard that only rolls back.
class RollbackGuard {
public:
  explicit RollbackGuard(SQLite::Database& db) : db_(&db) {}
  RollbackGuard(const RollbackGuard&) = delete;
  RollbackGuard& operator=(const RollbackGuard&) = delete;
  ~RollbackGuard() {
    if (db_ != nullptr)
      db_->tryExec("ROLLBACK");
  }
  void dismiss() noexcept { db_ = nullptr; }

private:
  SQLite::Database* db_;
};

void rebuild(SQLite::Database& db) {
  db.exec("BEGIN");
  RollbackGuard guard(db);
  db.exec("DELETE FROM words");
  db.exec("INSERT INTO words SELECT DISTINCT word FROM texts");
  db.exec("COMMIT");
  guard.dismiss();
}

// The database dies with the function, and its transaction with it.
int countDistinct(const std::string& path) {
  SQLite::Database scratch(":memory:", SQLite::OPEN_READWRITE);
  scratch.exec("ATTACH '" + path + "' AS source");
  SQLite::Transaction transaction(scratch);
  scratch.exec("CREATE TABLE words AS SELECT DISTINCT word FROM source.texts");
  transaction.commit();
  return scratch.execAndGet("SELECT count(*) FROM words").getInt();
}

// Each row may fail for itself.
int importAll(SQLite::Database& db, const std::vector<std::string>& names) {
  int bad = 0;
  SQLite::Transaction transaction(db);
  for (const std::string& name : names) {
    try {
      SQLite::Savepoint savepoint(db, "row");
      SQLite::Statement insert(db, "INSERT INTO names(name) VALUES(?)");
      insert.bind(1, name);
      insert.exec();
      savepoint.release();
    } catch (const SQLite::Exception& e) {
      logError(e.what());
      ++bad;
    }
  }
  transaction.commit();
  return bad;
}

// Nothing in between can throw.
bool clear(SQLite::Database& db) {
  if (db.tryExec("BEGIN") != 0)
    return false;
  const bool good = db.tryExec("DELETE FROM names") == 0 && db.tryExec("COMMIT") == 0;
  if (!good)
    db.tryExec("ROLLBACK");
  return good;
}

// The helper of the handlers.
class Index {
public:
  explicit Index(const std::string& path) : db_(path, SQLite::OPEN_READWRITE) {}

  bool add(const std::string& word) {
    db_.exec("BEGIN");
    try {
      SQLite::Statement insert(db_, "INSERT INTO words(word) VALUES(?)");
      insert.bind(1, word);
      insert.exec();
      db_.exec("UPDATE meta SET words = words + 1");
      db_.exec("COMMIT");
      return true;
    } catch (const SQLite::Exception& e) {
      undo();
      logError(e.what());
    } catch (...) {
      undo();
      throw;
    }
    return false;
  }

private:
  void undo() noexcept { db_.tryExec("ROLLBACK"); }

  SQLite::Database db_;
};
