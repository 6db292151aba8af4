// Repositories on the session of a request. What fails has been rolled back when the handler logs.
#include "backup.h"
#include "scope.h"

#include <iostream>

namespace backup {

bool RepositoryService::addWithArchives(const std::string& name,
                                        const std::vector<std::string>& archives) {
  try {
    inTransaction(db_, [&](Session& db) {
      db.exec("INSERT INTO repository(name) VALUES(" + quoted(name) + ")");
      const std::string id = std::to_string(db.scalar("SELECT last_insert_rowid()"));
      for (const std::string& archive : archives)
        db.exec("INSERT INTO archive(repository, name) VALUES(" + id + ", " + quoted(archive) +
                ")");
    });
    return true;
  } catch (const std::exception& error) {
    std::cerr << "repository " << name << ": " << error.what() << '\n';
    return false;
  }
}

bool RepositoryService::forget(int id) {
  db_.begin();
  try {
    db_.exec("DELETE FROM archive WHERE repository = " + std::to_string(id));
    db_.exec("DELETE FROM repository WHERE id = " + std::to_string(id));
    db_.commit();
  } catch (const std::exception& error) {
    db_.rollback();
    std::cerr << "repository " << id << ": " << error.what() << '\n';
    return false;
  }
  return true;
}

} // namespace backup
