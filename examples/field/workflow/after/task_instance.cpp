// Instances of tasks. One transaction for what belongs together.
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

// All of it, or nothing.
std::string logErrorWorkerNode(int instance, const std::string& state, const std::string& error) {
  soci::session sql(pool());
  soci::transaction tr(sql);
  sql << "UPDATE instance SET node = 'worker' WHERE id = :i", soci::use(instance);
  transition(sql, instance, state);
  sql << "INSERT INTO error_log(instance, text) VALUES(:i, :t)", soci::use(instance),
      soci::use(error);
  tr.commit();
  return state;
}

// The handler stands outside: the exception has passed the guard, which has rolled back.
std::string logDistributed(int instance, const std::string& node) {
  try {
    soci::session sql(pool());
    soci::transaction tr(sql);
    const std::string state = "launched";
    sql << "UPDATE instance SET node = :n WHERE id = :i", soci::use(node), soci::use(instance);
    sql << "INSERT INTO node_load(node) VALUES(:n)", soci::use(node);
    transition(sql, instance, state);
    tr.commit();
    return state;
  } catch (const InvalidTransition& error) {
    std::cerr << error.what() << '\n';
    return "unchanged";
  }
}

} // namespace workflow
