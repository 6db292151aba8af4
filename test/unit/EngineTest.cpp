// The typestate engine itself: merging, loops, facts, limits, and how its work grows.
#include "analysis/Engine.h"

#include "ir/IrText.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace session_tidy::analysis {
namespace {

constexpr const char* kinds =
    "kind s session destruction=close\nkind r session handle closer=\"close\"\n"
    "kind t transaction destruction=rollback\n";

ir::Unit read(const std::string& text) {
  auto parsed = ir::parse(kinds + text);
  EXPECT_TRUE(parsed.unit) << parsed.error.text();
  return parsed.unit ? std::move(*parsed.unit) : ir::Unit{};
}

std::size_t count(const FunctionResult& result, What what) {
  return static_cast<std::size_t>(
      std::count_if(result.observations.begin(), result.observations.end(),
                    [what](const Observation& one) { return one.what == what; }));
}

std::string number(unsigned value) {
  return std::to_string(value);
}

/// A chain of `n` if-statements that have nothing to do with the session, each with a variable of
/// its own.
std::string branches(unsigned n, bool leaving) {
  std::string text = "function f\nslot db : s reference parameter\n";
  for (unsigned i = 0; i < n; ++i) text += "var v" + number(i) + "\n";
  text += "block start: begin db\n";
  for (unsigned i = 0; i < n; ++i) {
    const std::string id = number(i);
    text += "block a" + id + ": use db -> v" + id + " zero; branch v" + id + " == 0 ? c" + id +
            " : b" + id + "\n";
    text += "block b" + id + ": " + (leaving ? std::string("rollback db; return") : "call \"f\"") +
            "\nblock c" + id + ": call \"g\"\n";
  }
  return text + "block end: commit db; return\n";
}

TEST(Engine, PlainBranchesCollapse) {
  for (const unsigned n : {10u, 100u, 1000u, 10000u}) {
    const auto unit = read(branches(n, false));
    const auto result = analyse(unit, unit.functions[0]);
    EXPECT_FALSE(result.gaveUp);
    EXPECT_LE(result.states, 2u);
    EXPECT_LE(result.steps, 4u * n + 10);
  }
}

TEST(Engine, EarlyReturnsStayLinear) {
  for (const unsigned n : {10u, 100u, 1000u, 10000u}) {
    const auto unit = read(branches(n, true));
    const auto result = analyse(unit, unit.functions[0]);
    EXPECT_FALSE(result.gaveUp);
    EXPECT_LE(result.states, 2u);
    EXPECT_LE(result.steps, 4u * n + 10);
    EXPECT_TRUE(result.observations.empty());
  }
}

TEST(Engine, TwoHundredSessionsOpenedAndClosed) {
  std::string text = "function f\n";
  std::string open = "block start: call \"go\"\n";
  std::string close = "block done: call \"end\"\n";
  for (unsigned i = 0; i < 200; ++i) {
    const std::string id = number(i);
    text += "slot d" + id + " : r\nvar v" + id + "\n";
    open += "block o" + id + ": make d" + id + " opened held -> v" + id + " zero; branch v" + id +
            " == 0 ? k" + id + " : x" + id + "\nblock x" + id + ": close d" + id + "; null d" + id +
            "\nblock k" + id + ": call \"u\"\n";
    close += "block z" + id + ": close d" + id + "\n";
  }
  const auto unit = read(text + open + close + "block out: return\n");
  const auto result = analyse(unit, unit.functions[0]);
  EXPECT_FALSE(result.gaveUp);
  EXPECT_LE(result.states, 4u);
  EXPECT_EQ(count(result, What::Leaked), 0u);
}

TEST(Engine, LoopsNestedEightDeep) {
  std::string text = "function f\nslot db : s reference parameter\nvar more\n";
  for (unsigned i = 0; i < 8; ++i)
    text += "loop" + (i == 0 ? std::string() : " in " + number(i - 1)) + "\n";
  for (unsigned i = 0; i < 8; ++i)
    text += "block h" + number(i) + ": havoc more; branch more ? b" + number(i) + " : " +
            (i == 0 ? "out" : "h" + number(i - 1)) + "\nblock b" + number(i) +
            ": use db write loop=" + number(i) + "\n";
  text +=
      "block inner: begin db loop=7; use db write loop=7; commit db loop=7; jump h7\nblock out: return\n";
  const auto unit = read(text);
  const auto result = analyse(unit, unit.functions[0]);
  EXPECT_FALSE(result.gaveUp);
  EXPECT_LT(result.steps, 1000u);
  EXPECT_EQ(count(result, What::SecondCommit), 0u);
}

TEST(Engine, WalksSomeOfTooManyPaths) {
  // Each flag keeps one begin of the same session apart: two to the power of them.
  std::string text = "function f\n";
  std::string begin = "block start: call \"go\"\n";
  for (unsigned i = 0; i < 12; ++i) {
    const std::string id = number(i);
    text += "slot d" + id + " : s reference parameter\nvar v" + id + "\n";
    begin += "block b" + id + ": branch v" + id + " ? y" + id + " : n" + id + "\nblock y" + id +
             ": begin d" + id + (i == 0 ? "" : " on d0") + "; jump n" + id + "\nblock n" + id +
             ": call \"u\"\n";
  }
  const auto unit = read(text + begin + "block out: return\n");
  EngineOptions options;
  options.maxStatesPerBlock = 16;
  const auto result = analyse(unit, unit.functions[0], options);
  EXPECT_FALSE(result.gaveUp);
  EXPECT_TRUE(result.partly);
  EXPECT_LE(result.states, 16U);
  // What a walked path shows holds: these begins are never ended.
  EXPECT_TRUE(std::any_of(result.observations.begin(), result.observations.end(),
                          [](const auto& one) { return one.what == What::OpenAtExit; }));
}

TEST(Engine, UnrelatedSessionsAreLookedAtOneByOne) {
  std::string text = "function f\n";
  std::string body = "block start: call \"go\"\n";
  for (unsigned i = 0; i < 12; ++i) {
    const std::string id = number(i);
    text += "slot d" + id + " : s reference parameter\nvar v" + id + "\n";
    body += "block b" + id + ": branch v" + id + " ? y" + id + " : n" + id + "\nblock y" + id +
            ": begin d" + id + "\nblock n" + id + ": call \"u\"\n";
  }
  for (unsigned i = 0; i < 12; ++i) {
    const std::string id = number(i);
    body += "block e" + id + ": branch v" + id + " ? c" + id + " : o" + id + "\nblock c" + id +
            ": commit d" + id + "\nblock o" + id + ": call \"u\"\n";
  }
  const auto unit = read(text + body + "block out: return\n");
  const auto result = analyse(unit, unit.functions[0]);
  EXPECT_FALSE(result.gaveUp);
  EXPECT_TRUE(result.observations.empty());
}

TEST(Engine, StepsAreLimited) {
  const auto unit = read(branches(100, false));
  EngineOptions options;
  options.maxSteps = 10;
  EXPECT_TRUE(analyse(unit, unit.functions[0], options).gaveUp);
}

TEST(Engine, FactsMeetAtJoins) {
  // `a == 1` here and `a == 2` there leave `a != 0` true, as both say so.
  const auto unit = read(R"(function f
slot db : s reference parameter; var a; var n
block 0: begin db; branch n ? 1 : 2
block 1: set a = 1; jump 3
block 2: set a = 2
block 3: branch a == 1 ? 4 : 5
block 4: commit db; return
block 5: commit db; return)");
  EXPECT_TRUE(analyse(unit, unit.functions[0]).observations.empty());
}

TEST(Engine, SwitchPrunesByFacts) {
  const auto unit = read(R"(function f
slot db : s reference parameter; var k
block 0: set k = 1; begin db; switch k 0 -> 1 1 -> 2 else 3
block 1: return
block 2: commit db; return
block 3: return)");
  EXPECT_EQ(count(analyse(unit, unit.functions[0]), What::OpenAtExit), 0u);
}

TEST(Engine, DoubtfulThrowsAreAnOption) {
  const auto unit = read(R"(function f
slot db : s reference parameter
block 0 unwind=u: begin db; call "parse" throws?; commit db; return
block u: unwound)");
  EXPECT_EQ(count(analyse(unit, unit.functions[0]), What::OpenAtExit), 0u);
  EngineOptions options;
  options.throws = ir::Throws::Perhaps;
  EXPECT_EQ(count(analyse(unit, unit.functions[0], options), What::OpenAtExit), 1u);
}

TEST(Engine, TraceWalksThePath) {
  const auto unit = read(R"(function f
slot db : s reference parameter; var n
block 0: begin db @1:1; branch n ? 1 : 2 "n" @2:1
block 1: leave "return" @3:1; return
block 2: commit db @4:1; return)");
  const auto result = analyse(unit, unit.functions[0]);
  ASSERT_EQ(result.observations.size(), 1u);
  const Trace& trace = result.observations[0].trace;
  ASSERT_EQ(trace.size(), 3u);
  EXPECT_EQ(trace[0].kind, Step::Kind::Event);
  EXPECT_EQ(trace[1].kind, Step::Kind::Branch);
  EXPECT_EQ(trace[1].choice, 0u);
  EXPECT_EQ(result.event(trace[2].at).op, ir::Op::Leave);
}

TEST(Engine, EmptyFunction) {
  ir::Function function;
  EXPECT_TRUE(analyse({}, function).observations.empty());
}

} // namespace
} // namespace session_tidy::analysis
