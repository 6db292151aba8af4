// Sessions that leak, are used after their end, ended twice or held raw: what the rules say and
// where they are silent.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class LifeTest : public ::testing::TestWithParam<Case> {};
TEST_P(LifeTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Leak, LifeTest,
                         ::testing::Values(Case{"EarlyReturn", R"(function f
slot db : sqlite.db; var rc; var n
block 0: make db opened @1:1; branch n ? 1 : 2
block 1: leave "return" @2:1; return
block 2: close db @3:1; return)",
                                                "leak@1"},
                                           Case{"FailedOpen", R"(function f
slot db : sqlite.db; var rc
block 0: make db opened held -> rc zero @1:1 "sqlite3_open"; branch rc == 0 ? 2 : 1
block 1: leave "return" @2:1; return
block 2: close db @3:1; return)",
                                                "leak@1"},
                                           Case{"Exception", R"(function f
slot s : pqxx.conn
block 0 unwind=u: make s factory @1:1; use s throws @2:1; close s; return
block u: unwound)",
                                                "leak@1"},
                                           Case{"CaughtAndForgotten", R"(function f
slot s : pqxx.conn
block 0 unwind=h: make s new throws @1:1; use s throws @2:1; delete s; return
block h: catch @3:1; leave "end" @4:1; return)",
                                                "leak@1"},
                                           Case{"Overwritten", R"(function f
slot db : sqlite.db
block 0: make db opened @1:1; make db opened @2:1; close db; return)",
                                                "leak@1 raw-construction@2"},
                                           Case{"OverwrittenByNull", R"(function f
slot c : my.conn; var r
block 0: make c factory nonnull @1:1 "mysql_init"; branch c == null ? x : 1
block 1: open c -> r nonnull @2:1; branch r != 0 ? 2 : n
block n: null c @2:1; jump x
block 2: close c @3:1
block x: return)",
                                                "leak@1"},
                                           Case{"FailedConnect", R"(function f
slot c : my.conn; var r
block 0: make c factory nonnull @1:1 "mysql_init"; open c -> r nonnull @2:1; branch r != 0 ? 2 : 1
block 1: leave "return"; return
block 2: close c; return)",
                                                "leak@1"},
                                           Case{"Statement", R"(function f
slot db : sqlite.db parameter; slot st : sqlite.stmt; var rc; var row
block 0: make st of db derived -> rc zero @1:1; branch rc == 0 ? 1 : x
block 1: use st -> row is 100 @2:1; branch row == 100 ? 2 : x
block 2: close st; return
block x: leave "return" @4:1; return)",
                                                "leak@1"},
                                           Case{"ContinueInLoop", R"(function f
slot db : sqlite.db; var more; var bad; loop
block 0: havoc more; branch more ? 1 : x
block 1: make db opened @2:1 loop=0; havoc bad; branch bad ? 0 : 2
block 2: close db loop=0; end db; jump 0
block x: return)",
                                                "leak@2"},
                                           Case{"Lease", R"(function f
slot pool : soci.pool parameter; slot s : soci.session; var n
block 0: make s of pool leased @1:1; use s; branch n ? 1 : 2
block 1: leave "return" @2:1; return
block 2: giveback s; return)",
                                                "leak@1"},
                                           Case{"ConstructorThrows",
                                                R"(function Store::Store constructor
slot this->db_ : sqlite.db member released; var rc
block 0 unwind=u: make this->db_ opened held -> rc zero @1:1; branch rc == 0 ? 2 : t
block t unwind=u @2:1: throw
block 2: return
block u: unwound)",
                                                "leak@1"},
                                           Case{"SeenByHelperButClosedHere", R"(function f
slot db : sqlite.db; var n
block 0: make db opened @1:1; escape db; branch n ? 1 : 2
block 1: leave "return" @2:1; return
block 2: close db @3:1; return)",
                                                "leak@1"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(
    NoLeak, LifeTest,
    ::testing::Values(
        Case{"OwnerTakesOver", R"(function f
slot raw : sqlite.db; slot db : sqlite.db owner; var rc
block 0: make raw opened held -> rc zero @1:1; move db from raw; branch rc == 0 ? 2 : 1
block 1: end db; return
block 2: use db; end db; return)",
             ""},
        Case{"ReturnedByFactory", R"(function f
slot db : sqlite.db; var rc
block 0: make db opened held -> rc zero @1:1; branch rc == 0 ? 2 : 1
block 1: close db; return
block 2: hand db; return)",
             ""},
        Case{"LostInsideTheCallee", R"(function f
slot mine : sqlite.db; slot db : sqlite.db; var rc; frame dial @1:1
block 0: make db opened held -> rc zero frame=0 @1:1; branch rc == 0 ? 1 : 2
block 1: bind mine to db frame=0; jump 3
block 2: null mine frame=0; jump 3
block 3: branch mine != null ? 4 : x
block 4: use mine; close mine; return
block x: return)",
             "raw-construction@1"}, // nothing worse
        Case{"StoredInMember", R"(function f method
slot this->db_ : sqlite.db member released; var rc
block 0: make this->db_ opened held -> rc zero @1:1; store this->db_; return)",
             ""},
        Case{"OutParameter", R"(function f
slot *out : sqlite.db parameter; var rc
block 0: make *out opened held -> rc zero @1:1; return)",
             ""},
        Case{"FailedPrepareGivesNothing", R"(function f
slot db : sqlite.db parameter; slot st : sqlite.stmt; var rc
block 0: make st of db derived -> rc zero @1:1; branch rc == 0 ? 1 : x
block 1: use st; close st
block x: return)",
             ""},
        Case{"NullCheck", R"(function f
slot db : sqlite.db parameter; slot st : sqlite.stmt
block 0: make st of db derived nonnull @1:1; branch st == null ? x : 1
block 1: use st; close st
block x: leave "return"; return)",
             ""},
        Case{"ClosedUnderTheFlagItWasOpenedUnder", R"(function f
slot db : sqlite.db parameter; slot h : sqlite.db; var own
block 0: branch db == null ? 1 : 2
block 1: make h opened @1:1; set own = 1; jump 3
block 2: bind h to db; set own = 0
block 3: use h; branch own ? 4 : x
block 4: close h
block x: return)",
             ""},
        Case{"KeptByUnseenCode", R"(function f
slot db : sqlite.db
block 0: make db opened @1:1; escape db "register_handle"; return)",
             ""},
        Case{"RaiiSession", R"(function f
slot s : soci.session value
block 0 unwind=u: make s throws @1:1; use s throws; end s; return
block u: unwound)",
             ""},
        Case{"GotoCleanup", R"(function f
slot db : sqlite.db; slot st : sqlite.stmt; var rc; var rc2
block 0: null st; make db opened held -> rc zero @1:1; branch rc == 0 ? 1 : c
block 1: make st of db derived -> rc2 zero @2:1; branch rc2 == 0 ? 2 : c
block 2: use st
block c: branch st == null ? d : e
block e: close st
block d: close db; return)",
             "raw-construction@1"},
        Case{"InheritedMember", R"(function D::D constructor
slot this->db : sqlite.db member released inherited; var rc
block 0 unwind=u: make this->db opened held -> rc zero @1:1; branch rc == 0 ? 2 : t
block t unwind=u: throw
block 2: return
block u: unwound)",
             ""},
        Case{"CursorOfWritingTransaction",
             R"(kind lmdb.cursor dependent handle closer="mdb_cursor_close" freedwithparent
function f
slot t : lmdb.txn parameter; slot c : lmdb.cursor
block 0: make c of t derived @1:1; use c; return)",
             ""},
        Case{"View", R"(function f
slot db : sqlite.stmt parameter; slot v : view
block 0: make v of db derived @1:1; return)",
             ""},
        Case{"InsideAHelperOnly", R"(function f
slot db : sqlite.db; frame run @1:1
block 0: make db opened @1:1 frame=0; use db frame=0; return)",
             ""},
        Case{"MainEndsByException", R"(function main main
slot s : pqxx.conn
block 0 unwind=u: make s new throws @1:1; use s throws; delete s; return
block u: unwound)",
             "raw-construction@1"}),
    caseName);

