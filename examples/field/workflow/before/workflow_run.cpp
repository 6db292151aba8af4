// Runs: every way out ends the transaction.
#include "workflow.h"

namespace workflow {

bool reapRun(int run) {
  soci::session sql(pool());
  soci::transaction tr(sql);
  std::string status;
  sql << "SELECT status FROM run WHERE id = :r", soci::into(status), soci::use(run);
  if (!sql.got_data() || status == "done") {
    tr.rollback();
    return false;
  }
  sql << "UPDATE run SET status = 'aborted' WHERE id = :r", soci::use(run);
  sql << "UPDATE task SET status = 'failed' WHERE workflow = (SELECT workflow FROM run WHERE id = "
         ":r)",
      soci::use(run);
  tr.commit();
  return true;
}

} // namespace workflow
