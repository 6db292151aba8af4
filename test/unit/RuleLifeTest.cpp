// Sessions that are used before their begin or after their end, or ended twice: what the rules say
// and where they are silent.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class LifeTest : public ::testing::TestWithParam<Case> {};
TEST_P(LifeTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(UseAfter, LifeTest,
                         ::testing::Values(Case{"Close", R"(function f
slot s : soci.session value
block 0: make s; use s; close s @1:1; use s @2:1; end s; return)",
                                                "use-after-scope@2"},
                                           Case{"CommitOfGuard", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value
block 0: make t of c; begin t on c; use t write; commit t @1:1; use t read @2:1; end t; return)",
                                                "use-after-scope@2"},
                                           Case{"PointerToInnerScope", R"(function f
slot p : soci.session; slot s : soci.session value
block 0: null p; make s; bind p to s @1:1; end s implicit @2:1; use p @3:1; return)",
                                                "use-after-scope@3"},
                                           Case{"StatementOfClosedSession", R"(function f
slot db : qt.db shared parameter; slot q : qt.query value
block 0: make q of db derived; close db @1:1; use q @2:1; end q; return)",
                                                "use-after-scope@2"},
                                           Case{"MovedFrom", R"(function f
slot a : soci.session value; slot b : soci.session value
block 0: make a; move b from a @1:1; use a @2:1; end b; end a; return)",
                                                "use-after-scope@2"},
                                           Case{"GivenBack", R"(function f
slot pool : soci.pool parameter; slot s : soci.session
block 0: make s of pool leased; use s; giveback s @1:1; use s @2:1; return)",
                                                "use-after-scope@2"},
                                           Case{"NextRound", R"(function f
slot s : soci.session value; var more; loop
block 0: make s
block 1: havoc more; branch more ? 2 : 3
block 2: use s @2:1 loop=0; close s @3:1 loop=0; jump 1
block 3: end s; return)",
                                                "use-after-scope@2"},
                                           Case{"ReturnedPointerToLocal", R"(function f
slot s : soci.session value; slot p : soci.session temporary
block 0: make s; bind p to s; hand p @2:1; end s implicit @3:1; leave "return"; return)",
                                                "use-after-scope@2"},
                                           Case{"StoredStatementOfLocal", R"(function f
slot s : soci.session value; slot st : view value
block 0: make s; make st of s derived; store st @2:1 "statements"; end s implicit @3:1; leave "end"; return)",
                                                "use-after-scope@2"},
                                           Case{"FinalizedView", R"(function f
slot db : sqlite.db parameter; slot st : sqlite.stmt; slot v : view value
block 0: make st of db derived; make v of st derived; close st @1:1; hand v @2:1; return)",
                                                "use-after-scope@2"},
                                           Case{"StatementOfTemporaryOwner", R"(function f
slot s : poco.session owner temporary; slot st : view value
block 0: make s factory; make st of s derived @1:1; end s implicit @1:9; use st @2:1; end st; return)",
                                                "use-after-scope@2"},
                                           Case{"BeginOnClosed", R"(function f
slot s : soci.session value
block 0: make s; close s @1:1; begin s @2:1; return)",
                                                "use-after-scope@2"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(UseBefore, LifeTest,
                         ::testing::Values(Case{"Reopened", R"(function f
slot s : soci.session value
block 0: make s; close s; open s; use s; end s; return)",
                                                ""},
                                           Case{"ResultOwnsItsData", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value; slot r : pqxx.result value
block 0: make t of c; begin t on c; make r of t derived; commit t; end t; use r; hand r; return)",
                                                ""},
                                           Case{"ReassignedPointer", R"(function f
slot p : sqlite.db; slot q : sqlite.db parameter
block 0: make p opened @1:1; close p; bind p to q; use p; return)",
                                                ""},
                                           Case{"ClosedOnTheOtherBranch", R"(function f
slot s : soci.session reference parameter; var n
block 0: branch n ? 1 : 2
block 1: close s; leave "return"; return
block 2: use s; return)",
                                                ""},
                                           Case{"ClosedUnderFlag", R"(function f
slot s : soci.session value; var done
block 0: make s; set done = 0; branch ? 1 : 2
block 1: close s; set done = 1
block 2: branch done ? x : 3
block 3: use s
block x: end s; return)",
                                                ""},
                                           Case{"ErrorTextAfterClose", R"(function f
slot db : sqlite.db parameter
block 0: close db; harmless db; return)",
                                                ""},
                                           Case{"MovedInMember", R"(function f
slot s : soci.session value
block 0: make s; use s; hand s; end s; return)",
                                                ""},
                                           Case{"MovedAndMadeAgain", R"(function f
slot t : pqxx.work value; slot u : pqxx.work value; slot c : pqxx.conn reference parameter
block 0: make t of c; begin t on c; move u from t; commit u; make t of c; begin t on c; use t read; end t; end u; return)",
                                                ""},
                                           Case{"ReusableSessionAfterCommit", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s write; commit t; use s read; end t; return)",
                                                ""},
                                           Case{"QueryDestroyedAfterClose", R"(function f
slot db : qt.db shared parameter; slot q : qt.query value
block 0: make q of db derived; use q; close db; end q; return)",
                                                ""},
                                           Case{"ReturnedAfterAConditionalClose", R"(function f
slot r : sqlite.stmt parameter; var done
block 0: branch done ? 1 : 2
block 1: close r @1:1; jump 2
block 2: hand r @2:1; leave "return"; return)",
                                                ""},
                                           Case{"ReturnedValue", R"(function f
slot s : soci.session value
block 0: make s; use s; hand s; end s implicit; leave "return"; return)",
                                                ""},
                                           Case{"InsideOneHelper", R"(function f
slot s : soci.session value; frame bad @1:1
block 0: make s; close s frame=0 @1:1; use s frame=0 @1:1; end s; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Double, LifeTest,
                         ::testing::Values(Case{"CommitTwice", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s write; commit t @1:1; commit t @2:1; end t; return)",
                                                "double-end@2"},
                                           Case{"RollbackAfterCommit", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s
block 1 unwind=h: use s write throws; commit t throws @2:1; call "publish" throws?; end t; return
block h: catch @4:1; rollback t @5:1; end t; return)",
                                                "double-end@5"},
                                           Case{"CloseTwice", R"(function f
slot db : sqlite.db parameter
block 0: close db @1:1; close db @2:1; return)",
                                                "double-end@2"},
                                           Case{"FinalizeTwice", R"(function f
slot db : sqlite.db parameter; slot st : sqlite.stmt; var n
block 0: make st of db derived; branch n ? 1 : 2
block 1: close st @1:1
block 2: close st @2:1; return)",
                                                "double-end@2"},
                                           Case{"RollbackWithoutBegin", R"(function f
slot s : soci.session value
block 0: make s; rollback s @1:1; end s; return)",
                                                "double-end@1"},
                                           Case{"AbortAfterFailedCommit", R"(function f
slot e : lmdb.env parameter; slot t : lmdb.txn; var rc
block 0: begin t on e; use t write; commit t @1:1; havoc rc; branch rc ? 1 : 2
block 1: rollback t @2:1
block 2: return)",
                                                "double-end@2"},
                                           Case{"PooledClose", R"(function f
slot pool : soci.pool parameter; slot s : soci.session value
block 0: make s of pool leased; use s; close s @1:1; end s; return)",
                                                "double-end@1"},
                                           Case{"DeleteTwice", R"(function f
slot s : soci.session parameter
block 0: delete s @1:1; delete s @2:1; return)",
                                                "double-end@2"},
                                           Case{"SessionRolledBackAfterCommit", R"(function f
slot s : soci.session reference parameter; var bad
block 0: begin s; use s write; commit s @1:1; branch bad ? 1 : 2
block 1: rollback s @2:1
block 2: return)",
                                                "double-end@2"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(
    EndedOnce, LifeTest,
    ::testing::Values(Case{"RollbackAfterFailedCommit", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s
block 1 unwind=h: use s write throws; commit t throws @2:1; end t; return
block h: catch @4:1; rollback t @5:1; end t; return)",
                           ""},
                      Case{"NullAfterClose", R"(function f
slot db : sqlite.db parameter
block 0: close db; null db; close db; return)",
                           ""},
                      Case{"CloseAndDelete", R"(function f
slot s : soci.session parameter
block 0: close s; close s "delete"; return)",
                           ""},
                      Case{"CommitResultChecked", R"(function f
slot db : qt.db shared parameter; var t; var c
block 0: begin db -> t true; branch t ? 1 : x
block 1: use db write; commit db -> c true; branch c ? x : 2
block 2: rollback db
block x: return)",
                           ""},
                      Case{"RollbackWhenBeginFailed", R"(function f
slot s : soci.session value
block 0 unwind=v: make s
block 1 unwind=h: begin s throws; use s write throws; commit s throws; end s; return
block h: catch; rollback s; end s; return
block v: unwound)",
                           ""},
                      Case{"Reusable", R"(kind odb.tr transaction reusable destruction=rollback
function f
slot s : soci.session reference parameter; slot t : odb.tr value
block 0: make t of s; begin t on s; use t write; commit t; begin t on s; use t read; commit t; end t; return)",
                           ""},
                      Case{"ClosedWhenCloseThrew", R"(function f
slot s : pqxx.conn value
block 0 unwind=v: make s
block 1 unwind=h: use s throws; close s throws; end s; return
block h: catch; close s; end s; return
block v: unwound)",
                           ""},
                      Case{"DestructorRepeats", R"(function f
slot s : soci.session reference parameter; frame ~Guard @4:1
block 0: begin s; use s write; commit s; rollback s frame=0; return)",
                           ""},
                      Case{"GuardEndsAfterCommit", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s write; commit t; end t implicit; return)",
                           ""},
                      Case{"PooledCloseOfPoco", R"(function f
slot pool : poco.pool parameter; slot s : poco.session value
block 0: make s of pool leased; use s; close s @1:1; end s; return)",
                           ""}),
    caseName);

} // namespace
} // namespace session_tidy::testing
