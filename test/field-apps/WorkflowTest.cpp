// A session after its scope, three commits, a commit after a swallowed exception; and what is
// right.
#include "field-apps/FieldApp.h"

#include <gtest/gtest.h>

namespace session_tidy::test {

namespace {

class Workflow : public testing::Test {
protected:
  void SetUp() override {
    if (!app_.isBuilt()) GTEST_SKIP() << "SOCI is not installed";
  }

  /// A scenario that both programs get right.
  void expectSame(const std::string& scenario, const Facts& facts) const {
    expectFacts(app_, scenario, facts, facts);
  }

  const FieldApp app_{"workflow"};
};

TEST_F(Workflow, IsFoundAsMarked) {
  expectMarkedFindings(app_);
}

TEST_F(Workflow, IsReportedFileByFile) {
  expectReport(app_, {{"workflow.cpp", "issues"},
                      {"task_instance.cpp", "issues"},
                      {"dag.cpp", "good"},
                      {"node.cpp", "good"},
                      {"array.cpp", "good"},
                      {"task_template.cpp", "good"},
                      {"workflow_run.cpp", "good"}});
}

// A statement runs on a session that the pool may give to somebody else meanwhile.
TEST_F(Workflow, StatusUpdates) {
  expectFacts(app_, "status-updates",
              {{"as-of", "7"}, {"done", "1"}, {"outside", "1"}, {"others-can-write", "1"}},
              {{"as-of", "7"}, {"done", "1"}, {"outside", "0"}, {"others-can-write", "1"}});
}

// The third step fails, and the first two stay.
TEST_F(Workflow, LogErrorWorkerNode) {
  const Facts complete{
      {"logged", "0"}, {"complete", "error-2"}, {"logged-then", "1"}, {"others-can-write", "1"}};
  Facts before{{"node-set", "1"}, {"status-set", "1"}};
  Facts after{{"node-set", "0"}, {"status-set", "0"}};
  before.insert(complete.begin(), complete.end());
  after.insert(complete.begin(), complete.end());
  expectFacts(app_, "log-error", before, after);
}

// The published fix: what ran before the refused transition is committed.
TEST_F(Workflow, SwallowedException) {
  expectFacts(app_, "swallowed",
              {{"state", "unchanged"},
               {"node-set", "1"},
               {"load", "1"},
               {"state-then", "launched"},
               {"load-then", "2"},
               {"others-can-write", "1"}},
              {{"state", "unchanged"},
               {"node-set", "0"},
               {"load", "0"},
               {"state-then", "launched"},
               {"load-then", "1"},
               {"others-can-write", "1"}});
}

TEST_F(Workflow, BulkHelpersAreRight) {
  expectSame("bulk", {{"dag", "1"},
                      {"dag-again", "1"},
                      {"dags", "1"},
                      {"node", "1"},
                      {"arguments", "2"},
                      {"tasks", "5"},
                      {"others-can-write", "1"}});
}

TEST_F(Workflow, NestedTransactionsAreRight) {
  expectSame("nested", {{"bound", "2"}, {"versions", "2"}, {"others-can-write", "1"}});
}

TEST_F(Workflow, RunsAreRight) {
  expectSame("runs", {{"done", "0"},
                      {"running", "1"},
                      {"failed", "3"},
                      {"resumed", "3"},
                      {"others-can-write", "1"}});
}

} // namespace

} // namespace session_tidy::test
