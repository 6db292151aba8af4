// Requests. Three of four take the session out of a generator that is gone by then.
#include "backup.h"

namespace backup {

int createRepository(const std::string& name) {
  // defect: session-generator-early-return, is destroyed before the session is used
  Session& db = *getDb().begin();
  db.begin();
  db.exec("INSERT INTO repository(name) VALUES(" + quoted(name) + ")");
  const int id = db.scalar("SELECT last_insert_rowid()");
  db.commit();
  return id;
}

void renameRepository(int id, const std::string& name) {
  // defect: session-generator-early-return, its frame owns the session and closes it
  Session& db = *getDb().begin();
  db.begin();
  db.exec("UPDATE repository SET name = " + quoted(name) + " WHERE id = " + std::to_string(id));
  db.commit();
}

int countJobs() {
  // defect: session-generator-early-return, is destroyed before the session is used
  Session& db = *getDb().begin();
  return db.scalar("SELECT count(*) FROM job");
}

void deleteRepository(int id) {
  for (Session& db : getDb()) RepositoryService(db).forget(id);
}

} // namespace backup
