// Formats in XML that build servers read: `junit` and `checkstyle`.
#include "report/Paths.h"
#include "report/Writers.h"
#include "report/Xml.h"

#include <ostream>
#include <string>

namespace session_tidy::report {

namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string placeOf(const SourceRange& range, const Report& report, const Context& context) {
  return relativePath(report.files[range.file], context.root) + ":" +
         std::to_string(range.begin.line) + ":" + std::to_string(range.begin.column);
}

/// A test suite for each file with findings, a failed test case for each finding. A run without
/// findings is one test that passed, since some servers take an empty file for a failure.
class JunitWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    const std::size_t failures = report.findings.size();
    const std::size_t errors = report.unitsFailed.size();
    const std::size_t tests = failures + errors == 0 ? 1 : failures + errors;
    out << declaration << "<testsuites name=\"session-tidy\" tests=\"" << tests << "\" failures=\""
        << failures << "\" errors=\"" << errors << "\">\n";
    for (std::size_t first = 0; first < failures;) {
      const std::uint32_t file = report.findings[first].range.file;
      std::size_t end = first;
      while (end < failures && report.findings[end].range.file == file) ++end;
      const std::string path = escapeXml(relativePath(report.files[file], context.root));
      out << "  <testsuite name=\"" << path << "\" tests=\"" << end - first << "\" failures=\""
          << end - first << "\" errors=\"0\">\n";
      for (; first < end; ++first) writeCase(report.findings[first], path, report, context, out);
      out << "  </testsuite>\n";
    }
    writeErrors(report, context, out);
    if (failures + errors == 0)
      out << "  <testsuite name=\"session-tidy\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
             "    <testcase classname=\"session-tidy\" name=\"no findings\"/>\n"
             "  </testsuite>\n";
    out << "</testsuites>\n";
  }

private:
  static void writeCase(const Finding& finding, const std::string& path, const Report& report,
                        const Context& context, std::ostream& out) {
    std::string text = placeOf(finding.range, report, context) + ": " + finding.message;
    for (const Note& note : finding.trace)
      text += "\n" + placeOf(note.range, report, context) + ": note: " + note.message;
    out << "    <testcase classname=\"" << path << "\" name=\"" << escapeXml(finding.rule)
        << " at line " << finding.range.begin.line << "\" file=\"" << path << "\" line=\""
        << finding.range.begin.line << "\">\n      <failure type=\"" << escapeXml(finding.rule)
        << "\" message=\"" << escapeXml(finding.message) << "\">" << escapeXml(text)
        << "</failure>\n    </testcase>\n";
  }

  static void writeErrors(const Report& report, const Context& context, std::ostream& out) {
    const std::size_t count = report.unitsFailed.size();
    if (count == 0) return;
    out << "  <testsuite name=\"units not checked\" tests=\"" << count
        << "\" failures=\"0\" errors=\"" << count << "\">\n";
    for (const std::string& unit : report.unitsFailed) {
      const std::string path = escapeXml(relativePath(unit, context.root));
      out << "    <testcase classname=\"" << path << "\" name=\"can be checked\" file=\"" << path
          << "\">\n      <error message=\"could not be checked whole; findings may be missing\"/>\n"
             "    </testcase>\n";
    }
    out << "  </testsuite>\n";
  }
};

class CheckstyleWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    out << declaration << "<checkstyle version=\"4.3\">\n";
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      const Finding& finding = report.findings[i];
      const std::uint32_t file = finding.range.file;
      if (i == 0 || report.findings[i - 1].range.file != file)
        out << "  <file name=\"" << escapeXml(relativePath(report.files[file], context.root))
            << "\">\n";
      out << "    <error line=\"" << finding.range.begin.line << "\" column=\""
          << finding.range.begin.column << "\" severity=\"" << severityOf(finding)
          << "\" message=\"" << escapeXml(finding.message) << "\" source=\""
          << escapeXml(finding.rule) << "\"/>\n";
      if (i + 1 == report.findings.size() || report.findings[i + 1].range.file != file)
        out << "  </file>\n";
    }
    out << "</checkstyle>\n";
  }

private:
  static std::string_view severityOf(const Finding& finding) {
    if (finding.severity == Severity::Style) return "info";
    return finding.severity == Severity::Warning ? "warning" : "error";
  }
};

} // namespace

std::unique_ptr<Writer> makeJunitWriter() {
  return std::make_unique<JunitWriter>();
}

std::unique_ptr<Writer> makeCheckstyleWriter() {
  return std::make_unique<CheckstyleWriter>();
}

} // namespace session_tidy::report
