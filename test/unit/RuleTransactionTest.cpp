// Transactions left open, or rolled back by nobody when an exception passes: what the rules say and
// where they are silent.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class TransactionTest : public ::testing::TestWithParam<Case> {};
TEST_P(TransactionTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

// A borrowed session, transactions by hand.
INSTANTIATE_TEST_SUITE_P(Unfinished, TransactionTest,
                         ::testing::Values(Case{"EarlyReturn", R"(function f
slot s : soci.session reference parameter; var full
block 0 unwind=u: begin s @1:1; branch full ? 1 : 2 "full" @2:1
block 1: leave "return" @3:1; return
block 2 unwind=u: use s write @4:1; commit s @5:1; leave "end"; return
block u: unwound)",
                                                "unfinished-transaction@1"},
                                           Case{"ResultChecked", R"(function f
slot db : sqlite.db parameter; var rc; var rc2
block 0: begin db -> rc zero @1:1; branch rc == 0 ? 1 : x
block 1: use db write -> rc2 zero @2:1; branch rc2 == 0 ? 2 : x
block x: leave "return" @9:1; return
block 2: commit db @3:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"BreakOutOfLoop", R"(function f
slot s : soci.session reference parameter; var more; var bad; loop
block 0: begin s @1:1
block 1: branch more ? 2 : 3
block 2: use s write loop=0; havoc more; branch bad ? x : 1
block 3: commit s @4:1; return
block x: leave "return" @5:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"OnlyOneSwitchCaseEnds", R"(function f
slot s : qt.db shared parameter; var k
block 0: begin s @1:1; switch k 0 -> 1 1 -> 2 else 3
block 1: commit s @2:1; return
block 2: rollback s @3:1; return
block 3: leave "end" @4:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"PooledLease", R"(function f
slot pool : soci.pool reference parameter; slot s : soci.session value; var n
block 0: make s of pool leased @1:1; begin s @2:1; branch n == 0 ? 1 : 2
block 1: leave "return" @3:1; end s implicit; return
block 2: commit s @4:1; end s implicit; return)",
                                                "unfinished-transaction@2"},
                                           Case{"GuardNeverCommitted", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value
block 0: make tr of s @1:1; begin tr on s implicit @1:1; use s write @2:1; leave "end" @3:1; end tr implicit @3:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"GuardNeverCommittedOnAnyOfTwoPaths", R"(function f
slot c : pqxx.conn reference parameter; slot tx : pqxx.work value; var n
block 0: make tx of c @1:1; begin tx on c implicit @1:1; branch n ? 1 : 2
block 1: use tx write @2:1; end tx implicit @3:1; return
block 2: end tx implicit @3:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"RawTransactionHandle", R"(function f
slot env : lmdb.env parameter; slot txn : lmdb.txn; var rc; var rc2
block 0: begin txn on env -> rc zero @1:1; branch rc == 0 ? 1 : x
block 1: use txn write -> rc2 zero @2:1; branch rc2 == 0 ? 2 : x
block 2: commit txn @3:1; return
block x: leave "return" @4:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"LocalSessionThatNeverCommits", R"(function f
slot s : soci.session value
block 0: make s @1:1; begin s @2:1; use s write; leave "end"; end s implicit @3:1; return)",
                                                "unfinished-transaction@2"},
                                           Case{"WritesAndNobodyEnds", R"(function f
slot db : sqlite.db parameter
block 0: begin db @1:1; use db write @2:1; leave "end" @3:1; return)",
                                                "unfinished-transaction@1"},
                                           Case{"MemberSession", R"(function f method
slot this->db_ : qt.db shared member; var ok
block 0: begin this->db_ @1:1; branch ok ? 1 : 2
block 1: commit this->db_ @2:1; return
block 2: leave "return" @3:1; return)",
                                                "unfinished-transaction@1"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Finished, TransactionTest,
                         ::testing::Values(Case{"RolledBackOnEveryPath", R"(function f
slot db : sqlite.db parameter; var rc; var a; var b
block 0: begin db -> rc zero @1:1; branch rc == 0 ? 1 : x
block 1: use db write -> a zero; branch a == 0 ? 2 : r
block 2: commit db -> b zero @2:1; branch b == 0 ? x : r
block r: rollback db; jump x
block x: leave "return"; return)",
                                                ""},
                                           Case{"HelperThatOnlyBegins", R"(function begin_update
slot s : soci.session reference parameter
block 0: begin s @1:1; use s read; leave "end"; return)",
                                                ""},
                                           Case{"HelperMayThrow", R"(function begin_update
slot s : soci.session reference parameter
block 0 unwind=u: begin s throws @1:1; use s read throws; leave "end"; return
block u: unwound)",
                                                ""},
                                           Case{"HelperOfAClass", R"(function begin method
slot this->s_ : soci.session reference member
block 0: begin this->s_ @1:1; use this->s_ write; leave "end"; return)",
                                                ""},
                                           Case{"CorrelatedFlag", R"(function f
slot s : soci.session reference parameter; var own
block 0: branch own ? 1 : 2
block 1: begin s @1:1
block 2: use s write; branch own ? 3 : 4
block 3: commit s @2:1
block 4: leave "end"; return)",
                                                ""},
                                           Case{"ResultKeptInAFlag", R"(function f
slot db : qt.db shared parameter; var t; var txn
block 0: begin db -> t true @1:1; copy txn = t; use db write; branch txn ? 1 : 2
block 1: commit db @2:1
block 2: leave "end"; return)",
                                                ""},
                                           Case{"GotoCleanup", R"(function f
slot db : sqlite.db parameter; var rc; var open
block 0: set open = 0; begin db @1:1; set open = 1; use db write -> rc zero; branch rc == 0 ? 1 : c
block 1: commit db @2:1; set open = 0
block c: branch open ? r : x
block r: rollback db
block x: return)",
                                                ""},
                                           Case{"EarlyReturnOfGuard", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value; var full
block 0: make tr of s @1:1; begin tr on s implicit @1:1; use s write; branch full ? 1 : 2
block 1: end tr implicit; return
block 2: commit tr; end tr implicit; return)",
                                                ""},
                                           Case{"GuardThatOnlyReads", R"(function f
slot c : pqxx.conn reference parameter; slot tx : pqxx.work value
block 0: make tx of c @1:1; begin tx on c implicit; use tx read; end tx implicit; return)",
                                                ""},
                                           Case{"GuardOfUnknownWork", R"(function f
slot c : pqxx.conn reference parameter; slot tx : pqxx.work value
block 0: make tx of c @1:1; begin tx on c implicit; use tx; end tx implicit; return)",
                                                ""},
                                           Case{"GuardRolledBackOnPurpose", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value
block 0: make tr of s @1:1; begin tr on s implicit; use s write; rollback tr; end tr implicit; return)",
                                                ""},
                                           Case{"GuardHandedToUnseenCode", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value
block 0: make tr of s @1:1; begin tr on s implicit; use s write; use tr opaque "finish"; end tr implicit; return)",
                                                ""},
                                           Case{"PoolRollsBack", R"(function f
slot pool : poco.pool reference parameter; slot s : poco.session shared; var n
block 0 unwind=u: make s of pool leased @1:1; begin s throws @2:1; use s write throws; branch n ? 1 : 2
block 1: end s implicit; return
block 2: commit s; end s implicit; return
block u: end s implicit; unwound)",
                                                ""},
                                           Case{"LocalSessionClosedEarly", R"(function f
slot s : soci.session value; var n
block 0: make s @1:1; begin s @2:1; use s write; branch n ? 1 : 2
block 1: end s implicit; return
block 2: commit s; end s implicit; return)",
                                                ""},
                                           Case{"TransactionOfTheCaller", R"(function f
slot s : soci.session reference parameter; var n
block 0: use s write; branch n ? 1 : 2
block 1: rollback s @1:1; return
block 2: return)",
                                                ""},
                                           Case{"FailedBegin", R"(function f
slot db : qt.db shared parameter; var t
block 0: begin db -> t true @1:1; branch t ? 1 : 2
block 1: commit db @2:1; return
block 2: leave "return"; return)",
                                                ""},
                                           Case{"ReturnedGuard", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value
block 0: make tr of s @1:1; begin tr on s implicit; use s write; hand tr; end tr implicit; return)",
                                                ""},
                                           Case{"ReadOnlyGuard", R"(function f
slot c : pqxx.conn reference parameter; slot tx : pqxx.read value
block 0: make tx of c @1:1; begin tx on c implicit; use tx write; end tx implicit; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(MissingRollback, TransactionTest,
                         ::testing::Values(Case{"SwallowedInHandler", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1
block 1 unwind=h: use s write throws @2:1; commit s throws @3:1; jump x
block h: catch @4:1; call "log"; jump x
block x: leave "end" @5:1; return)",
                                                "missing-rollback@4"},
                                           Case{"Rethrown", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1
block 1 unwind=h: use s write throws @2:1; commit s throws @3:1; leave "end"; return
block h unwind=u: catch @4:1; throw
block u: unwound)",
                                                "missing-rollback@4"},
                                           Case{"Escapes", R"(function f
slot s : soci.session reference parameter
block 0 unwind=u: begin s throws @1:1; use s write throws @2:1; commit s throws @3:1; leave "end"; return
block u: unwound)",
                                                "missing-rollback@1"},
                                           Case{"PooledAndSwallowed", R"(function f
slot pool : soci.pool reference parameter; slot s : soci.session value
block 0: make s of pool leased @1:1; begin s @2:1
block 1 unwind=h: use s write throws @3:1; commit s throws @4:1; jump x
block h: catch @5:1; jump x
block x: leave "end"; end s implicit; return)",
                                                "missing-rollback@5"},
                                           Case{"ReturnsFalseInHandler", R"(function f
slot s : poco.session shared parameter
block 0: begin s @1:1
block 1 unwind=h: use s write throws; commit s throws; leave "return"; return
block h: catch @4:1; leave "return" @5:1; return)",
                                                "missing-rollback@4"},
                                           Case{"OneOfTwoHandlers", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1
block 1 unwind=p: use s write throws; commit s throws; leave "return"; return
block p: choose a b
block a: catch @4:1; rollback s; return
block b: catch @6:1; leave "return"; return)",
                                                "missing-rollback@6"},
                                           Case{"RetryWithoutRollback", R"(function f
slot s : soci.session reference parameter; var more; loop
block 0: havoc more; branch more ? 1 : x
block 1 unwind=h: begin s throws @2:1 loop=0; use s write throws loop=0; commit s throws loop=0; leave "return"; return
block h: catch @5:1 loop=0; jump 0
block x: leave "return"; return)",
                                                "missing-rollback@5"},
                                           Case{"ExplicitThrow", R"(function f
slot db : sqlite.db parameter; var bad
block 0: begin db @1:1; use db write; branch bad ? t : c
block t unwind=u @3:1: throw
block c: commit db; return
block u: unwound)",
                                                "missing-rollback@1"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(RolledBack, TransactionTest,
                         ::testing::Values(Case{"HandlerRollsBack", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1
block 1 unwind=h: use s write throws; commit s throws; return
block h unwind=u: catch @4:1; rollback s throws; throw
block u: unwound)",
                                                ""},
                                           Case{"GuardRollsBack", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value
block 0 unwind=u: make tr of s @1:1; begin tr on s implicit
block 1 unwind=v: use s write throws; commit tr throws; end tr implicit; return
block v: end tr implicit
block u: unwound)",
                                                ""},
                                           Case{"HandlerOutsideTheGuard", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value
block 0: make tr of s @1:1; begin tr on s implicit
block 1 unwind=v: use s write throws; commit tr throws; end tr implicit; return
block v: end tr implicit
block h: catch @4:1; use s write; return)",
                                                ""},
                                           Case{"OuterHandlerRollsBack", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1
block 1 unwind=h: use s write throws; commit s throws; return
block h unwind=g: catch @4:1; throw
block g: catch @6:1; rollback s; return)",
                                                ""},
                                           Case{"LocalSessionDies", R"(function f
slot s : soci.session value
block 0: make s @1:1; begin s @2:1
block 1 unwind=u: use s write throws; commit s throws; end s implicit; return
block u: end s implicit; unwound)",
                                                ""},
                                           Case{"ProgramEnds", R"(function main main
slot s : soci.session reference global
block 0 unwind=u: begin s throws @1:1; use s write throws; commit s throws; return
block u: unwound)",
                                                ""},
                                           Case{"BeginItselfFails", R"(function f
slot s : soci.session reference parameter
block 0 unwind=h: begin s throws @1:1; commit s; return
block h: catch @3:1; return)",
                                                ""},
                                           Case{"DestructorOfAUsersGuard", R"(function f
slot s : soci.session reference parameter; var g.done_; frame Guard @1:1; frame ~Guard @5:1
block 0: begin s @1:1 frame=0; set g.done_ = 0
block 1 unwind=v: use s write throws; commit s throws; set g.done_ = 1
block v: branch g.done_ ? x : r
block r: rollback s frame=1
block x: return)",
                                                ""}),
                         caseName);

} // namespace
} // namespace session_tidy::testing
