// Between findings and JSON.
#include "report/JsonForm.h"

#include "driver/Words.h"
#include "model/JsonFields.h"
#include "report/Paths.h"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace session_tidy::report {

namespace {

using driver::SessionFeature;
using model::JsonFields;

constexpr std::array<std::pair<SessionFeature, std::string_view>, 13> featureWords{
    {{SessionFeature::Guards, "guards"},
     {SessionFeature::OwnsByObject, "owns-by-object"},
     {SessionFeature::Leases, "leases"},
     {SessionFeature::HoldsRaw, "holds-raw"},
     {SessionFeature::BeginsByHand, "begins-by-hand"},
     {SessionFeature::Commits, "commits"},
     {SessionFeature::RollsBack, "rolls-back"},
     {SessionFeature::HandlesFailure, "handles-failure"},
     {SessionFeature::Writes, "writes"},
     {SessionFeature::Borrows, "borrows"},
     {SessionFeature::Uses, "uses"},
     {SessionFeature::Loops, "loops"},
     {SessionFeature::Exempt, "exempt"}}};

SessionFeature readFeature(const JsonFields& json) {
  for (const auto& [feature, word] : featureWords)
    if (word == json.text()) return feature;
  json.fail(json.name() + " cannot be '" + json.text() + "'");
}

OrderedJson placeOf(const SourceRange& range, const Report& report, const Context& context) {
  return {{"file", relativePath(report.files[range.file], context.root)},
          {"start", {{"line", range.begin.line}, {"column", range.begin.column}}},
          {"end", {{"line", range.end.line}, {"column", range.end.column}}}};
}

/// Reads places over a growing table of files.
class Reader {
public:
  Reader(Report& report, const std::string& root) : report_(report), root_(root) {}

  Finding finding(const JsonFields& json) {
    Finding finding;
    finding.rule = json.at("rule").text();
    finding.severity = word(json.at("severity"), driver::readSeverity);
    finding.confidence = word(json.at("confidence"), driver::readConfidence);
    finding.message = json.at("message").text();
    finding.function = json.at("function").text();
    finding.range = range(json.at("location"));
    for (const JsonFields& note : json.at("trace").items())
      finding.trace.push_back(
          {.range = range(note.at("location")), .message = note.at("message").text()});
    for (const JsonFields& fix : json.at("fixes").items()) {
      finding.fixes.push_back({.description = fix.at("description").text(),
                               .safe = fix.at("safe").truth(),
                               .edits = {}});
      for (const JsonFields& edit : fix.at("edits").items())
        finding.fixes.back().edits.push_back(
            {.range = range(edit.at("location")), .text = edit.at("text").text()});
    }
    return finding;
  }

  driver::SessionUse use(const JsonFields& json) {
    driver::SessionUse use{.range = range(json.at("location")),
                           .body = {},
                           .function = json.at("name").text(),
                           .features = 0};
    use.body = use.range; // is not told, and only asked for while it is linted
    for (const JsonFields& word : json.at("sessions").items()) use.features |= readFeature(word);
    return use;
  }

  std::string absolute(const std::string& path) const {
    return (std::filesystem::path(root_) / path).lexically_normal().string();
  }

private:
  template <class Word>
  static Word word(const JsonFields& json, std::optional<Word> (*read)(std::string_view)) {
    const std::optional<Word> word = read(json.text());
    if (!word) json.fail(json.name() + " cannot be '" + json.text() + "'");
    return *word;
  }

  SourceRange range(const JsonFields& json) {
    const std::string path = absolute(json.at("file").text());
    const auto [place, isNew] =
        indices_.try_emplace(path, static_cast<std::uint32_t>(report_.files.size()));
    if (isNew) report_.files.push_back(path);
    return {.file = place->second,
            .begin = position(json.at("start")),
            .end = position(json.at("end")),
            .inMacro = false};
  }

  static Position position(const JsonFields& json) {
    return {.line = json.at("line").number(), .column = json.at("column").number()};
  }

  Report& report_;
  const std::string& root_;
  std::map<std::string, std::uint32_t> indices_;
};

} // namespace

