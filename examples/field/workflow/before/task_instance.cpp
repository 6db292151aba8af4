// Instances of tasks. Errors are logged in three commits, or committed in spite of an exception.
#include "workflow.h"

#include <iostream>

namespace workflow {

void transition(soci::session& sql, int instance, const std::string& state) {
  std::string now;
  sql << "SELECT status FROM instance WHERE id = :i", soci::into(now), soci::use(instance);
  if (now == "done" || now == state)
    throw InvalidTransition("instance " + std::to_string(instance) + ": " + now + " to " + state);
  sql << "UPDATE instance SET status = :s WHERE id = :i", soci::use(state), soci::use(instance);
}

std::string logErrorWorkerNode(int instance, const std::string& state, const std::string& error) {
  soci::session sql(pool());
  sql.begin();
  try {
    sql << "UPDATE instance SET node = 'worker' WHERE id = :i", soci::use(instance);
    sql.commit();
    sql.begin();
    transition(sql, instance, state);
    // defect: session-multiple-commits, committed
    sql.commit();
    sql.begin();
    sql << "INSERT INTO error_log(instance, text) VALUES(:i, :t)", soci::use(instance),
        soci::use(error);
    // defect: session-multiple-commits, committed
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
  return state;
}

// "The transaction will be rolled back automatically": it is not, the exception does not reach it.
std::string logDistributed(int instance, const std::string& node) {
  soci::session sql(pool());
  soci::transaction tr(sql);
  std::string state = "launched";
  sql << "UPDATE instance SET node = :n WHERE id = :i", soci::use(node), soci::use(instance);
  sql << "INSERT INTO node_load(node) VALUES(:n)", soci::use(node);
  try {
    transition(sql, instance, state);
    // defect: session-swallow-and-commit, the commit at line 52 makes
  } catch (const InvalidTransition& error) {
    std::cerr << error.what() << '\n';
    state = "unchanged";
  }
  tr.commit();
  return state;
}

} // namespace workflow
