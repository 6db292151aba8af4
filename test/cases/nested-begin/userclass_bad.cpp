// Transactions begun on a connection of the project's own that is in one.
// header: connection.h
#include "connection.h"

#include <string>
#include <vector>

// The helper begins again.
static void saveTask(store::Connection& connection, int job, const std::string& task) {
  store::Transaction tx(connection);
  connection.execute("INSERT INTO tasks(job, name) VALUES(?, ?)", job, task);
  tx.commit();
}

void saveJob(store::Connection& connection, int job, const std::string& first) {
  store::Transaction tx(connection);
  connection.execute("INSERT INTO jobs(id) VALUES(?)", job);
  saveTask(connection, job, first); // expect: session-nested-begin
  tx.commit();
}

// A guard under a guard.
void close(store::Connection& connection, int job, bool audited) {
  store::Transaction tx(connection);
  connection.execute("UPDATE jobs SET closed = 1 WHERE id = ?", job);
  if (audited) {
    store::Transaction audit(connection); // expect: session-nested-begin
    connection.execute("INSERT INTO audit(job) VALUES(?)", job);
    audit.commit();
  }
  tx.commit();
}

// Twice by hand.
bool move(store::Connection& connection, int job, const std::string& queue) {
  connection.beginTransaction();
  try {
    connection.execute("UPDATE jobs SET queue = ? WHERE id = ?", queue, job);
    connection.beginTransaction(); // expect: session-nested-begin
    connection.execute("UPDATE tasks SET queue = ? WHERE job = ?", queue, job);
    connection.commitTransaction();
    return true;
  } catch (const store::Error& e) {
    connection.rollbackTransaction();
    logError(e.what());
    return false;
  }
}

// In each round, committed after the last.
void importAll(store::Connection& connection, const std::vector<std::string>& names) {
  try {
    for (const std::string& name : names) {
      connection.beginTransaction(); // expect: session-nested-begin
      connection.execute("INSERT INTO names(name) VALUES(?)", name);
    }
    connection.commitTransaction();
  } catch (...) {
    connection.rollbackTransaction();
    throw;
  }
}
