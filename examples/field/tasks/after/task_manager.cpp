// Each method is one unit of work on one session, which its loop keeps to the commit.
#include "tasks.h"

namespace tasks {

int TaskManager::create(const std::string& name) {
  int id = 0;
  for (Session& db : getSession()) {
    db.exec("INSERT INTO task(name, state) VALUES('" + name + "', 'new')");
    id = db.scalar("SELECT last_insert_rowid()");
  }
  return id;
}

void TaskManager::finish(int id) {
  const std::string which = std::to_string(id);
  for (Session& db : getSession()) {
    db.exec("UPDATE task SET state = 'done' WHERE id = " + which);
    db.exec("INSERT INTO history(task, event) VALUES(" + which + ", 'done')");
  }
}

// One transaction: what is written is gone when the adapter fails.
int TaskManager::createAndStart(const std::string& name) {
  int id = 0;
  for (Session& db : getSession()) {
    db.exec("INSERT INTO task(name, state) VALUES('" + name + "', 'starting')");
    id = db.scalar("SELECT last_insert_rowid()");
    startAdapter(name);
    db.exec("UPDATE task SET state = 'running' WHERE id = " + std::to_string(id));
  }
  return id;
}

} // namespace tasks
