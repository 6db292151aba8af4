// What paths tell beyond one commit and one rollback: children, portions, flags, two good results.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class PathRules : public ::testing::TestWithParam<Case> {};

TEST_P(PathRules, Finds) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Lmdb, PathRules,
                         ::testing::Values(Case{"GuardThatWritesAndAborts", R"(function f
slot env : lmdb.env parameter; slot tx : lmdb.txn
frame Txn @1:1; frame ~Txn @4:1
block 0: begin tx on env @1:1 frame=0; use tx write @2:1
leave "end" @4:1; rollback tx @4:1 frame=1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"GuardThatOnlyReads", R"(function f
slot env : lmdb.env parameter; slot tx : lmdb.txn
frame Txn @1:1; frame ~Txn @4:1
block 0: begin tx on env @1:1 frame=0; use tx read @2:1
leave "end" @4:1; rollback tx @4:1 frame=1; return)",
                                                ""},
                                           Case{"AbortAfterAFailedCommit", R"(function f
slot env : lmdb.env parameter; slot tx : lmdb.txn; var rc
block 0: begin tx on env @1:1; use tx write @2:1; commit tx -> rc zero @3:1; branch rc == 0 ? 2 : 1
block 1: rollback tx @4:1; return
block 2: return)",
                                                "double-end@4"},
                                           Case{"ResetReaderIsUsed", R"(function f
slot env : lmdb.env parameter; slot tx : lmdb.txn
block 0: begin tx on env read @1:1; close tx @2:1; use tx read @3:1; rollback tx @4:1; return)",
                                                "use-after-scope@3"},
                                           Case{"ResetReaderIsRenewedOrAborted", R"(function f
slot env : lmdb.env parameter; slot tx : lmdb.txn
block 0: begin tx on env read @1:1; close tx @2:1; open tx @3:1; use tx read @4:1
close tx @5:1; rollback tx @6:1; return)",
                                                ""},
                                           Case{"ChildThatFailsIsUndone", R"(function f
slot env : lmdb.env parameter; slot all : lmdb.txn; slot one : lmdb.txn; var rc; loop @3:1
block 0: begin all on env @1:1; use all write @2:1; jump 1
block 1 unwind=4: begin one on all @4:1 loop=0; use one write @5:1 loop=0; commit one -> rc zero @6:1 loop=0; branch rc == 0 ? 3 : 2
block 2 unwind=4: throw
block 3: choose 1 5
block 4: catch "Error" @7:1 loop=0; jump 3
block 5: commit all @9:1; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Portions, PathRules,
                         ::testing::Values(Case{"UntilNothingIsLeft", R"(function f
slot db : my.conn reference parameter; loop draining @2:1
block 0: begin db "setAutoCommit" @1:1; jump 1
block 1: use db write @3:1 loop=0; commit db @4:1 loop=0; choose 1 2
block 2: return)",
                                                ""},
                                           Case{"OneForEachItem", R"(function f
slot db : my.conn reference parameter; loop @2:1
block 0: begin db "setAutoCommit" @1:1; jump 1
block 1: use db write @3:1 loop=0; commit db @4:1 loop=0; choose 1 2
block 2: return)",
                                                "multiple-commits@4"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Results, PathRules,
                         ::testing::Values(Case{"BothResultsAreGood", R"(function f
slot db : sqlite.db parameter; var rc
block 0: begin db -> rc is 1 or 2 @1:1; branch rc == 1 ? 2 : 1
block 1: branch rc == 2 ? 2 : 3
block 2: use db write @2:1; commit db @3:1; return
block 3: return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(
    Flags, PathRules,
    ::testing::Values(Case{"SomebodyHasSetIt", R"(function T::~T destructor noexcept
slot this->s_ : sqlite.db reference member; var this->written_ initially 0
block 0: branch this->written_ != 0 ? 1 : 2 "written_" @1:1
block 1: commit this->s_ @2:1; return
block 2: rollback this->s_; return)",
                           ""},
                      Case{"SetUnlessSomebodyClearsIt", R"(function T::~T destructor noexcept
slot this->s_ : sqlite.db reference member; var this->success_ initially 1
block 0: branch this->success_ != 0 ? 1 : 2 "success_" @1:1
block 1: commit this->s_ @2:1; return
block 2: rollback this->s_; return)",
                           "commit-in-destructor@2"}),
    caseName);

INSTANTIATE_TEST_SUITE_P(Threads, PathRules,
                         ::testing::Values(Case{"NameInARegisterToADetachedThread", R"(function f
slot db : qt.db shared
block 0: make db factory @1:1; share db detached "std::thread" @2:1; end db @3:1; return)",
                                                "shared-across-threads@2"},
                                           Case{"ThreadSafeHandleMustOutlive", R"(function f
slot db : sqlite.db owner
block 0: make db factory @1:1; share db detached "std::thread" @2:1; end db @3:1; return)",
                                                "shared-across-threads@2"},
                                           Case{"ThreadSafeHandleIsUsed", R"(function f
slot db : sqlite.db owner
block 0: make db factory @1:1; share db "std::thread" @2:1; use db write @3:1; join db @4:1; end db @5:1; return)",
                                                ""}),
                         caseName);

} // namespace
} // namespace session_tidy::testing
