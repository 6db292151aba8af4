// Running the engine and the rules, and folding what they say.
#include "driver/Linter.h"

#include "fix/Planner.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace session_tidy::driver {

namespace {

auto place(const Finding& finding) {
  return std::tie(finding.range.file, finding.range.begin, finding.rule, finding.range.end);
}

// At one place: the surer one first, then the one that is told in fewer steps; in the end by what
// the steps are, so that the same one stays in whatever order they come in.
bool comesBefore(const Finding& a, const Finding& b) {
  if (place(a) != place(b)) return place(a) < place(b);
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (a.trace.size() != b.trace.size()) return a.trace.size() < b.trace.size();
  if (a.message != b.message) return a.message < b.message;
  return std::ranges::lexicographical_compare(
      a.trace, b.trace, [](const Note& one, const Note& other) {
        return std::tie(one.range.file, one.range.begin, one.message) <
               std::tie(other.range.file, other.range.begin, other.message);
      });
}

bool editsMacro(const Fix& fix) {
  return std::ranges::any_of(fix.edits, [](const Edit& edit) { return edit.range.inMacro; });
}

// The same place seen again: a fix stays only if all agree on it, since one text cannot be mended
// for one instantiation alone.
void fold(Finding& first, const Finding& again) {
  std::vector<Fix> fixes;
  if (first.remedies.empty()) first.remedies = again.remedies;
  for (const Fix& fix : first.fixes)
    if (std::ranges::find(again.fixes, fix) != again.fixes.end()) fixes.push_back(fix);
  first.fixes = std::move(fixes);
}

} // namespace

void tidyUp(std::vector<Finding>& findings) {
  std::ranges::sort(findings, comesBefore);
  std::vector<Finding> kept;
  kept.reserve(findings.size());
  for (Finding& finding : findings) {
    std::erase_if(finding.fixes, editsMacro);
    if (!kept.empty() && place(kept.back()) == place(finding))
      fold(kept.back(), finding);
    else
      kept.push_back(std::move(finding));
  }
  findings = std::move(kept);
}

std::vector<Finding> lint(const ir::Unit& unit, std::span<const Rule* const> rules,
                          const LintOptions& options) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < unit.functions.size(); ++i) {
    const analysis::FunctionResult result =
        analysis::analyse(unit, unit.functions[i], options.engine);
    if (options.statistics != nullptr) {
      ++options.statistics->functions;
      if (result.gaveUp || result.partly) options.statistics->givenUp.push_back(i);
    }
    for (const Rule* rule : rules) rule->check(unit, result, findings);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return finding.confidence < options.minConfidence || !finding.range.isValid();
  });
  if (options.config != nullptr && !options.config->exempt.empty()) {
    std::set<std::uint32_t> exempt;
    for (std::uint32_t file = 0; file < unit.files.size(); ++file)
      if (options.config->isExempt(unit.files[file])) exempt.insert(file);
    std::erase_if(findings,
                  [&](const Finding& finding) { return exempt.contains(finding.range.file); });
  }
  tidyUp(findings);
  if (options.texts != nullptr) fix::Planner(*options.texts).run(findings);
  return findings;
}

} // namespace session_tidy::driver
