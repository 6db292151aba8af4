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
  for (auto& [path, index] : indices_) {
    newIndex[index] = static_cast<std::uint32_t>(files.size());
    index = newIndex[index];
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

namespace {

/// The comments of one file, and those that silenced something.
struct FileComments {
  std::optional<driver::Suppressions> comments;
  std::set<std::size_t> used;
};

std::string textOf(const driver::Suppressions::Unmatched& comment, const std::string& path) {
  return path + ":" + std::to_string(comment.position.line) + ":" +
         std::to_string(comment.position.column) + ": " +
         (comment.isBegin ? "unmatched 'NOLINTBEGIN' comment without a subsequent 'NOLINTEND'"
                          : "unmatched 'NOLINTEND' comment without a previous 'NOLINTBEGIN'");
}

} // namespace

void ReportBuilder::dropSuppressed(SourceCache& sources, std::vector<std::string>& notices) {
  std::map<std::string, FileComments> byFile;
  const auto commentsOf = [&](const std::string& path) -> FileComments& {
    const auto [place, isNew] = byFile.try_emplace(path);
    if (const SourceText* text = isNew ? sources.get(path) : nullptr) {
      place->second.comments.emplace(*text);
      for (const auto& comment : place->second.comments->unmatched())
        notices.push_back(textOf(comment, path));
    }
    return place->second;
  };
  std::erase_if(report_.findings, [&](const Finding& finding) {
    FileComments& file = commentsOf(report_.files[finding.range.file]);
    if (!file.comments) return false;
    const auto silencer = file.comments->silencer(finding.rule, finding.range.begin);
    if (silencer) {
      file.used.insert(*silencer);
      ++report_.silenced[report_.files[finding.range.file]];
    }
    return silencer.has_value();
  });
  if (!policy_.requireReason && !policy_.reportUnused) return;
  for (const driver::SessionUse& use : report_.uses) judged_.insert(report_.files[use.range.file]);
  for (const auto& [path, file] : byFile) judged_.insert(path);
  for (const std::string& path : judged_)
    if (const FileComments& file = commentsOf(path); file.comments)
      judgeComments(path, *file.comments, file.used);
}

// Comments that name session-* rules, and those that silence findings of ours by any name.
void ReportBuilder::judgeComments(const std::string& path, const driver::Suppressions& comments,
                                  const std::set<std::size_t>& used) {
  const std::vector<driver::Suppressions::Written> written = comments.written();
  for (std::size_t i = 0; i < written.size(); ++i) {
    const driver::Suppressions::Written& comment = written[i];
    const bool named = comment.checks.find("session-") != std::string::npos;
    if (comment.isEnd || (!named && !used.contains(i))) continue;
    const std::string what = named ? "NOLINT(" + comment.checks + ")" : "NOLINT";
    if (policy_.reportUnused && !used.contains(i)) {
      if (couldSilence(comment.checks))
        addComment(path, comment.at, "this " + what + " silences nothing; it can go");
    } else if (policy_.requireReason && !comment.hasReason) {
      addComment(path, comment.at,
                 "this " + what + " gives no reason; write one after it, as in '" + what +
                     ": the pool owns it'");
    }
  }
}

/// Whether one of the rules that a comment names is in force.
bool ReportBuilder::couldSilence(const std::string& checks) const {
  if (!policy_.isActive) return true;
  const driver::GlobList list(checks);
  return std::ranges::any_of(list.items(), [&](const driver::GlobList::Item& item) {
    return item.pattern.find('*') != std::string::npos || policy_.isActive(item.pattern);
  });
}

void ReportBuilder::addComment(const std::string& path, Position at, std::string message) {
  const auto [place, isNew] =
      indices_.try_emplace(path, static_cast<std::uint32_t>(report_.files.size()));
  if (isNew) report_.files.push_back(path);
  Finding finding;
  finding.rule = suppressionRule;
  finding.severity = Severity::Style;
  finding.range = {.file = place->second, .begin = at, .end = at, .inMacro = false};
  finding.message = std::move(message);
  report_.findings.push_back(std::move(finding));
}

Report ReportBuilder::finish(SourceCache& sources, std::vector<std::string>& notices) {
  orderFiles();
  orderUses();
  driver::tidyUp(report_.findings);
  dropSuppressed(sources, notices);
  orderFiles(); // comments may have been reported, in files that were not there before
  driver::tidyUp(report_.findings);
  return std::move(report_);
}

} // namespace session_tidy::report
