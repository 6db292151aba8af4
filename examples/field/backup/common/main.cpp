// Plays one scenario on a fresh database and tells how things stand afterwards.
//
//   backup DATABASE SCENARIO
#include "backup.h"
#include "facts.h"

#include <exception>
#include <functional>
#include <iostream>
#include <map>

namespace {

using backup::Session;
using field::fact;

constexpr const char* tables =
    "CREATE TABLE repository(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);"
    "CREATE TABLE archive(repository INT NOT NULL, name TEXT, kept INT DEFAULT 1,"
    " UNIQUE(repository, name));"
    "CREATE TABLE schedule(repository INT, due INT, period INT);"
    "CREATE TABLE job(id INTEGER PRIMARY KEY, repository INT, state TEXT);"
    "INSERT INTO repository(name) VALUES('home'), ('mail');"
    "INSERT INTO archive VALUES(1, 'monday', 1), (1, 'tuesday', 0);"
    "INSERT INTO schedule VALUES(1, 3, 10), (2, 7, 10);"
    "INSERT INTO job(repository, state) VALUES(1, 'new'), (2, 'new'), (2, 'new'), (1, 'new');";

struct Stage {
  std::string database;

  [[nodiscard]] int rows(const std::string& from) const {
    return field::committed(database, "SELECT count(*) FROM " + from);
  }
};

/// A day of requests.
void requests(const Stage& stage) {
  const int id = backup::createRepository("photos");
  backup::renameRepository(id, "pictures");
  fact("jobs", backup::countJobs());
  backup::deleteRepository(2);
  fact("repositories", stage.rows("repository"));
}

/// A request that breaks a constraint half-way, and the next one on the same session.
void failingService(const Stage& stage) {
  for (Session& db : backup::getDb()) {
    backup::RepositoryService service(db);
    fact("first", service.addWithArchives("broken", {"one", "one"}));
    fact("others-can-write", field::writable(stage.database));
    fact("second", service.addWithArchives("whole", {"one", "two"}));
    fact("archives", backup::archivesOf(db, 3));
  }
  fact("repositories", stage.rows("repository"));
}

void archives(const Stage& stage) {
  backup::ArchiveService service;
  fact("pruned", service.prune(1));
  fact("unknown", service.import(9, {"one"}));
  try {
    service.import(1, {"wednesday", "monday"});
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  fact("archives", stage.rows("archive WHERE repository = 1"));
}

void scheduler(const Stage& stage) {
  backup::Scheduler scheduler;
  fact("schedules", scheduler.reload());
  for (int now = 1; now <= 8; ++now) scheduler.tick(now);
  fact("jobs", stage.rows("job"));
}

void jobs(const Stage& stage) {
  backup::JobManager manager;
  for (int job = 1; job <= 4; ++job) {
    try {
      manager.run(job);
    } catch (const std::exception& error) {
      std::cerr << error.what() << '\n';
    }
  }
  fact("done", stage.rows("job WHERE state = 'done'"));
  fact("stuck", stage.rows("job WHERE state = 'running'"));
}

void recovery(const Stage& stage) {
  field::change(stage.database, "UPDATE job SET state = 'running' WHERE id < 3");
  backup::RecoveryService service;
  for (int cycle = 0; cycle < 3; ++cycle) service.recoverStaleJobs();
  for (Session& db : backup::getDb()) fact("failed", backup::failedJobs(db));
}

void maintenance(const Stage&) {
  fact("pages", backup::vacuum() > 0 ? "some" : "none");
}

const std::map<std::string, std::function<void(const Stage&)>> scenarios = {
    {"requests", requests},
    {"failing-service", failingService},
    {"archives", archives},
    {"scheduler", scheduler},
    {"jobs", jobs},
    {"recovery", recovery},
    {"maintenance", maintenance}};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !scenarios.contains(argv[2])) {
    std::cerr << "usage: backup DATABASE SCENARIO\n";
    for (const auto& [name, play] : scenarios) std::cerr << "  " << name << '\n';
    return 2;
  }
  try {
    const Stage stage{argv[1]};
    field::createDatabase(stage.database, tables);
    backup::useDatabase(stage.database);
    scenarios.at(argv[2])(stage);
    fact("open", field::openConnections(stage.database));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "backup: " << error.what() << '\n';
    return 1;
  }
}
