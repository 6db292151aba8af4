// Statements read from text, and fixes planned on it.
#include "fix/FixPlan.h"
#include "fix/Planner.h"

#include <gtest/gtest.h>

namespace session_tidy::fix {
namespace {

class OneText : public UnitTexts {
public:
  explicit OneText(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] std::string_view text(std::uint32_t) const override { return text_; }
  [[nodiscard]] bool isMacro(std::string_view word) const override { return word == "FOREACH"; }
  [[nodiscard]] bool knowsClass(std::string_view) const override { return true; }
  [[nodiscard]] bool hasMethod(std::string_view, std::string_view) const override { return true; }
  [[nodiscard]] long cplusplus() const override { return 202002; }

private:
  std::string text_;
};

std::string troubleOf(const std::string& text) {
  const Code code(0, text, [](std::string_view word) { return word == "FOREACH"; });
  return Body(code, {text.find('{'), text.size()}).trouble();
}

TEST(FixStatements, AreReadWhereverTheyAreCertain) {
  EXPECT_EQ(troubleOf("void f() { if (a) b(); else { c([&] { return 1; }); } do x(); while (y); }"),
            "");
  EXPECT_EQ(troubleOf("void f() { try { a(); } catch (...) { throw; } s = R\"x(})x\"; }"), "");
  EXPECT_EQ(troubleOf("void f() { switch (a) { case ns::b: c(); break; default: d(); } }"), "");
  EXPECT_NE(troubleOf("void f() {\n#if X\n  a();\n#endif\n}"), "");
  EXPECT_NE(troubleOf("void f() { FOREACH(a, b) { c(); } }"), "");
}

/// The places of the n-th occurrences of some words.
SourceRange at(const std::string& text, const std::string& word) {
  const SourceText source(text);
  const std::size_t offset = text.find(word);
  return {0, source.position(offset), source.position(offset + word.size()), false};
}

/// The text after the rollback in its handler.
std::string rolledBack(const std::string& text, std::string* obstacle = nullptr) {
  Remedy remedy;
  remedy.kind = Remedy::Kind::RollBackInHandler;
  remedy.body = at(text, text.substr(text.find('{')));
  remedy.at = at(text, "catch");
  remedy.object = "sql";
  remedy.rollback = "rollback";
  remedy.begins = {at(text, "sql.begin()")};
  Finding finding;
  finding.remedies = {remedy};
  std::vector<Finding> findings{finding};
  const OneText texts(text);
  Planner(texts).run(findings);
  if (obstacle != nullptr) *obstacle = findings.front().noFix;
  if (findings.front().fixes.empty()) return text;
  std::string result = text;
  const SourceText source(text);
  for (const Edit& edit : findings.front().fixes.front().edits)
    result.replace(*source.offset(edit.range.begin),
                   *source.offset(edit.range.end) - *source.offset(edit.range.begin), edit.text);
  return result;
}

TEST(FixPlanner, KeepsTabsAndLineEnds) {
  EXPECT_EQ(
      rolledBack(
          "void f() {\r\n\tsql.begin();\r\n\ttry {\r\n\t\ta();\r\n\t} catch (...) { // why\r\n"
          "\t\tthrow;\r\n\t}\r\n}"),
      "void f() {\r\n\tsql.begin();\r\n\ttry {\r\n\t\ta();\r\n\t} catch (...) { // why\r\n"
      "\t\tsql.rollback();\r\n\t\tthrow;\r\n\t}\r\n}");
  EXPECT_EQ(rolledBack("void f() { sql.begin(); try { a(); } catch (...) {} }"),
            "void f() { sql.begin(); try { a(); } catch (...) { sql.rollback(); } }");
}

TEST(FixPlanner, SaysWhyThereIsNone) {
  std::string why;
  const std::string text = "void f() {\n#if A\n#endif\nsql.begin(); try { a(); } catch (...) {} }";
  EXPECT_EQ(rolledBack(text, &why), text);
  EXPECT_EQ(why, "the function has preprocessor lines in its body");
  const std::string made = "// @generated\nvoid f() { sql.begin(); try { a(); } catch (...) {} }";
  EXPECT_EQ(rolledBack(made, &why), made);
  EXPECT_EQ(why, "the file is generated");
}

} // namespace
} // namespace session_tidy::fix
