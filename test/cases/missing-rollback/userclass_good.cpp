// A connection class of the project's own, whose transactions are ended on every way out.
// header: connection.h
#include "connection.h"

#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

struct Job {
  int id = 0;
  std::string queue;
  std::vector<std::string> tasks;
};

bool enqueue(store::Connection& connection, const Job& job) {
  connection.beginTransaction();
  try {
    connection.execute("INSERT INTO jobs(id, queue) VALUES(?, ?)", job.id, job.queue);
    for (const std::string& task : job.tasks)
      connection.execute("INSERT INTO tasks(job, name) VALUES(?, ?)", job.id, task);
    connection.commitTransaction();
    return true;
  } catch (const std::exception& e) {
    connection.rollbackTransaction();
    logError(e.what());
    return false;
  }
}

// The guard ends it.
void drop(store::Connection& connection, int id) {
  store::Transaction tx(connection);
  connection.execute("DELETE FROM tasks WHERE job = ?", id);
  connection.execute("DELETE FROM jobs WHERE id = ?", id);
  tx.commit();
}

// Caught inside the guard's scope, and the scope is left.
bool retry(store::Connection& connection, int id) {
  store::Transaction tx(connection);
  try {
    connection.execute("UPDATE jobs SET attempts = attempts + 1 WHERE id = ?", id);
    connection.execute("UPDATE tasks SET state = 'new' WHERE job = ?", id);
    tx.commit();
    return true;
  } catch (const store::Error& e) {
    logError(e.what());
  }
  return false;
}

// A scope-exit of the project's own.
template <class F> class ScopeExit {
public:
  explicit ScopeExit(F f) : f_(std::move(f)) {}
  ScopeExit(const ScopeExit&) = delete;
  ~ScopeExit() {
    if (armed_)
      f_();
  }
  void dismiss() noexcept { armed_ = false; }

private:
  F f_;
  bool armed_ = true;
};

void rename(store::Connection& connection, const std::string& from, const std::string& to) {
  connection.beginTransaction();
  ScopeExit undo([&connection] { connection.rollbackTransaction(); });
  connection.execute("UPDATE queues SET name = ? WHERE name = ?", to, from);
  connection.execute("UPDATE jobs SET queue = ? WHERE queue = ?", to, from);
  connection.commitTransaction();
  undo.dismiss();
}

// A wrapper that runs what it is given.
bool inTransaction(store::Connection& connection, const std::function<void(store::Connection&)>& work) {
  connection.beginTransaction();
  try {
    work(connection);
    connection.commitTransaction();
    return true;
  } catch (...) {
    connection.rollbackTransaction();
    return false;
  }
}

bool pause(store::Connection& connection, const std::string& queue) {
  return inTransaction(connection, [&queue](store::Connection& db) {
    db.execute("UPDATE queues SET paused = 1 WHERE name = ?", queue);
    db.execute("INSERT INTO log(text) VALUES('paused')");
  });
}

// Rolled back under the flag under which it was begun.
void purge(store::Connection& connection, bool own, int before) {
  if (own)
    connection.beginTransaction();
  try {
    connection.execute("DELETE FROM tasks WHERE job < ?", before);
    connection.execute("DELETE FROM jobs WHERE id < ?", before);
    if (own)
      connection.commitTransaction();
  } catch (...) {
    if (own)
      connection.rollbackTransaction();
    throw;
  }
}

// Several handlers, one rollback: the common part is a method.
class Importer {
public:
  explicit Importer(store::Connection& connection) : db_(connection) {}

  int run(const std::vector<Job>& jobs) {
    db_.beginTransaction();
    try {
      for (const Job& job : jobs)
        db_.execute("INSERT INTO jobs(id, queue) VALUES(?, ?)", job.id, job.queue);
      db_.commitTransaction();
    } catch (const store::Error& e) {
      return fail(e.what());
    } catch (const std::exception& e) {
      return fail(e.what());
    } catch (...) {
      return fail("unknown error");
    }
    return static_cast<int>(jobs.size());
  }

private:
  int fail(const char* why) {
    db_.rollbackTransaction();
    logError(why);
    return -1;
  }

  store::Connection& db_;
};

// Works within what the caller has begun.
bool addTask(store::Connection& connection, int job, const std::string& task) {
  try {
    connection.execute("INSERT INTO tasks(job, name) VALUES(?, ?)", job, task);
  } catch (const store::Error& e) {
    logError(e.what());
    return false;
  }
  return true;
}

// A function as a try.
void compact(store::Connection& connection) try {
  connection.beginTransaction();
  connection.execute("DELETE FROM jobs WHERE state = 'done'");
  connection.execute("DELETE FROM tasks WHERE job NOT IN (SELECT id FROM jobs)");
  connection.commitTransaction();
} catch (...) {
  connection.rollbackTransaction();
  throw;
}

// What another file's function does with the connection in a handler is not seen: it may well roll back.
void giveUp(store::Connection& connection, const std::string& why);

void closeQueue(store::Connection& connection, const std::string& queue) {
  connection.beginTransaction();
  try {
    connection.execute("DELETE FROM tasks WHERE queue = '" + queue + "'");
    connection.execute("DELETE FROM queues WHERE name = '" + queue + "'");
    connection.commitTransaction();
  } catch (const std::exception& e) {
    giveUp(connection, e.what());
    throw;
  }
}

// ... and one whose name says so, wherever it is called.
void undoChanges(store::Connection& connection) noexcept;
bool stillWanted(int job) noexcept;

bool cancelJob(store::Connection& connection, int job) noexcept {
  connection.beginTransaction();
  connection.execute("UPDATE jobs SET state = 'cancelled' WHERE id = " + std::to_string(job));
  if (stillWanted(job)) {
    undoChanges(connection);
    return false;
  }
  connection.commitTransaction();
  return true;
}

// A class that tells all trouble by its results throws nothing.
class LocalDatabase {
public:
  bool begin();
  bool commit();
  bool rollback();
  bool exec(const std::string& sql);
};

bool applyChanges(LocalDatabase& local, const std::vector<std::string>& changes) {
  if (!local.begin()) return false;
  bool ok = true;
  for (const std::string& change : changes) ok = ok && local.exec(change);
  if (ok) ok = local.commit();
  if (!ok) local.rollback();
  return ok;
}
