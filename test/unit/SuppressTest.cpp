// NOLINT comments, as clang-tidy 22 reads them.
#include "driver/Suppressions.h"

#include <gtest/gtest.h>

namespace session_tidy::driver {
namespace {

constexpr const char* rule = "session-leak";

bool silenced(const std::string& text, Position position, const char* name = rule) {
  const SourceText source(text);
  return Suppressions(source).silences(name, position);
}

TEST(Suppress, aLine) {
  EXPECT_TRUE(silenced("f(); // NOLINT\n", {1, 1}));
  EXPECT_FALSE(silenced("f(); // NOLINT\ng();\n", {2, 1}));
  EXPECT_TRUE(silenced("f(); // NOLINT(session-leak)\n", {1, 1}));
  EXPECT_TRUE(silenced("f(); // NOLINT(session-leak): the pool owns it\n", {1, 1}));
  EXPECT_TRUE(silenced("f(); // NOLINT(x, session-* )\n", {1, 1}));
  EXPECT_FALSE(silenced("f(); // NOLINT(session-double-end)\n", {1, 1}));
  EXPECT_FALSE(silenced("f(); // NOLINT()\n", {1, 1}));
}

TEST(Suppress, negativeGlobsAreIgnored) {
  EXPECT_TRUE(silenced("f(); // NOLINT(session-*,-session-leak)\n", {1, 1}));
  EXPECT_FALSE(silenced("f(); // NOLINT(-x*)\n", {1, 1}));
}

TEST(Suppress, anUnclosedBracketMeansAll) {
  EXPECT_TRUE(silenced("f(); // NOLINT(other\n)\n", {1, 1}));
}

TEST(Suppress, onlyKnownForms) {
  EXPECT_FALSE(silenced("f(); // NOLINTED\n", {1, 1}));
  EXPECT_FALSE(silenced("f(); // NOLINTnextline\n", {1, 1}));
  EXPECT_FALSE(silenced("f(); // nolint\n", {1, 1}));
  EXPECT_TRUE(silenced("f(\"NOLINT\");\n", {1, 1})) << "in strings too";
}

TEST(Suppress, theNextLine) {
  const std::string text = "// NOLINTNEXTLINE(session-*)\nf();\ng();\n";
  EXPECT_FALSE(silenced(text, {1, 1}));
  EXPECT_TRUE(silenced(text, {2, 1}));
  EXPECT_FALSE(silenced(text, {3, 1}));
  EXPECT_TRUE(silenced("// NOLINTNEXTLINE\r\nf();\r\n", {2, 1})) << "with Windows line ends";
}

TEST(Suppress, blocks) {
  const std::string text = "// NOLINTBEGIN(session-leak)\nf();\n// NOLINTEND(session-leak)\ng();\n";
  EXPECT_TRUE(silenced(text, {2, 1}));
  EXPECT_FALSE(silenced(text, {4, 1}));
  EXPECT_FALSE(silenced(text, {2, 1}, "session-double-end"));
}

TEST(Suppress, blocksNest) {
  const SourceText text(
      "// NOLINTBEGIN(a)\n// NOLINTBEGIN(b)\nf();\n// NOLINTEND(b)\n// NOLINTEND(a)\n");
  const Suppressions suppressions(text);
  EXPECT_TRUE(suppressions.silences("a", {3, 1}));
  EXPECT_TRUE(suppressions.silences("b", {3, 1}));
  EXPECT_TRUE(suppressions.unmatched().empty());
}

TEST(Suppress, blocksThatDoNotMatchAreNone) {
  const SourceText text("// NOLINTBEGIN(a)\nf();\n// NOLINTEND(b)\n  // NOLINTEND\n");
  const Suppressions suppressions(text);
  EXPECT_FALSE(suppressions.silences("a", {2, 1}));
  ASSERT_EQ(suppressions.unmatched().size(), 3U);
  EXPECT_EQ(suppressions.unmatched()[1].position, (Position{4, 6}));
}

TEST(Suppress, globLists) {
  EXPECT_TRUE(GlobList("session-*").contains("session-leak"));
  EXPECT_FALSE(GlobList("session-*,-session-leak").contains("session-leak"));
  EXPECT_TRUE(GlobList("-*, session-leak").contains("session-leak"));
  EXPECT_TRUE(GlobList("-*\nsession-leak").contains("session-leak"));
  EXPECT_FALSE(GlobList("").contains("session-leak"));
  EXPECT_FALSE(GlobList("session-lea").contains("session-leak"));
  EXPECT_TRUE(GlobList("*-le*k").contains("session-leak"));
  EXPECT_FALSE(GlobList("session.leak").contains("session-leak"));
}

} // namespace
} // namespace session_tidy::driver
