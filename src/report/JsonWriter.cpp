// Formats `json`, everything that is known about each finding in a form of our own
// (docs/output.md), and `jsonl`, the findings alone, one on each line.
#include "report/JsonForm.h"
#include "report/Paths.h"
#include "report/Writers.h"

#include <ostream>
#include <utility>

namespace session_tidy::report {

namespace {

class JsonWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    OrderedJson findings = OrderedJson::array();
    Fingerprints fingerprints(report, context.sources, context.root);
    for (const Finding& finding : report.findings)
      findings.push_back(toJson(finding, report, context, fingerprints.of(finding)));
    OrderedJson failed = OrderedJson::array();
    for (const std::string& unit : report.unitsFailed)
      failed.push_back(relativePath(unit, context.root));
    OrderedJson document{
        {"version", 1},
        {"tool", {{"name", "session-tidy"}, {"version", SESSION_TIDY_VERSION}}},
        {"units", {{"checked", report.unitsChecked}, {"failed", std::move(failed)}}}};
    if (report.shard) document["shard"] = toJson(*report.shard);
    document["findings"] = std::move(findings);
    document["functions"] = OrderedJson::array();
    for (const driver::SessionUse& use : report.uses)
      document["functions"].push_back(toJson(use, report, context));
    document["silenced"] = OrderedJson::object();
    for (const auto& [file, count] : report.silenced)
      document["silenced"][relativePath(file, context.root)] = count;
    out << toText(document) << '\n';
  }
};

class JsonLinesWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    Fingerprints fingerprints(report, context.sources, context.root);
    for (const Finding& finding : report.findings)
      out << toText(toJson(finding, report, context, fingerprints.of(finding)), -1) << '\n';
  }
};

} // namespace

std::unique_ptr<Writer> makeJsonWriter() {
  return std::make_unique<JsonWriter>();
}

std::unique_ptr<Writer> makeJsonLinesWriter() {
  return std::make_unique<JsonLinesWriter>();
}

} // namespace session_tidy::report
