// Format `sarif`: SARIF 2.1.0 as code scanning services and IDE viewers want it.
//
// Paths are relative to the repository, regions count UTF-16 units, the path of a finding is a code
// flow.
#include "driver/Words.h"
#include "report/Fingerprint.h"
#include "report/Paths.h"
#include "report/SourceColumns.h"
#include "report/Writers.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <ostream>

namespace session_tidy::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view levelOf(Severity severity) {
  switch (severity) {
  case Severity::Style:
    return "note";
  case Severity::Warning:
    return "warning";
  case Severity::Error:
    return "error";
  }
  return "none";
}

/// The column, from 1, in UTF-16 units.
std::uint32_t utf16Column(std::string_view line, std::uint32_t column) {
  std::uint32_t units = 1;
  for (std::size_t at = 0; at < line.size() && at + 1 < column;) {
    const CodePoint c = codePointAt(line, at);
    units += c.length == 4 ? 2 : 1;
    at += std::max<std::size_t>(c.length, 1);
  }
  return units;
}

class SarifRun {
public:
  SarifRun(const Report& report, Context& context)
      : report_(report), context_(context), fingerprints_(report, context.sources, context.root) {}

  Json run() {
    Json results = Json::array();
    for (const Finding& finding : report_.findings) results.push_back(result(finding));
    Json notifications = Json::array();
    for (const std::string& unit : report_.unitsFailed)
      notifications.push_back(
          {{"level", "error"},
           {"message",
            {{"text", relativePath(unit, context_.root) +
                          " could not be checked whole; findings may be missing"}}}});
    Json run{
        {"tool", {{"driver", driver()}}},
        {"columnKind", "utf16CodeUnits"},
        {"invocations", Json::array({{{"executionSuccessful", report_.unitsFailed.empty()},
                                      {"toolExecutionNotifications", std::move(notifications)}}})},
        {"results", std::move(results)}};
    // Services keep one analysis for each id: parts of a whole must not replace one another.
    if (report_.shard)
      run["automationDetails"] = {{"id", "session-tidy/" +
                                             std::to_string(report_.shard->number.index) + "-of-" +
                                             std::to_string(report_.shard->number.count) + "/"}};
    return run;
  }

private:
  Json driver() const {
    Json rules = Json::array();
    for (const RuleText& rule : context_.rules) {
      const std::string text(rule.page.empty() ? rule.summary : rule.page);
      rules.push_back({{"id", rule.name},
                       {"shortDescription", {{"text", rule.summary}}},
                       {"fullDescription", {{"text", rule.summary}}},
                       {"help", {{"text", text}, {"markdown", text}}},
                       {"defaultConfiguration", {{"level", levelOf(rule.severity)}}},
                       {"properties",
                        {{"tags", {"database", "session"}},
                         {"problem.severity", rule.severity == Severity::Style
                                                  ? "recommendation"
                                                  : driver::word(rule.severity)}}}});
    }
    return {{"name", "session-tidy"},
            {"semanticVersion", SESSION_TIDY_VERSION},
            {"rules", std::move(rules)}};
  }

  std::string_view lineText(std::uint32_t file, std::uint32_t line) {
    const SourceText* text = context_.sources.get(report_.files[file]);
    return text == nullptr ? std::string_view() : text->line(line);
  }

  Json artifact(std::uint32_t file) const {
    return {{"uri", pathToUri(relativePath(report_.files[file], context_.root))}};
  }

  Json region(const SourceRange& range) {
    const auto column = [&](Position position) {
      return utf16Column(lineText(range.file, position.line), position.column);
    };
    Json region{{"startLine", range.begin.line}, {"startColumn", column(range.begin)}};
    if (range.begin < range.end) {
      region["endLine"] = range.end.line;
      region["endColumn"] = column(range.end);
    }
    return region;
  }

  Json location(const SourceRange& range) {
    return {{"physicalLocation",
             {{"artifactLocation", artifact(range.file)}, {"region", region(range)}}}};
  }

  Json result(const Finding& finding) {
    const auto rule = std::ranges::find_if(
        context_.rules, [&](const RuleText& candidate) { return candidate.name == finding.rule; });
    Json result{{"ruleId", finding.rule}};
    if (rule != context_.rules.end()) result["ruleIndex"] = rule - context_.rules.begin();
    result["level"] = levelOf(finding.severity);
    result["message"] = {{"text", finding.message}};
    result["locations"] = Json::array({location(finding.range)});
    result["partialFingerprints"] = {{"primaryLocationLineHash", lineHash(finding.range)},
                                     {"sessionTidy/v1", fingerprints_.of(finding)}};
    addTrace(finding, result);
    if (!finding.fixes.empty()) result["fixes"] = fixes(finding);
    result["properties"] = {{"confidence", driver::word(finding.confidence)}};
    return result;
  }

  std::string lineHash(const SourceRange& range) {
    const auto [place, isNew] = lineHashes_.try_emplace(range.file);
    if (isNew)
      if (const SourceText* text = context_.sources.get(report_.files[range.file]))
        place->second = lineHashes(text->text());
    const std::size_t index = range.begin.line - 1;
    return index < place->second.size() ? place->second[index] : "0:1";
  }

  void addTrace(const Finding& finding, Json& result) {
    if (finding.trace.empty()) return;
    Json steps = Json::array();
    Json related = Json::array();
    for (const Note& note : finding.trace) {
      Json place = location(note.range);
      place["message"] = {{"text", note.message}};
      steps.push_back({{"location", place}});
      place["id"] = related.size() + 1;
      related.push_back(std::move(place));
    }
    result["codeFlows"] =
        Json::array({{{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}}});
    result["relatedLocations"] = std::move(related);
  }

  Json fixes(const Finding& finding) {
    Json fixes = Json::array();
    for (const Fix& fix : finding.fixes) {
      std::map<std::uint32_t, Json> byFile;
      for (const Edit& edit : fix.edits) {
        Json deleted = region(edit.range);
        if (!deleted.contains("endLine")) { // an insertion
          deleted["endLine"] = deleted["startLine"];
          deleted["endColumn"] = deleted["startColumn"];
        }
        byFile.try_emplace(edit.range.file, Json::array())
            .first->second.push_back({{"deletedRegion", std::move(deleted)},
                                      {"insertedContent", {{"text", edit.text}}}});
      }
      Json changes = Json::array();
      for (auto& [file, replacements] : byFile)
        changes.push_back(
            {{"artifactLocation", artifact(file)}, {"replacements", std::move(replacements)}});
      fixes.push_back(
          {{"description", {{"text", fix.description}}}, {"artifactChanges", std::move(changes)}});
    }
    return fixes;
  }

  const Report& report_;
  Context& context_;
  Fingerprints fingerprints_;
  std::map<std::uint32_t, std::vector<std::string>> lineHashes_;
};

class SarifWriter : public Writer {
public:
  void write(const Report& report, Context& context, std::ostream& out) const override {
    const Json document{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"},
                        {"runs", Json::array({SarifRun(report, context).run()})}};
    out << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  }
};

} // namespace

std::unique_ptr<Writer> makeSarifWriter() {
  return std::make_unique<SarifWriter>();
}

} // namespace session_tidy::report
