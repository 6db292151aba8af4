// A day in an editor: type a mistake, see it, take the offered fix, see it gone.
#include "e2e/Sample.h"
#include "harness/LspClient.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using nlohmann::json;
using testing::HasSubstr;

class Editor : public testing::TestWithParam<int> {
protected:
  void SetUp() override {
    const Build* build = findBuild(GetParam());
    if (build == nullptr || !std::filesystem::exists(build->clangd())) {
      ASSERT_FALSE(GetParam() == ownLlvm() && SESSION_TIDY_TEST_CLANGD)
          << "session-clangd of this build is missing";
      GTEST_SKIP() << "no session-clangd for LLVM " << GetParam();
    }
    // What a user has: the plain clang-tidy configuration, no settings of clangd's own.
    writeFile(sample_.folder() / ".clang-tidy", "Checks: '-*,session-*'\n");
    client_.emplace(Command{.arguments = {build->clangd(), "--log=error"},
                            .directory = sample_.folder(),
                            .environment = {}},
                    log_.path() / "stderr.txt");
  }

  void TearDown() override {
    if (client_) EXPECT_EQ(client_->shutDown(), 0);
  }

  LspClient& editor() { return *client_; }
  std::filesystem::path file() const { return sample_.source(); }

  Sample sample_{goodSample()};
  TemporaryFolder log_;
  std::optional<LspClient> client_;
};

json ours(const json& diagnostics) {
  json result = json::array();
  for (const json& diagnostic : diagnostics)
    if (diagnostic.value("code", json()) == sampleRule) result.push_back(diagnostic);
  return result;
}

TEST_P(Editor, ShowsFixesAndForgets) {
  editor().open(file(), goodSample());
  EXPECT_EQ(ours(editor().diagnostics(file())), json::array());

  editor().change(file(), badSample());
  const json found = ours(editor().diagnostics(file()));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["range"]["start"], (json{{"line", 10}, {"character", 2}}));
  EXPECT_EQ(found[0]["source"], "clang-tidy");

  json edits;
  for (const json& action : editor().codeActions(file(), found[0]))
    if (action.value("kind", "") == "quickfix" && edits.empty()) edits = editsFor(action, file());
  ASSERT_FALSE(edits.empty()) << "no quick fix";
  const std::string fixed = applyEdits(badSample(), edits);
  EXPECT_THAT(fixed, HasSubstr("  soci::transaction tr{sql};\n"));

  editor().change(file(), fixed);
  EXPECT_EQ(ours(editor().diagnostics(file())), json::array());
  EXPECT_EQ(readFile(file()), goodSample()) << "nobody saved";
}

TEST_P(Editor, FindsWhatIsOnlyInTheBuffer) {
  editor().open(file(), badSample());
  EXPECT_EQ(ours(editor().diagnostics(file())).size(), 1U);
  editor().change(file(), std::string("// moved down\n\n") + badSample());
  const json moved = ours(editor().diagnostics(file()));
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0]["range"]["start"]["line"], 12);
}

TEST_P(Editor, BearsUnfinishedText) {
  const std::string text = badSample();
  editor().open(file(), text.substr(0, text.find("{sql}") + 4));
  editor().diagnostics(file()); // whatever it says, it stays alive
  editor().change(file(), text);
  EXPECT_EQ(ours(editor().diagnostics(file())).size(), 1U);
}

// Every prefix of the last function, as it is typed; none may end the server.
TEST_P(Editor, BearsTyping) {
  const std::string text = badSample();
  editor().open(file(), sampleLibrary);
  for (std::size_t end = std::string(sampleLibrary).size(); end <= text.size(); end += 3) {
    editor().change(file(), text.substr(0, end) + "::transaction{sql}; }");
    editor().diagnostics(file());
  }
  editor().change(file(), text);
  EXPECT_EQ(ours(editor().diagnostics(file())).size(), 1U);
}

TEST_P(Editor, HeedsNolint) {
  std::string text = badSample();
  const std::string defect = "soci::transaction{sql};";
  text.insert(text.find(defect) + defect.size(), " // NOLINT(session-temporary-guard)");
  editor().open(file(), text);
  EXPECT_EQ(ours(editor().diagnostics(file())), json::array());
}

/// The messages of all that the editor shows.
std::string messages(const json& diagnostics) {
  std::string text;
  for (const json& diagnostic : diagnostics) text += diagnostic.value("message", "") + "\n";
  return text;
}

TEST_P(Editor, HeedsTheConfiguration) {
  writeFile(sample_.folder() / ".session-tidy.json",
            R"({"rules": {"session-temporary-guard": false}})");
  editor().open(file(), badSample());
  EXPECT_EQ(ours(editor().diagnostics(file())), json::array());
}

// A configuration that is not read never means that nothing is found.
TEST_P(Editor, ShowsThatTheConfigurationIsWrong) {
  writeFile(sample_.folder() / ".session-tidy.json", "{\n  \"ruels\": {}\n}\n");
  editor().open(file(), badSample());
  EXPECT_THAT(messages(editor().diagnostics(file())),
              HasSubstr(".session-tidy.json:2:3: unknown key 'ruels'"));
}

INSTANTIATE_TEST_SUITE_P(Clangd, Editor, testing::Values(19, 22),
                         testing::PrintToStringParamName());

} // namespace

} // namespace session_tidy::test
