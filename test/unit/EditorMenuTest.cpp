// What an editor offers, and where the comment goes that silences a finding.
#include "fix/EditorMenu.h"

#include "driver/Suppressions.h"
#include "fix/Silence.h"

#include <gtest/gtest.h>

namespace session_tidy::fix {
namespace {

constexpr std::string_view rule = "session-leak";

SourceRange at(std::uint32_t line, std::uint32_t column = 1) {
  return {.file = 0, .begin = {line, column}, .end = {line, column}};
}

/// The text with the comment in it; empty if there is no place for it.
std::string silenced(const std::string& text, std::uint32_t line) {
  const std::optional<Edit> edit = silence(text, at(line), rule);
  if (!edit) return "";
  const SourceText source(text);
  const std::size_t begin = *source.offset(edit->range.begin);
  const std::size_t end = *source.offset(edit->range.end);
  std::string result = text.substr(0, begin) + edit->text + text.substr(end);
  const SourceText after(result);
  const auto moved = static_cast<std::uint32_t>(after.lineCount() - source.lineCount());
  EXPECT_TRUE(driver::Suppressions(after).silences(rule, {line + moved, 1})) << result;
  return result;
}

TEST(Silence, behindTheLine) {
  EXPECT_EQ(silenced("  f();\n", 1), "  f(); // NOLINT(session-leak)\n");
  EXPECT_EQ(silenced("f(); \t\ng();\n", 1), "f(); // NOLINT(session-leak)\ng();\n");
  EXPECT_EQ(silenced("f();\r\ng();\r\n", 1), "f(); // NOLINT(session-leak)\r\ng();\r\n");
  EXPECT_EQ(silenced("f();", 1), "f(); // NOLINT(session-leak)");
  EXPECT_EQ(silenced("f(a,\n  b);\n", 1), "f(a, // NOLINT(session-leak)\n  b);\n");
}

TEST(Silence, behindAComment) {
  EXPECT_EQ(silenced("f(); // why\n", 1), "f(); // why // NOLINT(session-leak)\n");
  EXPECT_EQ(silenced("f(); /* why */\n", 1), "f(); /* why */ // NOLINT(session-leak)\n");
  EXPECT_EQ(silenced("f(\"// no comment\");\n", 1),
            "f(\"// no comment\"); // NOLINT(session-leak)\n");
}

TEST(Silence, beforeALineThatEndsInAString) {
  EXPECT_EQ(silenced("{\n  f(R\"(SELECT\n1)\");\n}\n", 2),
            "{\n  // NOLINTNEXTLINE(session-leak)\n  f(R\"(SELECT\n1)\");\n}\n");
  EXPECT_EQ(silenced("\tf(); /* two\nlines */\n", 1),
            "\t// NOLINTNEXTLINE(session-leak)\n\tf(); /* two\nlines */\n");
  EXPECT_EQ(silenced("f(\"a\\\nb\");\r\n", 1),
            "// NOLINTNEXTLINE(session-leak)\nf(\"a\\\nb\");\r\n");
}

TEST(Silence, oneMoreNameInAComment) {
  EXPECT_EQ(silenced("f(); // NOLINT(a-check): why\n", 1),
            "f(); // NOLINT(a-check, session-leak): why\n");
  EXPECT_EQ(silenced("f(); // NOLINT()\n", 1), "f(); // NOLINT(session-leak)\n");
  EXPECT_EQ(silenced("// NOLINTNEXTLINE(a)\nf();\n", 2),
            "// NOLINTNEXTLINE(a, session-leak)\nf();\n");
}

TEST(Silence, nowhere) {
  EXPECT_EQ(silenced("s = R\"(\n)\"; f(); g(R\"(\n)\");\n", 2), "") << "both ends in strings";
  EXPECT_EQ(silenced("#define A f(); \\\n  g(); \\\n  h()\n", 2), "");
  EXPECT_EQ(silenced("f();\n", 7), "") << "no such line";
}

TEST(EditorMenu, safeThenUnsafeThenSilence) {
  Finding finding;
  finding.rule = rule;
  finding.range = at(1);
  finding.fixes = {{.description = "turn it around", .safe = false, .edits = {}},
                   {.description = "mend it", .safe = true, .edits = {}}};
  const std::vector<Fix> menu = editorMenu(finding, "f();\n");
  ASSERT_EQ(menu.size(), 3U);
  EXPECT_EQ(menu[0].description, "mend it");
  EXPECT_EQ(menu[1].description, "turn it around (unsafe)");
  EXPECT_EQ(menu[2].description, "silence with NOLINT(session-leak)");
  EXPECT_EQ(menuGrade(menu[0].description), MenuGrade::Safe);
  EXPECT_EQ(menuGrade(menu[1].description), MenuGrade::Unsafe);
  EXPECT_EQ(menuGrade(menu[2].description), MenuGrade::Silence);
}

} // namespace
} // namespace session_tidy::fix
