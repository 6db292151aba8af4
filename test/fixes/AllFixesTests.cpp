// Every fix of every fixture, catalogue file and example, made and looked at: the fixed file
// compiles with the same flags and all warnings, the findings are gone, no new ones have come, and
// fixing it again changes nothing.
#include "e2e/Catalogue.h"
#include "e2e/DocsExamples.h"
#include "harness/FrontEnd.h"
#include "harness/Libraries.h"
#include "harness/Process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using FixturePointer = std::shared_ptr<const Fixture>;

/// What the command makes of a file, and says of it.
struct Fixed {
  std::string text;
  std::vector<ShownFinding> left;
  Output output;
  std::string reproduce;
};

Fixed fixOnce(const Workspace& workspace, const Fixture& fixture, bool unsafe) {
  Command command{.arguments = {findBuild(ownLlvm())->command(), "fix"},
                  .directory = workspace.folder(),
                  .environment = {}};
  if (fixture.checks != "session-*") command.arguments.push_back("--checks=-*," + fixture.checks);
  if (unsafe) command.arguments.emplace_back("--unsafe-fixes");
  command.arguments.insert(command.arguments.end(), {"-p", workspace.folder(), workspace.source()});
  Fixed fixed;
  fixed.reproduce = describe(command);
  fixed.output = runProcess(command);
  fixed.text = workspace.text();
  fixed.left = parseClangText(fixed.output.out);
  return fixed;
}

std::map<std::string, int> byRule(const std::vector<ShownFinding>& findings) {
  std::map<std::string, int> counts;
  for (const ShownFinding& finding : findings) ++counts[finding.rule];
  return counts;
}

std::string describe(const std::vector<ShownFinding>& findings) {
  std::string text;
  for (const ShownFinding& finding : findings)
    text +=
        "  " + std::to_string(finding.line) + ": " + finding.message + " [" + finding.rule + "]\n";
  return text.empty() ? "  nothing\n" : text;
}

/// The fixture's own warnings aside: those that the text as it was has, too, are not the fix's.
std::set<std::string> warnings(const Workspace& workspace, const Fixture& fixture) {
  Command command{.arguments = {newestCompiler(), "-fsyntax-only", "-Wall", "-Wextra",
                                "-fno-caret-diagnostics"},
                  .directory = workspace.folder(),
                  .environment = {}};
  for (const std::string& flag : compilerFlags(fixture)) command.arguments.push_back(flag);
  command.arguments.push_back(workspace.source());
  const Output output = runProcess(command);
  std::set<std::string> lines;
  std::istringstream stream(output.err);
  for (std::string line; std::getline(stream, line);)
    for (const char* kind : {" warning: ", " error: "})
      if (const auto at = line.find(kind); at != line.npos) lines.insert(line.substr(at + 1));
  return lines;
}

/// The rules that may come with unsafe fixes, as the list of rules says.
const std::set<std::string>& rulesWithUnsafeFixes() {
  static const std::set<std::string> rules = [] {
    const Output list =
        runProcess({.arguments = {findBuild(ownLlvm())->command(), "list", "--format", "markdown"},
                    .directory = "/",
                    .environment = {}});
    static const std::regex row(R"(\| \[(session-[a-z-]+)\].*unsafe \|)");
    std::set<std::string> found;
    std::istringstream stream(list.out);
    for (std::string line; std::getline(stream, line);)
      if (std::smatch match; std::regex_match(line, match, row)) found.insert(match[1]);
    return found;
  }();
  return rules;
}

/// What is offered as unsafe belongs to a rule that is listed with such fixes.
void expectListed(const Output& safeRun) {
  static const std::regex offer(R"(no safe fix for (session-[a-z-]+), but)");
  for (std::sregex_iterator at(safeRun.err.begin(), safeRun.err.end(), offer), end; at != end; ++at)
    EXPECT_TRUE(rulesWithUnsafeFixes().contains((*at)[1])) << (*at)[1] << " offers an unsafe fix";
}

class AllFixesTest : public testing::Test {
public:
  explicit AllFixesTest(FixturePointer fixture) : fixture_(std::move(fixture)) {}

