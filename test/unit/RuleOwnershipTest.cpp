// Sessions that leak or are held raw: what the rules say and where they are silent.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class OwnershipTest : public ::testing::TestWithParam<Case> {};
TEST_P(OwnershipTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Leak, OwnershipTest,
                         ::testing::Values(Case{"EarlyReturn", R"(function f
slot db : sqlite.db; var rc; var n
block 0: make db opened @1:1; branch n ? 1 : 2
block 1: leave "return" @2:1; return
block 2: close db @3:1; return)",
                                                "leak@1"},
                                           Case{"DeletedOnOneWay", R"(function f
slot s : pqxx.conn parameter; slot tx : pqxx.work; var n
block 0: make tx of s derived @1:1; branch n ? 1 : 2
block 1: leave "return" @2:1; return
block 2: delete tx @3:1; return)",
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
    NoLeak, OwnershipTest,
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

INSTANTIATE_TEST_SUITE_P(Raw, OwnershipTest,
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

INSTANTIATE_TEST_SUITE_P(NotRaw, OwnershipTest,
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

} // namespace
} // namespace session_tidy::testing
