// docs/companion-headers.md is true: each program on it is compiled and run, and prints what stands
// behind it (a line "..." stands for any lines).
#include "e2e/DocsBlocks.h"
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Process.h"
#include "harness/Workspace.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <vector>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;

/// Compiles and runs a program; what it prints, or what the compiler says.
std::string run(const CodeBlock& program) {
  const TemporaryFolder folder;
  writeFile(folder.path() / "example.cpp", program.text);
  std::vector<std::string> arguments{
      newestCompiler(), "-std=c++17", "-Wall",
      "-Wextra",        "-Werror",    "-I" + (testFolder().parent_path() / "include").string()};
  if (program.has("monitor")) arguments.emplace_back("-DSESSION_TIDY_MONITOR=1");
  arguments.insert(arguments.end(), {"example.cpp", "-o", "example", "-lsqlite3"});
  if (program.has("gtest")) arguments.emplace_back("-lgtest");
  const Output compiled =
      runProcess({.arguments = arguments, .directory = folder.path(), .environment = {}});
  if (compiled.exitCode != 0) return compiled.err;
  return runProcess({.arguments = {"./example"}, .directory = folder.path(), .environment = {}})
      .out;
}

TEST(CompanionPage, ItsProgramsPrintWhatItShows) {
  if (!fs::exists("/usr/include/sqlite3.h")) GTEST_SKIP() << "no headers of SQLite";
  const std::vector<CodeBlock> blocks =
      readCodeBlocks(testFolder().parent_path() / "docs/companion-headers.md");
  std::vector<std::pair<const CodeBlock*, std::future<std::string>>> programs;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    if (!blocks[i].has("run")) continue;
    ASSERT_EQ(blocks[i + 1].language, "text") << blocks[i].place();
    programs.emplace_back(&blocks[i + 1],
                          std::async(std::launch::async, run, std::cref(blocks[i])));
  }
  EXPECT_GE(programs.size(), 5U);
  for (auto& [shown, printed] : programs) {
    const std::string text = printed.get();
    EXPECT_TRUE(printsWhatIsShown(text, linesOf(shown->text)))
        << shown->place() << ": the program prints\n"
        << text;
  }
}

} // namespace

} // namespace session_tidy::test