INSTANTIATE_TEST_SUITE_P(Raw, LifeTest,
                         ::testing::Values(Case{"HandleClosedByHand", R"(function f
slot db : sqlite.db; var rc
block 0: make db opened held -> rc zero @1:1; branch rc == 0 ? 2 : 1
block 1: close db; return
block 2: use db; close db; return)",
                                                "raw-construction@1"},
                                           Case{"NewAndDelete", R"(function f
slot s : soci.session
block 0: make s new @1:1; use s; close s "delete"; return)",
                                                "raw-construction@1"},
                                           Case{"FactoryAndFree", R"(function f
slot s : pqxx.conn
block 0: make s factory @1:1; use s; close s; return)",
                                                "raw-construction@1"},
                                           Case{"NewTransaction", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work
block 0: make t of c new @1:1; begin t on c; use t write; commit t; delete t; return)",
                                                "raw-construction@1"},
                                           Case{"InitConnectClose", R"(function f
slot c : my.conn; var r
block 0: make c factory nonnull @1:1; open c -> r nonnull @2:1; branch r != 0 ? 1 : 2
block 1: use c
block 2: close c; return)",
                                                "raw-construction@1"},
                                           Case{"LentToAHelper", R"(function f
slot db : sqlite.db
block 0: make db opened @1:1; escape db; close db; return)",
                                                "raw-construction@1"},
                                           Case{"InBothBranches", R"(function f
slot db : sqlite.db; var n
block 0: make db opened @1:1; branch n ? 1 : 2
block 1: close db; return
block 2: close db; return)",
                                                "raw-construction@1"},
                                           Case{"RethrowAfterClose", R"(function f
slot db : sqlite.db
block 0: make db opened @1:1
block 1 unwind=h: call "handle" throws; close db; return
block h unwind=u: catch @4:1; close db; throw
block u: unwound)",
                                                "raw-construction@1"}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(NotRaw, LifeTest,
                         ::testing::Values(Case{"CFile", R"(file "db.c"
function f
slot db : sqlite.db
block 0: make db opened @1:1/1; close db; return)",
                                                ""},
                                           Case{"Statement", R"(function f
slot db : sqlite.db parameter; slot st : sqlite.stmt
block 0: make st of db derived @1:1; use st; close st; return)",
                                                ""},
                                           Case{"Owner", R"(function f
slot db : sqlite.db owner
block 0: make db opened @1:1; use db; end db; return)",
                                                ""},
                                           Case{"Parameter", R"(function f
slot db : sqlite.db parameter
block 0: use db; close db @1:1; return)",
                                                ""},
                                           Case{"ByValue", R"(function f
slot s : soci.session value
block 0: make s @1:1; use s; close s; end s; return)",
                                                ""},
                                           Case{"Lease", R"(function f
slot pool : soci.pool parameter; slot s : soci.session
block 0: make s of pool leased @1:1; use s; giveback s; return)",
                                                ""},
                                           Case{"MadeInMember", R"(function f destructor
slot this->s_ : soci.session member released
block 0: delete this->s_ @1:1; return)",
                                                ""},
                                           Case{"TransactionHandle", R"(function f
slot e : lmdb.env parameter; slot t : lmdb.txn
block 0: begin t on e @1:1; use t write; commit t; return)",
                                                ""}),
                         caseName);

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

