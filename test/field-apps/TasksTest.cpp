// The seven tests of the report on generators that end too early, and the linter's verdict.
#include "field-apps/FieldApp.h"

#include <gtest/gtest.h>

namespace session_tidy::test {

namespace {

class Tasks : public testing::Test {
protected:
  void SetUp() override { ASSERT_TRUE(app_.isBuilt()); }

  const FieldApp app_{"tasks"};
};

TEST_F(Tasks, IsFoundAsMarked) {
  expectMarkedFindings(app_);
}

TEST_F(Tasks, IsReportedFileByFile) {
  expectReport(
      app_,
      {{"task_manager.cpp", "issues"}, {"task_queue.cpp", "issues"}, {"task_report.cpp", "good"}});
}

TEST_F(Tasks, Test1RightPatternWorks) {
  const Facts facts{{"within", "0"}, {"afterwards", "1"}, {"open", "0"}};
  expectFacts(app_, "right-pattern", facts, facts);
}

// Each use of the ended session opens a connection that nobody closes, and there is no transaction
// that could take the first half back.
TEST_F(Tasks, Test2BrokenLifecycle) {
  expectFacts(app_, "broken-lifecycle", {{"created", "1"}, {"half-done", "1"}, {"open", "3"}},
              {{"created", "1"}, {"half-done", "0"}, {"open", "0"}});
}

TEST_F(Tasks, Test3SeveralSessions) {
  expectFacts(app_, "several-sessions", {{"done", "3"}, {"open", "6"}},
              {{"done", "3"}, {"open", "0"}});
}

TEST_F(Tasks, Test4OneOfTwoTasksIsLost) {
  expectFacts(app_, "lost-task", {{"id", "1"}, {"tasks", "1"}, {"open", "0"}},
              {{"id", "1"}, {"tasks", "2"}, {"open", "0"}});
}

TEST_F(Tasks, Test5Concurrency) {
  const Facts facts{{"tasks", "20"}, {"open", "0"}};
  expectFacts(app_, "concurrency", facts, facts);
}

TEST_F(Tasks, Test6NoPool) {
  const Facts facts{{"open-within", "1"}, {"counted", "1"}, {"open-tasks", "1"}, {"open", "0"}};
  expectFacts(app_, "no-pool", facts, facts);
}

// A task whose adapter does not start is left behind by two transactions, and by one it is not.
TEST_F(Tasks, Test7RightService) {
  expectFacts(
      app_, "service",
      {{"started", "1"}, {"running", "1"}, {"stranded", "1"}, {"taken", "0"}, {"open", "0"}},
      {{"started", "1"}, {"running", "1"}, {"stranded", "0"}, {"taken", "0"}, {"open", "0"}});
}

} // namespace

} // namespace session_tidy::test
