// Sessions out of generators, sessions given to threads, several sessions in one unit of work,
// guards: what the rules say and where they are silent.
#include "RuleTesting.h"

namespace session_tidy::testing {
namespace {

class SharingTest : public ::testing::TestWithParam<Case> {};
TEST_P(SharingTest, SaysWhatItShould) {
  EXPECT_EQ(found(GetParam()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Generators, SharingTest,
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

INSTANTIATE_TEST_SUITE_P(Threads, SharingTest,
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

INSTANTIATE_TEST_SUITE_P(Several, SharingTest,
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
    Guards, SharingTest,
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

INSTANTIATE_TEST_SUITE_P(Waits, SharingTest,
                         ::testing::Values(Case{"InTransaction", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1; call waits="sleep" "sleep" @2:1; commit s @3:1; return)",
                                                "held-across-blocking@2"},
                                           Case{"NobodyAsked", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1; call "sleep" @2:1; commit s @3:1; return)",
                                                ""},
                                           Case{"AfterCommit", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1; commit s @2:1; call waits="sleep" "sleep" @3:1; return)",
                                                ""},
                                           Case{"GuardSpeaksForItsSession", R"(function f
slot s : soci.session reference parameter; slot t : soci.tr value
block 0: make t of s @1:1; begin t on s @1:1; call waits="sleep" "sleep" @2:1; commit t @3:1; end t implicit; return)",
                                                "held-across-blocking@2"},
                                           Case{"Lease", R"(function f
slot p : soci.pool reference parameter; slot s : soci.session value
block 0: make s of p leased @1:1; use s write @2:1; call waits="send" "send" @3:1; end s implicit; return)",
                                                "held-across-blocking@3"},
                                           Case{"LeaseIsBack", R"(function f
slot p : soci.pool reference parameter; slot s : soci.session value
block 0: make s of p leased @1:1; use s write @2:1; end s implicit; call waits="send" "send" @3:1; return)",
                                                ""},
                                           Case{"OwnUsedAgain", R"(function f
slot c : pqxx.conn value
block 0: make c @1:1; use c write @2:1; call waits="send" "send" @3:1; use c write @4:1; end c implicit; return)",
                                                "held-across-blocking@3"},
                                           Case{"OwnNotUsedAgain", R"(function f
slot c : pqxx.conn value
block 0: make c @1:1; use c write @2:1; call waits="send" "send" @3:1; end c implicit; return)",
                                                ""},
                                           Case{"OwnServesAllRounds", R"(function f
slot c : pqxx.conn value; loop
block 0: make c @1:1; jump 1
block 1: choose 2 3
block 2: use c write @2:1 loop=0; call waits="sleep" "sleep" @3:1 loop=0; jump 1
block 3: end c implicit; return)",
                                                ""},
                                           Case{"OwnOfEachRound", R"(function f
slot c : pqxx.conn value; loop
block 0: jump 1
block 1: choose 2 3
block 2: make c @1:1 loop=0; call waits="sleep" "sleep" @3:1 loop=0; use c write @4:1 loop=0; end c implicit; jump 1
block 3: return)",
                                                "held-across-blocking@3"},
                                           Case{"WaitsForItsOwnThread", R"(function f
slot s : soci.session reference parameter
block 0: begin s @1:1; share s "std::async" @2:1; join s @3:1-9; call waits="std::future::get" "answer.get" @3:1-9; commit s @4:1; return)",
                                                ""},
                                           Case{"CallersTransaction", R"(function f
slot t : soci.tr reference parameter
block 0: use t write @1:1; call waits="sleep" "sleep" @2:1; commit t @3:1; return)",
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