INSTANTIATE_TEST_SUITE_P(Generators, LifeTest,
                         ::testing::Values(Case{"DereferencedTemporary", R"(function f
slot get_session() : gen value temporary; slot db : soci.session reference
block 0: make get_session() factory @1:1; make db of get_session() derived @1:9; end get_session() implicit @1:1; use db @2:1; return)",
                                                "generator-early-return@1"},
                                           Case{"ReturnedOutOfLoop", R"(function f
slot g : gen value; slot s : soci.session reference; slot p : soci.session temporary; loop
block 0: make g factory @1:1
block 1: choose 2 3
block 2: make s of g derived @1:5; bind p to s; hand p @2:1; leave "return" @2:1; end g implicit; return
block 3: exhaust g; end g; return)",
                                                "generator-early-return@2"},
                                           Case{"SavedOutOfLoop", R"(function f
slot g : gen value; slot s : soci.session reference; slot p : soci.session; loop
block 0: null p; make g factory @1:1
block 1: choose 2 3
block 2: make s of g derived @1:5 loop=0; bind p to s @2:1 loop=0; jump 1
block 3: exhaust g; end g; use p @4:1; return)",
                                                "generator-early-return@2"},
                                           Case{"ReturnSkipsCommit", R"(function get_tx coroutine
slot s : soci.session value; slot t : soci.tr value
block 0: make s; make t of s; begin t on s; yield s @2:1; commit t @3:1; end t; end s; return
function f
slot g : gen value; slot s : soci.session reference; loop
block 0: make g factory "get_tx" @11:1
block 1: choose 2 3
block 2: make s of g derived; use s write; leave "return" @13:1; end g implicit; return
block 3: exhaust g; end g; return)",
                                                "generator-early-return@13"},
                                           Case{"BreakSkipsCommit", R"(function get_tx coroutine
slot s : soci.session value
block 0: make s; begin s; yield s @2:1
block 1: commit s @3:1; end s; return
function f
slot g : gen value; slot s : soci.session reference; loop
block 0: make g factory "get_tx" @11:1
block 1: choose 2 3
block 2 @14:1: make s of g derived; use s write; jump 4
block 3: exhaust g
block 4: end g; return)",
                                                "generator-early-return@14"},
                                           Case{"StoredOutOfLoop", R"(function f
slot g : gen value; slot s : soci.session reference
block 0: make g factory @1:1; make s of g derived @1:5; store s @2:1; end g; leave "end"; return)",
                                                "generator-early-return@2"},
                                           Case{"ConsumedToItsEnd", R"(function get_tx coroutine
slot s : soci.session value
block 0: make s; begin s; yield s @2:1; commit s @3:1; end s; return
function f
slot g : gen value; slot s : soci.session reference; loop
block 0: make g factory "get_tx" @11:1
block 1: choose 2 3
block 2: make s of g derived; use s write; jump 1
block 3: exhaust g; end g; return)",
                                                ""},
                                           Case{"ThrownOutOf", R"(function get_tx coroutine
slot s : soci.session value
block 0: make s; begin s; yield s @2:1; commit s @3:1; end s; return
function f
slot g : gen value; slot s : soci.session reference; loop
block 0: make g factory "get_tx" @11:1
block 1: choose 2 3
block 2 unwind=v: make s of g derived; use s write throws; jump 1
block 3: exhaust g; end g; return
block v: end g; unwound)",
                                                ""},
                                           Case{"NoCommitAfterYield", R"(function get coroutine
slot s : soci.session value
block 0: make s; yield s @2:1; end s; return
function f
slot g : gen value; slot s : soci.session reference; loop
block 0: make g factory "get" @11:1
block 1: choose 2 3
block 2: make s of g derived; use s; leave "return" @13:1; end g implicit; return
block 3: exhaust g; end g; return)",
                                                ""},
                                           Case{"KeptGenerator", R"(function f
slot g : gen value; slot db : soci.session reference
block 0: make g factory @1:1; make db of g derived @1:9; use db @2:1; exhaust g; end g; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Threads, LifeTest,
                         ::testing::Values(Case{"UsedBeforeJoin", R"(function f
slot s : soci.session value
block 0: make s; share s "std::thread" @1:1; use s @2:1; join s; end s; return)",
                                                "shared-across-threads@1"},
                                           Case{"EndedWhileDetached", R"(function f
slot s : soci.session value
block 0: make s; share s @1:1; share s detached @2:1; end s implicit @3:1; return)",
                                                "shared-across-threads@1"},
                                           Case{"TwoThreads", R"(function f
slot s : pqxx.conn global
block 0: share s @1:1; share s @2:1; join s; return)",
                                                "shared-across-threads@2"},
                                           Case{"BorrowedAndDetached", R"(function f
slot s : soci.session reference parameter
block 0: share s detached @1:1; return)",
                                                "shared-across-threads@1"},
                                           Case{"StatementOnSharedSession", R"(function f
slot s : soci.session value; slot st : view value
block 0: make s; make st of s derived; share s @1:1; use st @2:1; join s; end st; end s; return)",
                                                "shared-across-threads@1"},
                                           Case{"ClosedBeforeJoin", R"(function f
slot s : soci.session value
block 0: make s; share s @1:1; close s @2:1; join s; end s; return)",
                                                "shared-across-threads@1"},
                                           Case{"Joined", R"(function f
slot s : soci.session value
block 0: make s; share s @1:1; join s; use s; end s; return)",
                                                ""},
                                           Case{"MovedIn", R"(function f
slot s : soci.session value; slot t : soci.session value temporary
block 0: make s; use s; move t from s; escape t; end t; end s; return)",
                                                ""},
                                           Case{"ThreadSafe", R"(function f
slot s : sqlite.db parameter
block 0: share s @1:1; use s; join s; return)",
                                                ""},
                                           Case{"Pool", R"(function f
slot p : soci.pool value
block 0: make p; share p @1:1; use p; end p; return)",
                                                ""},
                                           Case{"OneAfterTheOther", R"(function f
slot s : soci.session value
block 0: make s; share s @1:1; join s; share s @2:1; join s; end s; return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(Several, LifeTest,
                         ::testing::Values(Case{"TwoLeasesAtOnce", R"(function f
slot pool : soci.pool parameter; slot a : soci.session value; slot b : soci.session value
block 0: make a of pool leased @1:1; make b of pool leased @2:1; use a write; use b write; end b; end a; return)",
                                                "split-unit-of-work@2"},
                                           Case{"TwoTemporaries", R"(function f
slot pool : poco.pool parameter; slot a : poco.session shared temporary; slot b : poco.session shared temporary
block 0: make a of pool leased @1:1; use a write; end a; make b of pool leased @2:1; use b write; end b; return)",
                                                "split-unit-of-work@2"},
                                           Case{"SecondSessionBesideTransaction", R"(function f
slot pool : soci.pool parameter; slot a : soci.session value; slot b : soci.session value; slot t : soci.tr value
block 0: make a of pool leased @1:1; make t of a; begin t on a @2:1; use a write; make b of pool leased @3:1; use b write @4:1; end b; commit t; end t; end a; return)",
                                                "split-unit-of-work@3"},
                                           Case{"UnnamedLeaseBesideTransaction", R"(function f
slot pool : soci.pool parameter; slot a : soci.session value; slot b : soci.session value temporary; slot t : soci.tr value
block 0: make a of pool leased @1:1; make t of a; begin t on a @2:1; use a write; make b of pool leased @3:1; use b write @4:1; end b; commit t; end t; end a; return)",
                                                "transaction-bypass@4"},
                                           Case{"ConnectionBesideWork", R"(function f
slot c : pqxx.conn reference parameter; slot t : pqxx.work value
block 0: make t of c; begin t on c @1:1; use t write; use c write @2:1; commit t; end t; return)",
                                                "transaction-bypass@2"},
                                           Case{"QueryWithoutConnection", R"(function f
slot db : qt.db shared parameter; slot p : qt.query value; slot q : qt.query value; var ok
block 0: begin db -> ok true @1:1; branch ok ? 1 : x
block 1: make p of db derived; use p write; make q derived; use q write @2:1; commit db; end q; end p; return
block x: return)",
                                                "transaction-bypass@2"},
                                           Case{"NothingElseInTheTransaction", R"(function f
slot db : qt.db shared parameter; slot q : qt.query value
block 0: begin db @1:1; make q derived; use q write @2:1; commit db; end q; return)",
                                                ""},
                                           Case{"SameDatabaseTwice", R"(function f
slot a : pqxx.conn value; slot b : pqxx.conn value
block 0: make a database="dsn" @1:1; make b database="dsn" @2:1; use a write; use b write; end b; end a; return)",
                                                "split-unit-of-work@2"},
                                           Case{"TwoDatabases", R"(function f
slot a : pqxx.conn value; slot b : pqxx.conn value
block 0: make a database="from" @1:1; make b database="to" @2:1; use a write; use b write; end b; end a; return)",
                                                ""},
                                           Case{"SecondOnlyReads", R"(function f
slot pool : soci.pool parameter; slot a : soci.session value; slot b : soci.session value
block 0: make a of pool leased @1:1; make b of pool leased @2:1; use a write; use b read; end b; end a; return)",
                                                ""},
                                           Case{"TwoPools", R"(function f
slot p : soci.pool parameter; slot q : soci.pool parameter; slot a : soci.session value; slot b : soci.session value
block 0: make a of p leased @1:1; make b of q leased @2:1; use a write; use b write; end b; end a; return)",
                                                ""},
                                           Case{"OneAfterTheOtherWithGuards", R"(function f
slot p : soci.pool parameter; slot a : soci.session value; slot b : soci.session value; slot t : soci.tr value; slot u : soci.tr value
block 0: make a of p leased @1:1; make t of a; begin t on a; use a write; commit t; end t; end a
block 1: make b of p leased @2:1; make u of b; begin u on b; use b write; commit u; end u; end b; return)",
                                                ""},
                                           Case{"StatementsOnTheSessionOfAWatchingGuard",
                                                R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s write; use s write; commit t; end t; return)",
                                                ""},
                                           Case{"QueryOnTheConnection", R"(function f
slot db : qt.db shared parameter; slot q : qt.query value
block 0: begin db @1:1; make q of db derived; use q write; commit db; end q; return)",
                                                ""},
                                           Case{"LeasePerRound", R"(function f
slot p : soci.pool parameter; slot a : soci.session value; var more; loop
block 0: havoc more; branch more ? 1 : x
block 1: make a of p leased @2:1 loop=0; use a write loop=0; end a loop=0; jump 0
block x: return)",
                                                ""}),
                         caseName);

