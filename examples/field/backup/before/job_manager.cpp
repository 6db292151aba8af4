// A job that fails takes its connection along.
#include "backup.h"

#include <stdexcept>

namespace backup {

void JobManager::run(int job) {
  // defect: session-leak, the connection
  Session* db = openSession();
  const std::string which = " WHERE id = " + std::to_string(job);
  db->exec("UPDATE job SET state = 'running'" + which);
  const int archives = db->scalar(
      "SELECT count(*) FROM archive WHERE repository = (SELECT repository FROM job" + which + ")");
  if (archives == 0) throw std::runtime_error("job " + std::to_string(job) + " has no archive");
  db->exec("UPDATE job SET state = 'done'" + which);
  delete db;
}

} // namespace backup
