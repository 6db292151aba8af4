// session-clangd in clangd's place: its options, its version, its configuration files.
#include "e2e/EditorTesting.h"

#include <sstream>

namespace session_tidy::test {

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class EditorDropIn : public EditorTest {
protected:
  Output run(const std::vector<std::string>& arguments) const {
    Command command{
        .arguments = {findBuild(GetParam())->clangd()}, .directory = folder(), .environment = {}};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    return runProcess(command);
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

/// A project's settings, and whether the rule runs with them.
struct Settings {
  const char* name;
  const char* tidy;   ///< .clang-tidy; empty: none
  const char* clangd; ///< .clangd; empty: none
  bool runs;
};

constexpr Settings allSettings[] = {
    {"nothing", "", "", true},
    {"other checks", "Checks: 'bugprone-*'\n", "", true},
    {"the rule itself", "Checks: '-*,session-temporary-*'\n", "", true},
    {"other checks alone", "Checks: '-*,bugprone-*'\n", "", false},
    {"the rule taken away", "Checks: '-session-temporary-guard'\n", "", false},
    {"added by clangd", "Checks: '-*'\n", "Diagnostics: {ClangTidy: {Add: session-*}}\n", true},
    {"removed by clangd", "", "Diagnostics: {ClangTidy: {Remove: session-*}}\n", false},
    {"suppressed by clangd", "", "Diagnostics: {Suppress: session-temporary-guard}\n", false},
    {"fast checks only", "", "Diagnostics: {ClangTidy: {FastCheckFilter: Strict}}\n", true},
};

TEST_P(EditorDropIn, RunsTheRulesUnlessSettingsSayOtherwise) {
  for (const Settings& settings : allSettings) {
    const std::filesystem::path project = folder() / settings.name;
    std::filesystem::create_directory(project);
    if (*settings.tidy != '\0') writeFile(project / ".clang-tidy", settings.tidy);
    if (*settings.clangd != '\0') writeFile(project / ".clangd", settings.clangd);
    writeFile(project / "sample.cpp", badSample());
    editor().open(project / "sample.cpp", badSample());
    const json found = sessionFindings(editor().diagnostics(project / "sample.cpp"));
    EXPECT_EQ(found.size(), settings.runs ? 1U : 0U) << settings.name;
  }
}

TEST_P(EditorDropIn, HeedsOptionsInClangTidysConfiguration) {
  writeFile(folder() / ".clang-tidy",
            "CheckOptions:\n  - { key: MinConfidence, value: nonsense }\n");
  editor().open(file(), badSample());
  EXPECT_THAT(editor().diagnostics(file()).dump(), HasSubstr("MinConfidence is 'nonsense'"));
}

INSTANTIATE_TEST_SUITE_P(Clangd, EditorDropIn, testing::Values(19, 22),
                         testing::PrintToStringParamName());

} // namespace

} // namespace session_tidy::test
