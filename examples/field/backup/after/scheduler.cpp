// Runs every minute, for months, on one connection at a time.
#include "backup.h"
#include "scope.h"

namespace backup {

bool Scheduler::tick(int now) {
  return withSession([now](Session& db) {
    const std::string due = "due <= " + std::to_string(now);
    if (db.scalar("SELECT count(*) FROM schedule WHERE " + due) == 0) return false;
    db.exec("INSERT INTO job(repository, state) SELECT repository, 'new' FROM schedule WHERE " +
            due);
    db.exec("UPDATE schedule SET due = due + period WHERE " + due);
    return true;
  });
}

int Scheduler::reload() {
  return reading(
      [](Session& db) { return db.scalar("SELECT count(*) FROM schedule WHERE period > 0"); });
}

} // namespace backup
