// Reading, writing and applying baselines.
#include "report/Baseline.h"

#include "model/JsonFields.h"
#include "report/Fingerprint.h"
#include "report/JsonForm.h"
#include "report/Paths.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

namespace session_tidy::report {

namespace {

constexpr std::uint32_t formatVersion = 1;

auto orderOf(const Baseline::Entry& entry) {
  return std::tie(entry.file, entry.rule, entry.fingerprint);
}

} // namespace

model::Result<Baseline> Baseline::read(std::string_view text, const std::string& file) {
  const bool conflict = text.starts_with("<<<<<<< ") || text.find("\n<<<<<<< ") != text.npos;
  const std::string hint = conflict ? "a merge has left it in two versions: take either, then run "
                                      "session-tidy baseline update"
                                    : "not a baseline, or a damaged one: restore it from version "
                                      "control, or delete it and run session-tidy baseline update";
  Baseline baseline;
  const auto error = model::readFields(text, file, hint, [&](const model::JsonFields& json) {
    if (const auto version = json.at("version"); version.number() != formatVersion)
      version.fail("version " + std::to_string(version.number()) + " of baselines is not known",
                   "a newer session-tidy has written it");
    for (const auto& item : json.at("findings").items())
      baseline.entries_.push_back({.rule = item.at("rule").text(),
                                   .file = item.at("file").text(),
                                   .function = item.at("function").text(),
                                   .message = item.at("message").text(),
                                   .fingerprint = item.at("fingerprint").text()});
  });
  if (error) return *error;
  std::ranges::sort(baseline.entries_, {}, orderOf);
  return baseline;
}

Baseline Baseline::of(const Report& report, SourceCache& sources, const std::string& root) {
  Baseline baseline;
  Fingerprints fingerprints(report, sources, root);
  for (const Finding& finding : report.findings)
    baseline.entries_.push_back({.rule = finding.rule,
                                 .file = relativePath(report.files[finding.range.file], root),
                                 .function = finding.function,
                                 .message = finding.message,
                                 .fingerprint = fingerprints.of(finding)});
  std::ranges::sort(baseline.entries_, {}, orderOf);
  return baseline;
}

std::string Baseline::text() const {
  OrderedJson findings = OrderedJson::array();
  for (const Entry& entry : entries_)
    findings.push_back({{"rule", entry.rule},
                        {"file", entry.file},
                        {"function", entry.function},
                        {"message", entry.message},
                        {"fingerprint", entry.fingerprint}});
  return toText({{"version", formatVersion}, {"findings", std::move(findings)}}) + "\n";
}

std::vector<Baseline::Entry>
Baseline::apply(Report& report, SourceCache& sources, const std::string& root,
                const std::function<bool(const std::string&)>& wasLookedAt) const {
  std::map<std::pair<std::string, std::string>, bool> found; // by file and fingerprint
  for (const Entry& entry : entries_) found[{entry.file, entry.fingerprint}] = false;
  Fingerprints fingerprints(report, sources, root);
  std::vector<Finding> rest;
  for (Finding& finding : report.findings) {
    const auto known = found.find(
        {relativePath(report.files[finding.range.file], root), fingerprints.of(finding)});
    if (known != found.end())
      known->second = true;
    else
      rest.push_back(std::move(finding));
  }
  report.findings = std::move(rest);
  std::vector<Entry> stale;
  for (const Entry& entry : entries_)
    if (!found[{entry.file, entry.fingerprint}] && wasLookedAt(entry.file)) stale.push_back(entry);
  return stale;
}

void Baseline::remove(const std::vector<Entry>& entries) {
  std::erase_if(entries_, [&](const Entry& entry) {
    return std::ranges::find(entries, entry) != entries.end();
  });
}

void Baseline::add(const std::vector<Entry>& entries) {
  entries_.insert(entries_.end(), entries.begin(), entries.end());
  std::ranges::sort(entries_, {}, orderOf);
}

} // namespace session_tidy::report
