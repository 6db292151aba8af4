// Sessions given to background tasks, held while a server is slow, taken twice, lost.
#include "field-apps/FieldApp.h"

#include <gtest/gtest.h>

namespace session_tidy::test {

namespace {

class Mail : public testing::Test {
protected:
  void SetUp() override {
    if (!app_.isBuilt()) GTEST_SKIP() << "Poco is not installed";
  }

  const FieldApp app_{"mail"};
};

TEST_F(Mail, IsFoundAsMarked) {
  expectMarkedFindings(app_);
}

TEST_F(Mail, IsReportedFileByFile) {
  expectReport(app_, {{"requests.cpp", "issues"},
                      {"follow_up.cpp", "issues"},
                      {"retry.cpp", "issues"},
                      {"delivery.cpp", "issues"},
                      {"archive.cpp", "good"}});
}

// The task commits what its request has not finished, so that a refused one is queued, and the
// request finds its own transaction gone.
TEST_F(Mail, BackgroundTask) {
  expectFacts(app_, "background",
              {{"request-1", "refused"},
               {"request-2", "refused"},
               {"texts", "1"},
               {"refused-but-queued", "1"},
               {"refused-but-followed", "1"}},
              {{"request-1", "accepted"},
               {"request-2", "refused"},
               {"texts", "1"},
               {"refused-but-queued", "0"},
               {"refused-but-followed", "0"}});
}

TEST_F(Mail, SlowServerEmptiesThePool) {
  expectFacts(app_, "slow-server", {{"without-session", "1"}, {"sent", "2"}},
              {{"without-session", "0"}, {"sent", "3"}});
}

TEST_F(Mail, SecondSessionEmptiesThePool) {
  expectFacts(app_, "follow-ups", {{"without-session", "1"}, {"follow-ups", "1"}, {"logged", "1"}},
              {{"without-session", "0"}, {"follow-ups", "2"}, {"logged", "2"}});
}

TEST_F(Mail, LeakScan) {
  expectFacts(app_, "leak-scan", {{"away-1", "1"}, {"away-2", "2"}, {"third", "finds no session"}},
              {{"away-1", "0"}, {"away-2", "0"}, {"third", "works"}});
}

TEST_F(Mail, ArchiveIsRight) {
  const Facts facts{{"archived", "1"}, {"left", "2"}, {"away", "0"}};
  expectFacts(app_, "archive", facts, facts);
}

} // namespace

} // namespace session_tidy::test
