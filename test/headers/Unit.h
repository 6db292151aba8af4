// What every library's tests of the companion headers have in common: a test writes a row, and
// another connection counts what lasts.
#pragma once

#include <gtest/gtest.h>
#include <session_tidy/scope.h>

#include <stdexcept>
#include <string>

namespace companion {

struct Boom : std::runtime_error {
  Boom() : std::runtime_error("boom") {}
};

/// `Library` has: session (as scopes take it), session& first(), second connection's `int count()`,
/// `write(work)`, `breakDeferred(work)` (what only the commit refuses), `isIdle(session)`.
template <class Library>
class UnitTest : public testing::Test {
protected:
  Library library;
};

TYPED_TEST_SUITE_P(UnitTest);

TYPED_TEST_P(UnitTest, ScopeCommitsAtItsEnd) {
  {
    session_tidy::scope work(this->library.first());
    this->library.write(*work);
    EXPECT_EQ(this->library.count(), 0);
  }
  EXPECT_EQ(this->library.count(), 1);
  EXPECT_TRUE(this->library.isIdle());
}

TYPED_TEST_P(UnitTest, ScopeRollsBackOnException) {
  try {
    session_tidy::scope work(this->library.first());
    this->library.write(*work);
    throw Boom();
  } catch (const Boom&) {
  }
  EXPECT_EQ(this->library.count(), 0);
  EXPECT_TRUE(this->library.isIdle());
}

TYPED_TEST_P(UnitTest, ScopeEndsEarly) {
  {
    session_tidy::scope work(this->library.first());
    this->library.write(*work);
    work.commit();
    EXPECT_EQ(this->library.count(), 1);
    EXPECT_FALSE(work.is_open());
    EXPECT_THROW(work.commit(), std::logic_error);
    EXPECT_THROW(work.rollback(), std::logic_error);
  }
  {
    session_tidy::scope work(this->library.first());
    this->library.write(*work);
    work.rollback();
  }
  EXPECT_EQ(this->library.count(), 1);
  EXPECT_TRUE(this->library.isIdle());
}

TYPED_TEST_P(UnitTest, ACommitThatFailsIsToldAndRolledBack) {
  EXPECT_ANY_THROW({
    session_tidy::scope work(this->library.first());
    this->library.write(*work);
    this->library.breakDeferred(*work);
  });
  EXPECT_TRUE(this->library.isIdle());
  EXPECT_ANY_THROW({
    session_tidy::transaction work(this->library.first());
    this->library.write(*work);
    this->library.breakDeferred(*work);
    work.commit();
  });
  EXPECT_TRUE(this->library.isIdle());
  EXPECT_ANY_THROW(session_tidy::transactional(this->library.first(), [&](auto& work) {
    this->library.write(work);
    this->library.breakDeferred(work);
  }));
  EXPECT_TRUE(this->library.isIdle());
  EXPECT_EQ(this->library.count(), 0);
}

TYPED_TEST_P(UnitTest, TransactionLastsOnlyByCommit) {
  {
    session_tidy::transaction work(this->library.first());
    this->library.write(*work);
  }
  EXPECT_EQ(this->library.count(), 0);
  {
    session_tidy::transaction work(this->library.first());
    this->library.write(*work);
    work.commit();
  }
  EXPECT_EQ(this->library.count(), 1);
  EXPECT_TRUE(this->library.isIdle());
}

TYPED_TEST_P(UnitTest, ReadScopeNeverCommits) {
  {
    session_tidy::read_scope work(this->library.first());
    if (!this->library.refusesToWriteWhileReading) this->library.write(*work);
  }
  EXPECT_EQ(this->library.count(), 0);
  EXPECT_TRUE(this->library.isIdle());
}

TYPED_TEST_P(UnitTest, TransactionalPassesTheResultOn) {
  const std::string text = session_tidy::transactional(this->library.first(), [&](auto& work) {
    this->library.write(work);
    return std::string("done");
  });
  EXPECT_EQ(text, "done");
  EXPECT_EQ(this->library.count(), 1);
  session_tidy::transactional(this->library.first(),
                              [&](auto& work) { this->library.write(work); });
  EXPECT_EQ(this->library.count(), 2);
  const auto fails = [&](auto& work) -> int {
    this->library.write(work);
    throw Boom();
  };
  EXPECT_THROW(session_tidy::transactional(this->library.first(), fails), Boom);
  EXPECT_EQ(this->library.count(), 2);
  EXPECT_EQ(session_tidy::read_only(this->library.first(), [](auto&) { return 7; }), 7);
  EXPECT_TRUE(this->library.isIdle());
}

REGISTER_TYPED_TEST_SUITE_P(UnitTest, ScopeCommitsAtItsEnd, ScopeRollsBackOnException,
                            ScopeEndsEarly, ACommitThatFailsIsToldAndRolledBack,
                            TransactionLastsOnlyByCommit, ReadScopeNeverCommits,
                            TransactionalPassesTheResultOn);

} // namespace companion
