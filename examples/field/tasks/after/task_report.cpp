// Reads, and lets the loop come to its end.
#include "tasks.h"

namespace tasks {

int countTasks(const std::string& state) {
  int count = 0;
  for (Session& session : getSession())
    count = session.scalar("SELECT count(*) FROM task WHERE state = '" + state + "'");
  return count;
}

std::vector<int> openTasks() {
  std::vector<int> ids;
  for (Session& session : getSession()) {
    const int last = session.scalar("SELECT max(id) FROM task");
    for (int id = 1; id <= last; ++id)
      if (session.scalar("SELECT count(*) FROM task WHERE state <> 'done' AND id = " +
                         std::to_string(id)) > 0)
        ids.push_back(id);
  }
  return ids;
}

} // namespace tasks
