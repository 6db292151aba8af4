// session-clangd in clangd's place: its options, its version, its configuration files.
#include "e2e/EditorTesting.h"

#include <sstream>

namespace session_tidy::test {

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class EditorDropIn : public EditorTest {
protected:
  Output run(const std::vector<std::string>& arguments) const {
    Command command{
        .arguments = {findBuild(GetParam())->clangd()}, .directory = folder(), .environment = {}};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    return runProcess(command);
  }

  void configure(const std::string& tidy, const std::string& clangd = "") {
    if (!tidy.empty()) writeFile(folder() / ".clang-tidy", tidy);
    if (!clangd.empty()) writeFile(folder() / ".clangd", clangd);
  }
};

/// The lines of a help text that do not name the program.
std::string options(const std::string& help) {
  std::istringstream stream(help);
  std::string text;
  for (std::string line; std::getline(stream, line);)
    if (line.find("USAGE") == line.npos) text += line + "\n";
  return text;
}

TEST_P(EditorDropIn, HasTheSameOptions) {
  const std::filesystem::path clangd = findTool("clangd", GetParam());
  if (clangd.empty()) GTEST_SKIP() << "no clangd-" << GetParam();
  const Output own = run({"--help-hidden"});
  const Output other =
      runProcess({.arguments = {clangd, "--help-hidden"}, .directory = {}, .environment = {}});
  EXPECT_EQ(own.exitCode, 0);
  EXPECT_THAT(other.out, HasSubstr("--background-index"));
  EXPECT_EQ(options(own.out), options(other.out));
}

TEST_P(EditorDropIn, NamesBothVersions) {
  const Output output = run({"--version"});
  EXPECT_EQ(output.exitCode, 0);
  EXPECT_THAT(output.out, StartsWith("session-tidy " SESSION_TIDY_VERSION));
  EXPECT_THAT(output.out, HasSubstr("clangd version " + std::to_string(GetParam()) + "."));
}

// <stddef.h> is one of the compiler's own headers: without its folder every unit fails.
TEST_P(EditorDropIn, FindsTheCompilersHeaders) {
  writeFile(file(), "#include <stddef.h>\nsize_t size = 0;\n");
  EXPECT_EQ(run({"--check=" + file().string()}).exitCode, 0);
  writeFile(file(), "size_t size = 0;\n");
  EXPECT_NE(run({"--check=" + file().string()}).exitCode, 0) << "the check must be able to fail";
}

TEST_P(EditorDropIn, RunsTheRulesWithoutAnySettings) {
  EXPECT_EQ(findingsIn(badSample()).size(), 1U);
}

TEST_P(EditorDropIn, RunsTheRulesBesideOtherChecks) {
  configure("Checks: 'bugprone-*'\n");
  EXPECT_EQ(findingsIn(badSample()).size(), 1U);
}

TEST_P(EditorDropIn, RunsTheRulesThatAreAskedFor) {
  configure("Checks: '-*,session-temporary-*'\n");
  EXPECT_EQ(findingsIn(badSample()).size(), 1U);
}

TEST_P(EditorDropIn, HeedsClangTidysConfiguration) {
  configure("Checks: '-*,bugprone-*'\n");
  EXPECT_EQ(findingsIn(badSample()), json::array());
}

TEST_P(EditorDropIn, HeedsOptionsInClangTidysConfiguration) {
  configure("CheckOptions:\n  - { key: MinConfidence, value: nonsense }\n");
  editor().open(file(), badSample());
  EXPECT_THAT(editor().diagnostics(file()).dump(), HasSubstr("MinConfidence is 'nonsense'"));
}

TEST_P(EditorDropIn, HeedsRemovalInClangdsConfiguration) {
  configure("", "Diagnostics:\n  ClangTidy:\n    Remove: session-temporary-guard\n");
  EXPECT_EQ(findingsIn(badSample()), json::array());
}

TEST_P(EditorDropIn, HeedsAdditionInClangdsConfiguration) {
  configure("Checks: '-*'\n", "Diagnostics:\n  ClangTidy:\n    Add: session-*\n");
  EXPECT_EQ(findingsIn(badSample()).size(), 1U);
}

TEST_P(EditorDropIn, HeedsSuppressionInClangdsConfiguration) {
  configure("", "Diagnostics:\n  Suppress: session-temporary-guard\n");
  EXPECT_EQ(findingsIn(badSample()), json::array());
}

INSTANTIATE_TEST_SUITE_P(Clangd, EditorDropIn, testing::Values(19, 22),
                         testing::PrintToStringParamName());

} // namespace

} // namespace session_tidy::test
