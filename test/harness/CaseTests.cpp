// Every fixture of test/cases through every front end, as one GoogleTest case each.
//
// The plugin of this build's own LLVM and the command have to say the same, byte for byte.
//
// Suites are Plugin14 ... Command22, Editor19, Editor22, Agreement of the editor with the command,
// and Companions, which compiles the fixed files. A suite shares one front end, so that an editor's
// server is started once. CTest runs shards of suites.
#include "harness/Agreement.h"
#include "harness/FrontEnd.h"
#include "harness/Judge.h"
#include "harness/Libraries.h"
#include "harness/PrecompiledHeaders.h"
#include "harness/Process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <memory>

namespace session_tidy::test {

namespace {

using FrontEndPointer = std::shared_ptr<FrontEnd>;
using FixturePointer = std::shared_ptr<const Fixture>;

// GoogleTest's filters give '-' and ':' a meaning of their own.
std::string testName(const std::string& fixture) {
  std::string name = fixture;
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

std::string missingLibraries(const Fixture& fixture) {
  std::string missing;
  for (const std::string& library : fixture.libraries)
    if (!isInstalled(library)) missing += " " + library;
  return missing;
}

void addMistakes(const Fixture& fixture) {
  for (const std::string& mistake : fixture.mistakes) ADD_FAILURE() << mistake;
}

class FixtureTest : public testing::Test {
public:
  /// `twin`: another front end that has to say the very same; nullptr for none.
  FixtureTest(FrontEndPointer frontEnd, FrontEndPointer twin, FixturePointer fixture)
      : frontEnd_(std::move(frontEnd)), twin_(std::move(twin)), fixture_(std::move(fixture)) {}

  void TestBody() override {
    addMistakes(*fixture_);
    if (const std::string missing = missingLibraries(*fixture_); !missing.empty())
      GTEST_SKIP() << "headers not installed:" << missing;
    if (frontEnd_->llvm() < fixture_->minLlvm)
      GTEST_SKIP() << "only with LLVM " << fixture_->minLlvm << " and newer";
    const Workspace workspace(*fixture_, frontEnd_->takesPrecompiledHeaders()
                                             ? precompiledFlags(*fixture_, frontEnd_->llvm())
                                             : std::vector<std::string>());
    const bool subset = frontEnd_->isEditor() && fixture_->clangdSubset;
    const RunResult result = frontEnd_->run(*fixture_, workspace);
    const std::string report = judgeRun(*fixture_, result, subset);
    EXPECT_EQ(fixture_->text, workspace.text()) << "linting changed the file";
    if (!report.empty()) FAIL() << report;
    if (twin_) compareWithTwin(result.findings, workspace);
    if (fixture_->fixedPath.empty() || subset || !frontEnd_->checksFixes()) return;
    const std::string fixReport = judgeFix(*fixture_, frontEnd_->fix(*fixture_, workspace));
    if (!fixReport.empty()) FAIL() << fixReport;
  }

private:
  void compareWithTwin(std::vector<ShownFinding> findings, const Workspace& workspace) {
    const std::vector<ShownFinding> others = twin_->run(*fixture_, workspace).findings;
    dropFixNotes(findings, others);
    EXPECT_EQ(allThatIsSaid(findings), allThatIsSaid(others))
        << frontEnd_->name() << " and " << twin_->name() << " differ";
  }

  FrontEndPointer frontEnd_;
  FrontEndPointer twin_;
  FixturePointer fixture_;
};

class CompanionTest : public testing::Test {
public:
  explicit CompanionTest(FixturePointer fixture) : fixture_(std::move(fixture)) {}

  void TestBody() override {
    if (const std::string missing = missingLibraries(*fixture_); !missing.empty())
      GTEST_SKIP() << "headers not installed:" << missing;
    Command command{.arguments = {newestCompiler(), "-fsyntax-only", "-Wall", "-Wextra", "-Werror"},
                    .directory = {},
                    .environment = {}};
    for (const std::string& flag : compilerFlags(*fixture_)) command.arguments.push_back(flag);
    command.arguments.push_back("-I" + (testFolder() / "cases" / "support").string());
    command.arguments.push_back(fixture_->fixedPath);
    const Output output = runProcess(command);
    EXPECT_EQ(output.exitCode, 0) << output.err << describe(command);
  }

private:
  FixturePointer fixture_;
};

class MissingFrontEnd : public testing::Test {
public:
  MissingFrontEnd(std::string why, bool isOwn) : why_(std::move(why)), isOwn_(isOwn) {}

  void TestBody() override {
    if (isOwn_) FAIL() << why_ << ", the LLVM of this very build";
    GTEST_SKIP() << why_;
  }

private:
  std::string why_;
  bool isOwn_;
};

// session-clangd can be left out of a build by an option.
bool mustBeThere(const FrontEnd& frontEnd) {
  return frontEnd.llvm() == ownLlvm() && (!frontEnd.isEditor() || SESSION_TIDY_TEST_CLANGD);
}

void registerFrontEnd(const FrontEndPointer& frontEnd, const FrontEndPointer& twin,
                      const std::vector<FixturePointer>& fixtures) {
  const std::string why = frontEnd->whyMissing();
  if (!why.empty()) {
    const bool isOwn = mustBeThere(*frontEnd);
    testing::RegisterTest(frontEnd->name().c_str(), "is_there", nullptr, nullptr, __FILE__,
                          __LINE__,
                          [=]() -> testing::Test* { return new MissingFrontEnd(why, isOwn); });
    return;
  }
  for (const FixturePointer& fixture : fixtures)
    testing::RegisterTest(frontEnd->name().c_str(), testName(fixture->name).c_str(), nullptr,
                          nullptr, fixture->path.c_str(), 1, [=]() -> testing::Test* {
                            return new FixtureTest(frontEnd, twin, fixture);
                          });
}

void registerCompanions(const std::vector<FixturePointer>& fixtures) {
  for (const FixturePointer& fixture : fixtures)
    if (!fixture->fixedPath.empty())
      testing::RegisterTest("Companions", testName(fixture->name).c_str(), nullptr, nullptr,
                            fixture->fixedPath.c_str(), 1,
                            [=]() -> testing::Test* { return new CompanionTest(fixture); });
}

std::vector<FixturePointer> loadFixtures() {
  std::vector<FixturePointer> result;
  const char* chosen = std::getenv("SESSION_TIDY_TEST_CASES");
  for (Fixture& fixture : readFixtures(chosen != nullptr ? chosen : testFolder() / "cases"))
    result.push_back(std::make_shared<const Fixture>(std::move(fixture)));
  return result;
}

// Nothing failed and nothing ran: CTest shows that as skipped (SKIP_RETURN_CODE).
int exitCode(int gtestResult) {
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  const bool onlySkipped = all.skipped_test_count() > 0 && all.successful_test_count() == 0;
  return gtestResult == 0 && onlySkipped ? 77 : gtestResult;
}

} // namespace

int runCaseTests() {
  const std::vector<FixturePointer> fixtures = loadFixtures();
  const FrontEndPointer command = makeCommand(ownLlvm());
  const bool withTwin = command->whyMissing().empty();
  for (std::unique_ptr<FrontEnd>& frontEnd : makeFrontEnds()) {
    const bool ownPlugin = frontEnd->name() == "Plugin" + std::to_string(ownLlvm());
    registerFrontEnd(std::move(frontEnd), ownPlugin && withTwin ? command : nullptr, fixtures);
  }
  registerCompanions(fixtures);
  registerAgreement(fixtures);
  return exitCode(RUN_ALL_TESTS());
}

} // namespace session_tidy::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  try {
    return session_tidy::test::runCaseTests();
  } catch (const std::exception& error) {
    std::cerr << "fixtures: " << error.what() << "\n";
    return 1;
  }
}
