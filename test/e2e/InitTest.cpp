// session-tidy init: what it finds in a project, and what it does to the files that are there.
#include "e2e/Sample.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Init : public testing::Test {
protected:
  Init() {
    write("src/orders.cpp", "#include <soci/soci.h>\n#include \"store.h\"\n"
                            "void order(shop::Store& store, bool quick) {\n"
                            "  store.beginWork();\n"
                            "  if (quick) return;\n"
                            "  store.commitWork();\n"
                            "}\n");
    write("src/reports.cpp", "#include <soci/soci.h>\n#include <postgresql/libpq-fe.h>\n");
    write("include/store.h", "#pragma once\n"
                             "namespace shop {\n"
                             "class Store {\n"
                             "public:\n"
                             "  void beginWork();\n"
                             "  void commitWork();\n"
                             "  void rollBack();\n"
                             "  int count() const;\n"
                             "};\n"
                             "class FileStore : public Store {\n"
                             "  void beginWork();\n"
                             "  void commitWork();\n"
                             "  void rollBack();\n"
                             "};\n"
                             "class Session { int id(); };\n"
                             "}\n");
    nlohmann::json database = nlohmann::json::array();
    for (const char* file : {"src/orders.cpp", "src/reports.cpp"})
      database.push_back({{"directory", folder()},
                          {"file", file},
                          {"arguments", {"clang++", "-std=c++20", "-Iinclude", "-c", file}}});
    write("compile_commands.json", database.dump());
  }

  [[nodiscard]] fs::path folder() const { return folder_.path(); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder() / name).parent_path());
    writeFile(folder() / name, text);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    return fs::exists(folder() / name) ? readFile(folder() / name) : "(none)";
  }

  [[nodiscard]] Output run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), findBuild(ownLlvm())->command());
    return runProcess({.arguments = arguments, .directory = folder(), .environment = {}});
  }
  /// With an answer on its input.
  [[nodiscard]] Output answer(const std::string& text) const {
    const std::string command = findBuild(ownLlvm())->command();
    return runProcess(
        {.arguments = {"bash", "-c", "printf '" + text + "' | '" + command + "' init"},
         .directory = folder(),
         .environment = {}});
  }

private:
  TemporaryFolder folder_;
};

TEST_F(Init, TellsLibrariesAndLikelyClasses) {
  const Output output = run({"init", "--dry-run"});
  EXPECT_EQ(output.exitCode, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("2 units, 3 files"));
  EXPECT_THAT(output.out, HasSubstr("soci          2 files, first in src/orders.cpp:1"));
  EXPECT_THAT(output.out, HasSubstr("libpq         1 file, src/reports.cpp:2"));
  EXPECT_THAT(output.out, HasSubstr("shop::Store (session, include/store.h:3): beginWork = begin, "
                                    "commitWork = commit, rollBack = rollback"));
  EXPECT_THAT(output.out, Not(HasSubstr("FileStore"))) << "what derives is one without being told";
  EXPECT_THAT(output.out, Not(HasSubstr("shop::Session"))) << "merely named so";
}

TEST_F(Init, WritesNothingInADryRun) {
  const Output output = run({"init", "--dry-run"});
  EXPECT_THAT(output.out, HasSubstr("\"types\": [\"shop::Store\"]"));
  for (const char* name : {".session-tidy.json", ".clang-tidy", ".clangd"})
    EXPECT_FALSE(fs::exists(folder() / name)) << name;
}

TEST_F(Init, WritesSettingsThatWork) {
  EXPECT_EQ(run({"src/orders.cpp", "--checks", "session-unfinished-transaction"}).exitCode, 0)
      << "not known before";
  const Output output = run({"init"});
  EXPECT_EQ(output.exitCode, 0) << output.err;
  EXPECT_EQ(read(".clang-tidy"), "Checks: 'session-*'\nInheritParentConfig: true\n");
  EXPECT_EQ(read(".clangd"), "Diagnostics:\n  ClangTidy:\n    FastCheckFilter: Loose\n");
  const nlohmann::json config = nlohmann::json::parse(read(".session-tidy.json"));
  EXPECT_EQ(config["kinds"]["store"]["methods"]["beginWork"], "begin");
  const Output lint = run({"src/orders.cpp", "--checks", "session-unfinished-transaction"});
  EXPECT_EQ(lint.exitCode, 1) << lint.err;
  EXPECT_THAT(lint.out, HasSubstr("src/orders.cpp:4:3: warning: the transaction begun here"));
}

TEST_F(Init, HasNothingToDoTheSecondTime) {
  ASSERT_EQ(run({"init"}).exitCode, 0);
  const std::string before = read(".session-tidy.json") + read(".clang-tidy") + read(".clangd");
  const Output output = run({"init"});
  EXPECT_EQ(output.exitCode, 0);
  EXPECT_THAT(output.out, AllOf(HasSubstr(".session-tidy.json is there and will do"),
                                HasSubstr(".clang-tidy is there"), HasSubstr(".clangd is there")));
  EXPECT_EQ(before, read(".session-tidy.json") + read(".clang-tidy") + read(".clangd"));
}

