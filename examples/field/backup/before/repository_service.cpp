// Repositories on the session of a request. Handlers log, and leave the transaction open.
#include "backup.h"

#include <iostream>

namespace backup {

bool RepositoryService::addWithArchives(const std::string& name,
                                        const std::vector<std::string>& archives) {
  try {
    db_.begin();
    db_.exec("INSERT INTO repository(name) VALUES(" + quoted(name) + ")");
    const std::string id = std::to_string(db_.scalar("SELECT last_insert_rowid()"));
    for (const std::string& archive : archives)
      db_.exec("INSERT INTO archive(repository, name) VALUES(" + id + ", " + quoted(archive) + ")");
    db_.commit();
    return true;
    // defect: session-missing-rollback, does not roll back
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
    // defect: session-missing-rollback, does not roll back
  } catch (const std::exception& error) {
    std::cerr << "repository " << id << ": " << error.what() << '\n';
    return false;
  }
  return true;
}

} // namespace backup
