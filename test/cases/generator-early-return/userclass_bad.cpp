// Sessions that come out of a generator and are used after it, or left before it could commit.
// header: session.h
// header: generator.h
#include "generator.h"
#include "session.h"

#include <string>
#include <vector>

// Closes when the loop over it ends.
Generator<db::Session> sessions() {
  db::Session session = db::connect();
  co_yield session;
}

// Commits when the loop over it goes on.
Generator<db::Session> units() {
  db::Session session = db::connect();
  db::Transaction tx(session);
  co_yield session;
  tx.commit();
}

// The generator is a temporary.
int countJobs() {
  db::Session& session = *sessions().begin(); // expect: session-generator-early-return
  return session.scalar("SELECT count(*) FROM jobs");
}

void addJob(const std::string& name) {
  db::Session* session = &*sessions().begin(); // expect: session-generator-early-return
  session->exec("INSERT INTO jobs(name) VALUES(?)", name);
}

// Out of the loop, and so out of its life.
db::Session* currentSession() {
  for (db::Session& session : sessions())
    return &session; // expect: session-generator-early-return
  return nullptr;
}

class TaskManager {
public:
  void open() {
    for (db::Session& session : sessions()) {
      session.exec("DELETE FROM locks");
      session_ = &session; // expect: session-generator-early-return
    }
  }
  int tasks() { return session_ == nullptr ? 0 : session_->scalar("SELECT count(*) FROM tasks"); }

private:
  db::Session* session_ = nullptr;
};

// Returned from the loop: what follows the co_yield never runs.
int createTask(const std::string& name) {
  for (db::Session& session : units()) {
    session.exec("INSERT INTO tasks(name) VALUES(?)", name);
    return session.scalar("SELECT last_insert_id()"); // expect: session-generator-early-return
  }
  return 0;
}

// Broken out of it.
void finishTask(int id) {
  bool known = false;
  for (db::Session& session : units()) {
    known = session.scalar("SELECT count(*) FROM tasks WHERE id = ?", id) > 0;
    session.exec("UPDATE tasks SET state = 1 WHERE id = ?", id);
    if (known)
      break; // expect: session-generator-early-return
    session.exec("INSERT INTO unknown_tasks(id) VALUES(?)", id);
  }
  if (!known)
    logError("unknown task");
}
