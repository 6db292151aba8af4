// The seven tests of the report, each on a fresh database.
//
//   tasks DATABASE SCENARIO
#include "facts.h"
#include "tasks.h"

#include <functional>
#include <iostream>
#include <map>
#include <thread>

namespace tasks {

void startAdapter(const std::string& name) {
  if (name.rfind("bad", 0) == 0) throw AdapterError("the adapter of " + name + " does not start");
}

} // namespace tasks

namespace {

using field::fact;
using tasks::Session;

constexpr const char* tables = "CREATE TABLE task(id INTEGER PRIMARY KEY, name TEXT, state TEXT);"
                               "CREATE TABLE history(task INT, event TEXT NOT NULL);"
                               "CREATE TRIGGER no BEFORE INSERT ON history WHEN NEW.task = 99"
                               " BEGIN SELECT RAISE(ABORT, 'no task 99'); END;";

struct Stage {
  std::string database;

  [[nodiscard]] int rows(const std::string& from) const {
    return field::committed(database, "SELECT count(*) FROM " + from);
  }
};

/// Test 1: the loop over the generator, left at its end.
void rightPattern(const Stage& stage) {
  for (Session& session : tasks::getSession()) {
    session.exec("INSERT INTO task(name, state) VALUES('a', 'new')");
    fact("within", stage.rows("task"));
  }
  fact("afterwards", stage.rows("task"));
}

/// Test 2: a session that was ended before it is used works, but in no transaction.
void brokenLifecycle(const Stage& stage) {
  tasks::TaskManager manager(stage.database);
  fact("created", manager.create("a"));
  try {
    manager.finish(99);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  field::change(stage.database, "INSERT INTO task VALUES(99, 'z', 'new')");
  try {
    manager.finish(99);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  fact("half-done", stage.rows("task WHERE state = 'done'"));
}

/// Test 3: every call of a manager takes a session.
void severalSessions(const Stage& stage) {
  tasks::TaskManager manager(stage.database);
  for (const char* name : {"a", "b", "c"}) manager.finish(manager.create(name));
  fact("done", stage.rows("task WHERE state = 'done'"));
}

/// Test 4: of two tasks one is lost, though both were given an id.
void lostTask(const Stage& stage) {
  const int queued = tasks::enqueue("a");
  fact("id", queued);
  for (Session& session : tasks::getSession())
    session.exec("INSERT INTO task(name, state) VALUES('b', 'queued')");
  fact("tasks", stage.rows("task"));
}

/// Test 5: threads at the same time, each with sessions of its own.
void concurrency(const Stage& stage) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      for (int task = 0; task < 5; ++task)
        for (Session& session : tasks::getSession())
          session.exec("INSERT INTO task(name, state) VALUES('t', 'new')");
    });
  for (std::thread& thread : threads) thread.join();
  fact("tasks", stage.rows("task"));
}

/// Test 6: no pool: the connection of a session ends with its loop.
void noPool(const Stage& stage) {
  for (Session& session : tasks::getSession()) {
    session.exec("INSERT INTO task(name, state) VALUES('a', 'new')");
    fact("open-within", field::openConnections(stage.database));
  }
  fact("counted", tasks::countTasks("new"));
  fact("open-tasks", static_cast<long long>(tasks::openTasks().size()));
}

/// Test 7: a service whose methods are units of work.
void service(const Stage& stage) {
  tasks::TaskManager manager(stage.database);
  fact("started", manager.createAndStart("good"));
  try {
    manager.createAndStart("bad");
  } catch (const tasks::AdapterError& error) {
    std::cerr << error.what() << '\n';
  }
  fact("running", stage.rows("task WHERE state = 'running'"));
  fact("stranded", stage.rows("task WHERE state = 'starting'"));
  fact("taken", tasks::take());
}

const std::map<std::string, std::function<void(const Stage&)>> scenarios = {
    {"right-pattern", rightPattern},
    {"broken-lifecycle", brokenLifecycle},
    {"several-sessions", severalSessions},
    {"lost-task", lostTask},
    {"concurrency", concurrency},
    {"no-pool", noPool},
    {"service", service}};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !scenarios.contains(argv[2])) {
    std::cerr << "usage: tasks DATABASE SCENARIO\n";
    for (const auto& [name, play] : scenarios) std::cerr << "  " << name << '\n';
    return 2;
  }
  try {
    const Stage stage{argv[1]};
    field::createDatabase(stage.database, tables);
    tasks::engine().useDatabase(stage.database);
    scenarios.at(argv[2])(stage);
    fact("open", field::openConnections(stage.database));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "tasks: " << error.what() << '\n';
    return 1;
  }
}
