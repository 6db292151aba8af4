// The command line itself: what --help shows, what is said about what cannot be understood, and
// what a shell completes.
#include "e2e/Project.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// The words of a command, or of several below one.
std::vector<std::string> split(const std::string& line) {
  std::istringstream stream(line);
  return {std::istream_iterator<std::string>(stream), {}};
}

TEST(Usage, HelpFitsATerminal) {
  const Project project;
  for (const char* command : {"",
                              "check",
                              "fix",
                              "report",
                              "baseline",
                              "baseline update",
                              "baseline prune",
                              "baseline show",
                              "merge",
                              "init",
                              "list",
                              "explain",
                              "models",
                              "models list",
                              "models check",
                              "dump-ir",
                              "cache",
                              "cache stats",
                              "cache clean",
                              "completion",
                              "man"}) {
    std::vector<std::string> arguments = split(command);
    arguments.emplace_back("--help");
    const Output output = project.run(arguments);
    EXPECT_EQ(output.exitCode, 0) << command;
    EXPECT_THAT(output.out, HasSubstr("Usage: session-tidy " + std::string(command)));
    EXPECT_EQ(output.out.find("\n\n\n"), std::string::npos) << command;
    EXPECT_EQ(output.out.find("TEXT"), std::string::npos) << command << ": the value has no name";
    std::istringstream lines(output.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(Usage, SaysWhatMayHaveBeenMeant) {
  Project project;
  project.unit("a.cpp", goodSample());
  const auto complaint = [&](const std::string& arguments) {
    const Output output = project.run(split(arguments));
    EXPECT_EQ(output.exitCode, 2) << arguments;
    EXPECT_THAT(output.out, IsEmpty());
    EXPECT_EQ(std::ranges::count(output.err, '\n'), 1) << output.err;
    return output.err;
  };
  const std::vector<std::pair<std::string, std::string>> all{
      {"explian session-leak", "no such file or folder: explian (did you mean the command "
                               "'explain'?)"},
      {"--quiet check", "check (the command comes first: session-tidy check)"},
      {"--cheks=x", "unknown option '--cheks' (did you mean '--checks'?); see session-tidy check "
                    "--help"},
      {"baseline update --quit", "(did you mean '--quiet'?); see session-tidy baseline update "
                                 "--help"},
      {"baseline", "baseline needs a command: 'update', 'prune' or 'show'"},
      {"baseline updat", "baseline has no command 'updat' (did you mean 'update'?)"},
      {"models chek", "models has no command 'chek' (did you mean 'check'?)"},
      {"list extra", "unexpected argument 'extra'"},
      {"explain", "explain needs 'rule'"},
      {"--since", "--since needs REF"},
      {"--output-format sarf", "no format 'sarf' (did you mean 'sarif'?)"},
      {"--fail-on errror", "--fail-on: 'errror' is not 'style', 'warning', 'error' or 'never'"},
      {"--min-confidence x", "'x' is not 'possible', 'likely' or 'certain'"},
      {"--touching x", "'x' is not 'finding', 'path' or 'function'"},
      {"report --format pdf", "'pdf' is not 'md' or 'html'"},
      {"completion tcsh", "'tcsh' is not 'bash', 'zsh' or 'fish'"},
      {"--timeout abc", "--timeout: 'abc' is not a number"},
      {"--timeout -3", "--timeout: '-3' is not a number"},
      {"-j 99999999999", "--jobs: '99999999999' is not a number"},
      {"--unsafe-fixes=maybe", "--unsafe-fixes takes no value"}};
  for (const auto& [arguments, expected] : all)
    EXPECT_THAT(complaint(arguments), HasSubstr(expected));
}

class Completion : public testing::Test {
protected:
  void SetUp() override {
    project_.write("bash.sh", project_.run({"completion", "bash"}).out);
    project_.write("two words.cpp", "");
  }

  /// What bash offers when the cursor stands behind these words; each in a line.
  std::string offered(const std::string& words, const std::string& last) const {
    project_.write("ask.sh", ". ./bash.sh\nCOMP_WORDS=(session-tidy " + words + " '" + last +
                                 "')\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_session_tidy\n"
                                 "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    return runProcess({.arguments = {"bash", "-u", "ask.sh"},
                       .directory = project_.folder(),
                       .environment = {}})
        .out;
  }

  Project project_;
};

TEST_F(Completion, ScriptsKnowCommandsOptionsAndRules) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Output output = project_.run({"completion", shell});
    EXPECT_EQ(output.exitCode, 0);
    for (const char* word : {"baseline update", "output-format", "session-leak", "checkstyle"})
      EXPECT_THAT(output.out, HasSubstr(word)) << shell;
  }
}

TEST_F(Completion, OffersCommandsOptionsAndFiles) {
  EXPECT_EQ(offered("", "basel"), "baseline\n");
  EXPECT_EQ(offered("baseline", "up"), "update\n");
  EXPECT_EQ(offered("", "--out"), "--output-format\n");
  EXPECT_EQ(offered("baseline update", "--qui"), "--quiet\n");
  EXPECT_EQ(offered("", "two"), "two words.cpp\n");
  EXPECT_EQ(offered("--config", "two"), "two words.cpp\n");
}

TEST_F(Completion, OffersTheValuesOfOptions) {
  EXPECT_EQ(offered("explain", "session-temp"), "session-temporary-guard\n");
  EXPECT_EQ(offered("--output-format", "sa"), "sarif\n");
  EXPECT_EQ(offered("--color", ""), "auto\nalways\nnever\n");
  EXPECT_EQ(offered("--color =", "al"), "always\n") << "bash parts words there";
  EXPECT_EQ(offered("report --format", ""), "md\nhtml\n");
  EXPECT_EQ(offered("completion", "f"), "fish\n");
  EXPECT_EQ(offered("--since", "two"), "\n") << "no file";
}

} // namespace

} // namespace session_tidy::test
