// What goes wrong around a run: files that are damaged, missing or cannot be written. Each is told
// in one line, with its place where there is one, and with what to do.
#include "e2e/Project.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace session_tidy::test {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Trouble : public testing::Test {
protected:
  void SetUp() override { project_.unit("a.cpp", badSample()); }

  /// Exit code 2, nothing on stdout, one line on stderr that has all these parts.
  static void expectComplaint(const Output& output, const std::vector<std::string>& parts) {
    EXPECT_EQ(output.exitCode, 2) << output.out;
    EXPECT_THAT(output.out, IsEmpty());
    EXPECT_THAT(output.err, StartsWith("session-tidy: "));
    EXPECT_EQ(std::ranges::count(output.err, '\n'), 1) << output.err;
    EXPECT_THAT(output.err, Not(HasSubstr("exception")));
    for (const std::string& part : parts) EXPECT_THAT(output.err, HasSubstr(part));
  }

  Project project_;
};

TEST_F(Trouble, ADamagedBaselineSaysWhereAndWhatToDo) {
  const auto complain = [&](const std::string& text, const std::vector<std::string>& parts) {
    project_.write("b.json", text);
    expectComplaint(project_.check({"--baseline", "b.json"}), parts);
    expectComplaint(project_.run({"baseline", "show", "--baseline", "b.json"}), parts);
  };
  complain("{\n  \"version\": 1,\n  \"findings\": [ {\"a\":\n}\n",
           {"b.json:4:1: not JSON: ", "session-tidy baseline update"});
  complain("", {"b.json:1:1: "});
  complain("[]", {"b.json:1:1: ", "must be an object, not an array"});
  complain(R"({"version": 1, "findings": [{"file": 3}]})", {"b.json:1:29: 'rule' is missing"});
  complain(R"({"version": 9, "findings": []})", {"b.json:1:13: version 9", "newer session-tidy"});
  complain("{\"version\": 1, \"findings\": [\n<<<<<<< HEAD\n]}",
           {"b.json:2:1: ", "take either, then run session-tidy baseline update"});
  expectComplaint(project_.check({"--baseline", "none.json"}),
                  {"there is no baseline", "none.json", "session-tidy baseline update"});
}

TEST_F(Trouble, WithoutABaselineThereIsNothingToShowOrPrune) {
  for (const char* command : {"show", "prune"}) {
    const Output output = project_.run({"baseline", command});
    EXPECT_EQ(output.exitCode, 0) << command;
    EXPECT_THAT(output.out, IsEmpty());
    EXPECT_THAT(output.err, HasSubstr("there is no baseline"));
  }
  EXPECT_FALSE(std::filesystem::exists(project_.folder() / ".session-tidy-baseline.json"));
}

TEST_F(Trouble, MergeSaysWhatItCannotRead) {
  ASSERT_EQ(project_.check({"--output-format", "json:a.json", "--output-format", "sarif:a.sarif"})
                .exitCode,
            1);
  const std::string whole = project_.read("a.json");
  const std::string hint = "merge reads what --output-format json has written";
  expectComplaint(project_.run({"merge", "a.json", "a.sarif"}),
                  {"a.sarif:1:1: ", hint, "this is SARIF"});
  project_.write("half.json", whole.substr(0, whole.find("\"message\"") + 20));
  expectComplaint(project_.run({"merge", "half.json"}), {"half.json:", "not JSON: ", hint});
  std::string other = whole;
  other.replace(other.find("\"line\": 11"), 10, "\"line\": \"x\"");
  project_.write("other.json", other);
  expectComplaint(project_.run({"merge", "other.json"}),
                  {"other.json:", "'line' must be a whole number, not a string", hint});
  expectComplaint(project_.run({"merge", "none.json"}), {"cannot read none.json"});
}

TEST_F(Trouble, ADamagedDatabaseSaysWhere) {
  const auto complain = [&](const std::string& text, const std::vector<std::string>& parts) {
    project_.write("db/compile_commands.json", text);
    expectComplaint(project_.check({"-p", "db"}), parts);
  };
  complain("hello world", {"compile_commands.json:1:1: not JSON", "let the build write it anew"});
  complain("", {"compile_commands.json:1:1: "});
  complain("{\"a\": 1}", {"compile_commands.json:1:1: ", "must be an array"});
  complain("[\n  {\"directory\": \"/tmp\",\n   \"file\": 3}]\n",
           {"compile_commands.json:3:12: 'file' must be a string"});
  complain("[]", {"names no files"});
  expectComplaint(project_.check({"-p", "nowhere"}), {"-p: no such folder: nowhere"});
}

