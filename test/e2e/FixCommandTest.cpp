// `session-tidy fix` on whole files: what it says, what it leaves alone, and what survives of a
// text.
#include "e2e/Sample.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// A handler that forgets the rollback, and a handle that a return loses.
constexpr const char* handle = R"(struct sqlite3;
extern "C" int sqlite3_open(const char*, sqlite3**);
extern "C" int sqlite3_close(sqlite3*);
extern "C" int sqlite3_exec(sqlite3*, const char*, int (*)(void*, int, char**, char**), void*, char**);
)";
constexpr const char* losing = R"(int count(const char* path) { // keeps its words
	sqlite3* db = nullptr;
	int rc;
	if ((rc = sqlite3_open(path, &db)) != 0) return rc; /* here, too */
	rc = sqlite3_exec(db, "DELETE FROM a", nullptr, nullptr, nullptr);
	if (rc != 0) return rc;
	sqlite3_close(db);
	return 0;
}
)";

std::string withLineEnds(std::string text, const std::string& end) {
  for (std::size_t at = text.find('\n'); at != std::string::npos;
       at = text.find('\n', at + end.size()))
    text.replace(at, 1, end);
  return text;
}

class FixCommand : public testing::Test {
protected:
  [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories(path(name).parent_path());
    writeFile(path(name), text);
  }
  /// Units of the project, all with the same flags.
  void database(const std::vector<std::string>& names, const std::string& flags = "") {
    std::string entries;
    for (const std::string& name : names)
      entries += (entries.empty() ? "" : ",") + std::string(R"({"directory": ")") +
                 folder_.path().string() + R"(", "file": ")" + name +
                 R"(", "command": "clang++ -std=c++20 )" + flags + " -c " + name + "\"}";
    write("compile_commands.json", "[" + entries + "]");
  }
  Output tidy(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), findBuild(ownLlvm())->command());
    arguments.insert(arguments.end(), {"--no-cache", "-p", folder_.path()});
    return runProcess({.arguments = arguments, .directory = folder_.path(), .environment = {}});
  }
  [[nodiscard]] std::string text(const std::string& name) const { return readFile(path(name)); }

  TemporaryFolder folder_;
};

TEST_F(FixCommand, MarksLineEndsTabsAndCommentsSurvive) {
  database({"a.cpp"});
  write("a.cpp", std::string(handle) + losing);
  ASSERT_EQ(tidy({"fix"}).exitCode, 0);
  const std::string plain = text("a.cpp");
  EXPECT_THAT(plain, HasSubstr("#include <memory>\n"));
  EXPECT_THAT(plain, HasSubstr("{ // keeps its words\n\tsqlite3* rawDb = nullptr;\n"));
  EXPECT_THAT(plain, HasSubstr("\trc = sqlite3_open(path, &rawDb);\n"));
  EXPECT_THAT(plain, HasSubstr("\tif (rc != 0) return rc; /* here, too */\n"));
  EXPECT_THAT(plain, Not(HasSubstr("\tsqlite3_close(db);")));

  const std::string mark = "\xef\xbb\xbf";
  write("a.cpp", mark + withLineEnds(std::string(handle) + losing, "\r\n"));
  ASSERT_EQ(tidy({"fix"}).exitCode, 0);
  EXPECT_EQ(text("a.cpp"), mark + withLineEnds(plain, "\r\n"));
}

TEST_F(FixCommand, ADiffShowsWhatIsThenMade) {
  database({"a.cpp"});
  write("a.cpp", std::string(handle) + losing);
  const std::string before = text("a.cpp");
  const Output shown = tidy({"fix", "--diff"});
  EXPECT_EQ(text("a.cpp"), before);
  write("shown.diff", shown.out);
  fs::copy_file(path("a.cpp"), path("patched.cpp"));
  const Output patched = runProcess({.arguments = {"patch", "patched.cpp", "shown.diff"},
                                     .directory = folder_.path(),
                                     .environment = {}});
  ASSERT_EQ(patched.exitCode, 0) << patched.out << patched.err << shown.out;
  ASSERT_EQ(tidy({"fix"}).exitCode, 0);
  EXPECT_EQ(text("patched.cpp"), text("a.cpp"));
}

TEST_F(FixCommand, AReadOnlyFileStaysWithAnError) {
  database({"a.cpp", "b.cpp"});
  write("a.cpp", badSample());
  write("b.cpp", badSample());
  ::chmod(path("a.cpp").c_str(), 0444);
  const Output output = tidy({"fix"});
  EXPECT_EQ(output.exitCode, 2) << output.out << output.err;
  EXPECT_THAT(output.err, HasSubstr("a.cpp is read-only"));
  EXPECT_EQ(text("a.cpp"), badSample());
  EXPECT_NE(text("b.cpp"), badSample()) << "the other one is fixed";
}

TEST_F(FixCommand, AHeaderOfSeveralUnitsIsEditedOnce) {
  database({"a.cpp", "b.cpp"});
  write("work.h", std::string("#pragma once\n") + sampleLibrary +
                      "inline void work(soci::session& sql) {\n  soci::transaction{sql};\n}\n");
  write("a.cpp", "#include \"work.h\"\nvoid a(soci::session& sql) { work(sql); }\n");
  write("b.cpp", "#include \"work.h\"\nvoid b(soci::session& sql) { work(sql); }\n");
  const Output output = tidy({"fix"});
  EXPECT_EQ(output.exitCode, 0) << output.out << output.err;
  EXPECT_THAT(text("work.h"), HasSubstr("  soci::transaction tr{sql};\n}\n"));
  EXPECT_THAT(output.err, HasSubstr("fixed 1 finding in work.h"));
}

TEST_F(FixCommand, MacrosSystemHeadersAndGeneratedFilesStay) {
  database({"a.cpp", "made.cpp"}, "-isystem system");
  const std::string header = std::string("#pragma once\n") + sampleLibrary +
                             "inline void work(soci::session& sql) { soci::transaction{sql}; }\n";
  write("system/work.h", header);
  const std::string macro = "#include <work.h>\n#define GUARD(s) soci::transaction{s}\n"
                            "void a(soci::session& sql) { GUARD(sql); }\n";
  write("a.cpp", macro);
  const std::string made =
      "// @generated by a program\n" + std::string(handle) + std::string(losing);
  write("made.cpp", made);
  const Output output = tidy({"fix", "--unsafe-fixes"});
  EXPECT_EQ(output.exitCode, 1) << output.err;
  EXPECT_THAT(output.err, HasSubstr("no fix for session-leak: the file is generated"));
  EXPECT_EQ(text("a.cpp"), macro);
  EXPECT_EQ(text("system/work.h"), header);
  EXPECT_EQ(text("made.cpp"), made);
}

TEST_F(FixCommand, TellsWhatWasNotFixedAndWhy) {
  database({"a.cpp"});
  write("a.cpp", std::string(handle) + R"(int lost(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != 0) goto out;
  sqlite3_close(db);
  return 0;
out:
  return 1;
}
)");
  const std::string before = text("a.cpp");
  const Output output = tidy({"fix"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.err, HasSubstr("a.cpp:"));
  EXPECT_THAT(output.err, HasSubstr(": no fix for session-leak: the function uses goto"));
  EXPECT_EQ(text("a.cpp"), before);
}

} // namespace

} // namespace session_tidy::test
