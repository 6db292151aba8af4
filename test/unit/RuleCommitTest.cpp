// Transactions committed twice, nested, or committed after an error was swallowed: what the rules
// say and where they are silent.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class CommitTest : public ::testing::TestWithParam<Case> {};
TEST_P(CommitTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Commits, CommitTest,
                         ::testing::Values(Case{"TwoGuards", R"(function f
slot c : pqxx.conn reference parameter; slot a : pqxx.work value; slot b : pqxx.work value
block 0: make a of c; begin a on c; use a write; commit a @1:1; end a; make b of c; begin b on c; use b write; commit b @2:1; end b; return)",
                                                "multiple-commits@2"},
                                           Case{"ThreeByHand", R"(function f
slot s : soci.session reference parameter
block 0: begin s; use s write; commit s @1:1; begin s; use s write; commit s @2:1; begin s; use s write; commit s @3:1; return)",
                                                "multiple-commits@2 multiple-commits@3"},
                                           Case{"ImplicitTransactions", R"(function f
slot c : my.conn parameter
block 0: use c write; commit c @1:1; use c write; commit c @2:1; return)",
                                                "multiple-commits@2"},
                                           Case{"EveryRound", R"(function f
slot c : my.conn parameter; var more; loop
block 0: havoc more; branch more ? 1 : 2
block 1: use c write loop=0; commit c @2:1 loop=0; jump 0
block 2: return)",
                                                "multiple-commits@2"},
                                           Case{"BegunBeforeTheLoop", R"(function f
slot c : my.conn parameter; var more; loop
block 0: begin c @1:1
block 1: havoc more; branch more ? 2 : 3
block 2: use c write loop=0; commit c @2:1 loop=0; jump 1
block 3: return)",
                                                "multiple-commits@2"},
                                           Case{"HelperCommits", R"(function f
slot c : my.conn parameter; frame save @1:1
block 0: use c write frame=0 @1:1; commit c frame=0 @1:1; use c write; commit c @2:1; return)",
                                                "multiple-commits@2"},
                                           Case{"LaterOneInABranch", R"(function f
slot c : pqxx.conn reference parameter; slot a : pqxx.work value; slot b : pqxx.work value; var n
block 0: make a of c; begin a on c; use a write; commit a @1:1; end a; branch n ? 1 : 2
block 1: make b of c; begin b on c; use b write; commit b @2:1; end b
block 2: return)",
                                                "multiple-commits@2"},
                                           Case{"UnknownStatements", R"(function f
slot c : pqxx.conn reference parameter; slot a : pqxx.work value; slot b : pqxx.work value
block 0: make a of c; begin a on c; use a; commit a @1:1; end a; make b of c; begin b on c; use b; commit b @2:1; end b; return)",
                                                "multiple-commits@2"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(OneCommit, CommitTest,
                         ::testing::Values(Case{"ExclusiveBranches", R"(function f
slot s : soci.session reference parameter; var n
block 0: begin s; use s write; branch n ? 1 : 2
block 1: commit s @1:1; return
block 2: use s write; commit s @2:1; return)",
                                                ""},
                                           Case{"BatchWithBeginPerRound", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value; var more; loop
block 0: havoc more; branch more ? 1 : 2
block 1: make t of c loop=0; begin t on c loop=0; use t write loop=0; commit t @1:1 loop=0; end t loop=0; jump 0
block 2: return)",
                                                ""},
                                           Case{"ChunksAndTheRest", R"(function f
slot s : my.conn parameter; var more; var full; loop
block 0: begin s
block 1: havoc more; branch more ? 2 : 4
block 2: use s write loop=0; havoc full; branch full ? 3 : 1
block 3: commit s @3:1 loop=0; begin s loop=0; jump 1
block 4: commit s @4:1; return)",
                                                ""},
                                           Case{"TwoSessions", R"(function f
slot a : my.conn parameter; slot b : my.conn parameter
block 0: use a write; use b write; commit a @1:1; commit b @2:1; return)",
                                                ""},
                                           Case{"Savepoints", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value; slot p : pqxx.sub value
block 0: make t of c; begin t on c; use t write; make p of t; begin p on t; use p write; commit p @1:1; end p
block 1: commit t @2:1; end t; return)",
                                                ""},
                                           Case{"Flush", R"(function f
slot s : my.conn parameter
block 0: use s write; flush s; use s write; flush s; commit s @1:1; return)",
                                                ""},
                                           Case{"ReadFirst", R"(function f
slot c : pqxx.conn reference parameter; slot a : pqxx.work value; slot b : pqxx.work value
block 0: make a of c; begin a on c; use a read; commit a @1:1; end a; make b of c; begin b on c; use b write; commit b @2:1; end b; return)",
                                                ""},
                                           Case{"RetryLoop", R"(function f
slot s : soci.session reference parameter; slot tr : soci.tr value; var more; loop
block 0: havoc more; branch more ? 1 : x
block 1 unwind=v: make tr of s loop=0; begin tr on s loop=0; use s write throws loop=0; commit tr throws @2:1 loop=0; end tr loop=0; leave "return"; return
block v: end tr loop=0
block h: catch @4:1 loop=0; jump 0
block x: return)",
                                                ""},
                                           Case{"SlowWorkBetween", R"(function f
slot c : pqxx.conn reference parameter; slot a : pqxx.work value; slot b : pqxx.work value
block 0: make a of c; begin a on c; use a write; commit a @1:1; end a; call "http_post"; make b of c; begin b on c; use b write; commit b @2:1; end b; return)",
                                                ""},
                                           Case{"CommittedInTheBranchThatLeaves", R"(function f
slot s : my.conn parameter; var more; var last; loop
block 0: havoc more; branch more ? 1 : 3
block 1: use s write loop=0; havoc last; branch last ? 2 : 0
block 2: commit s @2:1 loop=0; return
block 3: return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Nested, CommitTest,
                         ::testing::Values(Case{"ByHand", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1; use s write; begin s @2:1; commit s; return)",
                                                "nested-begin@2"},
                                           Case{"SecondGuard", R"(function f
slot s : soci.session reference parameter; slot a : soci.tr value; slot b : soci.tr value
block 0: make a of s; begin a on s @1:1; use s write; make b of s; begin b on s @2:1; use s write; commit b; end b; commit a; end a; return)",
                                                "nested-begin@2"},
                                           Case{"GuardInsideManual", R"(function f
slot s : soci.session reference parameter; slot a : soci.tr value
block 0: begin s @1:1; make a of s; begin a on s @2:1; use s write; commit a; end a; commit s; return)",
                                                "nested-begin@2"},
                                           Case{"InHelper", R"(function f
slot s : soci.session reference parameter; slot a : soci.tr value; slot b : soci.tr value; frame inner @2:1
block 0: make a of s; begin a on s @1:1; make b of s frame=0; begin b on s @2:1 frame=0; use s write frame=0; commit b frame=0; end b frame=0; commit a; end a; return)",
                                                "nested-begin@2"},
                                           Case{"CommitAfterTheLoop", R"(function f
slot s : soci.session reference parameter; var more; loop
block 0: havoc more; branch more ? 1 : 2
block 1: begin s @2:1 loop=0; use s write loop=0; jump 0
block 2: commit s; return)",
                                                "nested-begin@2"},
                                           Case{"SqlText", R"(function f
slot db : sqlite.db parameter; var a; var b
block 0: begin db -> a zero @1:1; branch a == 0 ? 1 : x
block 1: begin db -> b zero @2:1; commit db
block x: return)",
                                                "nested-begin@2"},
                                           Case{"GuardBegunTwice", R"(function f
slot s : soci.session reference parameter; slot a : soci.tr value
block 0: make a of s; begin a on s @1:1; begin a @2:1; commit a; end a; return)",
                                                "nested-begin@2"},
                                           Case{"OnOnePath", R"(function f
slot s : soci.session reference parameter; var n
block 0: branch n ? 1 : 2
block 1: begin s @1:1
block 2: begin s @2:1; commit s; return)",
                                                "nested-begin@2"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(NotNested, CommitTest,
                         ::testing::Values(Case{"AfterCommit", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1; use s read; commit s; begin s @2:1; use s write; commit s; return)",
                                                ""},
                                           Case{"Savepoint", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value; slot p : pqxx.sub value
block 0: make t of c; begin t on c @1:1; make p of t; begin p on t @2:1; commit p; end p; commit t; end t; return)",
                                                ""},
                                           Case{"KindNests", R"(function f
slot s : nest.session reference parameter
block 0: begin s @1:1; begin s @2:1; commit s; commit s; return)",
                                                ""},
                                           Case{"CallersTransactionIsUnknown", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s @1:1; use s write; commit t; end t; return)",
                                                ""},
                                           Case{"GuardsOneAfterTheOther", R"(function f
slot s : soci.session reference parameter; slot a : soci.tr value; slot b : soci.tr value
block 0: make a of s; begin a on s @1:1; use s read; end a; make b of s; begin b on s @2:1; use s write; commit b; end b; return)",
                                                ""},
                                           Case{"TwoSessions", R"(function f
slot s : soci.session reference parameter; slot r : soci.session reference parameter
block 0: begin s @1:1; begin r @2:1; commit s; commit r; return)",
                                                ""},
                                           Case{"FailedBeginAgain", R"(function f
slot db : sqlite.db parameter; var a; var b
block 0: begin db -> a zero @1:1; branch a == 0 ? 2 : 1
block 1: begin db -> b zero @2:1; branch b == 0 ? 2 : x
block 2: commit db
block x: return)",
                                                ""},
                                           Case{"RolledBackInBetween", R"(function f
slot s : soci.session reference parameter; var n
block 0: begin s @1:1; use s write; branch n ? 1 : 2
block 1: rollback s; begin s @2:1
block 2: commit s; return)",
                                                ""},
                                           Case{"TwoEnvironmentTransactions", R"(function f
slot e : lmdb.env parameter; slot a : lmdb.txn; slot b : lmdb.txn
block 0: begin a on e @1:1; begin b on e @2:1; commit a; rollback b; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Swallow, CommitTest,
                         ::testing::Values(Case{"HandlerInsideGuard", R"(function f
slot d : pqxx.conn reference parameter; slot t : pqxx.work value
block 0 unwind=u: make t of d; begin t on d
block 1 unwind=v: use t write throws @1:1
block 2 unwind=h: use t write throws @2:1; jump 3
block h: catch @4:1
block 3 unwind=v: commit t throws @5:1; end t; return
block v: end t implicit
block u: unwound)",
                                                "swallow-and-commit@4"},
                                           Case{"ByHand", R"(function f
slot s : my.conn parameter
block 0: begin s; use s write @1:1
block 1 unwind=h: use s write throws @2:1; jump 3
block h: catch @4:1
block 3: commit s @5:1; return)",
                                                "swallow-and-commit@4"},
                                           Case{"PerRow", R"(function f
slot s : my.conn parameter; var more; loop
block 0: begin s
block 1: havoc more; branch more ? 2 : 3
block 2 unwind=h: use s write throws @2:1 loop=0; use s write throws loop=0; jump 1
block h: catch @4:1 loop=0; jump 1
block 3: commit s @5:1; return)",
                                                "swallow-and-commit@4"},
                                           Case{"ExplicitThrow", R"(function f
slot s : my.conn parameter; var bad
block 0: begin s; use s write @1:1; branch bad ? t : 3
block t unwind=h @2:1: throw
block h: catch @4:1
block 3: commit s @5:1; return)",
                                                "swallow-and-commit@4"},
                                           Case{"CommitInHandler", R"(function f
slot s : my.conn parameter
block 0: begin s
block 1 unwind=h: use s write throws @1:1; use s write throws; commit s; return
block h: catch @4:1; commit s @5:1; return)",
                                                "swallow-and-commit@4"},
                                           Case{"TwoHandlers", R"(function f
slot s : my.conn parameter
block 0: begin s; use s write
block 1 unwind=p: use s write throws; jump 3
block p: choose a b
block a: catch @4:1; jump 3
block b: catch @6:1
block 3: commit s @8:1; return)",
                                                "swallow-and-commit@4 swallow-and-commit@6"},
                                           Case{"WritesThroughStatement", R"(function f
slot s : soci.session reference parameter; slot st : view value; slot t : soci.tr value
block 0: make t of s; begin t on s; make st of s derived; use st write
block 1 unwind=h: use st write throws; jump 3
block h: catch @4:1
block 3: commit t @8:1; end st; end t; return)",
                                                "swallow-and-commit@4"},
                                           Case{"UnknownWork", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s
block 1 unwind=h: use s throws; jump 3
block h: catch @4:1
block 3: commit t @8:1; end t; return)",
                                                "swallow-and-commit@4"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(LearntFromCode, CommitTest,
                         ::testing::Values(Case{"KnownExceptionPassesTheOtherHandler", R"(function f
slot db : sqlite.db parameter; var bad
block 0: begin db @1:1; use db write; branch bad ? t : c
block t unwind=p thrown="Bad" thrown="std::runtime_error" @3:1: throw
block p: choose a b u
block a: catch "Other" @4:1; return
block b: catch "std::runtime_error" @5:1; rollback db; return
block c: commit db; return
block u: unwound)",
                                                ""},
                                           Case{"BatchesCounted", R"(function f
slot db : qt.db shared parameter; var more; var n; loop
block 0: set n = 0
block 1: havoc more; branch more ? 2 : 6
block 2: branch n == 0 ? 3 : 4
block 3: begin db @3:1 loop=0
block 4: use db write loop=0; add n by 1 loop=0; branch n == 100 ? 5 : 1
block 5: commit db @5:1 loop=0; set n = 0 loop=0; jump 1
block 6: branch n != 0 ? 7 : 8
block 7: commit db @7:1
block 8: leave "end"; return)",
                                                ""},
                                           Case{"RefusedBeginIsNotRolledBack", R"(function f
slot db : sqlite.db parameter; var rc
block 0: begin db -> rc zero @1:1; branch rc == 0 ? 1 : 2
block 1: use db write; commit db; return
block 2: rollback db @4:1; return)",
                                                "double-end@4"},
                                           Case{"OneRollbackForAllFailures", R"(function f
slot db : qt.db shared parameter; var t; var q; var c
block 0: begin db -> t true @1:1; branch t ? 1 : r
block 1: use db write -> q true; branch q ? 2 : r
block 2: commit db -> c true; branch c ? x : r
block r: rollback db @4:1
block x: leave "return"; return)",
                                                ""},
                                           Case{"AskedWhetherThereIsATransaction", R"(function f
slot s : poco.session shared parameter
block 0: begin s @1:1
block 1 unwind=h: use s write throws; commit s throws; return
block h: catch @3:1; harmless s "session.isTransaction"; branch ? r : x
block r: rollback s
block x: return)",
                                                ""},
                                           Case{"UsersGuardNeverCommits", R"(function f
slot s : soci.session reference parameter; var u.kept; frame Unit @1:1; frame ~Unit
block 0: begin s @1:1 frame=0; set u.kept = 0; use s write @2:1; branch u.kept ? x : r
block r: rollback s implicit @3:1 frame=1
block x: leave "end"; return)",
                                                "unfinished-transaction@1"},
                                           Case{"BeginThroughAStatementObject", R"(function f
slot d : pqxx.stream reference parameter
block 0: begin d @1:1
block 1 unwind=h: use d write throws; commit d throws; return
block h: catch @3:1; return)",
                                                "missing-rollback@3"},
                                           Case{"OneCallThrowsOnce", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1
block 1 unwind=h: commit s throws "exec" @2:1-9; flush s throws "exec" @2:1-9; return
block h: catch @3:1; rollback s; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(NotSwallowed, CommitTest,
                         ::testing::Values(Case{"Rethrows", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s write
block 1 unwind=h: use s write throws; jump 3
block h unwind=v: catch @4:1; throw
block 3: commit t @8:1; end t; return
block v: end t; unwound)",
                                                ""},
                                           Case{"FlagDecides", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value; var ok
block 0: make t of s; begin t on s; set ok = 1; use s write
block 1 unwind=h: use s write throws; jump 3
block h: catch @4:1; set ok = 0
block 3: branch ok ? 4 : 5
block 4: commit t @8:1
block 5: end t; return)",
                                                ""},
                                           Case{"RollsBack", R"(function f
slot s : my.conn parameter
block 0: begin s; use s write
block 1 unwind=h: use s write throws; commit s; return
block h: catch @4:1; rollback s; return)",
                                                ""},
                                           Case{"SavepointGuard", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value; slot p : pqxx.sub value
block 0: make t of c; begin t on c; use t write; make p of t; begin p on t
block 1 unwind=v: use p write throws; commit p throws; end p; jump 3
block v: end p implicit
block h: catch @4:1
block 3: commit t; end t; return)",
                                                ""},
                                           Case{"ManualSavepoint", R"(function f
slot db : my.conn parameter
block 0: begin db; use db write; savepoint db
block 1 unwind=h: use db write throws; release-savepoint db; jump 3
block h: catch @4:1; rollback-to-savepoint db
block 3: commit db; return)",
                                                ""},
                                           Case{"NothingDoneYet", R"(function f
slot s : my.conn parameter
block 0: begin s
block 1 unwind=h: use s read throws; jump 3
block h: catch @4:1
block 3: use s write; commit s; return)",
                                                ""},
                                           Case{"HandlerOutside", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0 unwind=h: make t of s throws; begin t on s
block 1 unwind=v: use s write throws; commit t throws; end t; jump x
block v: end t
block h: catch @4:1
block x: use s read; return)",
                                                ""},
                                           Case{"InHelper", R"(function f
slot s : my.conn parameter; frame tryInsert @2:1
block 0: begin s; use s write
block 1 unwind=h: use s write throws frame=0 @2:1; jump 3
block h: catch @2:1 frame=0
block 3: commit s; return)",
                                                ""}),
                         caseName);

} // namespace
} // namespace session_tidy::testing
