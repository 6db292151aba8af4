// Transactions of SQLiteCpp that end, though not where one looks first.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct Sample {
  int sensor = 0;
  double value = 0;
};

// Left early on purpose: the guard rolls back.
bool claim(SQLite::Database& db, int job) {
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement update(db, "UPDATE jobs SET state = 1 WHERE id = ? AND state = 0");
  update.bind(1, job);
  if (update.exec() != 1)
    return false;
  transaction.commit();
  return true;
}

// Reads only.
std::vector<Sample> latest(SQLite::Database& db) {
  std::vector<Sample> samples;
  SQLite::Transaction transaction(db);
  SQLite::Statement query(db, "SELECT sensor, value FROM samples ORDER BY id DESC LIMIT 100");
  while (query.executeStep())
    samples.push_back({query.getColumn(0).getInt(), query.getColumn(1).getDouble()});
  return samples;
}

// Committed in the helper.
void finish(SQLite::Transaction& transaction, SQLite::Database& db) {
  db.exec("UPDATE meta SET version = version + 1");
  transaction.commit();
}

void migrate(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  db.exec("ALTER TABLE samples ADD COLUMN unit TEXT");
  finish(transaction, db);
}

// END is what SQLite calls a commit, too.
void compact(SQLite::Database& db) {
  db.exec("BEGIN TRANSACTION");
  try {
    db.exec("INSERT INTO daily SELECT * FROM samples");
    db.exec("DELETE FROM samples");
    db.exec("END TRANSACTION");
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
}

// With return codes.
bool swapTables(SQLite::Database& db) {
  if (db.tryExec("BEGIN EXCLUSIVE") != 0)
    return false;
  if (db.tryExec("ALTER TABLE live RENAME TO old") == 0 && db.tryExec("ALTER TABLE next RENAME TO live") == 0 &&
      db.tryExec("COMMIT") == 0)
    return true;
  db.tryExec("ROLLBACK");
  return false;
}

// A rollback is the purpose.
int countWouldBeDeleted(SQLite::Database& db, int age) {
  db.exec("BEGIN");
  int n = 0;
  try {
    SQLite::Statement erase(db, "DELETE FROM samples WHERE age > ?");
    erase.bind(1, age);
    n = erase.exec();
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
  db.exec("ROLLBACK");
  return n;
}

// The guard lives as long as the import.
class Import {
public:
  explicit Import(SQLite::Database& db) : transaction_(db), insert_(db, "INSERT INTO samples(sensor, value) VALUES(?, ?)") {}
  void add(const Sample& sample) {
    insert_.reset();
    insert_.bind(1, sample.sensor);
    insert_.bind(2, sample.value);
    insert_.exec();
  }
  void done() { transaction_.commit(); }

private:
  SQLite::Transaction transaction_;
  SQLite::Statement insert_;
};

void importAll(SQLite::Database& db, const std::vector<Sample>& samples) {
  Import import(db);
  for (const Sample& sample : samples)
    import.add(sample);
  import.done();
}

// Only where it is needed.
void storeAll(SQLite::Database& db, const std::vector<Sample>& samples) {
  std::optional<SQLite::Transaction> transaction;
  if (samples.size() > 1)
    transaction.emplace(db);
  SQLite::Statement insert(db, "INSERT INTO samples(sensor, value) VALUES(?, ?)");
  for (const Sample& sample : samples) {
    insert.bind(1, sample.sensor);
    insert.bind(2, sample.value);
    insert.exec();
    insert.reset();
  }
  if (transaction)
    transaction->commit();
}

// Chunks: each has its own transaction, and the last one is committed after the loop.
void storeInChunks(SQLite::Database& db, const std::vector<Sample>& samples) {
  auto transaction = std::make_unique<SQLite::Transaction>(db);
  std::size_t n = 0;
  SQLite::Statement insert(db, "INSERT INTO samples(sensor, value) VALUES(?, ?)");
  for (const Sample& sample : samples) {
    insert.bind(1, sample.sensor);
    insert.bind(2, sample.value);
    insert.exec();
    insert.reset();
    if (++n % 1000 == 0) {
      transaction->commit();
      transaction.reset();
      transaction = std::make_unique<SQLite::Transaction>(db);
    }
  }
  transaction->commit();
}

// Handed in by whoever opened it.
template <class Work>
auto inTransaction(SQLite::Database& db, Work work) {
  SQLite::Transaction transaction(db);
  auto result = work(db);
  transaction.commit();
  return result;
}

int addSensor(SQLite::Database& db, const std::string& name) {
  return inTransaction(db, [&name](SQLite::Database& inner) {
    SQLite::Statement insert(inner, "INSERT INTO sensors(name) VALUES(?)");
    insert.bind(1, name);
    insert.exec();
    return static_cast<int>(inner.getLastInsertRowid());
  });
}

// One way or the other at the end.
bool settle(SQLite::Database& db, int job) {
  db.exec("BEGIN");
  bool good = false;
  try {
    SQLite::Statement update(db, "UPDATE jobs SET settled = 1 WHERE id = ?");
    update.bind(1, job);
    good = update.exec() == 1;
    db.exec(good ? "COMMIT" : "ROLLBACK");
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
  return good;
}

// One instance of the template tries, and takes it back; the other commits.
template <bool DryRun> int prune(SQLite::Database& db, int days) {
  SQLite::Transaction tx(db);
  const int gone = db.exec("DELETE FROM log WHERE age > " + std::to_string(days));
  if constexpr (!DryRun) tx.commit();
  return gone;
}

int pruneIfMany(SQLite::Database& db, int days, int threshold) {
  if (prune<true>(db, days) < threshold) return 0;
  return prune<false>(db, days);
}
