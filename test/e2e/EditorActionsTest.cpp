// What an editor offers on a finding: which fix is preferred, how it is silenced, where it is
// explained.
#include "e2e/EditorTesting.h"

namespace session_tidy::test {

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class EditorActions : public EditorTest {
protected:
  json actionsIn(const std::string& text) {
    const json found = findingsIn(text);
    return found.empty() ? json::array() : quickFixes(found[0]);
  }
};

std::vector<std::string> titles(const json& actions) {
  std::vector<std::string> result;
  for (const json& action : actions)
    result.push_back(action.value("title", "") + (action.value("isPreferred", false) ? " *" : ""));
  return result;
}

/// With work behind the guard, which would be rolled back if the guard lived as long.
std::string riskySample() {
  return std::string(sampleLibrary) + "void insert(soci::session& sql);\n"
                                      "void work(soci::session& sql) {\n"
                                      "  soci::transaction{sql};\n"
                                      "  insert(sql);\n"
                                      "}\n";
}

/// Nothing that a program could mend.
std::string hopelessSample() {
  return std::string(sampleLibrary) + "void work(soci::session& sql) {\n"
                                      "  sql.begin();\n"
                                      "  sql.commit();\n"
                                      "  sql.commit();\n"
                                      "}\n";
}

TEST_P(EditorActions, PrefersTheSafeFix) {
  EXPECT_THAT(titles(actionsIn(badSample())),
              ElementsAre("name the guard 'tr' *", "silence with NOLINT(session-temporary-guard)"));
}

TEST_P(EditorActions, SayWhatIsUnsafeAndDoNotPreferIt) {
  EXPECT_THAT(titles(actionsIn(riskySample())),
              ElementsAre("name the guard 'tr'; it then needs a commit (unsafe)",
                          "silence with NOLINT(session-temporary-guard)"));
}

TEST_P(EditorActions, AnnouncesFixesOnlyWhereThereAreSome) {
  const json mendable = findingsIn(badSample());
  ASSERT_EQ(mendable.size(), 1U);
  EXPECT_THAT(mendable[0]["message"].get<std::string>(), EndsWith(" (fix available)"));
  const json hopeless = findingsAfterChangeTo(hopelessSample());
  ASSERT_EQ(hopeless.size(), 1U);
  EXPECT_THAT(hopeless[0]["message"].get<std::string>(), Not(HasSubstr("available")));
  EXPECT_THAT(titles(quickFixes(hopeless[0])),
              ElementsAre("silence with NOLINT(session-double-end)"));
}

// Editors put an action beside the diagnostic that it names.
TEST_P(EditorActions, NameTheirDiagnostic) {
  json found = findingsIn(badSample());
  ASSERT_EQ(found.size(), 1U);
  for (const json& action : quickFixes(found[0])) {
    ASSERT_EQ(action["diagnostics"].size(), 1U);
    EXPECT_EQ(action["diagnostics"][0]["message"], found[0]["message"]);
    EXPECT_EQ(action["diagnostics"][0]["range"], found[0]["range"]);
  }
}

TEST_P(EditorActions, SilenceAFinding) {
  const json actions = actionsIn(hopelessSample());
  ASSERT_EQ(actions.size(), 1U);
  const std::string silenced = afterAction(hopelessSample(), actions[0]);
  EXPECT_THAT(silenced, HasSubstr("  sql.commit(); // NOLINT(session-double-end)\n}"));
  EXPECT_EQ(findingsAfterChangeTo(silenced), json::array());
}

TEST_P(EditorActions, MendAllOneAfterTheOther) {
  std::string text = std::string(sampleLibrary) + "bool ready(soci::session& sql);\n"
                                                  "bool work(soci::session& sql) {\n"
                                                  "  sql.begin();\n"
                                                  "  if (!ready(sql)) return false;\n"
                                                  "  sql.commit();\n"
                                                  "  soci::transaction{sql};\n"
                                                  "  return true;\n"
                                                  "}\n";
  json found = findingsIn(text);
  EXPECT_EQ(found.size(), 2U);
  for (std::size_t left = found.size(); left > 0; --left) {
    const json actions = quickFixes(found[0]);
    ASSERT_TRUE(actions[0].value("isPreferred", false)) << actions.dump(2);
    text = afterAction(text, actions[0]);
    found = findingsAfterChangeTo(text);
    ASSERT_EQ(found.size(), left - 1) << text;
  }
}

TEST_P(EditorActions, ShowThePath) {
  const json found = findingsIn(std::string(sampleLibrary) + "bool ready(soci::session& sql);\n"
                                                             "bool work(soci::session& sql) {\n"
                                                             "  sql.begin();\n"
                                                             "  if (!ready(sql)) return false;\n"
                                                             "  sql.commit();\n"
                                                             "  return true;\n"
                                                             "}\n");
  ASSERT_EQ(found.size(), 1U);
  std::vector<int> lines;
  for (const json& step : found[0]["relatedInformation"]) {
    EXPECT_EQ(step["location"]["uri"], toUri(file()));
    lines.push_back(step["location"]["range"]["start"]["line"]);
  }
  EXPECT_THAT(lines, ElementsAre(11, 12, 12)) << "begins, takes the branch, returns";
}

TEST_P(EditorActions, LinkToTheRulesPage) {
  const json found = findingsIn(badSample());
  ASSERT_EQ(found.size(), 1U);
  const std::string link = found[0]["codeDescription"]["href"];
  ASSERT_THAT(link, testing::StartsWith("file:///"));
  EXPECT_THAT(readFile(fromUri(link)), testing::StartsWith("# session-temporary-guard\n"));
}

INSTANTIATE_TEST_SUITE_P(Clangd, EditorActions, testing::Values(19, 22),
                         testing::PrintToStringParamName());

} // namespace

} // namespace session_tidy::test
