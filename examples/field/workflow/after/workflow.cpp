// Workflows. What a query finds is copied out before its session goes back to the pool.
#include "workflow.h"

namespace workflow {

StatusUpdates taskStatusUpdates(int workflow, int since) {
  StatusUpdates updates;
  soci::session sql(pool());
  sql << "SELECT max(tick) FROM clock", soci::into(updates.asOf);
  const soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT id, status FROM task WHERE workflow = :w AND changed > :s",
       soci::use(workflow), soci::use(since));
  for (const soci::row& row : rows)
    updates.tasks[row.get<std::string>(1)].push_back(row.get<int>(0));
  return updates;
}

// Every attempt is a transaction of its own, rolled back before the next one.
int resume(int workflow) {
  for (int attempt = 1;; ++attempt) {
    soci::session sql(pool());
    try {
      soci::transaction tr(sql);
      int count = 0;
      sql << "UPDATE task SET status = 'new' WHERE workflow = :w AND status = 'failed'",
          soci::use(workflow);
      sql << "SELECT count(*) FROM task WHERE workflow = :w AND status = 'new'", soci::into(count),
          soci::use(workflow);
      tr.commit();
      return count;
    } catch (const soci::soci_error&) {
      if (attempt == 3) throw;
    }
  }
}

} // namespace workflow
