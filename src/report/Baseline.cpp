// Reading, writing and applying baselines.
#include "report/Baseline.h"

#include "report/Fingerprint.h"
#include "report/JsonForm.h"
#include "report/Paths.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace session_tidy::report {

namespace {

auto orderOf(const Baseline::Entry& entry) {
  return std::tie(entry.file, entry.rule, entry.fingerprint);
}

} // namespace

std::optional<Baseline> Baseline::read(std::string_view text, std::string& error) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("version") != 1) throw std::runtime_error("a version that is not known");
    Baseline baseline;
    for (const auto& item : json.at("findings"))
      baseline.entries_.push_back({.rule = item.at("rule"),
                                   .file = item.at("file"),
                                   .function = item.at("function"),
                                   .message = item.at("message"),
                                   .fingerprint = item.at("fingerprint")});
    std::ranges::sort(baseline.entries_, {}, orderOf);
    return baseline;
  } catch (const std::exception& problem) {
    error = problem.what();
    return std::nullopt;
  }
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
  return toText({{"version", 1}, {"findings", std::move(findings)}}) + "\n";
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
