// Only what changed: lines of git's and other diffs, and the units that changed headers pull in.
#include "e2e/Project.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string temporary = "  soci::transaction{sql};\n";

std::string function(const std::string& name, const std::string& body) {
  return "inline void " + name + "(soci::session& sql) {\n" + body + "}\n";
}

/// A finding each in old.cpp (line 11) and lib.h (line 12), committed.
class Changes : public testing::Test {
protected:
  void SetUp() override {
    project_.write("lib.h",
                   std::string("#pragma once\n") + sampleLibrary + function("inHeader", temporary));
    project_.unit("old.cpp", badSample());
    project_.unit("user.cpp", "#include \"lib.h\"\nvoid use(soci::session& s) { inHeader(s); }\n");
    project_.unit("other.cpp", "int other() { return 1; }\n");
    commitAll(project_);
  }

  std::string found(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--output-format", "concise"});
    const Output output = project_.check(arguments);
    EXPECT_EQ(output.exitCode, output.out.empty() ? 0 : 1) << output.err;
    return output.out;
  }

  void append(const std::string& file, const std::string& text) const {
    project_.write(file, project_.read(file) + text);
  }

  Project project_;
};

TEST_F(Changes, NothingChangedNothingFound) {
  EXPECT_THAT(found({"--since", "HEAD"}), IsEmpty());
  EXPECT_THAT(found({"--staged"}), IsEmpty());
  EXPECT_THAT(found({}), HasSubstr("old.cpp:11"));
}

TEST_F(Changes, SinceARefShowsNewLinesAndNewFiles) {
  append("old.cpp", function("added", temporary));
  project_.unit("fresh.cpp", badSample());
  const std::string out = found({"--since", "HEAD"});
  EXPECT_THAT(out, Not(HasSubstr("old.cpp:11:")));
  EXPECT_THAT(out, HasSubstr("old.cpp:14:"));
  EXPECT_THAT(out, HasSubstr("fresh.cpp:11:"));
}

TEST_F(Changes, SinceABranchMeansSinceItWasLeft) {
  project_.shell("git branch start && git checkout -q -b topic");
  append("old.cpp", function("onTopic", temporary));
  project_.shell("git -c user.name=t -c user.email=t@example.org commit -qam topic && "
                 "git checkout -q start");
  project_.write("other.cpp", badSample());
  project_.shell("git -c user.name=t -c user.email=t@example.org commit -qam later && "
                 "git checkout -q topic");
  const std::string out = found({"--since", "start"});
  EXPECT_THAT(out, HasSubstr("old.cpp:14:"));
  EXPECT_THAT(out, Not(HasSubstr("other.cpp")));
}

TEST_F(Changes, AChangedHeaderPullsInUnitsThatIncludeIt) {
  append("lib.h", function("addedToHeader", temporary));
  const std::string out = found({"--since", "HEAD"});
  EXPECT_THAT(out, HasSubstr("lib.h:15:"));
  EXPECT_THAT(out, Not(HasSubstr("lib.h:12:")));
  EXPECT_THAT(out, Not(HasSubstr("old.cpp")));
}

TEST_F(Changes, StagedLinesAreFollowedIntoTheFile) {
  append("old.cpp", function("staged", temporary));
  project_.shell("git add old.cpp");
  append("old.cpp", function("notStaged", temporary));
  project_.write("old.cpp", "// one line\n// and another\n" + project_.read("old.cpp"));
  const std::string out = found({"--staged"});
  EXPECT_THAT(out, HasSubstr("old.cpp:16:"));
  EXPECT_THAT(out, Not(HasSubstr("old.cpp:13:")));
  EXPECT_THAT(out, Not(HasSubstr("old.cpp:19:")));
}

TEST_F(Changes, ADiffFromAFileOrStandardInput) {
  append("old.cpp", function("added", temporary));
  project_.shell("git diff > change.diff");
  const std::string out = found({"--diff", "change.diff"});
  EXPECT_THAT(out, HasSubstr("old.cpp:14:"));
  EXPECT_THAT(out, Not(HasSubstr("old.cpp:11:")));
  project_.shell("sed -i 's|^+++ .*|+++ /dev/null|' change.diff");
  EXPECT_THAT(found({"--diff", "change.diff"}), IsEmpty());
  const Output piped =
      runProcess({.arguments = {"sh", "-c",
                                "git diff | " + findBuild(ownLlvm())->command().string() +
                                    " --diff - --output-format concise"},
                  .directory = project_.folder(),
                  .environment = {}});
  EXPECT_EQ(piped.out, out);
}

TEST_F(Changes, ALineFilterAsClangTidyHasIt) {
  const std::string here = R"([{"name":"old.cpp","lines":[[11,11]]}])";
  EXPECT_THAT(found({"--line-filter", here}), HasSubstr("old.cpp:11:"));
  EXPECT_THAT(found({"--line-filter", R"([{"name":"old.cpp","lines":[[1,5]]}])"}), IsEmpty());
  EXPECT_EQ(project_.check({"--line-filter", "[{"}).exitCode, 2);
}

TEST_F(Changes, AStepOfThePathCountsUnlessToldOtherwise) {
  const std::string before = "  sql.begin();\n  int n = 1;\n";
  const std::string after = "  sql.commit();\n";
  append("old.cpp", "inline void f(soci::session& sql, int k) {\n" + before + after + "}\n");
  project_.shell("git -c user.name=t -c user.email=t@example.org commit -qam more");
  std::string text = project_.read("old.cpp");
  text.replace(text.find("  int n = 1;\n"), 0, "  if (k) return;\n");
  project_.write("old.cpp", text);
  EXPECT_THAT(found({"--since", "HEAD"}), HasSubstr("old.cpp:14:")) << "its begin is old";
  EXPECT_THAT(found({"--since", "HEAD", "--touching", "finding"}), IsEmpty());
  EXPECT_THAT(found({"--since", "HEAD", "--touching", "function"}), HasSubstr("old.cpp:14:"));
}

TEST_F(Changes, AnUnknownRefIsTrouble) {
  const Output output = project_.check({"--since", "no-such-ref"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.err, HasSubstr("no-such-ref"));
}

TEST(Headers, AreLintedWithinTheUnitsThatIncludeThem) {
  Project project;
  // Does not compile alone: what it needs is defined by those who include it.
  project.write("inc/part.h", "inline void part(LIBRARY::session& sql) {\n"
                              "  LIBRARY::transaction{sql};\n}\n");
  project.unit("user.cpp", std::string(sampleLibrary) +
                               "#define LIBRARY soci\n#include \"inc/part.h\"\n" +
                               function("mine", temporary));
  const Output output = project.check({"inc/part.h", "--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 1) << output.err;
  EXPECT_THAT(output.out, HasSubstr("inc/part.h:2:"));
  EXPECT_THAT(output.out, Not(HasSubstr("user.cpp")));
}

TEST(Headers, ThatNobodyIncludesAreLintedAsTheSourceMostLikeThem) {
  Project project;
  project.write("lonely.h", badSample());
  project.unit("lonely.cpp", goodSample());
  const Output output = project.check({"lonely.h", "--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 1) << output.err;
  EXPECT_THAT(output.out, HasSubstr("lonely.h:11:"));
}

} // namespace

} // namespace session_tidy::test
