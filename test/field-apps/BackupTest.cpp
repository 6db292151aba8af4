// Routes, services and a scheduler that lose sessions; a scope that commits, and one that reads.
#include "field-apps/FieldApp.h"

#include <gtest/gtest.h>

namespace session_tidy::test {

namespace {

class Backup : public testing::Test {
protected:
  void SetUp() override { ASSERT_TRUE(app_.isBuilt()); }

  const FieldApp app_{"backup"};
};

TEST_F(Backup, IsFoundAsMarked) {
  expectMarkedFindings(app_);
}

TEST_F(Backup, IsReportedFileByFile) {
  expectReport(app_, {{"routes.cpp", "issues"},
                      {"repository_service.cpp", "issues"},
                      {"archive_service.cpp", "issues"},
                      {"scheduler.cpp", "issues"},
                      {"job_manager.cpp", "issues"},
                      {"recovery.cpp", "issues"},
                      {"maintenance.cpp", "caution"},
                      {"statistics.cpp", "good"}});
}

// Each request whose session came out of a temporary generator leaves a connection behind.
TEST_F(Backup, Requests) {
  expectFacts(app_, "requests", {{"jobs", "4"}, {"repositories", "2"}, {"open", "3"}},
              {{"jobs", "4"}, {"repositories", "2"}, {"open", "0"}});
}

// After a failure the session stays in its transaction: others wait, the next call fails too, and
// reads what was never committed.
TEST_F(Backup, FailingService) {
  expectFacts(app_, "failing-service",
              {{"first", "0"},
               {"others-can-write", "0"},
               {"second", "0"},
               {"archives", "1"},
               {"repositories", "2"},
               {"open", "0"}},
              {{"first", "0"},
               {"others-can-write", "1"},
               {"second", "1"},
               {"archives", "2"},
               {"repositories", "3"},
               {"open", "0"}});
}

// An early return and an exception each lose a connection; half of an import stays.
TEST_F(Backup, Archives) {
  expectFacts(app_, "archives",
              {{"pruned", "1"}, {"unknown", "0"}, {"archives", "2"}, {"open", "2"}},
              {{"pruned", "1"}, {"unknown", "0"}, {"archives", "1"}, {"open", "0"}});
}

// A connection for each cycle in which nothing is due.
TEST_F(Backup, Scheduler) {
  expectFacts(app_, "scheduler", {{"schedules", "2"}, {"jobs", "6"}, {"open", "7"}},
              {{"schedules", "2"}, {"jobs", "6"}, {"open", "0"}});
}

// A job that fails keeps its connection, and says for ever that it runs.
TEST_F(Backup, Jobs) {
  expectFacts(app_, "jobs", {{"done", "2"}, {"stuck", "2"}, {"open", "2"}},
              {{"done", "2"}, {"stuck", "0"}, {"open", "0"}});
}

TEST_F(Backup, Recovery) {
  expectFacts(app_, "recovery", {{"failed", "2"}, {"open", "3"}}, {{"failed", "2"}, {"open", "0"}});
}

// By hand and right: nothing is lost today.
TEST_F(Backup, Maintenance) {
  expectFacts(app_, "maintenance", {{"pages", "some"}, {"open", "0"}},
              {{"pages", "some"}, {"open", "0"}});
}

} // namespace

} // namespace session_tidy::test
