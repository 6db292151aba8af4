// scripts/new-check on a copy of what it changes: the tree has to build afterwards, and its lists
// stay in order.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Libraries.h"
#include "harness/Process.h"
#include "harness/Workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class NewCheck : public testing::Test {
protected:
  NewCheck() {
    for (const char* file :
         {"checks/Rules.h", "checks/RuleRegistry.cpp", "README.md", "docs/rules.md",
          "scripts/new-check", "scripts/common.sh", ".clang-format"})
      copy(file);
  }

  [[nodiscard]] const fs::path& tree() const { return folder_.path(); }
  [[nodiscard]] std::string text(const fs::path& file) const { return readFile(tree() / file); }

  [[nodiscard]] Output run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), tree() / "scripts/new-check");
    return runProcess({.arguments = arguments, .directory = "/", .environment = {}});
  }

  /// What the pattern's first group finds in a file, in order.
  [[nodiscard]] std::vector<std::string> found(const fs::path& file, const char* pattern) const {
    const std::string content = text(file);
    const std::regex form(pattern);
    std::vector<std::string> names;
    for (std::sregex_iterator at(content.begin(), content.end(), form), end; at != end; ++at)
      names.push_back((*at)[1]);
    return names;
  }

  void expectInOrder(const fs::path& file, const char* pattern, const std::string& name) const {
    const std::vector<std::string> names = found(file, pattern);
    EXPECT_THAT(names, Contains(name).Times(1)) << file;
    EXPECT_TRUE(std::ranges::is_sorted(names)) << testing::PrintToString(names);
  }

  void expectRegistered(const std::string& rule, const std::string& maker) const {
    expectInOrder("checks/Rules.h", R"(std::unique_ptr<Rule> (make\w+)\(\);)", maker);
    expectInOrder("checks/RuleRegistry.cpp", R"((make\w+)\s*,)", maker);
    expectInOrder("README.md", R"(\n\| \[(session-[\w-]+)\])", rule);
    expectInOrder("docs/rules.md", R"(\n\| \[(session-[\w-]+)\])", rule);
    EXPECT_EQ(found("checks/Rules.h", R"((make\w+)\(\);)"),
              found("checks/RuleRegistry.cpp", R"((make\w+)\s*,)"));
  }

  void expectCompiles(const fs::path& source) const {
    const fs::path root = testFolder().parent_path();
    const Output output = runProcess(
        {.arguments = {newestCompiler(), "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra",
                       "-Werror", "-I", tree(), "-I", root / "src", "-I", root, source},
         .directory = tree(),
         .environment = {}});
    EXPECT_EQ(output.exitCode, 0) << output.err;
  }

private:
  void copy(const fs::path& file) const {
    fs::create_directories((tree() / file).parent_path());
    fs::copy_file(testFolder().parent_path() / file, tree() / file);
  }

  TemporaryFolder folder_;
};

TEST_F(NewCheck, MakesARuleThatCompiles) {
  const Output output = run({"late-begin", "A transaction begins after its first statement."});
  ASSERT_EQ(output.exitCode, 0) << output.err;
  EXPECT_THAT(output.err, IsEmpty());
  EXPECT_THAT(output.out, HasSubstr("checks/LateBegin.cpp"));
  expectRegistered("session-late-begin", "makeLateBegin");
  EXPECT_THAT(text("checks/LateBegin.cpp"), HasSubstr(R"(.name = "session-late-begin")"));
  EXPECT_THAT(
      text("docs/rules/session-late-begin.md"),
      HasSubstr("# session-late-begin\n\nA transaction begins after its first statement.\n"));
  expectCompiles("checks/LateBegin.cpp");
  expectCompiles("checks/RuleRegistry.cpp");
}

TEST_F(NewCheck, MakesFixturesThatCanBeRead) {
  ASSERT_EQ(run({"session-late-begin"}).exitCode, 0);
  const std::vector<Fixture> fixtures = readFixtures(tree() / "test/cases");
  ASSERT_EQ(fixtures.size(), 2U);
  for (const Fixture& fixture : fixtures) {
    EXPECT_THAT(fixture.mistakes, IsEmpty()) << fixture.name;
    if (isInstalled("soci")) expectCompiles(fixture.path);
  }
  ASSERT_EQ(fixtures[0].findings.size(), 1U) << fixtures[0].name;
  EXPECT_EQ(fixtures[0].findings[0].rule, "session-late-begin");
  EXPECT_THAT(fixtures[1].findings, IsEmpty()) << fixtures[1].name;
}

TEST_F(NewCheck, KeepsTheOrderAtBothEnds) {
  ASSERT_EQ(run({"aaa"}).exitCode, 0);
  ASSERT_EQ(run({"zzz-2"}).exitCode, 0);
  expectRegistered("session-aaa", "makeAaa");
  expectRegistered("session-zzz-2", "makeZzz2");
  EXPECT_EQ(found("checks/Rules.h", R"((make\w+)\(\);)").front(), "makeAaa");
  EXPECT_EQ(found("checks/Rules.h", R"((make\w+)\(\);)").back(), "makeZzz2");
  expectCompiles("checks/RuleRegistry.cpp");
}

TEST_F(NewCheck, ChangesNothingWhenTheRuleIsThere) {
  ASSERT_EQ(run({"late-begin"}).exitCode, 0);
  const std::string header = text("checks/Rules.h");
  const Output output = run({"late-begin"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.err, HasSubstr("is there already"));
  EXPECT_EQ(run({"leak"}).exitCode, 2) << "the makers know it";
  EXPECT_EQ(text("checks/Rules.h"), header);
}

TEST_F(NewCheck, RefusesWrongArguments) {
  const std::string header = text("checks/Rules.h");
  for (const char* name : {"", "Late", "late_begin", "late-", "-late", "late begin", "../late"}) {
    const Output output = run({name});
    EXPECT_EQ(output.exitCode, 2) << name;
    EXPECT_THAT(output.err, HasSubstr("no rule name"));
  }
  EXPECT_EQ(run({"late-begin", "no sentence"}).exitCode, 2);
  EXPECT_EQ(run({"late-begin", "With \"quotes\"."}).exitCode, 2);
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(text("checks/Rules.h"), header);
  EXPECT_FALSE(fs::exists(tree() / "docs/rules"));
}

} // namespace

} // namespace session_tidy::test
