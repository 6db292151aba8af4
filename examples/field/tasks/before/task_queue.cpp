// The queue uses the generator as it should, but leaves the loop early.
#include "tasks.h"

namespace tasks {

int enqueue(const std::string& name) {
  for (Session& session : getSession()) {
    session.exec("INSERT INTO task(name, state) VALUES('" + name + "', 'queued')");
    // defect: session-generator-early-return, its commit after the co_yield never runs
    return session.scalar("SELECT last_insert_rowid()");
  }
  return 0;
}

int take() {
  int id = 0;
  for (Session& session : getSession()) {
    id = session.scalar("SELECT id FROM task WHERE state = 'queued' ORDER BY id LIMIT 1");
    // defect: session-generator-early-return, its commit after the co_yield never runs
    if (id == 0) break;
    session.exec("UPDATE task SET state = 'taken' WHERE id = " + std::to_string(id));
  }
  return id;
}

} // namespace tasks
