// A day in an editor: type a mistake, see it, take the offered fix, see it gone.
#include "e2e/EditorTesting.h"

namespace session_tidy::test {

namespace {

using nlohmann::json;
using testing::HasSubstr;

class Editor : public EditorTest {};

TEST_P(Editor, ShowsFixesAndForgets) {
  EXPECT_EQ(findingsIn(goodSample()), json::array());
  const json found = findingsAfterChangeTo(badSample());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["range"]["start"], (json{{"line", 10}, {"character", 2}}));
  EXPECT_EQ(found[0]["source"], "clang-tidy");

  const json actions = quickFixes(found[0]);
  ASSERT_FALSE(actions.empty()) << "no quick fix";
  const std::string fixed = afterAction(badSample(), actions[0]);
  EXPECT_THAT(fixed, HasSubstr("  soci::transaction tr{sql};\n"));

  EXPECT_EQ(findingsAfterChangeTo(fixed), json::array());
  EXPECT_EQ(readFile(file()), goodSample()) << "nobody saved";
}

TEST_P(Editor, FindsWhatIsOnlyInTheBuffer) {
  EXPECT_EQ(findingsIn(badSample()).size(), 1U);
  const json moved = findingsAfterChangeTo("// moved down\n\n" + badSample());
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0]["range"]["start"]["line"], 12);
}

TEST_P(Editor, BearsUnfinishedText) {
  const std::string text = badSample();
  editor().open(file(), text.substr(0, text.find("{sql}") + 4));
  editor().diagnostics(file()); // whatever it says, it stays alive
  EXPECT_EQ(findingsAfterChangeTo(text).size(), 1U);
}

// Every prefix of the last function, as it is typed; none may end the server.
TEST_P(Editor, BearsTyping) {
  const std::string text = badSample();
  editor().open(file(), sampleLibrary);
  for (std::size_t end = std::string(sampleLibrary).size(); end <= text.size(); end += 3) {
    editor().change(file(), text.substr(0, end) + "::transaction{sql}; }");
    editor().diagnostics(file());
  }
  EXPECT_EQ(findingsAfterChangeTo(text).size(), 1U);
}

TEST_P(Editor, HeedsNolint) {
  std::string text = badSample();
  const std::string defect = "soci::transaction{sql};";
  text.insert(text.find(defect) + defect.size(), " // NOLINT(session-temporary-guard)");
  EXPECT_EQ(findingsIn(text), json::array());
}

/// The messages of all that the editor shows.
std::string messages(const json& diagnostics) {
  std::string text;
  for (const json& diagnostic : diagnostics) text += diagnostic.value("message", "") + "\n";
  return text;
}

TEST_P(Editor, HeedsTheConfiguration) {
  writeFile(folder() / ".session-tidy.json", R"({"rules": {"session-temporary-guard": false}})");
  EXPECT_EQ(findingsIn(badSample()), json::array());
}

// A configuration that is not read never means that nothing is found.
TEST_P(Editor, ShowsThatTheConfigurationIsWrong) {
  writeFile(folder() / ".session-tidy.json", "{\n  \"ruels\": {}\n}\n");
  editor().open(file(), badSample());
  EXPECT_THAT(messages(editor().diagnostics(file())),
              HasSubstr(".session-tidy.json:2:3: unknown key 'ruels'"));
}

INSTANTIATE_TEST_SUITE_P(Clangd, Editor, testing::Values(19, 22),
                         testing::PrintToStringParamName());

} // namespace

} // namespace session_tidy::test