INSTANTIATE_TEST_SUITE_P(
    Guards, LifeTest,
    ::testing::Values(Case{"Temporary", R"(function f
slot s : soci.session reference parameter; slot `soci::transaction(s)` : soci.tr value temporary
block 0: make `soci::transaction(s)` of s; begin `soci::transaction(s)` on s; discard `soci::transaction(s)` @2:1 inner=@2:18; end `soci::transaction(s)`; return)",
                           "temporary-guard@2"},
                      Case{"Named", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s; begin t on s; use s read; end t; return)",
                           ""},
                      Case{"DestructorCommits", R"(function AutoTx::~AutoTx destructor noexcept
slot this->s_ : soci.session reference member
block 0 unwind=u: commit this->s_ throws @2:1; return
block u: unwound)",
                           "commit-in-destructor@2"},
                      Case{"DestructorAsksAndMustNotThrow",
                           R"(function AutoTx::~AutoTx destructor noexcept
slot this->s_ : soci.session reference member; var calm
block 0: branch calm ? 1 : 2 "std::uncaught_exceptions() == count_" @1:1
block 1 unwind=u: commit this->s_ throws @2:1; return
block 2: rollback this->s_; return
block u: unwound)",
                           "commit-in-destructor@2"},
                      Case{"DestructorAsksAndMayThrow", R"(function AutoTx::~AutoTx destructor
slot this->s_ : soci.session reference member; var calm
block 0: branch calm ? 1 : 2 "std::uncaught_exceptions() == count_" @1:1
block 1 unwind=u: commit this->s_ throws @2:1; return
block 2: rollback this->s_; return
block u: unwound)",
                           ""},
                      Case{"DestructorCommitsUnlessDone", R"(function AutoTx::~AutoTx destructor
slot this->s_ : soci.session reference member; var this->done_
block 0: branch this->done_ != 0 ? x : 1 "done_" @1:1
block 1: commit this->s_ @2:1
block x: return)",
                           "commit-in-destructor@2"},
                      Case{"DestructorAsksForExceptions", R"(function AutoTx::~AutoTx destructor
slot this->s_ : soci.session reference member; var calm
block 0: branch calm ? 1 : 2 "std::uncaught_exceptions() == count_" @1:1
block 1: commit this->s_ @2:1; return
block 2: rollback this->s_; return)",
                           ""},
                      Case{"DestructorCommitsOnSuccess", R"(function AutoTx::~AutoTx destructor
slot this->s_ : soci.session reference member; var this->success_
block 0: branch this->success_ ? 1 : 2 "success_" @1:1
block 1: commit this->s_ @2:1; return
block 2: rollback this->s_; return)",
                           ""},
                      Case{"DestructorRollsBack", R"(function AutoTx::~AutoTx destructor
slot this->s_ : soci.session reference member; var this->done_
block 0: branch this->done_ ? x : 1 "done_"
block 1: rollback this->s_ @2:1
block x: return)",
                           ""},
                      Case{"OrdinaryCommit", R"(function commit method
slot this->s_ : soci.session reference member
block 0: commit this->s_ @2:1; return)",
                           ""}),
    caseName);

