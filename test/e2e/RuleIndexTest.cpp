// The rules as `list` and `explain` show them, and the page that is made of it.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::StartsWith;

Output command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), findBuild(ownLlvm())->command());
  return runProcess({.arguments = std::move(arguments), .directory = "/", .environment = {}});
}

/// One for each file of checks/ that gives a rule its name.
std::set<std::string> rulesInTheSources() {
  static const std::regex form(R"re(\.name = "(session-[a-z-]+)")re");
  std::set<std::string> rules;
  for (const auto& file : fs::directory_iterator(testFolder().parent_path() / "checks")) {
    const std::string text = readFile(file.path());
    for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at)
      rules.insert((*at)[1]);
  }
  return rules;
}

TEST(RuleIndex, IsThePageOfTheDocumentation) {
  const Output output = command({"list", "--format", "markdown"});
  EXPECT_EQ(output.exitCode, 0) << output.err;
  EXPECT_EQ(output.out, readFile(testFolder().parent_path() / "docs/rules.md"))
      << "write it anew: session-tidy list --format markdown >docs/rules.md";
}

TEST(RuleIndex, HasALineForEachRule) {
  const std::set<std::string> rules = rulesInTheSources();
  ASSERT_GE(rules.size(), 15U);
  std::set<std::string> lines;
  static const std::regex form(
      R"(\| \[(session-[a-z-]+)\]\(rules/\1\.md\) \| [^|]+\. \| (style|warning|error) \| (on|off) \| )"
      R"((possible|likely|certain)( to (likely|certain))? \| (none|safe|unsafe|safe or unsafe) \|)");
  std::istringstream stream(command({"list", "--format", "markdown"}).out);
  for (std::string line; std::getline(stream, line);)
    if (std::smatch match; std::regex_match(line, match, form)) lines.insert(match[1]);
  EXPECT_EQ(lines, rules);
}

TEST(RuleIndex, EveryRuleIsListedAndExplained) {
  std::istringstream stream(command({"list"}).out);
  std::set<std::string> listed;
  for (std::string line; std::getline(stream, line);) listed.insert(line.substr(0, line.find(' ')));
  EXPECT_EQ(listed, rulesInTheSources());
  for (const std::string& rule : listed) {
    const Output output = command({"explain", rule});
    EXPECT_EQ(output.exitCode, 0) << output.err;
    const std::string page = readFile(testFolder().parent_path() / "docs/rules" / (rule + ".md"));
    EXPECT_THAT(output.out, StartsWith(page));
  }
}

} // namespace

} // namespace session_tidy::test
