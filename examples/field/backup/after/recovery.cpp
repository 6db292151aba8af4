// Looks after jobs that a crash left behind.
#include "backup.h"
#include "scope.h"

namespace backup {

int RecoveryService::recoverStaleJobs() {
  return withSession([](Session& db) {
    const int stale = db.scalar("SELECT count(*) FROM job WHERE state = 'running'");
    if (stale > 0) db.exec("UPDATE job SET state = 'failed' WHERE state = 'running'");
    return stale;
  });
}

} // namespace backup
