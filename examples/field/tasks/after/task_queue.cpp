// The queue hands values out of the loop, and lets it come to its end.
#include "tasks.h"

namespace tasks {

int enqueue(const std::string& name) {
  int id = 0;
  for (Session& session : getSession()) {
    session.exec("INSERT INTO task(name, state) VALUES('" + name + "', 'queued')");
    id = session.scalar("SELECT last_insert_rowid()");
  }
  return id;
}

int take() {
  int id = 0;
  for (Session& session : getSession()) {
    id = session.scalar("SELECT id FROM task WHERE state = 'queued' ORDER BY id LIMIT 1");
    if (id == 0) continue;
    session.exec("UPDATE task SET state = 'taken' WHERE id = " + std::to_string(id));
  }
  return id;
}

} // namespace tasks
