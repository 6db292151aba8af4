// Archives on sessions of its own, which an exception leaves behind.
#include "backup.h"

namespace backup {

int ArchiveService::prune(int repository) {
  // defect: session-leak, when 'db->scalar' throws
  Session* db = openSession();
  const std::string of = " FROM archive WHERE kept = 0 AND repository = ";
  const int pruned = db->scalar("SELECT count(*)" + of + std::to_string(repository));
  db->exec("DELETE" + of + std::to_string(repository));
  delete db;
  return pruned;
}

bool ArchiveService::import(int repository, const std::vector<std::string>& archives) {
  // defect: session-leak, 'backup::ArchiveService::import' returns at line 20
  Session* db = openSession();
  if (db->scalar("SELECT count(*) FROM repository WHERE id = " + std::to_string(repository)) == 0)
    return false;
  for (const std::string& archive : archives)
    db->exec("INSERT INTO archive(repository, name) VALUES(" + std::to_string(repository) + ", " +
             quoted(archive) + ")");
  delete db;
  return true;
}

} // namespace backup
