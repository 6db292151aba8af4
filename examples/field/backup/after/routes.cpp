// Requests. The loop keeps the generator, and with it the session, for as long as it is needed.
#include "backup.h"
#include "scope.h"

namespace backup {

int createRepository(const std::string& name) {
  return withSession([&](Session& db) {
    db.exec("INSERT INTO repository(name) VALUES(" + quoted(name) + ")");
    return db.scalar("SELECT last_insert_rowid()");
  });
}

void renameRepository(int id, const std::string& name) {
  for (Session& db : getDb())
    inTransaction(db, [&](Session& tx) {
      tx.exec("UPDATE repository SET name = " + quoted(name) + " WHERE id = " + std::to_string(id));
    });
}

int countJobs() {
  return reading([](Session& db) { return db.scalar("SELECT count(*) FROM job"); });
}

void deleteRepository(int id) {
  for (Session& db : getDb()) RepositoryService(db).forget(id);
}

} // namespace backup
