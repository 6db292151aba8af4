// Tests that leave something behind; listener-test looks at what becomes of them.
#include <session_tidy/gtest_listener.h>
#include <session_tidy/scope.h>
#include <sqlite3.h>

#include <optional>

namespace {

using Handle = session_tidy::handle<sqlite3*, sqlite3_close>;

Handle open(session_tidy::place at = session_tidy::place::here()) {
  sqlite3* raw = nullptr;
  sqlite3_open(":memory:", &raw);
  return Handle(raw, at);
}

std::optional<Handle> forgotten;
std::optional<session_tidy::live_transaction> unfinished;
std::optional<Handle> ofSuite;

class Sample : public testing::Test {
protected:
  static void SetUpTestSuite() { ofSuite = open(); }
  static void TearDownTestSuite() { ofSuite.reset(); }
};

TEST_F(Sample, LeavesASession) {
  forgotten = open(); // told
}

TEST_F(Sample, IsTidy) {
  const Handle db = open();
  session_tidy::scope work(ofSuite->get());
}

TEST_F(Sample, LeavesATransaction) {
  unfinished.emplace(SESSION_TIDY_HERE); // told
}

} // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  testing::UnitTest::GetInstance()->listeners().Append(new session_tidy::gtest_listener);
  return RUN_ALL_TESTS();
}