TEST_F(Trouble, AStaleDatabaseSaysWhichFile) {
  const std::string folder = project_.folder().string();
  const auto command = [&](const std::string& file, const std::vector<std::string>& words) {
    return nlohmann::json{{"directory", folder}, {"file", file}, {"arguments", words}};
  };
  project_.write("odd.cpp", badSample());
  project_.write("compile_commands.json",
                 nlohmann::json::array({command("a.cpp", {"clang++", "-std=c++20", "-c", "a.cpp"}),
                                        command("gone.cpp", {"clang++", "-c", "gone.cpp"}),
                                        command("odd.cpp", {"clang++"})})
                     .dump());
  const Output output = project_.check({"--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 3);
  EXPECT_THAT(output.out, StartsWith("a.cpp:11:3: "));
  EXPECT_THAT(output.err, HasSubstr("error: there is no " + folder +
                                    "/gone.cpp, which the compile "
                                    "database names"));
  EXPECT_THAT(output.err, HasSubstr("note: in the compile command of " + folder + "/odd.cpp"));
}

TEST_F(Trouble, ALineFilterSaysWhere) {
  expectComplaint(project_.check({"--line-filter", "[{"}), {"--line-filter:1:3: ", "as in [{"});
  expectComplaint(project_.check({"--line-filter", R"([{"name": 3}])"}),
                  {"--line-filter:1:11: 'name' must be a string"});
  expectComplaint(project_.check({"--line-filter", R"([{"name": "a", "lines": [[1]]}])"}),
                  {"--line-filter:1:26: two numbers"});
}

TEST_F(Trouble, WhatCannotBeWrittenIsToldBeforeTheWork) {
  project_.unit("b.cpp", "int x = y;\n"); // would be complained of by the work
  expectComplaint(project_.check({"--output-format", "json:none/out.json"}),
                  {"cannot write none/out.json: there is no folder none/"});
  expectComplaint(project_.run({"report", "-o", "."}), {"cannot write .: it is a folder"});
  expectComplaint(project_.run({"baseline", "update", "--baseline", "none/b.json"}),
                  {"cannot write none/b.json"});
}

TEST_F(Trouble, AFullDiskIsNoSuccess) {
  for (const char* command : {"check", "list", "--help", "report", "explain session-leak"}) {
    const Output output = runProcess(
        {.arguments = {"sh", "-c",
                       findBuild(ownLlvm())->command().string() + " " + command + " >/dev/full"},
         .directory = project_.folder(),
         .environment = {}});
    EXPECT_EQ(output.exitCode, 2) << command;
    EXPECT_THAT(output.err, HasSubstr("cannot write to the standard output")) << command;
  }
}

TEST_F(Trouble, GitSaysWhyThereAreNoChanges) {
  expectComplaint(project_.check({"--since", "HEAD"}), {"--since: not a git repository"});
  expectComplaint(project_.check({"--staged"}), {"--staged: not a git repository"});
  commitAll(project_);
  expectComplaint(project_.check({"--since", "nothing"}),
                  {"--since: ", "'nothing'", "git fetch --unshallow"});
}

TEST_F(Trouble, ADiffThatIsNoneIsToldOf) {
  project_.write("notes.txt", "no diff at all\n");
  expectComplaint(project_.check({"--diff", "notes.txt"}),
                  {"--diff: notes.txt is no unified diff"});
  project_.write("odd.diff", "--- a/a.cpp\n+++ b/a.cpp\n@@ -x +y @@\n+z\n");
  expectComplaint(project_.check({"--diff", "odd.diff"}), {"--diff: odd.diff is no unified diff"});
  expectComplaint(project_.check({"--diff", "none.diff"}), {"--diff: cannot read none.diff"});
}

TEST_F(Trouble, PathsMayOverlap) {
  const Output output =
      project_.check({"--strict", "--output-format", "concise", ".", "a.cpp", "a.cpp", "*.cpp"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_EQ(std::ranges::count(output.out, '\n'), 1) << output.out;
  EXPECT_THAT(output.err, IsEmpty());
}

TEST_F(Trouble, AFolderOfHeadersBringsTheUnitsThatIncludeThem) {
  project_.write("inc/deep/h.h", "#pragma once\n" + badSample());
  project_.write("inc/alone.h", "#error nobody includes this\n");
  project_.unit("b.cpp", "#include \"inc/deep/h.h\"\n");
  for (const char* path : {"inc", "inc/**/*.h"}) {
    const Output output = project_.check({"--strict", "--output-format", "concise", path});
    EXPECT_EQ(output.exitCode, 1) << path << output.err;
    EXPECT_THAT(output.out, StartsWith("inc/deep/h.h:12:3: "));
    EXPECT_EQ(std::ranges::count(output.out, '\n'), 1) << output.out;
  }
}

TEST_F(Trouble, PathsThatHaveNothingToLintAreToldOf) {
  project_.write("empty/notes.txt", "");
  const Output folder = project_.check({"empty"});
  EXPECT_EQ(folder.exitCode, 0);
  EXPECT_THAT(folder.err, HasSubstr("skipped, no file with a compile command, and no header, in "
                                    "empty"));
  expectComplaint(project_.check({"--strict", "empty"}), {"in empty"});
  expectComplaint(project_.check({"src/**/zzz*"}), {"'src/**/zzz*' fits nothing"});
}

TEST_F(Trouble, PathsMayHaveAnyCharacters) {
  project_.unit("räume und säle/größe & maß.cpp", badSample());
  const auto shown = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"check", "--output-format", "concise"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return runSessionTidy(project_.folder() / "räume und säle", all).out;
  };
  for (const char* path : {".", "größe & maß.cpp", "*maß*"})
    EXPECT_THAT(shown({path}), StartsWith("größe & maß.cpp:11:3: ")) << path;
}

} // namespace

} // namespace session_tidy::test
