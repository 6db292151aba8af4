// Formats of continuous integration services: `gitlab` (Code Quality), `github` (workflow
// commands, shown as annotations) and `rdjson` (reviewdog).
#include "driver/Words.h"
#include "report/JsonForm.h"
#include "report/Paths.h"
#include "report/SourceColumns.h"
#include "report/Writers.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>

namespace session_tidy::report {

namespace {

// ---------------------------------------------------------------- GitLab

std::string_view gitlabSeverity(Severity severity) {
  switch (severity) {
  case Severity::Style:
    return "minor";
  case Severity::Warning:
    return "major";
  case Severity::Error:
    return "critical";
  }
  return "info";
}

class GitlabWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    OrderedJson issues = OrderedJson::array();
    Fingerprints fingerprints(report, context.sources, context.root);
    for (const Finding& finding : report.findings)
      issues.push_back(
          {{"description", finding.message},
           {"check_name", finding.rule},
           {"fingerprint", fingerprints.of(finding)},
           {"severity", gitlabSeverity(finding.severity)},
           {"location",
            {{"path", relativePath(report.files[finding.range.file], context.root)},
             {"lines", {{"begin", finding.range.begin.line}, {"end", finding.range.end.line}}}}}});
    out << toText(issues) << '\n';
  }
};

// ---------------------------------------------------------------- GitHub

/// As workflow commands want it; in properties ':' and ',' mean something, too.
std::string escapeCommand(std::string_view text, bool property) {
  std::string result;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (!special) {
      result += c;
      continue;
    }
    static constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += hex[byte >> 4];
    result += hex[byte & 15];
  }
  return result;
}

std::string_view githubCommand(Severity severity) {
  switch (severity) {
  case Severity::Style:
    return "notice";
  case Severity::Warning:
    return "warning";
  case Severity::Error:
    return "error";
  }
  return "notice";
}

class GithubWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    for (const Finding& finding : report.findings) {
      const SourceRange& range = finding.range;
      out << "::" << githubCommand(finding.severity)
          << " file=" << escapeCommand(relativePath(report.files[range.file], context.root), true)
          << ",line=" << range.begin.line;
      if (range.end.line > range.begin.line) out << ",endLine=" << range.end.line;
      out << ",col=" << range.begin.column;
      if (range.end.line == range.begin.line && range.begin < range.end)
        out << ",endColumn=" << range.end.column;
      out << ",title=" << escapeCommand(finding.rule, true)
          << "::" << escapeCommand(finding.message + steps(finding, report, context), false)
          << '\n';
    }
  }

private:
  static std::string steps(const Finding& finding, const Report& report, const Context& context) {
    std::string text;
    for (const Note& note : finding.trace)
      text += "\n" + relativePath(report.files[note.range.file], context.root) + ":" +
              std::to_string(note.range.begin.line) + ": " + note.message;
    return text;
  }
};

// ---------------------------------------------------------------- reviewdog

class RdjsonWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    OrderedJson diagnostics = OrderedJson::array();
    for (const Finding& finding : report.findings)
      diagnostics.push_back(diagnostic(finding, report, context));
    out << toText({{"source", {{"name", "session-tidy"}, {"url", ""}}},
                   {"severity", "WARNING"},
                   {"diagnostics", std::move(diagnostics)}})
        << '\n';
  }

private:
  static OrderedJson range(const SourceRange& range) {
    const auto position = [](Position at) {
      return OrderedJson{{"line", at.line}, {"column", at.column}};
    };
    return {{"start", position(range.begin)}, {"end", position(range.end)}};
  }

  static OrderedJson location(const SourceRange& at, const Report& report, const Context& context) {
    return {{"path", relativePath(report.files[at.file], context.root)}, {"range", range(at)}};
  }

  static OrderedJson diagnostic(const Finding& finding, const Report& report,
                                const Context& context) {
    OrderedJson related = OrderedJson::array();
    for (const Note& note : finding.trace)
      related.push_back(
          {{"message", note.message}, {"location", location(note.range, report, context)}});
    OrderedJson result{{"message", finding.message},
                       {"location", location(finding.range, report, context)},
                       {"severity", finding.severity == Severity::Style     ? "INFO"
                                    : finding.severity == Severity::Warning ? "WARNING"
                                                                            : "ERROR"},
                       {"code", {{"value", finding.rule}}},
                       {"related_locations", std::move(related)}};
    if (OrderedJson suggestions = suggestionsOf(finding); !suggestions.empty())
      result["suggestions"] = std::move(suggestions);
    return result;
  }

  // A suggestion is one replacement in the file of its diagnostic.
  static OrderedJson suggestionsOf(const Finding& finding) {
    OrderedJson suggestions = OrderedJson::array();
    for (const Fix& fix : finding.fixes)
      if (fix.safe && fix.edits.size() == 1 && fix.edits.front().range.file == finding.range.file)
        suggestions.push_back(
            {{"range", range(fix.edits.front().range)}, {"text", fix.edits.front().text}});
    return suggestions;
  }
};

} // namespace

std::unique_ptr<Writer> makeGitlabWriter() {
  return std::make_unique<GitlabWriter>();
}

std::unique_ptr<Writer> makeGithubWriter() {
  return std::make_unique<GithubWriter>();
}

std::unique_ptr<Writer> makeRdjsonWriter() {
  return std::make_unique<RdjsonWriter>();
}

} // namespace session_tidy::report
