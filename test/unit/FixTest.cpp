// Edits: planned, applied, written, shown as a diff.
#include "fix/FileWriter.h"
#include "fix/FixPlan.h"
#include "fix/Includes.h"
#include "fix/UnifiedDiff.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace session_tidy::fix {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test.
class Fix : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "session-tidy-fix-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  /// What becomes of a text by fixes of one edit each.
  std::string fixed(const std::string& text, const std::vector<Edit>& edits,
                    FixPlan* seen = nullptr, bool unsafe = false, bool safe = true) {
    const std::string path = write("a.cpp", text);
    std::vector<Finding> findings;
    for (const Edit& edit : edits) {
      Finding finding;
      finding.fixes.push_back({"", safe, {edit}});
      findings.push_back(finding);
    }
    SourceCache sources;
    const FixPlan plan = planFixes(findings, {path}, sources, unsafe);
    if (seen != nullptr) *seen = plan;
    const auto file = plan.byFile.find(0);
    return file == plan.byFile.end() ? text : apply(text, file->second);
  }

  fs::path folder_;
};

Edit edit(Position begin, Position end, const std::string& text) {
  return {{0, begin, end, false}, text};
}

TEST_F(Fix, insertsReplacesAndRemoves) {
  EXPECT_EQ(fixed("ab\ncd\n",
                  {edit({1, 2}, {1, 2}, "X"), edit({2, 1}, {2, 3}, "Y"), edit({1, 1}, {1, 2}, "")}),
            "Xb\nY\n");
}

TEST_F(Fix, atTheEndOfAFileWithoutLineEnd) {
  EXPECT_EQ(fixed("ab", {edit({1, 3}, {1, 3}, "c")}), "abc");
}

TEST_F(Fix, keepsLineEndsMarksAndTabs) {
  EXPECT_EQ(fixed("\xef\xbb\xbf\tab\r\ncd\r\n", {edit({1, 5}, {1, 6}, "x\ny")}),
            "\xef\xbb\xbf\tx\r\nyb\r\ncd\r\n");
}

TEST_F(Fix, theSameFixIsMadeOnce) {
  FixPlan plan;
  EXPECT_EQ(fixed("ab\n", {edit({1, 2}, {1, 2}, "X"), edit({1, 2}, {1, 2}, "X")}, &plan), "aXb\n");
  EXPECT_EQ(plan.fixed.size(), 2U);
  EXPECT_TRUE(plan.heldBack.empty());
}

TEST_F(Fix, theSecondOfTwoThatOverlapIsHeldBack) {
  FixPlan plan;
  EXPECT_EQ(fixed("abcd\n", {edit({1, 1}, {1, 3}, "X"), edit({1, 2}, {1, 4}, "Y")}, &plan),
            "Xcd\n");
  ASSERT_EQ(plan.heldBack.size(), 1U);
  EXPECT_EQ(plan.heldBack[0].finding, 1U);
  EXPECT_EQ(fixed("ab\n", {edit({1, 2}, {1, 2}, "X"), edit({1, 2}, {1, 2}, "Y")}, &plan), "aXb\n");
  EXPECT_EQ(plan.heldBack.size(), 1U) << "nobody knows which insertion comes first";
}

TEST_F(Fix, touchingIsNotOverlapping) {
  EXPECT_EQ(fixed("abcd\n", {edit({1, 1}, {1, 3}, "X"), edit({1, 3}, {1, 5}, "Y")}), "XY\n");
}

TEST_F(Fix, unsafeOnesOnlyWhenAskedFor) {
  const std::vector<Edit> edits{edit({1, 2}, {1, 2}, "X")};
  EXPECT_EQ(fixed("ab\n", edits, nullptr, false, false), "ab\n");
  EXPECT_EQ(fixed("ab\n", edits, nullptr, true, false), "aXb\n");
}

TEST_F(Fix, whatIsNotInTheTextIsHeldBack) {
  FixPlan plan;
  EXPECT_EQ(fixed("ab\n", {edit({7, 2}, {7, 2}, "X"), edit({1, 9}, {1, 9}, "X")}, &plan), "ab\n");
  EXPECT_EQ(plan.heldBack.size(), 2U);
}

