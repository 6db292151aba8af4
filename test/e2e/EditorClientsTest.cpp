// Real editors, with the settings of docs/editors.md: a finding is shown, its fix is taken, it goes
// away.
#include "e2e/DocsBlocks.h"
#include "e2e/Sample.h"
#include "harness/LspClient.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <regex>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

fs::path findProgram(const std::string& name) {
  const fs::path path = fs::path("/usr/bin") / name;
  return fs::exists(path) ? path : fs::path();
}

std::string replaceAll(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

class EditorClients : public testing::Test {
protected:
  void SetUp() override {
    const Build* build = findBuild(ownLlvm());
    ASSERT_NE(build, nullptr);
    build_ = *build;
  }

  [[nodiscard]] const Build& build() const { return build_; }
  [[nodiscard]] bool hasClangd() const { return fs::exists(build_.clangd()); }
  [[nodiscard]] const Sample& sample() const { return sample_; }
  [[nodiscard]] fs::path settings(const std::string& name) const { return settings_.path() / name; }

  [[nodiscard]] std::string programPath() const {
    return (build_.folder / "bin").string() + ":/usr/bin:/bin";
  }

  /// Writes a block of the page, as it stands there.
  std::string take(const std::string& name) const {
    for (const CodeBlock& block : readCodeBlocks(testFolder().parent_path() / "docs/editors.md"))
      if (block.has("file=" + name)) {
        writeFile(settings(name), block.text);
        return block.text;
      }
    ADD_FAILURE() << "docs/editors.md has no " << name;
    return "";
  }

  /// Runs an editor with this build's programs in the path; gives what its script wrote down.
  std::string runEditor(const std::vector<std::string>& arguments,
                        std::map<std::string, std::string> environment = {}) {
    environment["PATH"] = programPath();
    environment["SOURCE"] = sample_.source();
    environment["RESULT"] = settings("result.txt");
    environment["HOME"] = settings_.path();
    const Output output = runProcess(
        {.arguments = arguments, .directory = sample_.folder(), .environment = environment});
    EXPECT_TRUE(fs::exists(settings("result.txt"))) << output.out << output.err;
    return fs::exists(settings("result.txt")) ? readFile(settings("result.txt")) : "";
  }

  std::string readQuickfix(const std::map<std::string, std::string>& environment) {
    return runEditor({findProgram("nvim"), "--headless", "--clean", "-u", settings("compiler.vim"),
                      "-S", testFolder() / "editors/quickfix.lua"},
                     environment);
  }

private:
  Build build_;
  Sample sample_{badSample()};
  TemporaryFolder settings_;
};

const auto mended =
    AllOf(HasSubstr("action name the guard 'tr'"), HasSubstr("\n  soci::transaction tr{sql};\n"));

TEST_F(EditorClients, Neovim) {
  if (!hasClangd()) GTEST_SKIP() << "no session-clangd for LLVM " << ownLlvm();
  const fs::path neovim = findProgram("nvim");
  if (neovim.empty()) GTEST_SKIP() << "neovim is not installed";
  take("init.lua");
  EXPECT_THAT(runEditor({neovim, "--headless", "--clean", "-u", settings("init.lua"), "-S",
                         testFolder() / "editors/neovim.lua"}),
              AllOf(HasSubstr("found session-temporary-guard in line 11\n"), mended));
  EXPECT_EQ(readFile(sample().source()), badSample()) << "nobody saved";
}

TEST_F(EditorClients, Emacs) {
  if (!hasClangd()) GTEST_SKIP() << "no session-clangd for LLVM " << ownLlvm();
  const fs::path emacs = findProgram("emacs");
  if (emacs.empty()) GTEST_SKIP() << "emacs is not installed";
  take("init.el");
  EXPECT_THAT(runEditor({emacs, "--batch", "-l", settings("init.el"), "-l",
                         testFolder() / "editors/emacs.el"}),
              AllOf(HasSubstr("found in line 11\n"), mended));
  EXPECT_EQ(readFile(sample().source()), badSample()) << "nobody saved";
}

// What VS Code's extension starts, and how it would be answered.
TEST_F(EditorClients, VsCodesClangdSettings) {
  if (!hasClangd()) GTEST_SKIP() << "no session-clangd for LLVM " << ownLlvm();
  const json settings = json::parse(take("clangd-settings.json"));
  EXPECT_EQ(settings.at("clangd.path"), "/usr/bin/session-clangd");
  Command command{
      .arguments = {build().clangd()}, .directory = sample().folder(), .environment = {}};
  for (const json& argument : settings.at("clangd.arguments"))
    command.arguments.push_back(argument);
  command.arguments.push_back("--check=" + sample().source().string());
  EXPECT_EQ(runProcess(command).exitCode, 0);
}

TEST_F(EditorClients, VsCodesClangTidySettings) {
  const fs::path clangTidy = findTool("clang-tidy", ownLlvm());
  if (clangTidy.empty()) GTEST_SKIP() << "clang-tidy-" << ownLlvm() << " is not installed";
  const json settings = json::parse(take("cpptools-settings.json"));
  EXPECT_EQ(settings.at("C_Cpp.codeAnalysis.clangTidy.path"), "/usr/bin/clang-tidy-14");
  Command command{.arguments = {clangTidy}, .directory = sample().folder(), .environment = {}};
  for (const json& argument : settings.at("C_Cpp.codeAnalysis.clangTidy.args"))
    command.arguments.push_back(
        replaceAll(argument, "/usr/lib/session-tidy/llvm-14/libsession-tidy.so", build().plugin()));
  command.arguments.push_back(sample().source());
  EXPECT_THAT(runProcess(command).out, HasSubstr("sample.cpp:11:3: warning: the guard"));
}

const auto listed = AllOf(HasSubstr("sample.cpp:11:3:w: the guard 'soci::transaction'"),
                          HasSubstr("[session-temporary-guard]"));

TEST_F(EditorClients, VimsQuickfixList) {
  if (findProgram("nvim").empty()) GTEST_SKIP() << "neovim is not installed";
  take("compiler.vim");
  EXPECT_THAT(readQuickfix({}), listed);
}

// The plugin itself is in no package; its error format is Vim's.
TEST_F(EditorClients, NvimLintsErrorFormat) {
  if (findProgram("nvim").empty()) GTEST_SKIP() << "neovim is not installed";
  take("compiler.vim");
  const std::string text = take("nvim-lint.lua");
  static const std::regex quoted("'(%f[^']*)'");
  std::smatch format;
  ASSERT_TRUE(std::regex_search(text, format, quoted));
  EXPECT_THAT(readQuickfix({{"FORMAT", format[1]}}), listed);
}

TEST_F(EditorClients, Efm) {
  const fs::path efm = findProgram("efm-langserver");
  if (efm.empty()) GTEST_SKIP() << "efm-langserver is not installed";
  take("efm.yaml");
  LspClient client({.arguments = {efm, "-c", settings("efm.yaml")},
                    .directory = sample().folder(),
                    .environment = {{"PATH", programPath()}}},
                   settings("stderr.txt"));
  client.open(sample().source(), badSample());
  const json found = client.diagnostics(sample().source());
  ASSERT_EQ(found.size(), 1U) << found.dump(2);
  EXPECT_EQ(found[0]["range"]["start"], (json{{"line", 10}, {"character", 2}}));
  EXPECT_THAT(found[0]["message"].get<std::string>(), HasSubstr("the guard 'soci::transaction'"));
}

} // namespace

} // namespace session_tidy::test
