// The scripts' promises that hold without building anything: they can be read, and say no to
// nonsense.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

fs::path scripts() {
  return testFolder().parent_path() / "scripts";
}

Output run(std::vector<std::string> arguments) {
  return runProcess({.arguments = std::move(arguments), .directory = scripts(), .environment = {}});
}

TEST(Scripts, AreAllBashThatCanBeReadAndRun) {
  for (const auto& entry : fs::directory_iterator(scripts())) {
    if (!entry.is_regular_file()) continue;
    const Output output = run({"bash", "-n", entry.path()});
    EXPECT_EQ(output.exitCode, 0) << output.err;
    if (entry.path().extension() == ".sh") continue;
    EXPECT_TRUE(readFile(entry.path()).starts_with("#!/usr/bin/env bash\n")) << entry.path();
    EXPECT_NE(entry.status().permissions() & fs::perms::owner_exec, fs::perms::none)
        << entry.path();
  }
}

// The first lines say what a script does and how it is called, and stay true to its name.
TEST(Scripts, BeginWithWhatTheyAreFor) {
  for (const auto& entry : fs::directory_iterator(scripts())) {
    if (!entry.is_regular_file() || entry.path().extension() == ".sh") continue;
    const std::string text = readFile(entry.path());
    const std::string name = entry.path().filename();
    EXPECT_THAT(text.substr(0, 600), HasSubstr("scripts/" + name)) << name;
    EXPECT_THAT(text, HasSubstr("set -euo pipefail")) << name;
  }
}

TEST(Scripts, SetupRefusesWhatItDoesNotKnow) {
  const Output output = run({scripts() / "setup", "--with-everything"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.out, IsEmpty());
  EXPECT_THAT(output.err, HasSubstr("unknown argument '--with-everything'"));
}

TEST(Scripts, EveryPackageListIsOneNamePerLine) {
  for (const auto& entry : fs::directory_iterator(scripts() / "packages"))
    EXPECT_THAT(readFile(entry.path()),
                testing::ContainsRegex("^(# [^\n]*\n|[A-Za-z0-9@.+-]+\n)+$"))
        << entry.path();
}

} // namespace

} // namespace session_tidy::test
