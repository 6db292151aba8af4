// Transactions of SQLiteCpp that stay open, or are lost, on some path.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <vector>

struct Sample {
  int sensor = 0;
  double value = 0;
};

void logError(const std::string& what);

// Written, and thrown away at the brace.
void store(SQLite::Database& db, const std::vector<Sample>& samples) {
  SQLite::Transaction transaction(db); // expect: session-unfinished-transaction
  SQLite::Statement insert(db, "INSERT INTO samples(sensor, value) VALUES(?, ?)");
  for (const Sample& sample : samples) {
    insert.bind(1, sample.sensor);
    insert.bind(2, sample.value);
    insert.exec();
    insert.reset();
  }
}

// Begun by hand, left early.
bool claim(SQLite::Database& db, int job) {
  db.exec("BEGIN IMMEDIATE"); // expect: session-unfinished-transaction
  try {
    SQLite::Statement query(db, "SELECT state FROM jobs WHERE id = ?");
    query.bind(1, job);
    if (!query.executeStep())
      return false;
    SQLite::Statement update(db, "UPDATE jobs SET state = 1 WHERE id = ?");
    update.bind(1, job);
    update.exec();
    db.exec("COMMIT");
    return true;
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
}

// The same with return codes: nothing throws, one failure is forgotten.
bool compact(SQLite::Database& db) {
  if (db.tryExec("BEGIN") != 0) // expect: session-unfinished-transaction
    return false;
  if (db.tryExec("INSERT INTO daily SELECT * FROM samples") != 0) {
    db.tryExec("ROLLBACK");
    return false;
  }
  if (db.tryExec("DELETE FROM samples") != 0) {
    logError(db.getErrorMsg());
    return false;
  }
  return db.tryExec("COMMIT") == 0;
}

// The answer is known before the commit.
int addSensor(SQLite::Database& db, const std::string& name) {
  const auto transaction = std::make_unique<SQLite::Transaction>(db); // expect: session-unfinished-transaction
  SQLite::Statement insert(db, "INSERT INTO sensors(name) VALUES(?)");
  insert.bind(1, name);
  insert.exec();
  return static_cast<int>(db.getLastInsertRowid());
}

class Cache {
public:
  explicit Cache(const std::string& path) : db_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {}

  // Committed if something was evicted.
  int evict(int keep) {
    int removed = 0;
    db_.exec("BEGIN"); // expect: session-unfinished-transaction
    try {
      SQLite::Statement erase(db_, "DELETE FROM cache WHERE used < ?");
      erase.bind(1, keep);
      removed = erase.exec();
      if (removed > 0)
        db_.exec("COMMIT");
    } catch (...) {
      db_.tryExec("ROLLBACK");
      throw;
    }
    return removed;
  }

private:
  SQLite::Database db_;
};
