// Reports: merged, drawn, encoded.
#include "report/Fingerprint.h"
#include "report/Paths.h"
#include "report/ReportBuilder.h"
#include "report/Snippet.h"
#include "report/SourceColumns.h"
#include "report/Writer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace session_tidy::report {
namespace {

namespace fs = std::filesystem;

std::string drawn(const Snippet& snippet, const std::string& text) {
  std::ostringstream out;
  drawSnippet(snippet, SourceText(text), false, out);
  return out.str();
}

TEST(ReportSnippet, caretAndRange) {
  EXPECT_EQ(drawn({{2, 3}, {2, 3}, {2, 7}, {}}, "one\n  work();\n"), "    2 |   work();\n"
                                                                     "      |   ^~~~\n");
}

TEST(ReportSnippet, noRange) {
  EXPECT_EQ(drawn({{1, 2}, {1, 2}, {1, 2}, {}}, "one"), "    1 | one\n      |  ^\n");
}

TEST(ReportSnippet, tabsAndWideCharacters) {
  EXPECT_EQ(drawn({{1, 2}, {1, 2}, {1, 4}, {}}, "\tab\n"), "    1 |         ab\n"
                                                           "      |         ^~\n");
  EXPECT_EQ(drawn({{1, 3}, {1, 3}, {1, 4}, {}}, "üa\n"), "    1 | üa\n      |  ^\n");
  EXPECT_EQ(drawn({{1, 4}, {1, 4}, {1, 5}, {}}, "数a\n"), "    1 | 数a\n      |   ^\n");
  EXPECT_EQ(drawn({{1, 2}, {1, 2}, {1, 3}, {}}, "\xff"
                                                "a\n"),
            "    1 | <FF>a\n      |     ^\n");
  EXPECT_EQ(drawn({{1, 2}, {1, 2}, {1, 3}, {}}, "\x01"
                                                "a\n"),
            "    1 | <U+0001>a\n      |         ^\n");
}

TEST(ReportSnippet, severalLines) {
  EXPECT_EQ(drawn({{1, 3}, {1, 3}, {3, 3}, {}}, "a(b,\n\n  c)\n"), "    1 | a(b,\n      |   ^~\n"
                                                                   "    2 | \n"
                                                                   "    3 |   c)\n");
}

TEST(ReportSnippet, insertions) {
  EXPECT_EQ(drawn({{1, 1}, {1, 1}, {1, 2}, {{{1, 2}, " tr"}}}, "W(s);\n"), "    1 | W(s);\n"
                                                                           "      | ^\n"
                                                                           "      |   tr\n");
}

TEST(ReportSnippet, wideLineNumbers) {
  EXPECT_EQ(drawn({{9995, 1}, {9995, 1}, {9995, 1}, {}}, std::string(9994, '\n') + "x\n"),
            "  9995 | x\n       | ^\n");
}

TEST(ReportPaths, relativeAndEncoded) {
  EXPECT_EQ(relativePath("/a/b/c.cpp", "/a"), "b/c.cpp");
  EXPECT_EQ(relativePath("/ab/c.cpp", "/a"), "/ab/c.cpp");
  EXPECT_EQ(relativePath("/a/c.cpp", "/"), "a/c.cpp");
  EXPECT_EQ(pathToUri("b/c d%.cpp"), "b/c%20d%25.cpp");
  EXPECT_EQ(pathToUri("/ü"), "file:///%C3%BC");
}

/// Findings in real files, so that sources can be read.
class Report : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "session-tidy-report-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const char* file : {"a.cpp", "b.h"})
      std::ofstream(folder_ / file) << "x();\ny(); // NOLINT\n";
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const char* file) const { return folder_ / file; }

  static Finding finding(std::uint32_t file, Position begin,
                         const std::string& rule = "session-leak") {
    Finding finding;
    finding.rule = rule;
    finding.message = "says \"100%\"";
    finding.range = {file, begin, {begin.line, begin.column + 1}, false};
    finding.trace.push_back({finding.range, "opened here"});
    finding.fixes.push_back({"mend it", true, {{finding.range, "z"}}});
    return finding;
  }

  report::Report build() { return builder_.finish(sources_, notices_); }

  std::string written(const std::string& format, const report::Report& report) {
    Context context{sources_, folder_, folder_,
                    false,    false,   {{"session-leak", "summary", Severity::Warning, ""}}};
    std::ostringstream out;
    makeWriter(format)->write(report, context, out);
    return out.str();
  }

  fs::path folder_;
  ReportBuilder builder_;
  SourceCache sources_;
  std::vector<std::string> notices_;
};

