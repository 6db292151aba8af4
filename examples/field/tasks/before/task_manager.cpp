// The manager asks for a session by a helper, which ends it before it hands it out.
#include "tasks.h"

namespace tasks {

namespace {

Session* getDb() {
  for (Session& session : getSession())
    // defect: session-generator-early-return, is handed out of its loop
    return &session;
  return nullptr;
}

} // namespace

// Works all the same: the session connects again, outside of any transaction, and stays open.
int TaskManager::create(const std::string& name) {
  Session* db = getDb();
  db->exec("INSERT INTO task(name, state) VALUES('" + name + "', 'new')");
  return db->scalar("SELECT last_insert_rowid()");
}

void TaskManager::finish(int id) {
  Session* db = getDb();
  const std::string which = std::to_string(id);
  db->exec("UPDATE task SET state = 'done' WHERE id = " + which);
  db->exec("INSERT INTO history(task, event) VALUES(" + which + ", 'done')");
}

// Two sessions, two transactions: what the first has committed stays when the adapter fails.
int TaskManager::createAndStart(const std::string& name) {
  int id = 0;
  {
    Session db(database_);
    db.exec("INSERT INTO task(name, state) VALUES('" + name + "', 'starting')");
    id = db.scalar("SELECT last_insert_rowid()");
  }
  startAdapter(name);
  // defect: session-split-unit-of-work, a second session
  Session db(database_);
  db.exec("UPDATE task SET state = 'running' WHERE id = " + std::to_string(id));
  return id;
}

} // namespace tasks
