// Reads on the session of its caller.
#include "backup.h"

namespace backup {

int archivesOf(Session& db, int repository) {
  return db.scalar("SELECT count(*) FROM archive WHERE repository = " + std::to_string(repository));
}

int failedJobs(Session& db) {
  return db.scalar("SELECT count(*) FROM job WHERE state = 'failed'");
}

} // namespace backup
