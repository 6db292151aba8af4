// Known findings, reports of several runs, comments that silence.
#include "e2e/Project.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string function(const std::string& name, const std::string& comment = "") {
  return "void " + name + "(soci::session& sql) {\n  soci::transaction{sql};" + comment + "\n}\n";
}

class Baseline : public testing::Test {
protected:
  void SetUp() override {
    project_.shell("git init -q .");
    project_.unit("a.cpp", sampleLibrary + function("one") + function("two"));
    project_.unit("b.cpp", sampleLibrary + function("three"));
  }

  Output check(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.end(), {"--output-format", "concise"});
    return project_.check(arguments);
  }

  void update() const { ASSERT_EQ(project_.run({"baseline", "update"}).exitCode, 0); }

  Project project_;
};

TEST_F(Baseline, WhatIsKnownDoesNotCount) {
  EXPECT_EQ(check().exitCode, 1);
  update();
  const Output output = check();
  EXPECT_EQ(output.exitCode, 0);
  EXPECT_THAT(output.out + output.err, IsEmpty());
  EXPECT_EQ(check({"--no-baseline"}).exitCode, 1);
  EXPECT_THAT(project_.run({"baseline", "show"}).out, HasSubstr("a.cpp: "));
}

TEST_F(Baseline, MovedLinesAreStillKnown) {
  update();
  project_.write("a.cpp", "// moved\n\n" + std::string(sampleLibrary) +
                              "int before() { return 1; }\n" + function("one") +
                              "int between();\n" + function("two"));
  EXPECT_EQ(check().exitCode, 0);
}

TEST_F(Baseline, ANewFindingDoesNotHideBehindAnOldOne) {
  update();
  project_.write("a.cpp", sampleLibrary + function("one") + function("other"));
  const Output output = check();
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:14:"));
  EXPECT_THAT(output.out, Not(HasSubstr("a.cpp:11:")));
  EXPECT_THAT(output.err, HasSubstr("1 entry of the baseline not found any more"));
}

TEST_F(Baseline, PruneDropsWhatIsGoneAndAddsNothing) {
  update();
  project_.write("a.cpp", sampleLibrary + function("other"));
  EXPECT_EQ(project_.run({"baseline", "prune"}).exitCode, 0);
  const Output output = check();
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:11:"));
  EXPECT_THAT(output.err, IsEmpty()) << "nothing is stale";
  const auto document = nlohmann::json::parse(project_.read(".session-tidy-baseline.json"));
  EXPECT_EQ(document["findings"].size(), 1U);
}

TEST_F(Baseline, APartOfTheProjectLeavesTheRestAlone) {
  update();
  project_.write("b.cpp", goodSample());
  const Output part = check({"a.cpp"});
  EXPECT_EQ(part.exitCode, 0);
  EXPECT_THAT(part.err, IsEmpty()) << "b.cpp was not looked at";
  EXPECT_EQ(project_.run({"baseline", "update", "b.cpp"}).exitCode, 0);
  EXPECT_EQ(check().exitCode, 0) << "a.cpp's entries are still there";
}

TEST_F(Baseline, StaysAsItIsWhenSomethingDoesNotCompile) {
  update();
  const std::string before = project_.read(".session-tidy-baseline.json");
  project_.write("a.cpp", "int x = y;\n");
  EXPECT_EQ(project_.run({"baseline", "update"}).exitCode, 3);
  EXPECT_EQ(project_.read(".session-tidy-baseline.json"), before);
}

TEST_F(Baseline, ABrokenOneIsTrouble) {
  project_.write(".session-tidy-baseline.json", "{\"version\": 2, \"findings\": []}");
  EXPECT_EQ(check().exitCode, 2);
  EXPECT_EQ(project_.check({"--baseline", "missing.json"}).exitCode, 2);
}

