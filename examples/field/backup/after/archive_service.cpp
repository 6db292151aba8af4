// Archives on sessions of its own, closed on every way out.
#include "backup.h"
#include "scope.h"

namespace backup {

int ArchiveService::prune(int repository) {
  return withSession([&](Session& db) {
    const std::string of = " FROM archive WHERE kept = 0 AND repository = ";
    const int pruned = db.scalar("SELECT count(*)" + of + std::to_string(repository));
    db.exec("DELETE" + of + std::to_string(repository));
    return pruned;
  });
}

bool ArchiveService::import(int repository, const std::vector<std::string>& archives) {
  return withSession([&](Session& db) {
    if (db.scalar("SELECT count(*) FROM repository WHERE id = " + std::to_string(repository)) == 0)
      return false;
    for (const std::string& archive : archives)
      db.exec("INSERT INTO archive(repository, name) VALUES(" + std::to_string(repository) + ", " +
              quoted(archive) + ")");
    return true;
  });
}

} // namespace backup