TEST(TemporaryGuard, IsGivenAName) {
  const auto parsed = ir::parse(std::string(kinds) + R"(function f
names tr tr2
slot s : soci.session reference parameter; slot t : soci.tr value temporary; slot u : soci.tr value temporary
block 0: discard t @2:1 inner=@2:18; discard u @3:1 inner=@3:18; discard u @4:1 inner=@4:5!; discard u @5:1; return)");
  ASSERT_TRUE(parsed.unit) << parsed.error.text();
  std::vector<Finding> findings;
  const auto result = analysis::analyse(*parsed.unit, parsed.unit->functions[0]);
  for (const auto& rule : makeAllRules())
    if (rule->info().name == "session-temporary-guard") rule->check(*parsed.unit, result, findings);
  ASSERT_EQ(findings.size(), 4u);
  ASSERT_EQ(findings[0].fixes.size(), 1u);
  EXPECT_EQ(findings[0].fixes[0].edits,
            (std::vector<Edit>{{SourceRange{0, {2, 18}, {2, 18}, false}, " tr3"}}));
  EXPECT_EQ(findings[1].fixes.at(0).edits.at(0).text, " tr4");
  EXPECT_TRUE(findings[2].fixes.empty());
  EXPECT_TRUE(findings[3].fixes.empty());
}

} // namespace
} // namespace session_tidy::testing