TEST_F(Baseline, MergeBringsShardsTogether) {
  const std::string shared =
      "#pragma once\n" + std::string(sampleLibrary) + "inline " + function("h");
  project_.write("h.h", shared);
  for (const char* name : {"c.cpp", "d.cpp"})
    project_.unit(name, "#include \"h.h\"\nvoid use(soci::session& s) { h(s); }\n");
  for (const char* name : {"a", "b", "c", "d"})
    EXPECT_EQ(project_
                  .check({std::string(name) + ".cpp", "--output-format",
                          std::string("json:") + name + ".json"})
                  .exitCode,
              1);
  const Output merged =
      project_.run({"merge", "a.json", "b.json", "c.json", "d.json", "--output-format", "concise",
                    "--output-format", "json:all.json"});
  EXPECT_EQ(merged.exitCode, 1);
  EXPECT_EQ(merged.out, check().out);
  EXPECT_EQ(nlohmann::json::parse(project_.read("all.json"))["units"]["checked"], 4);
  EXPECT_EQ(project_.run({"merge", "a.cpp"}).exitCode, 2);
}

TEST_F(Baseline, MergeTellsATeamWhatTheRunsWouldHave) {
  project_.unit("b.cpp", sampleLibrary +
                             function("three", " // NOLINT(session-temporary-guard): a test") +
                             function("four"));
  project_.unit("c.cpp", goodSample());
  for (const char* name : {"a", "b", "c"})
    EXPECT_NE(project_
                  .check({std::string(name) + ".cpp", "--output-format",
                          std::string("json:") + name + ".json"})
                  .exitCode,
              2);
  const Output merged =
      project_.run({"merge", "a.json", "b.json", "c.json", "--output-format", "markdown"});
  EXPECT_EQ(merged.out, project_.check({"--output-format", "markdown"}).out);
  EXPECT_THAT(merged.out, HasSubstr("| c.cpp | good | 1 | 0 | transactions are held by guards"));
  EXPECT_THAT(merged.out, HasSubstr("1 finding is silenced by comments"));
}

TEST_F(Baseline, MergeKeepsTheExitCodeOfBrokenUnits) {
  project_.write("b.cpp", "int x = y;\n");
  EXPECT_EQ(project_.check({"b.cpp", "--output-format", "json:b.json"}).exitCode, 3);
  EXPECT_EQ(project_.run({"merge", "b.json"}).exitCode, 3);
}

TEST(Comments, WithoutReasonAreReportedOnRequest) {
  Project project;
  project.unit("a.cpp", sampleLibrary + function("one", " // NOLINT(session-temporary-guard)") +
                            function("two", " // NOLINT(session-temporary-guard): a test of it") +
                            function("three", " // NOLINT"));
  EXPECT_EQ(project.check().exitCode, 0);
  const Output output = project.check({"--require-reason", "--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:11:"));
  EXPECT_THAT(output.out, Not(HasSubstr("a.cpp:14:")));
  EXPECT_THAT(output.out, HasSubstr("a.cpp:17:"));
  EXPECT_THAT(output.out, HasSubstr("[session-suppression]"));
}

TEST(Comments, ThatSilenceNothingAreReportedOnRequest) {
  Project project;
  project.unit("a.cpp", "int plain(); // NOLINT(session-leak): gone\n"
                        "int others(); // NOLINT(readability-identifier-naming)\n"
                        "int bare(); // NOLINT\n" +
                            std::string(sampleLibrary) + "// NOLINTBEGIN(session-*): all of it\n" +
                            function("one") + "// NOLINTEND(session-*)\n");
  EXPECT_EQ(project.check().exitCode, 0);
  const Output output = project.check({"--unused-suppressions", "--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:1:"));
  EXPECT_EQ(std::ranges::count(output.out, '\n'), 1) << output.out;
  const Output other = project.check({"--unused-suppressions", "--checks",
                                      "session-temporary-guard", "--output-format", "concise"});
  EXPECT_THAT(other.out, IsEmpty()) << "a rule that is not in force could not be silenced";
}

TEST(Comments, ExplainSaysHowToSilence) {
  Project project;
  const Output output = project.run({"explain", "session-leak"});
  EXPECT_THAT(output.out, HasSubstr("// NOLINT(session-leak): why"));
}

} // namespace

} // namespace session_tidy::test
