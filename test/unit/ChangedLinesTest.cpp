// Diffs and line filters.
#include "driver/ChangedLines.h"

#include <gtest/gtest.h>

namespace session_tidy::driver {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Pairs pairs(const std::vector<ChangedLines::Lines>& lines) {
  Pairs result;
  for (const auto& line : lines) result.emplace_back(line.first, line.last);
  return result;
}

Pairs newLines(const DiffFile& file) {
  std::vector<ChangedLines::Lines> lines;
  for (const Hunk& hunk : file.hunks) lines.push_back(newLines(hunk));
  return pairs(lines);
}

TEST(ChangedLinesDiff, gitWithoutContext) {
  const auto files = readDiff("diff --git a/x.cpp b/x.cpp\n--- a/x.cpp\n+++ b/x.cpp\n"
                              "@@ -3 +3,2 @@ void f()\n-old\n+new\n+more\n"
                              "@@ -10,2 +11,0 @@\n-gone\n-gone too\n");
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(files->front().name, "x.cpp");
  EXPECT_EQ(newLines(files->front()), (Pairs{{3, 4}, {11, 12}})) << "around what is gone";
}

TEST(ChangedLinesDiff, contextLinesAreNotChanged) {
  const auto files = readDiff("--- x.cpp\t2026-01-01\n+++ x.cpp\t2026-01-02\n"
                              "@@ -1,5 +1,6 @@\n one\n-two\n+TWO\n three\n+and\n four\n five\n");
  ASSERT_TRUE(files);
  EXPECT_EQ(files->front().name, "x.cpp");
  EXPECT_EQ(newLines(files->front()), (Pairs{{2, 2}, {4, 4}}));
}

TEST(ChangedLinesDiff, deletedFilesAndOddNames) {
  const auto files =
      readDiff("--- a/x.cpp\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
               "--- /dev/null\n+++ \"b/\\303\\274 \\\"y\\\".cpp\"\n@@ -0,0 +1 @@\n+y\n"
               "\\ No newline at end of file\n");
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(files->front().name, "\xc3\xbc \"y\".cpp");
}

TEST(ChangedLinesDiff, aLineThatLooksLikeAHeaderIsContent) {
  const auto files = readDiff("--- a/x.cpp\n+++ b/x.cpp\n@@ -1,2 +1,2 @@\n--- a\n+++ b\n x\n");
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(newLines(files->front()), (Pairs{{1, 1}}));
}

TEST(ChangedLinesDiff, otherTextIsNone) {
  EXPECT_FALSE(readDiff("int main() { return 0; }\n"));
  EXPECT_FALSE(readDiff(""));
  for (const char* header : {"@@ -x +y @@", "@@ @@", "@@ -1 @@", "@@ -1,2 +@@"})
    EXPECT_FALSE(readDiff(std::string("--- a/x\n+++ b/x\n") + header + "\n+x\n")) << header;
  EXPECT_TRUE(readDiff("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n"));
}

TEST(ChangedLinesMoved, linesFollowLaterChanges) {
  const std::vector<Hunk> hunks{{5, 0, 5, 3}, {10, 2, 13, 1}}; // three inserted before 5; 10-11
  EXPECT_EQ(moved({1, 2}, hunks).first, 1U);
  EXPECT_EQ(moved({6, 6}, hunks).first, 9U);
  EXPECT_EQ(moved({10, 11}, hunks).first, 13U);
  EXPECT_EQ(moved({10, 11}, hunks).last, 13U);
  EXPECT_EQ(moved({20, 20}, hunks).first, 22U);
}

TEST(ChangedLinesFilter, asClangTidysIs) {
  const LineFilter filter =
      readLineFilter(R"([{"name": "a.cpp", "lines": [[1, 3], [7, 7]]}, {"name": "b.h"}])");
  ASSERT_EQ(filter.error, "");
  ASSERT_EQ(filter.items.size(), 2U);
  EXPECT_EQ(pairs(filter.items[0].lines), (Pairs{{1, 3}, {7, 7}}));
  EXPECT_EQ(filter.items[1].lines.front().last, ChangedLines::lastLine);
  EXPECT_NE(readLineFilter("{").error, "");
  EXPECT_NE(readLineFilter(R"([{"name": "a.cpp", "lines": [[-1, 3]]}])").error, "");
  EXPECT_NE(readLineFilter(R"([{"lines": []}])").error, "");
  EXPECT_TRUE(endsInPath("/x/src/a.cpp", "src/a.cpp"));
  EXPECT_FALSE(endsInPath("/x/srca.cpp", "a.cpp"));
}

TEST(ChangedLines, touch) {
  ChangedLines lines;
  lines.add("a.cpp", 5, 7);
  EXPECT_TRUE(lines.touches("a.cpp", 7, 9));
  EXPECT_TRUE(lines.touches("a.cpp", 1, 5));
  EXPECT_FALSE(lines.touches("a.cpp", 8, 9));
  EXPECT_FALSE(lines.touches("b.cpp", 5, 7));
}

} // namespace
} // namespace session_tidy::driver
