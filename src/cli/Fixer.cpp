// Applying a report's fixes.
#include "cli/Fixer.h"

#include "fix/FileWriter.h"
#include "fix/UnifiedDiff.h"
#include "report/Paths.h"

#include <ostream>

namespace session_tidy::cli {

void Fixer::plan(bool unsafe) {
  plan_ = fix::planFixes(report_.findings, report_.files, sources_, unsafe);
  fixed_.insert(plan_.fixed.begin(), plan_.fixed.end());
  for (std::size_t i = 0; i < report_.findings.size(); ++i)
    if (!fixed_.contains(i)) explain(report_.findings[i], unsafe);
  for (const fix::HeldBack& held : plan_.heldBack) {
    const Finding& finding = report_.findings[held.finding];
    notices_.push_back(place(finding) + ": fix for " + finding.rule + " held back: it " +
                       held.reason);
  }
}

std::string Fixer::place(const Finding& finding) const {
  return report::relativePath(report_.files[finding.range.file], folder_) + ":" +
         std::to_string(finding.range.begin.line) + ":" +
         std::to_string(finding.range.begin.column);
}

void Fixer::explain(const Finding& finding, bool unsafe) {
  if (!finding.fixes.empty() && !unsafe)
    notices_.push_back(place(finding) + ": no safe fix for " + finding.rule +
                       ", but with --unsafe-fixes: " + finding.fixes.front().description);
  else if (finding.fixes.empty() && !finding.noFix.empty())
    notices_.push_back(place(finding) + ": no fix for " + finding.rule + ": " + finding.noFix);
}

void Fixer::writeDiff(std::ostream& out) {
  for (const auto& [file, replacements] : plan_.byFile) {
    const std::string& path = report_.files[file];
    const std::string& before = sources_.get(path)->text();
    out << fix::unifiedDiff(report::relativePath(path, folder_), before,
                            fix::apply(before, replacements));
  }
}

std::vector<std::string> Fixer::apply() {
  std::vector<std::string> errors;
  for (const auto& [file, replacements] : plan_.byFile) {
    const std::string& path = report_.files[file];
    const std::string& before = sources_.get(path)->text();
    // What the compiler saw is what the edits are for, not what is there by now.
    const auto seen = fingerprints_.find(path);
    const std::uint64_t expected = seen == fingerprints_.end() ? fingerprint(before) : seen->second;
    std::string error = fingerprint(before) == expected
                            ? fix::replaceFile(path, expected, fix::apply(before, replacements))
                            : path + " has changed since it was read; run again";
    if (error.empty()) continue;
    errors.push_back(std::move(error));
    giveUp(file);
  }
  return errors;
}

void Fixer::giveUp(std::uint32_t file) {
  std::erase_if(fixed_, [&](std::size_t index) {
    for (const Fix& fix : report_.findings[index].fixes)
      for (const Edit& edit : fix.edits)
        if (edit.range.file == file) return true;
    return false;
  });
}

} // namespace session_tidy::cli
