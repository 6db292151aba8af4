// Format `json`: everything that is known about each finding, in a form of our own
// (docs/output.md).
#include "driver/Words.h"
#include "report/Fingerprint.h"
#include "report/Paths.h"
#include "report/Writers.h"

#include <nlohmann/json.hpp>

#include <ostream>

namespace session_tidy::report {

namespace {

using Json = nlohmann::ordered_json;

class JsonWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    const auto path = [&](std::uint32_t file) {
      return relativePath(report.files[file], context.root);
    };
    const auto place = [&](const SourceRange& range) {
      return Json{{"file", path(range.file)},
                  {"start", {{"line", range.begin.line}, {"column", range.begin.column}}},
                  {"end", {{"line", range.end.line}, {"column", range.end.column}}}};
    };
    Json findings = Json::array();
    Fingerprints fingerprints(report, context.sources);
    for (const Finding& finding : report.findings) {
      Json trace = Json::array();
      for (const Note& note : finding.trace)
        trace.push_back({{"message", note.message}, {"location", place(note.range)}});
      Json fixes = Json::array();
      for (const Fix& fix : finding.fixes) {
        Json edits = Json::array();
        for (const Edit& edit : fix.edits)
          edits.push_back({{"location", place(edit.range)}, {"text", edit.text}});
        fixes.push_back(
            {{"description", fix.description}, {"safe", fix.safe}, {"edits", std::move(edits)}});
      }
      findings.push_back({{"rule", finding.rule},
                          {"severity", driver::word(finding.severity)},
                          {"confidence", driver::word(finding.confidence)},
                          {"message", finding.message},
                          {"function", finding.function},
                          {"location", place(finding.range)},
                          {"trace", std::move(trace)},
                          {"fixes", std::move(fixes)},
                          {"fingerprint", fingerprints.of(finding)}});
    }
    Json failed = Json::array();
    for (const std::string& unit : report.unitsFailed)
      failed.push_back(relativePath(unit, context.root));
    const Json document{{"version", 1},
                        {"tool", {{"name", "session-tidy"}, {"version", SESSION_TIDY_VERSION}}},
                        {"units", {{"checked", report.unitsChecked}, {"failed", failed}}},
                        {"findings", std::move(findings)}};
    out << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  }
};

} // namespace

std::unique_ptr<Writer> makeJsonWriter() {
  return std::make_unique<JsonWriter>();
}

} // namespace session_tidy::report
