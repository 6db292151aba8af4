// Transactions on a connection of the project's own, one at a time.
// header: connection.h
#include "connection.h"

#include <optional>
#include <string>
#include <vector>

static void saveTask(store::Connection& connection, int job, const std::string& task) {
  connection.execute("INSERT INTO tasks(job, name) VALUES(?, ?)", job, task);
}

void saveJob(store::Connection& connection, int job, const std::vector<std::string>& tasks) {
  store::Transaction tx(connection);
  connection.execute("INSERT INTO jobs(id) VALUES(?)", job);
  for (const std::string& task : tasks)
    saveTask(connection, job, task);
  tx.commit();
}

void importAll(store::Connection& connection, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    connection.beginTransaction();
    try {
      connection.execute("INSERT INTO names(name) VALUES(?)", name);
      connection.commitTransaction();
    } catch (const store::Error& e) {
      connection.rollbackTransaction();
      logError(e.what());
    }
  }
}

void toggle(store::Connection& connection, int job, bool paused) {
  if (paused) {
    store::Transaction tx(connection);
    connection.execute("UPDATE jobs SET paused = 0 WHERE id = ?", job);
    tx.commit();
    return;
  }
  store::Transaction tx(connection);
  connection.execute("UPDATE jobs SET paused = 1 WHERE id = ?", job);
  tx.commit();
}

// Counts how deep it is and begins only at the first level.
class NestedWork {
public:
  explicit NestedWork(store::Connection& connection) : connection_(connection) {}

  void enter() {
    if (depth_++ == 0)
      connection_.beginTransaction();
  }
  void leave() {
    if (--depth_ == 0)
      connection_.commitTransaction();
  }

private:
  store::Connection& connection_;
  int depth_ = 0;
};

// Two connections.
void mirror(store::Connection& from, store::Connection& to, int job) {
  store::Transaction source(from);
  store::Transaction target(to);
  to.execute("INSERT INTO jobs(id) VALUES(?)", job);
  from.execute("DELETE FROM jobs WHERE id = ?", job);
  target.commit();
  source.commit();
}

// Called with and without a transaction, and told which.
void touch(store::Connection& connection, int job, bool inTransaction) {
  std::optional<store::Transaction> tx;
  if (!inTransaction)
    tx.emplace(connection);
  connection.execute("UPDATE jobs SET touched = 1 WHERE id = ?", job);
  connection.execute("INSERT INTO touches(job) VALUES(?)", job);
  if (tx)
    tx->commit();
}

void touchBoth(store::Connection& connection, int first, int second) {
  store::Transaction tx(connection);
  touch(connection, first, true);
  touch(connection, second, true);
  tx.commit();
}

// Rolled back, then begun anew.
void reprice(store::Connection& connection, int limit) {
  connection.beginTransaction();
  try {
    connection.execute("UPDATE items SET price = price + 1");
    if (connection.scalar("SELECT max(price) FROM items") > limit) {
      connection.rollbackTransaction();
      connection.beginTransaction();
      connection.execute("UPDATE items SET marked = 1");
    }
    connection.commitTransaction();
  } catch (...) {
    connection.rollbackTransaction();
    throw;
  }
}

// A block of its own that is over.
int check(store::Connection& connection) {
  int n = 0;
  {
    store::Transaction tx(connection);
    n = connection.scalar("SELECT count(*) FROM items");
  }
  store::Transaction tx(connection);
  connection.execute("UPDATE checks SET n = ?", n);
  tx.commit();
  return n;
}
