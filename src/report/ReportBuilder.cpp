// Merging, ordering and filtering findings.
#include "report/ReportBuilder.h"

#include "driver/Linter.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace session_tidy::report {

namespace {

/// Calls `change` for every range in a finding.
template <class Change>
void eachRange(Finding& finding, const Change& change) {
  change(finding.range);
  for (Note& note : finding.trace) change(note.range);
  for (Fix& fix : finding.fixes)
    for (Edit& edit : fix.edits) change(edit.range);
}

} // namespace

void ReportBuilder::add(const std::vector<std::string>& files, std::vector<Finding> findings,
                        std::vector<driver::SessionUse> uses) {
  const auto move = [&](SourceRange& range) {
    const std::string& path = files[range.file];
    const auto [place, isNew] =
        indices_.try_emplace(path, static_cast<std::uint32_t>(report_.files.size()));
    if (isNew) report_.files.push_back(path);
    range.file = place->second;
  };
  for (Finding& finding : findings) {
    eachRange(finding, move);
    report_.findings.push_back(std::move(finding));
  }
  for (driver::SessionUse& use : uses) {
    move(use.range);
    move(use.body);
    report_.uses.push_back(std::move(use));
  }
}

// A function of a header is seen in many units, of a template with many types: what any of them
// does counts.
void ReportBuilder::orderUses() {
  const auto place = [](const driver::SessionUse& use) {
    return std::tie(use.range.file, use.range.begin, use.function);
  };
  std::ranges::sort(report_.uses, {}, place);
  std::vector<driver::SessionUse> uses;
  for (driver::SessionUse& use : report_.uses) {
    if (!uses.empty() && place(uses.back()) == place(use))
      uses.back().features |= use.features;
    else
      uses.push_back(std::move(use));
  }
  report_.uses = std::move(uses);
}

// Indices in the order of the paths, so that an order by index is one by path.
void ReportBuilder::orderFiles() {
  std::vector<std::uint32_t> newIndex(report_.files.size());
  std::vector<std::string> files;
  for (const auto& [path, index] : indices_) {
    newIndex[index] = static_cast<std::uint32_t>(files.size());
    files.push_back(path);
  }
  for (Finding& finding : report_.findings)
    eachRange(finding, [&](SourceRange& range) { range.file = newIndex[range.file]; });
  for (driver::SessionUse& use : report_.uses) {
    use.range.file = newIndex[use.range.file];
    use.body.file = newIndex[use.body.file];
  }
  report_.files = std::move(files);
}

void ReportBuilder::dropSuppressed(SourceCache& sources, std::vector<std::string>& notices) {
  std::map<std::uint32_t, std::optional<driver::Suppressions>> byFile;
  std::erase_if(report_.findings, [&](const Finding& finding) {
    const auto [place, isNew] = byFile.try_emplace(finding.range.file);
    if (isNew) {
      const std::string& path = report_.files[finding.range.file];
      if (const SourceText* text = sources.get(path)) {
        place->second.emplace(*text);
        for (const auto& comment : place->second->unmatched())
          notices.push_back(
              path + ":" + std::to_string(comment.position.line) + ":" +
              std::to_string(comment.position.column) + ": " +
              (comment.isBegin ? "unmatched 'NOLINTBEGIN' comment without a subsequent 'NOLINTEND'"
                               : "unmatched 'NOLINTEND' comment without a previous 'NOLINTBEGIN'"));
      }
    }
    return place->second && place->second->silences(finding.rule, finding.range.begin);
  });
}

Report ReportBuilder::finish(SourceCache& sources, std::vector<std::string>& notices) {
  orderFiles();
  orderUses();
  driver::tidyUp(report_.findings);
  dropSuppressed(sources, notices);
  return std::move(report_);
}

} // namespace session_tidy::report