TEST_F(Init, AsksBeforeItChangesAFile) {
  write(".session-tidy.json", "{}\n");
  const Output refused = answer("n\\n");
  EXPECT_EQ(refused.exitCode, 0);
  EXPECT_THAT(refused.out, HasSubstr("Change .session-tidy.json, which is there already? [y/N]"));
  EXPECT_THAT(refused.out, HasSubstr("stays as it is"));
  EXPECT_EQ(read(".session-tidy.json"), "{}\n");
  EXPECT_NE(read(".clang-tidy"), "(none)") << "a new file is written unasked";
  EXPECT_EQ(answer("").exitCode, 0);
  EXPECT_EQ(read(".session-tidy.json"), "{}\n") << "no answer is a no";
  EXPECT_EQ(answer("y\\n").exitCode, 0);
  EXPECT_THAT(read(".session-tidy.json"), HasSubstr("shop::Store"));
}

TEST_F(Init, ChangesFilesUnaskedWithYes) {
  write(".session-tidy.json", "{}\n");
  const Output output = run({"init", "--yes"});
  EXPECT_THAT(output.out, Not(HasSubstr("[y/N]")));
  EXPECT_THAT(read(".session-tidy.json"), HasSubstr("shop::Store"));
}

TEST_F(Init, AddsToTheClangTidyFileThatIsThere) {
  const std::pair<const char*, const char*> cases[] = {
      {"Checks: '-*,bugprone-*'\nWarningsAsErrors: '*'\n",
       "Checks: '-*,bugprone-*,session-*'\nWarningsAsErrors: '*'\n"},
      {"Checks: \"bugprone-*,\"  # all\n", "Checks: \"bugprone-*,session-*\"  # all\n"},
      {"Checks: bugprone-*\n", "Checks: bugprone-*,session-*\n"},
      {"Checks: ''\n", "Checks: 'session-*'\n"},
      {"Checks:\n", "Checks: session-*\n"},
      {"---\nChecks: >-\n  -*,\n  bugprone-*\n\nFormatStyle: file\n...\n",
       "---\nChecks: >-\n  -*,\n  bugprone-*,\n  session-*\n\nFormatStyle: file\n...\n"},
      {"Checks: '-*,\n  bugprone-*'\n", "Checks: '-*,\n  bugprone-*,session-*'\n"},
      {"Checks:\n  - 'bugprone-*'\nUser: me\n",
       "Checks:\n  - 'bugprone-*'\n  - 'session-*'\nUser: me\n"},
      {"---\nFormatStyle: file\n...\n", "---\nFormatStyle: file\nChecks: 'session-*'\n...\n"},
  };
  const fs::path clangTidy = findTool("clang-tidy", ownLlvm());
  for (const auto& [before, after] : cases) {
    write(".clang-tidy", before);
    EXPECT_EQ(run({"init", "--yes"}).exitCode, 0);
    EXPECT_EQ(read(".clang-tidy"), after) << before;
    // What clang-tidy itself makes of it.
    const Output output = runProcess({.arguments = {clangTidy, "--dump-config", "src/orders.cpp"},
                                      .directory = folder(),
                                      .environment = {}});
    EXPECT_EQ(output.exitCode, 0) << output.err;
    EXPECT_THAT(output.out, HasSubstr("session-*")) << after;
    EXPECT_THAT(output.err, Not(HasSubstr("error"))) << after;
  }
}

TEST_F(Init, AddsAFragmentToTheClangdFileThatIsThere) {
  write(".clangd", "CompileFlags:\n  Add: [-DX]");
  EXPECT_EQ(run({"init", "--yes"}).exitCode, 0);
  EXPECT_EQ(read(".clangd"), "CompileFlags:\n  Add: [-DX]\n---\nDiagnostics:\n  ClangTidy:\n"
                             "    FastCheckFilter: Loose\n");
}

TEST_F(Init, TellsClangdOfAnUnusualDatabase) {
  fs::create_directories(folder() / "out/debug");
  fs::rename(folder() / "compile_commands.json", folder() / "out/debug/compile_commands.json");
  EXPECT_EQ(run({"init", "-p", "out/debug"}).exitCode, 0);
  EXPECT_THAT(read(".clangd"), HasSubstr("CompileFlags:\n  CompilationDatabase: out/debug\n"));
}

TEST_F(Init, WritesTheDefaultsWhereNothingIsFound) {
  write("include/store.h", "#pragma once\nnamespace shop { class Store; }\n");
  EXPECT_EQ(run({"init"}).exitCode, 0);
  EXPECT_EQ(read(".session-tidy.json"), "{\n  \"minConfidence\": \"likely\"\n}\n");
  EXPECT_NE(run({"src/reports.cpp"}).exitCode, 2) << "the file can be read";
}

TEST_F(Init, NeedsACompileDatabase) {
  fs::remove(folder() / "compile_commands.json");
  const Output output = run({"init"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.err, HasSubstr("compile_commands.json"));
}

} // namespace

} // namespace session_tidy::test
