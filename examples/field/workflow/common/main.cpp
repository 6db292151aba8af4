// Plays one scenario on a fresh database and tells how things stand afterwards.
//
//   workflow DATABASE SCENARIO
#include "facts.h"
#include "workflow.h"

#include <functional>
#include <iostream>

namespace {

using field::fact;

constexpr const char* tables =
    "CREATE TABLE clock(tick INT); INSERT INTO clock VALUES(7);"
    "CREATE TABLE task(id INTEGER PRIMARY KEY, workflow INT, name TEXT, status TEXT, changed INT);"
    "INSERT INTO task(workflow, name, status, changed) VALUES(1, 'a', 'done', 3),"
    " (1, 'b', 'failed', 5), (1, 'c', 'done', 6);"
    "CREATE TABLE instance(id INTEGER PRIMARY KEY, node TEXT, status TEXT);"
    "INSERT INTO instance(node, status) VALUES('', 'running'), ('', 'done');"
    "CREATE TABLE error_log(instance INT, text TEXT NOT NULL CHECK(text <> ''));"
    "CREATE TABLE node_load(node TEXT);"
    "CREATE TABLE dag(id INTEGER PRIMARY KEY, hash TEXT UNIQUE);"
    "CREATE TABLE node(id INTEGER PRIMARY KEY, dag INT, name TEXT);"
    "CREATE TABLE node_argument(node INT, value TEXT, UNIQUE(node, value));"
    "CREATE TABLE template(id INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE template_version(template INT, version TEXT, UNIQUE(template, version));"
    "CREATE TABLE run(id INTEGER PRIMARY KEY, workflow INT, status TEXT);"
    "INSERT INTO run(workflow, status) VALUES(1, 'running'), (1, 'done');";

struct Stage {
  std::string database;

  [[nodiscard]] int rows(const std::string& from) const {
    return field::committed(database, "SELECT count(*) FROM " + from);
  }
};

/// Counts statements that run on the pool's only session while nobody has it.
class Watch : public soci::logger_impl {
public:
  explicit Watch(int& outside) : outside_(outside) {}
  void start_query(const std::string&) override {
    std::size_t entry = 0;
    if (workflow::pool().try_lease(entry, 0)) {
      workflow::pool().give_back(entry);
      ++outside_;
    }
  }

private:
  [[nodiscard]] logger_impl* do_clone() const override { return new Watch(outside_); }

  int& outside_;
};

void statusUpdates(const Stage&) {
  int outside = 0;
  workflow::pool().at(0).set_logger(soci::logger(new Watch(outside)));
  const workflow::StatusUpdates updates = workflow::taskStatusUpdates(1, 3);
  fact("as-of", updates.asOf);
  fact("done", static_cast<long long>(updates.tasks.at("done").size()));
  fact("outside", outside);
}

/// The third step fails: an error without a text.
void logError(const Stage& stage) {
  try {
    workflow::logErrorWorkerNode(1, "error", "");
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  fact("node-set", stage.rows("instance WHERE node = 'worker'"));
  fact("status-set", stage.rows("instance WHERE status = 'error'"));
  fact("logged", stage.rows("error_log"));
  fact("complete", workflow::logErrorWorkerNode(1, "error-2", "why"));
  fact("logged-then", stage.rows("error_log"));
}

/// The instance is done, so the transition is refused.
void swallowed(const Stage& stage) {
  fact("state", workflow::logDistributed(2, "n7"));
  fact("node-set", stage.rows("instance WHERE node = 'n7'"));
  fact("load", stage.rows("node_load"));
  fact("state-then", workflow::logDistributed(1, "n7"));
  fact("load-then", stage.rows("node_load"));
}

/// What was right from the beginning.
void bulk(const Stage& stage) {
  fact("dag", workflow::getOrCreateDag("x"));
  fact("dag-again", workflow::getOrCreateDag("x"));
  fact("dags", stage.rows("dag"));
  fact("node", workflow::addNode(1, "n", {"a", "b", "a"}));
  fact("arguments", stage.rows("node_argument"));
  fact("tasks", workflow::addTasks(2, {"a", "b", "c", "d", "e"}));
}

void nested(const Stage& stage) {
  fact("bound", workflow::bindTemplate("t", {"1", "2", "1"}));
  fact("versions", stage.rows("template_version"));
}

void runs(const Stage& stage) {
  fact("done", workflow::reapRun(2));
  fact("running", workflow::reapRun(1));
  fact("failed", stage.rows("task WHERE status = 'failed'"));
  fact("resumed", workflow::resume(1));
}

const std::map<std::string, std::function<void(const Stage&)>> scenarios = {
    {"status-updates", statusUpdates},
    {"log-error", logError},
    {"swallowed", swallowed},
    {"bulk", bulk},
    {"nested", nested},
    {"runs", runs}};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !scenarios.contains(argv[2])) {
    std::cerr << "usage: workflow DATABASE SCENARIO\n";
    for (const auto& [name, play] : scenarios) std::cerr << "  " << name << '\n';
    return 2;
  }
  try {
    const Stage stage{argv[1]};
    field::createDatabase(stage.database, tables);
    workflow::openPool(1, stage.database);
    scenarios.at(argv[2])(stage);
    fact("others-can-write", field::writable(stage.database));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "workflow: " << error.what() << '\n';
    return 1;
  }
}
