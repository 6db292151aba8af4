// Results as CBOR: short arrays instead of objects, since there may be thousands.
#include "cli/UnitResult.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace session_tidy::cli {

namespace {

using Json = nlohmann::json;

// Texts of sources need not be UTF-8, and CBOR's strings must be: bytes travel as bytes.
Json fromText(const std::string& text) {
  return Json::binary({text.begin(), text.end()});
}

std::string toText(const Json& json) {
  const auto& bytes = json.get_binary();
  return {bytes.begin(), bytes.end()};
}

template <class Items, class Write>
Json fromList(const Items& items, const Write& write) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(write(item));
  return list;
}

template <class Item, class Read>
std::vector<Item> toList(const Json& json, const Read& read) {
  if (!json.is_array()) throw std::range_error("not a list");
  std::vector<Item> items;
  items.reserve(json.size());
  for (const Json& item : json) items.push_back(read(item));
  return items;
}

Json fromRange(const SourceRange& range) {
  return Json::array({range.file, range.begin.line, range.begin.column, range.end.line,
                      range.end.column, range.inMacro ? 1 : 0});
}

SourceRange toRange(const Json& json) {
  const auto number = [&](std::size_t i) { return json.at(i).get<std::uint32_t>(); };
  return {.file = number(0),
          .begin = {.line = number(1), .column = number(2)},
          .end = {.line = number(3), .column = number(4)},
          .inMacro = number(5) != 0};
}

Json fromNote(const Note& note) {
  return Json::array({fromRange(note.range), fromText(note.message)});
}

Note toNote(const Json& json) {
  return {.range = toRange(json.at(0)), .message = toText(json.at(1))};
}

Json fromEdit(const Edit& edit) {
  return Json::array({fromRange(edit.range), fromText(edit.text), fromText(edit.once)});
}

Edit toEdit(const Json& json) {
  return {.range = toRange(json.at(0)), .text = toText(json.at(1)), .once = toText(json.at(2))};
}

Json fromFix(const Fix& fix) {
  return Json::array({fromText(fix.description), fix.safe, fromList(fix.edits, fromEdit)});
}

Fix toFix(const Json& json) {
  return {.description = toText(json.at(0)),
          .safe = json.at(1).get<bool>(),
          .edits = toList<Edit>(json.at(2), toEdit)};
}

Json fromGivenUp(const GivenUp& one) {
  return Json::array({fromRange(one.range), fromText(one.function)});
}

GivenUp toGivenUp(const Json& json) {
  return {.range = toRange(json.at(0)), .function = toText(json.at(1))};
}

template <class Word>
Word toEnum(const Json& json, Word last) {
  const auto value = json.get<std::uint8_t>();
  if (value > static_cast<std::uint8_t>(last)) throw std::range_error("unknown word");
  return static_cast<Word>(value);
}

Json fromFinding(const Finding& finding) {
  return Json::array({fromText(finding.rule), static_cast<int>(finding.severity),
                      static_cast<int>(finding.confidence), fromRange(finding.range),
                      fromText(finding.message), fromText(finding.function),
                      fromList(finding.trace, fromNote), fromList(finding.fixes, fromFix),
                      fromText(finding.noFix)});
}

Finding toFinding(const Json& json) {
  return {.rule = toText(json.at(0)),
          .severity = toEnum(json.at(1), Severity::Error),
          .confidence = toEnum(json.at(2), Confidence::Certain),
          .range = toRange(json.at(3)),
          .message = toText(json.at(4)),
          .function = toText(json.at(5)),
          .trace = toList<Note>(json.at(6), toNote),
          .fixes = toList<Fix>(json.at(7), toFix),
          .remedies = {},
          .noFix = toText(json.at(8))};
}

Json fromUse(const driver::SessionUse& use) {
  return Json::array(
      {fromRange(use.range), fromRange(use.body), fromText(use.function), use.features});
}

driver::SessionUse toUse(const Json& json) {
  return {.range = toRange(json.at(0)),
          .body = toRange(json.at(1)),
          .function = toText(json.at(2)),
          .features = json.at(3).get<std::uint32_t>()};
}

/// Whether every range names a file that is there: damaged bytes must not lead astray.
bool isSound(const UnitResult& result) {
  const auto fits = [&](const SourceRange& range) { return range.file < result.files.size(); };
  for (const Finding& finding : result.findings) {
    if (!fits(finding.range)) return false;
    for (const Note& note : finding.trace)
      if (!fits(note.range)) return false;
    for (const Fix& fix : finding.fixes)
      for (const Edit& edit : fix.edits)
        if (!fits(edit.range)) return false;
  }
  for (const driver::SessionUse& use : result.uses)
    if (!fits(use.range) || !fits(use.body)) return false;
  return std::ranges::all_of(result.givenUp, [&](const GivenUp& one) { return fits(one.range); });
}

} // namespace

std::string encode(const UnitResult& result) {
  const Json json = Json::array(
      {static_cast<int>(result.status), fromText(result.diagnostics),
       fromList(result.files, fromText), result.fingerprints,
       fromList(result.findings, fromFinding), fromList(result.uses, fromUse), result.milliseconds,
       fromText(result.configError), result.functions, fromList(result.givenUp, fromGivenUp)});
  std::string bytes;
  Json::to_cbor(json, bytes);
  return bytes;
}

std::optional<UnitResult> decodeUnitResult(std::string_view bytes) {
  try {
    const Json json = Json::from_cbor(bytes);
    UnitResult result{.status = toEnum(json.at(0), UnitStatus::TimedOut),
                      .diagnostics = toText(json.at(1)),
                      .files = toList<std::string>(json.at(2), toText),
                      .fingerprints = json.at(3).get<std::vector<std::uint64_t>>(),
                      .findings = toList<Finding>(json.at(4), toFinding),
                      .uses = toList<driver::SessionUse>(json.at(5), toUse),
                      .functions = json.at(8).get<std::uint32_t>(),
                      .givenUp = toList<GivenUp>(json.at(9), toGivenUp),
                      .milliseconds = json.at(6).get<std::uint32_t>(),
                      .configError = toText(json.at(7))};
    if (!isSound(result)) return std::nullopt;
    return result;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

} // namespace session_tidy::cli
