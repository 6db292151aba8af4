// Fails a GoogleTest test that leaves a session open or a transaction unfinished, and says where
// that was opened:
//
//   testing::UnitTest::GetInstance()->listeners().Append(new session_tidy::gtest_listener);
//
// Needs a program compiled with SESSION_TIDY_MONITOR=1, or tickets of its own.
#pragma once

#include <gtest/gtest.h>
#include <session_tidy/monitor_text.h>

namespace session_tidy {

class gtest_listener : public testing::EmptyTestEventListener {
public:
  explicit gtest_listener(const monitor& watched = monitor::global()) : watched_(watched) {}

  void OnTestStart(const testing::TestInfo& /*test*/) override { first_ = watched_.next_number(); }

  void OnTestEnd(const testing::TestInfo& /*test*/) override {
    const monitor::snapshot now = watched_.take();
    for (const monitor::entry& one : now.open) {
      if (one.number < first_) continue; // of the suite, or left over and told already
      const bool session = one.kind == monitor::what::session;
      ADD_FAILURE_AT(one.at.file, static_cast<int>(one.at.line))
          << (session ? "the session that '" : "the transaction that '") << one.at.function
          << (session ? "' opened here is still open"
                      : "' began here is neither committed nor rolled back")
          << " after the test";
    }
  }

private:
  const monitor& watched_;
  std::uint64_t first_ = 0;
};

} // namespace session_tidy
