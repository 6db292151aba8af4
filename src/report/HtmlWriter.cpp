// Format `html`: the team's report as one file that needs no other.
#include "driver/Words.h"
#include "report/HtmlStyle.h"
#include "report/Lifeline.h"
#include "report/Paths.h"
#include "report/TeamReport.h"
#include "report/Writers.h"
#include "report/Xml.h"

#include <algorithm>
#include <ostream>
#include <string>

namespace session_tidy::report {

namespace {

class Page {
public:
  Page(const Report& report, Context& context, std::ostream& out)
      : report_(report), context_(context), out_(out), team_(assess(report, context)) {}

  void write() {
    out_ << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
            "<title>Database sessions</title>\n<style>"
         << htmlStyle
         << "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n"
         << "<h1>Database sessions</h1>\n";
    summary();
    rules();
    files();
    findings();
    failed();
    out_ << "<script>" << htmlScript << "</script>\n</body>\n</html>\n";
  }

private:
  void tile(std::string_view kind, std::size_t count, std::string_view text) {
    out_ << "<div class=\"tile " << kind << "\"><b>" << count << "</b>" << text << "</div>\n";
  }

  void summary() {
    out_ << "<p>";
    for (const std::string& sentence : team_.summary) out_ << escapeXml(sentence) << ' ';
    out_ << "</p>\n<div class=\"tiles\">\n";
    tile("", report_.findings.size(), "findings");
    for (const Grade grade : {Grade::Issues, Grade::Caution, Grade::Good})
      tile(word(grade),
           static_cast<std::size_t>(std::ranges::count(team_.files, grade, &FileAssessment::grade)),
           grade == Grade::Issues    ? "files with issues"
           : grade == Grade::Caution ? "files with caution"
                                     : "files good");
    out_ << "</div>\n";
  }

  void rules() {
    if (team_.rules.empty()) return;
    out_ << "<h2>What to do first</h2>\n<table>\n<tr><th>rule</th><th>severity</th>"
            "<th class=\"n\">findings</th><th class=\"n\">certain</th><th>risk</th></tr>\n";
    for (const RuleSummary& rule : team_.rules)
      out_ << "<tr><td><code>" << escapeXml(rule.name) << "</code></td><td>"
           << driver::word(rule.severity) << "</td><td class=\"n\" data-of=\"findings\">"
           << rule.count << "</td><td class=\"n\" data-of=\"certain\">" << rule.certain
           << "</td><td>" << escapeXml(rule.summary)
           << (rule.risk.empty() ? "" : " <span class=\"soft\">" + escapeXml(rule.risk) + "</span>")
           << "</td></tr>\n";
    out_ << "</table>\n";
  }

  void files() {
    if (team_.files.empty()) return;
    out_ << "<h2>Files</h2>\n<table>\n<tr><th>file</th><th></th><th class=\"n\">functions</th>"
            "<th class=\"n\">findings</th><th>why</th></tr>\n";
    for (const FileAssessment& file : team_.files) {
      out_ << "<tr><td>";
      if (file.findings.empty())
        out_ << "<code>" << escapeXml(file.path) << "</code>";
      else
        out_ << "<a href=\"#f" << file.findings.front() << "\"><code>" << escapeXml(file.path)
             << "</code></a>";
      out_ << "</td><td class=\"grade " << word(file.grade) << "\">" << word(file.grade)
           << "</td><td class=\"n\" data-of=\"functions\">" << file.functions
           << "</td><td class=\"n\" data-of=\"findings\">" << file.findings.size()
           << "</td><td class=\"soft\">";
      for (std::size_t i = 0; i < file.reasons.size(); ++i)
        out_ << (i == 0 ? "" : "; ") << escapeXml(file.reasons[i]);
      out_ << "</td></tr>\n";
    }
    out_ << "</table>\n";
  }

  void findings() {
    out_ << "<h2 id=\"findings\">Findings</h2>\n";
    if (report_.findings.empty()) {
      out_ << "<p>None.</p>\n";
      return;
    }
    out_
        << "<p class=\"soft\">Keys: j and k go from one to the next, Enter opens and closes.</p>\n";
    for (const FileAssessment& file : team_.files)
      for (const std::size_t index : file.findings) finding(index, file.path);
    for (const RuleSummary& rule : team_.rules) {
      if (rule.example.empty()) continue;
      out_ << "<details id=\"how-" << escapeXml(rule.name)
           << "\"><summary>How it is done right: <code>" << escapeXml(rule.name)
           << "</code></summary>\n<pre>" << escapeXml(rule.example) << "</pre>\n</details>\n";
    }
  }

  void finding(std::size_t index, const std::string& path) {
    const Finding& finding = report_.findings[index];
    const std::string id = "f" + std::to_string(index);
    out_ << "<details class=\"finding\" id=\"" << id << "\" open>\n<summary><code>"
         << escapeXml(path) << ":" << finding.range.begin.line << "</code> "
         << escapeXml(finding.message) << " <span class=\"soft\">" << escapeXml(finding.rule)
         << ", " << driver::word(finding.severity) << ", " << driver::word(finding.confidence)
         << "</span></summary>\n"
         << drawLifeline(lifelineOf(finding, report_, context_.sources, context_.root), id) << "\n";
    const auto rule = std::ranges::find(team_.rules, finding.rule, &RuleSummary::name);
    const std::string recommended = recommendation(finding, team_);
    if (!recommended.empty()) out_ << "<p>Recommended: " << escapeXml(recommended) << "</p>\n";
    if (rule != team_.rules.end() && !rule->example.empty())
      out_ << "<p><a href=\"#how-" << escapeXml(finding.rule)
           << "\">How it is done right</a></p>\n";
    out_ << "</details>\n";
  }

  void failed() {
    if (report_.unitsFailed.empty()) return;
    out_ << "<h2>Not checked whole</h2>\n<ul>\n";
    for (const std::string& unit : report_.unitsFailed)
      out_ << "<li><code>" << escapeXml(relativePath(unit, context_.root)) << "</code></li>\n";
    out_ << "</ul>\n";
  }

  const Report& report_;
  Context& context_;
  std::ostream& out_;
  TeamReport team_;
};

class HtmlWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    Page(report, context, out).write();
  }
};

} // namespace

std::unique_ptr<Writer> makeHtmlWriter() {
  return std::make_unique<HtmlWriter>();
}

} // namespace session_tidy::report
