// Counted rounds and depths, work that is tried again, and what a handler has to do with it.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class CountTest : public ::testing::TestWithParam<Case> {};
TEST_P(CountTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Counts, CountTest,
                         ::testing::Values(Case{"TheFirstOfSeveralRoundsRuns", R"(function f
slot db : sqlite.db parameter; var i; var many; var rc; loop
block 0: begin db @1:1; set i = 0
block 1: measure many = i >= 3; branch many ? 3 : 2
block 2: commit db -> rc zero @2:1 loop=0; add i by 1 loop=0; havoc many loop=0; branch rc == 0 ? 3 : 1
block 3: leave "end" @4:1; return)",
                                                ""},
                                           Case{"AnUnknownNumberMayBeZero", R"(function f
slot db : sqlite.db parameter; var i; var many; var rc; loop
block 0: begin db @1:1; havoc i
block 1: measure many = i >= 3; branch many ? 3 : 2
block 2: commit db -> rc zero @2:1 loop=0; add i by 1 loop=0; havoc many loop=0; branch rc == 0 ? 3 : 1
block 3: leave "end" @4:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"DepthGoesUpAndDown", R"(function f
slot db : sqlite.db parameter; var depth
block 0: set depth = 0; branch depth == 0 ? 1 : 2
block 1: begin db @1:1
block 2: add depth by 1; branch depth == 0 ? 3 : 4
block 3: begin db @2:1
block 4: add depth by 1; use db write; add depth by -1; branch depth == 0 ? 5 : 6
block 5: commit db @3:1
block 6: add depth by -1; branch depth == 0 ? 7 : 8
block 7: commit db @4:1
block 8: leave "end" @5:1; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Again, CountTest,
                         ::testing::Values(Case{"FailedRollbackMayBeTriedAgain", R"(function f
slot db : sqlite.db parameter; var rc; loop
block 0: begin db @1:1; use db write
block 1: rollback db -> rc zero @2:1 loop=0; branch rc == 0 ? 2 : 1
block 2: leave "end" @3:1; return)",
                                                ""},
                                           Case{"RollbackThatWorkedIsNot", R"(function f
slot db : sqlite.db parameter; var more; loop
block 0: begin db @1:1; use db write
block 1: rollback db @2:1 loop=0; havoc more loop=0; branch more ? 1 : 2
block 2: leave "end" @3:1; return)",
                                                "double-end@2"},
                                           Case{"GuardWhoseBeginFailedHasNothingToSay",
                                                R"(function f
slot db : sqlite.db parameter; var rc; frame Tx @1:1; frame ~Tx
block 0: begin db -> rc zero @1:1 frame=0; use db write @2:1; branch rc == 0 ? 1 : 2
block 1: rollback db implicit @3:1 frame=1; leave "end"; return
block 2: rollback db implicit @3:1 frame=1; leave "end"; return)",
                                                "unfinished-transaction@1"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Attempts, CountTest,
                         ::testing::Values(Case{"WhatIsCaughtHasDoneNothing", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value; var more; var bad; loop
block 0: make t of s; begin t on s
block 1: havoc more loop=0; branch more ? 2 : 5
block 2: attempt value=1 loop=0; havoc bad; branch bad ? 3 : 4
block 3 unwind=h @3:1: throw
block h: catch value=1 @4:1; jump 1
block 4: use s write @5:1 loop=0; jump 1
block 5: commit t @8:1; end t; return)",
                                                ""},
                                           Case{"WhatIsCaughtHasWritten", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value; var more; var bad; loop
block 0: make t of s; begin t on s
block 1: havoc more loop=0; branch more ? 2 : 5
block 2: attempt value=1 loop=0; use s write @2:1 loop=0; havoc bad; branch bad ? 3 : 4
block 3 unwind=h @3:1: throw
block h: catch value=1 @4:1; jump 1
block 4: use s write @5:1 loop=0; jump 1
block 5: commit t @8:1; end t; return)",
                                                "swallow-and-commit@4"},
                                           Case{"TheStatementItselfFails", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s write @1:1
block 1 unwind=h: attempt value=1; use s write throws @2:1; jump 2
block h: catch value=1 @4:1
block 2: commit t @8:1; end t; return)",
                                                "swallow-and-commit@4"}),
                         caseName);

} // namespace
} // namespace session_tidy::testing
