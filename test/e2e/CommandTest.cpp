// session-tidy's promises to scripts: exit codes, streams, messages about wrong input.
#include "e2e/Sample.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class SessionTidyCommand : public testing::Test {
protected:
  static Output run(const std::filesystem::path& folder, std::vector<std::string> arguments) {
    const Build* build = findBuild(ownLlvm());
    if (build == nullptr) throw std::runtime_error("the build of these tests is missing");
    arguments.insert(arguments.begin(), build->command());
    return runProcess({.arguments = arguments, .directory = folder, .environment = {}});
  }

  static void expectTrouble(const Output& output, const std::string& message) {
    EXPECT_EQ(output.exitCode, 2) << output.out << output.err;
    EXPECT_THAT(output.out, IsEmpty());
    EXPECT_THAT(output.err, HasSubstr(message));
  }
};

TEST_F(SessionTidyCommand, IsQuietAboutCleanCode) {
  const Sample sample(goodSample());
  const Output output = run(sample.folder(), {"sample.cpp"});
  EXPECT_EQ(output.exitCode, 0);
  EXPECT_THAT(output.out, IsEmpty());
  EXPECT_THAT(output.err, IsEmpty());
}

TEST_F(SessionTidyCommand, ShowsFindingsOnStandardOutput) {
  const Sample sample(badSample());
  const Output output = run(sample.folder(), {"sample.cpp"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("sample.cpp:11:3: "));
  EXPECT_THAT(output.out, HasSubstr(std::string("[") + sampleRule + "]"));
  EXPECT_THAT(output.err, IsEmpty());
}

TEST_F(SessionTidyCommand, TakesTheDatabaseByOption) {
  const Sample sample(badSample());
  const TemporaryFolder elsewhere;
  EXPECT_EQ(run(elsewhere.path(), {"-p", sample.folder(), sample.source()}).exitCode, 1);
  EXPECT_EQ(run(elsewhere.path(), {"-p", sample.folder()}).exitCode, 1)
      << "all units of the database";
}

TEST_F(SessionTidyCommand, TakesPathsAfterAFormat) {
  const Sample sample(badSample());
  const Output output = run(sample.folder(), {"--output-format", "concise", "sample.cpp"});
  EXPECT_EQ(output.exitCode, 1) << output.err;
}

TEST_F(SessionTidyCommand, TakesCompilerFlagsInsteadOfADatabase) {
  const TemporaryFolder folder;
  writeFile(folder.path() / "sample.cpp", badSample());
  EXPECT_EQ(run(folder.path(), {"sample.cpp", "--", "-std=c++20"}).exitCode, 1);
}

TEST_F(SessionTidyCommand, RefusesToGuessWithoutADatabase) {
  const TemporaryFolder folder;
  writeFile(folder.path() / "sample.cpp", badSample());
  expectTrouble(run(folder.path(), {"sample.cpp"}), "compile_commands.json");
}

TEST_F(SessionTidyCommand, RefusesAFolderWithoutDatabase) {
  const Sample sample(badSample());
  const TemporaryFolder folder;
  expectTrouble(run(sample.folder(), {"-p", folder.path(), "sample.cpp"}), "compile_commands.json");
}

TEST_F(SessionTidyCommand, RefusesAMalformedDatabase) {
  const Sample sample(badSample());
  writeFile(sample.folder() / "compile_commands.json", "[{");
  expectTrouble(run(sample.folder(), {"sample.cpp"}), "compile_commands.json");
}

TEST_F(SessionTidyCommand, RefusesAFileThatIsNotThere) {
  const Sample sample(badSample());
  expectTrouble(run(sample.folder(), {"missing.cpp"}), "missing.cpp");
  expectTrouble(run(sample.folder(), {"missing.cpp", "--", "-std=c++20"}), "missing.cpp");
}

TEST_F(SessionTidyCommand, SaysWhichFilesHaveNoCommand) {
  const Sample sample(goodSample());
  writeFile(sample.folder() / "other.cpp", badSample());
  const Output lenient = run(sample.folder(), {"other.cpp", "sample.cpp"});
  EXPECT_EQ(lenient.exitCode, 0);
  EXPECT_THAT(lenient.err, HasSubstr("other.cpp"));
  const Output strict = run(sample.folder(), {"--strict", "other.cpp", "sample.cpp"});
  EXPECT_EQ(strict.exitCode, 2);
  EXPECT_THAT(strict.err, HasSubstr("other.cpp"));
}

TEST_F(SessionTidyCommand, TellsSourcesThatDoNotCompileFromFindings) {
  const Sample sample(badSample() + "void broken( {\n");
  const Output output = run(sample.folder(), {"sample.cpp"});
  EXPECT_EQ(output.exitCode, 3) << output.out << output.err;
  EXPECT_THAT(output.err, HasSubstr("sample.cpp:13:"));
  EXPECT_THAT(output.err, HasSubstr("error: "));
}

TEST_F(SessionTidyCommand, BearsBrokenDeclarations) {
  for (const char* line :
       {"soci::transaction tr::transaction{sql};", "soci::transaction trsoci::transaction{sql};",
        "soci::nothing x{sql};", "auto tr = unknown(sql);",
        "soci::transaction tr{sql}; tr.nothing(); soci::transaction",
        "for (auto& s : sql) s.begin();"}) {
    const Sample sample(std::string(sampleLibrary) +
                        "void work(soci::session& sql) {\n  sql.begin();\n  " + line + "\n}\n");
    const Output output = run(sample.folder(), {"sample.cpp"});
    EXPECT_EQ(output.exitCode, 3) << line << "\n" << output.out << output.err;
  }
}

TEST_F(SessionTidyCommand, TellsAMissingHeaderFromFindings) {
  const Sample sample("#include \"nowhere.h\"\n");
  const Output output = run(sample.folder(), {"sample.cpp"});
  EXPECT_EQ(output.exitCode, 3);
  EXPECT_THAT(output.err, HasSubstr("nowhere.h"));
}

TEST_F(SessionTidyCommand, KnowsWhatAMisspeltRuleMeans) {
  const Sample sample(badSample());
  for (const char* checks : {"session-leek", "*,-session-leek", "-*,session-leek,bugprone-x"}) {
    const Output output = run(sample.folder(), {"--checks", checks});
    EXPECT_EQ(output.exitCode, 2) << checks;
    EXPECT_THAT(output.err, HasSubstr("no rule 'session-leek' (did you mean 'session-leak'?)"));
  }
  EXPECT_THAT(run(sample.folder(), {"explain", "leek"}).err,
              HasSubstr("did you mean 'session-leak'?"));
  EXPECT_EQ(run(sample.folder(), {"--checks", "session-*,bugprone-use-after-move"}).exitCode, 1);
}

TEST_F(SessionTidyCommand, SaysWhoComplainsAboutUsage) {
  const Sample sample(badSample());
  const Output output = run(sample.folder(), {"-j", "many"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.err, testing::StartsWith("session-tidy: "));
}

TEST_F(SessionTidyCommand, WritesOnlyOneReportToStandardOutput) {
  const Sample sample(badSample());
  const Output output =
      run(sample.folder(), {"--output-format", "json", "--output-format", "sarif"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.out, IsEmpty());
  EXPECT_THAT(output.err, HasSubstr("sarif:FILE"));
}

TEST_F(SessionTidyCommand, RefusesAnUnknownRule) {
  const Sample sample(badSample());
  expectTrouble(run(sample.folder(), {"--checks=-*,session-nonsense", "sample.cpp"}),
                "session-nonsense");
  expectTrouble(run(sample.folder(), {"explain", "session-nonsense"}), "session-nonsense");
}

TEST_F(SessionTidyCommand, RefusesAMalformedConfiguration) {
  const Sample sample(badSample());
  writeFile(sample.folder() / ".session-tidy.json", "{\n  \"rules\": {\n");
  expectTrouble(run(sample.folder(), {"sample.cpp"}), ".session-tidy.json:");
}

TEST_F(SessionTidyCommand, RefusesAnUnknownKeyOfTheConfiguration) {
  const Sample sample(badSample());
  writeFile(sample.folder() / ".session-tidy.json", "{\n  \"ruels\": {}\n}\n");
  expectTrouble(run(sample.folder(), {"sample.cpp"}), ".session-tidy.json:2:");
}

TEST_F(SessionTidyCommand, RefusesAnUnknownOption) {
  const Sample sample(badSample());
  expectTrouble(run(sample.folder(), {"--no-such-option", "sample.cpp"}), "--no-such-option");
  expectTrouble(run(sample.folder(), {"--output-format=nonsense", "sample.cpp"}), "nonsense");
}

TEST_F(SessionTidyCommand, FixesOnceAndForAll) {
  const Sample sample(badSample());
  const Output first = run(sample.folder(), {"--fix", "sample.cpp"});
  EXPECT_EQ(first.exitCode, 0) << first.out << first.err;
  const std::string fixed = readFile(sample.source());
  EXPECT_THAT(fixed, HasSubstr("  soci::transaction tr{sql};\n"));
  EXPECT_EQ(run(sample.folder(), {"--fix", "sample.cpp"}).exitCode, 0);
  EXPECT_EQ(readFile(sample.source()), fixed);
  EXPECT_EQ(run(sample.folder(), {"sample.cpp"}).exitCode, 0);
}

TEST_F(SessionTidyCommand, ShowsADiffAndLeavesTheFile) {
  const Sample sample(badSample());
  const Output output = run(sample.folder(), {"--diff", "sample.cpp"});
  EXPECT_EQ(output.exitCode, 1) << output.err;
  EXPECT_THAT(output.out, HasSubstr("-  soci::transaction{sql};\n+  soci::transaction tr{sql};\n"));
  EXPECT_EQ(readFile(sample.source()), badSample());
}

TEST_F(SessionTidyCommand, IntroducesItself) {
  const TemporaryFolder folder;
  const Output version = run(folder.path(), {"--version"});
  EXPECT_EQ(version.exitCode, 0);
  EXPECT_THAT(version.out, HasSubstr("LLVM " + std::to_string(ownLlvm())));
  const Output list = run(folder.path(), {"list"});
  EXPECT_EQ(list.exitCode, 0);
  EXPECT_THAT(list.out, HasSubstr(sampleRule));
}

} // namespace

} // namespace session_tidy::test