TEST_F(Fix, addsIncludes) {
  const auto with = [](const std::string& text) {
    const SourceText source(text);
    const auto place = placeOfInclude(source, "<memory>");
    return place ? apply(text, {{place->offset, place->offset, place->text}}) : text;
  };
  EXPECT_EQ(with("#include <a>\nint x;\n"), "#include <a>\n#include <memory>\nint x;\n");
  EXPECT_EQ(with("#include <memory>\n"), "#include <memory>\n");
  EXPECT_EQ(with("#pragma once\r\nint x;\r\n"), "#pragma once\r\n#include <memory>\r\nint x;\r\n");
  EXPECT_EQ(with("int x;\n"), "#include <memory>\nint x;\n");
  EXPECT_EQ(
      with("#include \"a.h\"\n\n#include <cstdio>\n#include <string>\n\nint x;\n"),
      "#include \"a.h\"\n\n#include <cstdio>\n#include <memory>\n#include <string>\n\nint x;\n");
  EXPECT_EQ(with("#include \"a.h\"\nint x;\n"), "#include \"a.h\"\n\n#include <memory>\nint x;\n");
  EXPECT_EQ(
      with("#ifndef A_H\n#define A_H\n#include <a/b.h>\n#ifdef X\n#include <x>\n#endif\n#endif\n"),
      "#ifndef A_H\n#define A_H\n#include <a/b.h>\n#include <memory>\n#ifdef X\n#include <x>\n#endif\n#endif\n");
  EXPECT_EQ(with("// A file.\n#include <vector>\nint x;\n#include \"late.inc\"\n"),
            "// A file.\n#include <memory>\n#include <vector>\nint x;\n#include \"late.inc\"\n");
  EXPECT_EQ(with("\xef\xbb\xbfint x;\n"), "\xef\xbb\xbf#include <memory>\nint x;\n");
}

TEST_F(Fix, aFileIsReplaced) {
  const std::string path = write("a.cpp", "old");
  ::chmod(path.c_str(), 0640);
  EXPECT_EQ(replaceFile(path, fingerprint("old"), "new"), "");
  EXPECT_EQ(readFile(path), "new");
  struct stat status{};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(Fix, aLinkStaysALink) {
  const std::string path = write("a.cpp", "old");
  fs::create_symlink(path, folder_ / "link.cpp");
  EXPECT_EQ(replaceFile(folder_ / "link.cpp", fingerprint("old"), "new"), "");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.cpp"));
  EXPECT_EQ(readFile(path), "new");
}

TEST_F(Fix, aFileThatChangedIsLeftAlone) {
  const std::string path = write("a.cpp", "newer");
  EXPECT_NE(replaceFile(path, fingerprint("old"), "new").find("has changed"), std::string::npos);
  EXPECT_EQ(readFile(path), "newer");
}

TEST_F(Fix, aReadOnlyFileIsLeftAlone) {
  const std::string path = write("a.cpp", "old");
  ::chmod(path.c_str(), 0444);
  EXPECT_NE(replaceFile(path, fingerprint("old"), "new").find("read-only"), std::string::npos);
  EXPECT_EQ(readFile(path), "old");
}

TEST_F(Fix, aMissingFileIsAnError) {
  EXPECT_NE(replaceFile(folder_ / "none.cpp", 0, "new"), "");
}

TEST(UnifiedDiff, nothingForEqualTexts) {
  EXPECT_EQ(unifiedDiff("a", "x\n", "x\n"), "");
}

TEST(UnifiedDiff, oneHunkWithContext) {
  EXPECT_EQ(unifiedDiff("a.cpp", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n"),
            "--- a/a.cpp\n+++ b/a.cpp\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, hunksFarApart) {
  std::string before;
  for (int i = 1; i <= 20; ++i) before += std::to_string(i) + "\n";
  std::string after = "0\n" + before;
  after.replace(after.find("20\n"), 3, "");
  EXPECT_EQ(unifiedDiff("a", before, after), "--- a/a\n+++ b/a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n"
                                             "@@ -17,4 +18,3 @@\n 17\n 18\n 19\n-20\n");
}

TEST(UnifiedDiff, missingLineEnd) {
  EXPECT_EQ(unifiedDiff("a", "x", "y\n"),
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n");
}

TEST(UnifiedDiff, fromNothing) {
  EXPECT_EQ(unifiedDiff("a", "", "y\n"), "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+y\n");
}

// `patch` must make the one text of the other, for any pair of texts.
TEST(UnifiedDiff, patchUnderstandsIt) {
  std::string name = (fs::temp_directory_path() / "session-tidy-diff-XXXXXX").string();
  ASSERT_NE(::mkdtemp(name.data()), nullptr);
  const fs::path folder = name;
  unsigned random = 7;
  const auto next = [&random](unsigned limit) {
    return (random = random * 1103515245 + 12345) / 65536 % limit;
  };
  for (int round = 0; round < 20; ++round) {
    std::string before;
    std::string after;
    for (unsigned line = 0; line < 30; ++line) {
      const std::string text = std::string(1, static_cast<char>('a' + next(5))) + "\n";
      const unsigned choice = next(6);
      if (choice != 0) before += text;
      if (choice != 1) after += text;
    }
    if (before == after) continue;
    std::ofstream(folder / "f") << before;
    std::ofstream(folder / "diff") << unifiedDiff("f", before, after);
    const std::string command = "cd " + name + " && git apply diff";
    ASSERT_EQ(std::system(command.c_str()), 0) << unifiedDiff("f", before, after);
    EXPECT_EQ(readFile(folder / "f"), after);
  }
  fs::remove_all(folder);
}

} // namespace
} // namespace session_tidy::fix
