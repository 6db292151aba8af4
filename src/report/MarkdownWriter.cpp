// Format `markdown`: the team's report as text, for a wiki or a pull request.
#include "driver/Words.h"
#include "report/Paths.h"
#include "report/TeamReport.h"
#include "report/Writers.h"

#include <ostream>
#include <string>

namespace session_tidy::report {

namespace {

/// Text that means nothing to Markdown, also in a table's cell.
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_{}[]<>#|!").find(c) != std::string_view::npos) result += '\\';
    result += c == '\n' || c == '\r' ? ' ' : c;
  }
  return result;
}

/// As code; a fence longer than any in the text.
std::string code(std::string_view text) {
  std::string fence = "`";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  const std::string space = fence.size() > 1 ? " " : "";
  return fence + space + std::string(text) + space + fence;
}

class MarkdownWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    const TeamReport team = assess(report, context);
    out << "# Database sessions\n\n";
    for (const std::string& sentence : team.summary) out << plain(sentence) << "\n";
    if (!team.rules.empty()) writeRules(team, out);
    writeFiles(team, out);
    if (!report.findings.empty()) writeFindings(report, context, team, out);
    if (!report.unitsFailed.empty()) {
      out << "\n## Not checked whole\n\n";
      for (const std::string& unit : report.unitsFailed)
        out << "- " << code(relativePath(unit, context.root)) << "\n";
    }
  }

private:
  static void writeRules(const TeamReport& team, std::ostream& out) {
    out << "\n## What to do first\n\n";
    for (const RuleSummary& rule : team.rules) {
      out << "1. **" << rule.name << "** (" << rule.count << ", " << rule.certain << " certain). "
          << plain(rule.summary);
      if (!rule.risk.empty()) out << " " << plain(rule.risk);
      out << "\n";
    }
    out << "\n| rule | severity | findings | certain |\n| --- | --- | ---: | ---: |\n";
    for (const RuleSummary& rule : team.rules)
      out << "| " << rule.name << " | " << driver::word(rule.severity) << " | " << rule.count
          << " | " << rule.certain << " |\n";
  }

  static void writeFiles(const TeamReport& team, std::ostream& out) {
    if (team.files.empty()) return;
    out << "\n## Files\n\n| file | | functions with sessions | findings | why |\n"
           "| --- | --- | ---: | ---: | --- |\n";
    for (const FileAssessment& file : team.files) {
      std::string reasons;
      for (const std::string& reason : file.reasons)
        reasons += (reasons.empty() ? "" : "; ") + plain(reason);
      out << "| " << plain(file.path) << " | " << word(file.grade) << " | " << file.functions
          << " | " << file.findings.size() << " | " << reasons << " |\n";
    }
  }

  static void writeFindings(const Report& report, const Context& context, const TeamReport& team,
                            std::ostream& out) {
    out << "\n## Findings\n";
    for (const FileAssessment& file : team.files) {
      if (file.findings.empty()) continue;
      out << "\n### " << plain(file.path) << "\n";
      for (const std::size_t index : file.findings) {
        const Finding& finding = report.findings[index];
        out << "\n**" << plain(file.path) << ":" << finding.range.begin.line << "** "
            << plain(finding.message) << " (" << finding.rule << ", "
            << driver::word(finding.confidence) << ")\n\n";
        for (const Note& note : finding.trace)
          out << "1. " << plain(relativePath(report.files[note.range.file], context.root)) << ":"
              << note.range.begin.line << ": " << plain(note.message) << "\n";
        if (const std::string text = recommendation(finding, team); !text.empty())
          out << "\nRecommended: " << plain(text) << "\n";
      }
    }
  }
};

} // namespace

std::unique_ptr<Writer> makeMarkdownWriter() {
  return std::make_unique<MarkdownWriter>();
}

} // namespace session_tidy::report