OrderedJson toJson(const Finding& finding, const Report& report, const Context& context,
                   const std::string& fingerprint) {
  const auto place = [&](const SourceRange& range) { return placeOf(range, report, context); };
  OrderedJson trace = OrderedJson::array();
  for (const Note& note : finding.trace)
    trace.push_back({{"message", note.message}, {"location", place(note.range)}});
  OrderedJson fixes = OrderedJson::array();
  for (const Fix& fix : finding.fixes) {
    OrderedJson edits = OrderedJson::array();
    for (const Edit& edit : fix.edits)
      edits.push_back({{"location", place(edit.range)}, {"text", edit.text}});
    fixes.push_back(
        {{"description", fix.description}, {"safe", fix.safe}, {"edits", std::move(edits)}});
  }
  return {{"rule", finding.rule},
          {"severity", driver::word(finding.severity)},
          {"confidence", driver::word(finding.confidence)},
          {"message", finding.message},
          {"function", finding.function},
          {"location", place(finding.range)},
          {"trace", std::move(trace)},
          {"fixes", std::move(fixes)},
          {"fingerprint", fingerprint}};
}

OrderedJson toJson(const driver::SessionUse& use, const Report& report, const Context& context) {
  OrderedJson words = OrderedJson::array();
  for (const auto& [feature, word] : featureWords)
    if (use.has(feature)) words.push_back(word);
  return {{"name", use.function},
          {"location", placeOf(use.range, report, context)},
          {"sessions", std::move(words)}};
}

OrderedJson toJson(const Shard& shard) {
  return {{"index", shard.number.index},
          {"count", shard.number.count},
          {"of", {{"units", shard.countOfUnits}, {"digest", shard.allUnits}}},
          {"milliseconds", shard.units}};
}

std::string toText(const OrderedJson& json, int indent) {
  return json.dump(indent, ' ', false, OrderedJson::error_handler_t::replace);
}

namespace {

Shard toShard(const JsonFields& json) {
  Shard shard{.number = {.index = json.at("index").number(), .count = json.at("count").number()},
              .allUnits = json.at("of").at("digest").text(),
              .countOfUnits = json.at("of").at("units").number(),
              .units = {}};
  for (const JsonFields& unit : json.at("milliseconds").members())
    shard.units.emplace(unit.name(), unit.number());
  if (shard.number.index == 0 || shard.number.index > shard.number.count)
    json.at("index").fail("there is no part " + std::to_string(shard.number.index) + " of " +
                          std::to_string(shard.number.count));
  return shard;
}

/// What a file is that is not of our own format.
std::string hintFor(std::string_view text) {
  const std::string wanted = "merge reads what --output-format json has written";
  if (text.substr(0, 4096).find("sarif") != std::string_view::npos) // in its first lines
    return wanted + "; this is SARIF";
  return wanted + "; was the run that wrote it cut short?";
}

} // namespace

model::Result<Report> readJsonReport(std::string_view text, const std::string& file,
                                     const std::string& root) {
  Report report;
  const auto error = model::readFields(text, file, hintFor(text), [&](const JsonFields& json) {
    if (const auto name = json.at("tool").at("name"); name.text() != "session-tidy")
      name.fail("written by '" + name.text() + "', not by session-tidy");
    if (const auto version = json.at("version"); version.number() != 1)
      version.fail("version " + std::to_string(version.number()) + " is not known",
                   "another session-tidy has written it; all parts need the same");
    Reader reader(report, root);
    const JsonFields units = json.at("units");
    report.unitsChecked = units.at("checked").number();
    for (const JsonFields& unit : units.at("failed").items())
      report.unitsFailed.push_back(reader.absolute(unit.text()));
    if (json.has("shard")) report.shard = toShard(json.at("shard"));
    for (const JsonFields& finding : json.at("findings").items())
      report.findings.push_back(reader.finding(finding));
    if (json.has("functions"))
      for (const JsonFields& function : json.at("functions").items())
        report.uses.push_back(reader.use(function));
    if (json.has("silenced"))
      for (const JsonFields& file : json.at("silenced").members())
        report.silenced[reader.absolute(file.name())] = file.number();
  });
  if (error) return *error;
  return report;
}

} // namespace session_tidy::report