  void TestBody() override {
    for (const std::string& library : fixture_->libraries)
      if (!isInstalled(library)) GTEST_SKIP() << library << " is not installed";
    for (const bool unsafe : {false, true}) judge(unsafe);
  }

private:
  void judge(bool unsafe) {
    // No precompiled header: what it declares beyond the includes would count as known.
    const Workspace workspace(*fixture_);
    const Fixed once = fixOnce(workspace, *fixture_, unsafe);
    ASSERT_LE(once.output.exitCode, 1) << once.output.err << once.reproduce;
    if (!unsafe) expectListed(once.output);
    if (once.text == fixture_->text || !judged_.insert(once.text).second) return;
    const Fixed twice = fixOnce(workspace, *fixture_, unsafe);
    ASSERT_LE(twice.output.exitCode, 1) << twice.output.err << once.text;
    EXPECT_EQ(once.text, twice.text) << "fixing twice changes more";
    EXPECT_EQ(byRule(once.left), byRule(twice.left))
        << fixture_->path.string() << ":1: left after the first time:\n"
        << describe(once.left) << "after the second:\n"
        << describe(twice.left) << once.text;
    std::map<std::string, int> before = expectedBefore();
    // A guard that gets a name holds the work below from now on, and needs a commit: the fix is
    // unsafe, says so, and the linter goes on saying so.
    if (unsafe) before["session-unfinished-transaction"] += before["session-temporary-guard"];
    for (const auto& [rule, count] : byRule(twice.left))
      EXPECT_LE(count, before[rule])
          << fixture_->path.string() << ":1: new findings of " << rule << "\n"
          << describe(twice.left) << once.text;
    std::set<std::string> now = warnings(workspace, *fixture_);
    if (now.empty()) return;
    writeFile(workspace.source(), fixture_->text);
    for (const std::string& line : warnings(workspace, *fixture_)) now.erase(line);
    for (const std::string& line : now)
      ADD_FAILURE() << fixture_->path.string() << ":1: the fixed file gives " << line << "\n"
                    << once.text;
  }

  [[nodiscard]] std::map<std::string, int> expectedBefore() const {
    std::map<std::string, int> counts;
    for (const Expectation& expected : fixture_->findings) ++counts[expected.rule];
    if (!counts.empty()) return counts;
    const Workspace workspace(*fixture_);
    const Output output = runProcess({.arguments = {findBuild(ownLlvm())->command(), "-p",
                                                    workspace.folder(), workspace.source()},
                                      .directory = workspace.folder(),
                                      .environment = {}});
    return byRule(parseClangText(output.out));
  }

  FixturePointer fixture_;
  std::set<std::string> judged_; ///< fixed texts that are known: mostly all fixes are safe
};

bool hasFindings(const Fixture& fixture) {
  return !fixture.findings.empty();
}

/// The files of the catalogue and of examples/shop have no expectations: what the linter says of
/// them as they are takes their place.
void addCatalogue(std::vector<Fixture>& fixtures) {
  for (const CatalogueFilePointer& file : readCatalogue()) {
    if (file->verdict.rules.empty() || file->verdict.pending) continue;
    fixtures.push_back(file->fixture);
    fixtures.back().name = "catalogue/" + file->fixture.name;
  }
}

void addShop(std::vector<Fixture>& fixtures) {
  const fs::path root = testFolder().parent_path();
  for (Fixture& fixture : readFixtures(root / "examples/shop")) {
    fixture.libraries = {"soci"};
    fixture.headers = {root / "examples/shop/shop.h"}; // a copy: fixes change headers, too
    fixture.name = "shop/" + fixture.name;
    fixtures.push_back(std::move(fixture));
  }
}

void addDocs(std::vector<Fixture>& fixtures) {
  const fs::path docs = testFolder().parent_path() / "docs";
  for (const fs::path& page : pagesIn(docs))
    for (const Example& example : examplesOf(page)) {
      if (!example.block.has("bad")) continue;
      Fixture fixture;
      fixture.name = "docs/" + example.block.place();
      fixture.path = page.parent_path() /
                     (page.stem().string() + "_line_" + std::to_string(example.block.line) +
                      (example.block.language == "c" ? ".c" : ".cpp"));
      fixture.text = example.text;
      fixture.ownFlags = {example.flags.front()};
      fixture.flags = example.flags;
      fixture.libraries = example.libraries;
      fixture.config = example.config;
      fixtures.push_back(std::move(fixture));
    }
}

std::vector<FixturePointer> loadFixtures() {
  const char* chosen = std::getenv("SESSION_TIDY_TEST_CASES");
  std::vector<Fixture> fixtures = readFixtures(chosen != nullptr ? chosen : testFolder() / "cases");
  std::erase_if(fixtures, std::not_fn(hasFindings));
  if (chosen == nullptr) {
    addCatalogue(fixtures);
    addShop(fixtures);
    addDocs(fixtures);
  }
  std::vector<FixturePointer> result;
  for (Fixture& fixture : fixtures)
    result.push_back(std::make_shared<const Fixture>(std::move(fixture)));
  return result;
}

std::string testName(std::string name) {
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

} // namespace

int runAllFixesTests() {
  for (const FixturePointer& fixture : loadFixtures())
    testing::RegisterTest("AllFixes", testName(fixture->name).c_str(), nullptr, nullptr,
                          fixture->path.c_str(), 1,
                          [=]() -> testing::Test* { return new AllFixesTest(fixture); });
  return RUN_ALL_TESTS();
}

} // namespace session_tidy::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  try {
    return session_tidy::test::runAllFixesTests();
  } catch (const std::exception& error) {
    std::cerr << "fixes: " << error.what() << "\n";
    return 1;
  }
}
