// What the workflow service does: every function works on sessions of one pool.
#pragma once

#include <soci/soci.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace workflow {

/// A task may not go from the state that it has to the one that is asked for.
struct InvalidTransition : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// database.cpp
soci::connection_pool& pool();
void openPool(std::size_t size, const std::string& file);

/// A lease that ends with it. The session belongs to the pool.
class SessionScope {
public:
  SessionScope() : entry_(pool().lease()) {}
  ~SessionScope() { pool().give_back(entry_); }
  SessionScope(const SessionScope&) = delete;
  SessionScope& operator=(const SessionScope&) = delete;
  [[nodiscard]] soci::session& session() const { return pool().at(entry_); }

private:
  std::size_t entry_;
};

// workflow.cpp
struct StatusUpdates {
  int asOf = 0; ///< clock of the database
  std::map<std::string, std::vector<int>> tasks;
};
StatusUpdates taskStatusUpdates(int workflow, int since);
int resume(int workflow);

// task_instance.cpp
void transition(soci::session& sql, int instance, const std::string& state);
std::string logErrorWorkerNode(int instance, const std::string& state, const std::string& error);
std::string logDistributed(int instance, const std::string& node);

// dag.cpp, node.cpp, array.cpp: get or create, and in bulk
int getOrCreateDag(const std::string& hash);
int addNode(int dag, const std::string& name, const std::vector<std::string>& arguments);
int addTasks(int workflow, const std::vector<std::string>& names);

// task_template.cpp
int bindTemplate(const std::string& name, const std::vector<std::string>& versions);

// workflow_run.cpp
bool reapRun(int run);

} // namespace workflow
