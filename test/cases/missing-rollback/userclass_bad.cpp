// A connection class of the project's own, with transactions begun by hand and forgotten on failure.
// header: connection.h
#include "connection.h"

#include <exception>
#include <memory>
#include <string>
#include <vector>

struct Job {
  int id = 0;
  std::string queue;
  std::vector<std::string> tasks;
};

class JobQueue {
public:
  explicit JobQueue(store::Connection& connection) : db_(connection) {}

  bool enqueue(const Job& job) {
    db_.beginTransaction();
    try {
      db_.execute("INSERT INTO jobs(id, queue) VALUES(?, ?)", job.id, job.queue);
      for (const std::string& task : job.tasks)
        db_.execute("INSERT INTO tasks(job, name) VALUES(?, ?)", job.id, task);
      db_.commitTransaction();
      return true;
    } catch (const store::Error& e) { // expect: session-missing-rollback
      logError(e.what());
      return false;
    }
  }

  // Nothing catches here.
  void drop(int id) {
    db_.beginTransaction(); // expect: session-missing-rollback
    db_.execute("DELETE FROM tasks WHERE job = ?", id);
    db_.execute("DELETE FROM jobs WHERE id = ?", id);
    db_.commitTransaction();
  }

private:
  store::Connection& db_;
};

// Translated, not ended.
void requeue(store::Connection& connection, int id, const std::string& queue) {
  connection.beginTransaction();
  try {
    connection.execute("UPDATE jobs SET queue = ? WHERE id = ?", queue, id);
    connection.execute("UPDATE tasks SET state = 'new' WHERE job = ?", id);
    connection.commitTransaction();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    throw store::Error("requeue " + std::to_string(id) + ": " + e.what());
  }
}

// Through a pointer, and an out-parameter tells of the failure.
int finishAll(store::Connection* connection, const std::vector<int>& ids, std::string* problem) {
  int done = 0;
  connection->beginTransaction();
  try {
    for (const int id : ids) {
      connection->execute("UPDATE jobs SET state = 'done' WHERE id = ?", id);
      ++done;
    }
    connection->commitTransaction();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    if (problem != nullptr)
      *problem = e.what();
    done = 0;
  }
  return done;
}

// The helper only logs.
static void report(store::Connection& connection, const std::exception& e) {
  if (connection.isOpen())
    logError(e.what());
}

bool rename(store::Connection& connection, const std::string& from, const std::string& to) {
  connection.beginTransaction();
  try {
    connection.execute("UPDATE queues SET name = ? WHERE name = ?", to, from);
    connection.execute("UPDATE jobs SET queue = ? WHERE queue = ?", to, from);
    connection.commitTransaction();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    report(connection, e);
    return false;
  }
  return true;
}

// A share in a connection that somebody else made.
class Connections {
public:
  std::shared_ptr<store::Connection> get(const std::string& name);
};

void renameQueue(Connections& connections, const std::string& from, const std::string& to) {
  auto connection = connections.get("jobs");
  connection->beginTransaction(); // expect: session-missing-rollback
  connection->execute("UPDATE queues SET name = '" + to + "' WHERE name = '" + from + "'");
  connection->execute("UPDATE tasks SET queue = '" + to + "' WHERE queue = '" + from + "'");
  connection->commitTransaction();
}
