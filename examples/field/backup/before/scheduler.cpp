// Runs every minute, for months.
#include "backup.h"

namespace backup {

bool Scheduler::tick(int now) {
  // defect: session-leak, 'backup::Scheduler::tick' returns at line 10
  Session* db = openSession();
  const std::string due = "due <= " + std::to_string(now);
  if (db->scalar("SELECT count(*) FROM schedule WHERE " + due) == 0) return false;
  db->exec("INSERT INTO job(repository, state) SELECT repository, 'new' FROM schedule WHERE " +
           due);
  db->exec("UPDATE schedule SET due = due + period WHERE " + due);
  delete db;
  return true;
}

int Scheduler::reload() {
  // defect: session-leak, the connection stays open
  Session* db = openSession();
  return db->scalar("SELECT count(*) FROM schedule WHERE period > 0");
}

} // namespace backup
