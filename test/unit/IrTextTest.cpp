// The IR's text form: what is printed can be read, and reading it gives the same again.
#include "ir/IrText.h"

#include <gtest/gtest.h>

namespace session_tidy::ir {
namespace {

constexpr std::string_view everything = R"(file "shop.cpp"
file "helper.h"
kind soci.session session display="soci::session" library="soci" guard="soci::transaction" type="soci::session" reusable destruction=close dirtyreturn=kept
kind soci.transaction transaction display="soci::transaction" library="soci" name="tr" begins destruction=rollback
kind sqlite.handle session display="sqlite3" closer="sqlite3_close" handle
function shop::reserve method coroutine noexcept id="c:@F@reserve" @10:6-13 body=@10:50-20:2
  names seats sql `operator new`
  slot sql : soci.session reference parameter @10:29-32
  slot this->db_ : sqlite.handle member released inherited
  slot `tr (again)` : soci.transaction value @11:3
  slot tmp
  slot tmp value temporary takesover
  var rc initially 1
  var `seats < wanted`
  var ``
  loop @12:3
  loop in 0 draining @13:5
  frame run @14:1
  frame lambda in 0 @3:4/1
block 0 unwind=3:
  make this->db_ opened held -> rc zero database="path" "sqlite3_open" @11:5-20
  make `tr (again)` of sql throws @12:5-13:2/1! inner=@4:4/1 loop=1 frame=1
  call throws? waits="std::future::get" "answer.get" @10:5-20
  begin `tr (again)` on sql throws? implicit is 5 or 6
  set rc = -3
  copy rc = `seats < wanted`
  havoc #2
  add rc by 1
  use sql write true
  share sql detached "std::thread"
  bind #3 to #4
  branch rc == 0 ? 1 : 2 "rc" @15:7
block 1 @16:1-7:
  hand sql on `tr (again)` @16:3
  move #3 from #4 new
  switch rc 0 -> 2 1 -> 3 else 1
block 2:
  branch this->db_ != null ? 1 : 3
block 3:
  leave "return"
  branch ? 4 : 5
block 4:
  choose 1 2
block 5 thrown="Error" thrown="std::exception":
  throw
block 6:
  unwound
block 7:
  never
block 8:
  jump 0
block 9:
  return
)";

TEST(IrText, PrintingWhatWasReadGivesTheSame) {
  const auto result = parse(everything);
  ASSERT_TRUE(result.unit) << result.error.text();
  EXPECT_EQ(print(*result.unit), everything);
}

TEST(IrText, FieldsArrive) {
  const auto result = parse(everything);
  ASSERT_TRUE(result.unit) << result.error.text();
  const Function& function = result.unit->functions.at(0);
  EXPECT_TRUE(function.coroutine);
  EXPECT_EQ(function.slots[0].holding, Holding::Reference);
  EXPECT_TRUE(function.slots[1].inherited);
  const Event& open = function.blocks[0].events[0];
  EXPECT_EQ(open.origin, Origin::Opened);
  EXPECT_TRUE(open.heldOnFailure);
  EXPECT_EQ(open.variable, 0u);
  EXPECT_EQ(open.success, model::Success::IfZero);
  EXPECT_EQ(open.range.end, (Position{11, 20}));
  const Event& guard = function.blocks[0].events[1];
  EXPECT_TRUE(guard.range.inMacro);
  EXPECT_EQ(guard.range.file, 1u);
  EXPECT_EQ(guard.other, 0u);
  EXPECT_EQ(function.blocks[2].condition.slot, 1u);
  EXPECT_FALSE(function.blocks[2].condition.equal);
  EXPECT_EQ(function.blocks[1].cases.at(1).target, 3u);
}

TEST(IrText, ShortFormsAreUnderstood) {
  const auto result = parse("kind s session\n"
                            "function f // a comment\n"
                            "  slot a : s; var ok\n"
                            "block start: use a; branch ok ? yes : no\n"
                            "block yes: use a write\n"
                            "block no: leave \"end\"; return\n");
  ASSERT_TRUE(result.unit) << result.error.text();
  const Function& function = result.unit->functions.at(0);
  ASSERT_EQ(function.blocks.size(), 3u);
  EXPECT_EQ(function.blocks[0].condition.variable, 0u);
  EXPECT_FALSE(function.blocks[0].condition.equal);
  EXPECT_EQ(function.blocks[1].exit, Exit::Jump);
  EXPECT_EQ(function.blocks[1].targets, std::vector<BlockId>{2});
  const auto again = parse(print(*result.unit));
  ASSERT_TRUE(again.unit) << again.error.text();
  EXPECT_EQ(print(*again.unit), print(*result.unit));
}

struct Bad {
  std::string_view text;
  std::string_view error;
};

class IrTextErrors : public testing::TestWithParam<Bad> {};

TEST_P(IrTextErrors, SayWhere) {
  const auto result = parse(GetParam().text);
  EXPECT_FALSE(result.unit);
  EXPECT_EQ(result.error.text(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    All, IrTextErrors,
    testing::Values(
        Bad{"function f\nblock 0:\n  comit x\n", "3:3: unknown operation 'comit'"},
        Bad{"function f\nblock 0: commit x; return", "2:17: unknown slot 'x'"},
        Bad{"function f\nblock 0: jump 7", "2:15: unknown block '7'"},
        Bad{"function f\n slot x : y\n", "2:11: unknown kind 'y'"},
        Bad{"kind k sesion\n", "1:8: unknown role 'sesion'"},
        Bad{"function f\nblock 0: call \"x\n", "2:15: this quote is never closed"},
        Bad{"function f @1-2\n", "1:12: this is no place; write @line:column-line:column/file!"},
        Bad{"use x\n", "1:1: 'use' before any function"},
        Bad{"function f\nuse x\n", "2:1: 'use' stands outside a block"},
        Bad{"function f\nblock 0: call \"f\"\n",
            "2:1: the last block of 'f' does not say how it ends"},
        Bad{"function f\nvar n\nblock 0: branch n == x ? 0 : 0\n",
            "3:22: expected a number or null"},
        Bad{"function f\nblock 0: return\nblock 0: return\n", "3:8: block '0' exists already"}));

} // namespace
} // namespace session_tidy::ir