TEST_F(Report, aHeadersFindingIsThereOnce) {
  builder_.add({path("b.h")}, {finding(0, {1, 1})});
  builder_.add({path("a.cpp"), path("b.h")}, {finding(1, {1, 1}), finding(0, {1, 1})});
  const report::Report report = build();
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.files[report.findings[0].range.file], path("a.cpp"));
  EXPECT_EQ(report.files[report.findings[1].range.file], path("b.h"));
  EXPECT_EQ(report.files[report.findings[1].trace[0].range.file], path("b.h"));
}

TEST_F(Report, aFixThatNotAllAgreeOnIsNone) {
  Finding other = finding(0, {1, 1});
  other.fixes[0].edits[0].text = "another";
  builder_.add({path("b.h")}, {finding(0, {1, 1}), other});
  const report::Report report = build();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_TRUE(report.findings[0].fixes.empty());
}

TEST_F(Report, commentsSilence) {
  builder_.add({path("a.cpp")}, {finding(0, {1, 1}), finding(0, {2, 1})});
  EXPECT_EQ(build().findings.size(), 1U);
}

TEST_F(Report, textAndConcise) {
  builder_.add({path("a.cpp")}, {finding(0, {1, 1})});
  const report::Report report = build();
  EXPECT_EQ(written("text", report), "a.cpp:1:1: warning: says \"100%\" [session-leak]\n"
                                     "    1 | x();\n      | ^\n      | z\n"
                                     "a.cpp:1:1: note: opened here\n"
                                     "    1 | x();\n      | ^\n");
  EXPECT_EQ(written("concise", report), "a.cpp:1:1: warning: says \"100%\" [session-leak]\n");
}

TEST_F(Report, json) {
  builder_.add({path("a.cpp")}, {finding(0, {1, 1})});
  const auto document = nlohmann::json::parse(written("json", build()));
  EXPECT_EQ(document["findings"][0]["rule"], "session-leak");
  EXPECT_EQ(document["findings"][0]["location"]["file"], "a.cpp");
  EXPECT_EQ(document["findings"][0]["trace"][0]["message"], "opened here");
}

TEST_F(Report, sarif) {
  builder_.add({path("a.cpp")}, {finding(0, {1, 1})});
  const auto document = nlohmann::json::parse(written("sarif", build()));
  const auto& result = document["runs"][0]["results"][0];
  EXPECT_EQ(result["ruleId"], "session-leak");
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a.cpp");
  EXPECT_EQ(result["codeFlows"][0]["threadFlows"][0]["locations"].size(), 1U);
  EXPECT_EQ(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
            "z");
}

TEST_F(Report, fingerprintsSurviveMovedLines) {
  builder_.add({path("a.cpp")}, {finding(0, {1, 1})});
  const report::Report before = build();
  const std::string first = Fingerprints(before, sources_, folder_).of(before.findings[0]);
  std::ofstream(folder_ / "a.cpp") << "\n\n  x();\n";
  SourceCache fresh;
  report::Report after = before;
  after.findings[0].range.begin = {3, 3};
  EXPECT_EQ(Fingerprints(after, fresh, folder_).of(after.findings[0]), first);
}

TEST(ReportFormats, allAreMade) {
  for (const auto name : formatNames()) EXPECT_NE(makeWriter(name), nullptr);
  EXPECT_EQ(makeWriter("xml"), nullptr);
}

TEST(ReportLineHashes, oneForEachLineAndNumbered) {
  const auto hashes = lineHashes("a\n b\na\n");
  ASSERT_EQ(hashes.size(), 4U);
  for (const auto& hash : hashes) EXPECT_NE(hash.find(':'), std::string::npos);
  EXPECT_NE(hashes[0], hashes[2]) << "what follows counts";
}

} // namespace
} // namespace session_tidy::report
