// A job that fails is rolled back, and its connection closed.
#include "backup.h"
#include "scope.h"

#include <stdexcept>

namespace backup {

void JobManager::run(int job) {
  withSession([job](Session& db) {
    const std::string which = " WHERE id = " + std::to_string(job);
    db.exec("UPDATE job SET state = 'running'" + which);
    const int archives =
        db.scalar("SELECT count(*) FROM archive WHERE repository = (SELECT repository FROM job" +
                  which + ")");
    if (archives == 0) throw std::runtime_error("job " + std::to_string(job) + " has no archive");
    db.exec("UPDATE job SET state = 'done'" + which);
  });
}

} // namespace backup
