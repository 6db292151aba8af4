// The report for a team: what it says, that nothing in it is markup by accident, how it looks.
#include "e2e/Project.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A file with issues, whose names and text are full of markup; a good one; one that does not
/// compile.
class TeamReport : public testing::Test {
protected:
  void SetUp() override {
    project_.unit("a<b>&'q'.cpp",
                  std::string(sampleLibrary) +
                      "template <class T> bool ask(T);\n"
                      "void work(soci::session& sql) {\n"
                      "  sql.begin();\n"
                      "  if (ask<int>(1) && ask(\"</svg><script>alert(1)</script>\")) return;\n"
                      "  sql.commit();\n}\n");
    project_.unit("good.cpp", goodSample());
    project_.unit("broken.cpp", "int x = y;\n");
  }

  std::string report(const std::string& format) const {
    const Output output = project_.run({"report", "--format", format});
    EXPECT_EQ(output.exitCode, 3) << output.err;
    return output.out;
  }

  Project project_;
};

TEST_F(TeamReport, SaysHowEachFileDoesAndWhy) {
  const std::string text = report("md");
  EXPECT_THAT(text, HasSubstr("| good.cpp | good | 1 | 0 | transactions are held by guards"));
  EXPECT_THAT(text, testing::ContainsRegex("q'.cpp \\| issues \\| 1 \\| 1 \\|"));
  EXPECT_THAT(text, HasSubstr("3 units were checked"));
  EXPECT_THAT(text, HasSubstr("1 unit could not be checked whole"));
  EXPECT_THAT(text, HasSubstr("What to do first"));
  EXPECT_THAT(text, HasSubstr("- `broken.cpp`"));
}

// A file is not called good for what nobody has looked at.
TEST(TeamReportOf, ExemptAndSilencedCode) {
  Project project;
  std::string silenced = badSample();
  silenced.replace(silenced.rfind("{sql};"), 6,
                   "{sql}; // NOLINT(session-temporary-guard): so meant");
  project.unit("silenced.cpp", silenced);
  project.unit("exempt.cpp", badSample());
  project.write(".session-tidy.json", R"({"exempt": ["exempt.cpp"]})");
  const std::string text = project.run({"report"}).out;
  EXPECT_THAT(text, HasSubstr("| silenced.cpp | good | 1 | 0 | 1 finding is silenced by comments"));
  EXPECT_THAT(text, Not(HasSubstr("exempt.cpp")));
}

TEST_F(TeamReport, ExitsWithTroubleOnlyIfSomethingIsMissing) {
  fs::remove(project_.folder() / "compile_commands.json");
  Project clean;
  clean.unit("bad.cpp", badSample());
  EXPECT_EQ(clean.run({"report"}).exitCode, 0) << "it tells, and judges nothing";
}

// Parsed by a strict parser: every element is closed, no text of the sources has become markup.
TEST_F(TeamReport, HtmlIsWellFormedAndTextIsText) {
  project_.write("report.html", report("html"));
  const Output parsed = runProcess(
      {.arguments =
           {"python3", "-c",
            "import html.parser, collections\n"
            "void = {'meta', 'link', 'br'}\n"
            "class P(html.parser.HTMLParser):\n"
            "  stack, counts, text = [], collections.Counter(), ''\n"
            "  def handle_starttag(self, tag, attributes):\n"
            "    self.counts[tag] += 1\n"
            "    if tag not in void: self.stack.append(tag)\n"
            "    for name, value in attributes:\n"
            "      assert name not in ('src', 'onclick') and not (value or '').startswith('http')\n"
            "  def handle_startendtag(self, tag, attributes): self.counts[tag] += 1\n"
            "  def handle_endtag(self, tag): assert self.stack.pop() == tag, (tag, self.stack)\n"
            "  def handle_data(self, data): self.text += data\n"
            "p = P(); p.feed(open('report.html', encoding='utf-8').read()); p.close()\n"
            "assert not p.stack, p.stack\n"
            "assert '</svg><script>alert(1)</script>' in p.text\n"
            "print(p.counts['script'], p.counts['svg'], p.counts['circle'])\n"},
       .directory = project_.folder(),
       .environment = {}});
  EXPECT_EQ(parsed.exitCode, 0) << parsed.err;
  EXPECT_THAT(parsed.out, testing::StartsWith("1 1 ")) << "one script, our own; one lifeline";
}

TEST_F(TeamReport, TheLifelineHasEveryStepAndOneThatIsWrong) {
  const std::string html = report("html");
  const auto svg = html.substr(html.find("<svg"), html.find("</svg>") - html.find("<svg"));
  EXPECT_THAT(svg, HasSubstr("class=\"step begun\""));
  EXPECT_THAT(svg, HasSubstr("class=\"step wrong\""));
  EXPECT_THAT(svg, HasSubstr("class=\"life wrong\""));
  EXPECT_THAT(svg, HasSubstr("sql.begin();"));
  EXPECT_THAT(svg, HasSubstr("<title"));
}

// Keyboard: j focuses a finding. Looks: light and dark differ, and neither is a blank page. The
// pictures stay, to be looked at.
TEST_F(TeamReport, LooksRightInABrowser) {
  if (!fs::exists("/usr/bin/chromium")) GTEST_SKIP() << "Chromium is not installed";
  std::string html = report("html");
  html.replace(html.find("</body>"), 0,
               "<script>dispatchEvent(new KeyboardEvent('keydown', {key: 'j'}));"
               "document.title = document.activeElement.tagName + ' ' + "
               "document.querySelectorAll('svg.lifeline').length</script>");
  project_.write("page.html", html);
  const fs::path pictures = fs::path(SESSION_TIDY_TEST_CACHE).parent_path() / "pictures";
  fs::create_directories(pictures);
  const auto browse = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"/usr/bin/chromium",
                                       "--headless",
                                       "--no-sandbox",
                                       "--disable-gpu",
                                       "--disable-quic",
                                       "--no-first-run",
                                       "--disable-background-networking",
                                       "--disable-component-update",
                                       "--disable-sync",
                                       "--user-data-dir=" +
                                           (project_.folder() / "browser").string(),
                                       "--window-size=1000,1300"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.push_back("file://" + (project_.folder() / "page.html").string());
    return runProcess({.arguments = arguments, .directory = project_.folder(), .environment = {}});
  };
  EXPECT_THAT(browse({"--dump-dom"}).out, HasSubstr("<title>SUMMARY 1</title>"));
  const fs::path light = pictures / "report-light.png";
  const fs::path dark = pictures / "report-dark.png";
  fs::remove(light);
  fs::remove(dark);
  browse({"--screenshot=" + light.string()});
  browse({"--screenshot=" + dark.string(), "--blink-settings=preferredColorScheme=0"});
  ASSERT_TRUE(fs::exists(light) && fs::exists(dark));
  EXPECT_GT(fs::file_size(light), 20000U) << "not blank";
  EXPECT_NE(readFile(light), readFile(dark));
}

} // namespace

} // namespace session_tidy::test
