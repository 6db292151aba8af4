// Between findings and JSON.
#include "report/JsonForm.h"

#include "driver/Words.h"
#include "report/Paths.h"

#include <filesystem>
#include <map>
#include <stdexcept>
#include <utility>

namespace session_tidy::report {

namespace {

OrderedJson toJson(Position position) {
  return {{"line", position.line}, {"column", position.column}};
}

/// Reads places over a growing table of files.
class Reader {
public:
  Reader(Report& report, const std::string& root) : report_(report), root_(root) {}

  Finding finding(const nlohmann::json& json) {
    Finding finding;
    finding.rule = json.at("rule");
    finding.severity = word(driver::readSeverity(json.at("severity").get<std::string>()));
    finding.confidence = word(driver::readConfidence(json.at("confidence").get<std::string>()));
    finding.message = json.at("message");
    finding.function = json.at("function");
    finding.range = range(json.at("location"));
    for (const auto& note : json.at("trace"))
      finding.trace.push_back({.range = range(note.at("location")), .message = note.at("message")});
    for (const auto& fix : json.at("fixes")) {
      finding.fixes.push_back(
          {.description = fix.at("description"), .safe = fix.at("safe"), .edits = {}});
      for (const auto& edit : fix.at("edits"))
        finding.fixes.back().edits.push_back(
            {.range = range(edit.at("location")), .text = edit.at("text")});
    }
    return finding;
  }

  std::string absolute(const std::string& path) const {
    return (std::filesystem::path(root_) / path).lexically_normal().string();
  }

private:
  template <class Word>
  static Word word(const std::optional<Word>& read) {
    if (!read) throw std::runtime_error("an unknown severity or confidence");
    return *read;
  }

  SourceRange range(const nlohmann::json& json) {
    const std::string path = absolute(json.at("file"));
    const auto [place, isNew] =
        indices_.try_emplace(path, static_cast<std::uint32_t>(report_.files.size()));
    if (isNew) report_.files.push_back(path);
    return {.file = place->second,
            .begin = position(json.at("start")),
            .end = position(json.at("end")),
            .inMacro = false};
  }

  static Position position(const nlohmann::json& json) {
    return {.line = json.at("line"), .column = json.at("column")};
  }

  Report& report_;
  const std::string& root_;
  std::map<std::string, std::uint32_t> indices_;
};

} // namespace

OrderedJson toJson(const Finding& finding, const Report& report, const Context& context,
                   const std::string& fingerprint) {
  const auto place = [&](const SourceRange& range) {
    return OrderedJson{{"file", relativePath(report.files[range.file], context.root)},
                       {"start", toJson(range.begin)},
                       {"end", toJson(range.end)}};
  };
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

Shard toShard(const nlohmann::json& json) {
  Shard shard{.number = {.index = json.at("index"), .count = json.at("count")},
              .allUnits = json.at("of").at("digest"),
              .countOfUnits = json.at("of").at("units"),
              .units = json.at("milliseconds")};
  if (shard.number.index == 0 || shard.number.index > shard.number.count)
    throw std::runtime_error("a part that cannot be");
  return shard;
}

} // namespace

ReadReport readJsonReport(std::string_view text, const std::string& root) {
  ReadReport result;
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("tool").at("name") != "session-tidy" || json.at("version") != 1)
      throw std::runtime_error("not of version 1 of session-tidy's own format");
    Reader reader(result.report, root);
    const auto& units = json.at("units");
    result.report.unitsChecked = units.at("checked");
    for (const auto& unit : units.at("failed"))
      result.report.unitsFailed.push_back(reader.absolute(unit));
    if (json.contains("shard")) result.report.shard = toShard(json.at("shard"));
    for (const auto& finding : json.at("findings"))
      result.report.findings.push_back(reader.finding(finding));
  } catch (const std::exception& error) {
    result = {.report = {}, .error = error.what()};
  }
  return result;
}

} // namespace session_tidy::report
