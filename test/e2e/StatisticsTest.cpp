// What --statistics tells: units, functions, findings, time.
#include "e2e/Project.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const std::string temporary = "  soci::transaction{sql};\n";

std::string unit(const std::string& function, const std::string& body) {
  return std::string(sampleLibrary) + "void " + function + "(soci::session& sql) {\n" + body +
         "}\n";
}

/// Ten pointers that each point to one of two sessions: a thousand states.
std::string tooMuch() {
  std::string text = std::string(sampleLibrary) +
                     "void work(int);\nvoid many(soci::session& a, soci::session& b, int mask) {\n";
  for (int i = 0; i < 10; ++i) {
    const std::string id = std::to_string(i);
    text += "  soci::session* s" + id + " = (mask >> " + id + " & 1) != 0 ? &a : &b;\n  work(" +
            id + ");\n";
  }
  for (int i = 0; i < 10; ++i) {
    const std::string id = std::to_string(i);
    text += "  s" + id + "->begin();\n  work(" + id + ");\n  s" + id + "->commit();\n";
  }
  return text + "}\n";
}

/// A line of the statistics: what, and how many.
auto counts(const std::string& what, unsigned count) {
  return ContainsRegex("\n  " + what + " +" + std::to_string(count) + "\n");
}

TEST(Statistics, CountsUnitsFunctionsAndFindings) {
  Project project;
  project.unit("a.cpp", unit("a", temporary));
  project.unit("b.cpp", unit("b", temporary + temporary));
  project.unit("c.cpp", "bool full();\n" +
                            unit("c", "  sql.begin();\n  if (full()) return;\n  sql.commit();\n"));
  project.unit("other.cpp", "int other() { return 1; }\n");
  const std::vector<std::string> arguments{"--statistics", "--parse-below", "0"};
  const Output first = project.check(arguments);
  EXPECT_THAT(first.err,
              HasSubstr("session-tidy: 4 units: 3 linted, 0 from the cache, 1 without sessions\n"));
  EXPECT_THAT(first.err, AllOf(counts("functions with sessions", 3), counts("given up on", 0),
                               counts("findings", 4), counts("  session-temporary-guard", 3),
                               counts("  session-unfinished-transaction", 1)));
  EXPECT_THAT(first.err, ContainsRegex("\n  time [0-9.]+ s; of the workers together [0-9.]+ s, the "
                                       "longest [0-9.]+ s for [abc].cpp\n"));
  EXPECT_THAT(first.out, Not(HasSubstr("units")));

  project.write("b.cpp", unit("b", temporary));
  const Output second = project.check(arguments);
  EXPECT_THAT(second.err, HasSubstr(": 1 linted, 2 from the cache, 1 without sessions\n"));
  EXPECT_THAT(second.err, AllOf(counts("functions with sessions", 3), counts("findings", 3)));
}

TEST(Statistics, NamesFunctionsThatWereTooMuch) {
  Project project;
  project.unit("a.cpp", tooMuch());
  for (const char* why : {"linted", "from the cache"}) {
    const Output output = project.check({"--statistics"});
    EXPECT_EQ(output.exitCode, 0);
    EXPECT_THAT(output.err, HasSubstr("1 " + std::string(why)));
    EXPECT_THAT(output.err, ContainsRegex("\n  given up on +1  too many paths; nothing is reported "
                                          "in\n    a.cpp:[0-9]+: many\n"));
  }
}

TEST(Statistics, TellsWhatIsHidden) {
  Project project;
  project.unit("a.cpp", unit("a", temporary + "  soci::transaction{sql}; // NOLINT: a test\n"));
  project.write(".git/HEAD", "ref: refs/heads/main\n"); // a root for the baseline
  EXPECT_EQ(project.run({"baseline", "update", "--quiet"}).exitCode, 0);
  const Output known = project.check({"--statistics"});
  EXPECT_EQ(known.exitCode, 0);
  EXPECT_THAT(known.err, AllOf(counts("findings", 0), counts("silenced by NOLINT", 1),
                               counts("known to the baseline", 1)));
  const Output unchanged = project.check(
      {"--statistics", "--no-baseline", "--line-filter", R"([{"name":"a.cpp","lines":[[1,2]]}])"});
  EXPECT_THAT(unchanged.err, AllOf(counts("findings", 0), counts("not touched by the change", 1)));
}

TEST(Statistics, TellsWhatCouldNotBeLookedAt) {
  Project project;
  project.unit("a.cpp", unit("a", temporary));
  project.unit("broken.cpp", std::string(sampleLibrary) + "int broken( {\n");
  project.write("lonely.cpp", "");
  const Output output =
      project.check({"--statistics", "--quiet", "a.cpp", "broken.cpp", "lonely.cpp"});
  EXPECT_EQ(output.exitCode, 3);
  EXPECT_THAT(output.err, AllOf(counts("could not be checked whole", 1),
                                counts("files without a compile command", 1)));
}

TEST(Statistics, OfFixesCountWhatIsLeft) {
  Project project;
  project.unit("a.cpp", unit("a", temporary));
  const Output output = project.run({"fix", "--statistics"});
  EXPECT_THAT(output.err, HasSubstr("session-tidy: 1 unit: 1 linted, 0 from the cache"));
  EXPECT_THAT(output.err, counts("functions with sessions", 1));
  EXPECT_THAT(project.read("a.cpp"), Not(HasSubstr(temporary)));
}

} // namespace

} // namespace session_tidy::test
