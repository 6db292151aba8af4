// session-unfinished-transaction: begun, and on some path neither committed nor rolled back; or a
// guard that wrote and that no path commits.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

#include <algorithm>

namespace session_tidy {
namespace {

using analysis::Leaving;
using analysis::Observation;
using analysis::What;
using analysis::Work;

class UnfinishedTransaction : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-unfinished-transaction",
        .summary =
            "A transaction is begun and on some path neither committed nor rolled back, or it writes and is never committed.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Possible, .highest = Confidence::Certain},
        .fixes = Fixes::SafeOrUnsafe};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    std::vector<RuleOption> all = ProjectGuard::options();
    all.insert(all.begin(),
               {"CheckGuards", "true", "report guards that write and that no path commits"});
    return all;
  }

  void configure(const RuleSettings& settings) override {
    guard_ = ProjectGuard::from(settings);
    if (const auto at = settings.find("CheckGuards"); at != settings.end())
      guards_ = isYes(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& verdict : openTransactions(story, result)) {
      if (verdict.falls != OpenVerdict::Falls::Unfinished) continue;
      const SourceRange at = beginPlace(story, *verdict.observation);
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), verdict.confidence, at);
      finding.message = openMessage(story, *verdict.observation);
      finding.trace = story.notes(*verdict.observation);
      addExit(story, *verdict.observation, finding);
      finding.remedies.push_back(guardTransaction(unit, story, *verdict.observation, guard_));
      finding.remedies.back().openAtReturn = true;
      findings.push_back(std::move(finding));
    }
    if (!guards_) return;
    for (const auto& observation : result.observations) {
      if (!isForgotten(story, observation) || isUnnamed(story, observation) ||
          hasAnotherInside(story, result, observation))
        continue;
      const model::Kind& kind = story.kind(observation.object);
      const bool guard = kind.role == model::Role::Transaction && !kind.handle;
      const SourceRange at = guard
                                 ? placeOr(story.event(story.object(observation.object).made).range,
                                           story.slotOf(observation.object).declared)
                                 : beginPlace(story, observation);
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), Confidence::Likely, at);
      const std::string name = story.name(observation.object);
      finding.message =
          (guard ? "the transaction " + name : "the transaction begun here on " + name) +
          " writes and is never committed: it is rolled back where " +
          (guard ? name : "its guard") + " goes out of scope, and the work is lost without a word";
      finding.trace = story.notes(observation);
      findings.push_back(std::move(finding));
    }
  }

private:
  /// session-nested-begin has told of it, and whose the writes are is not clear.
  static bool hasAnotherInside(const Story& story, const analysis::FunctionResult& result,
                               const Observation& observation) {
    const ir::SlotId guard = story.object(observation.object).slot;
    return std::ranges::any_of(result.observations, [&](const Observation& other) {
      return other.what == What::NestedBegin && other.cause.isValid() &&
             story.event(other.cause).subject == guard;
    });
  }

  static std::string openMessage(const Story& story, const Observation& observation) {
    const std::string start = "the transaction begun here is neither committed nor rolled back ";
    switch (observation.what) {
    case What::OpenAtGiveBack:
      return start + "before " + story.name(observation.object) +
             " goes back to its pool: the next lease of the connection is inside it, and its locks stay";
    case What::OpenAtClose:
      return start + "before " + story.name(observation.object) +
             " is closed: the server rolls back what it wrote";
    default:
      break;
    }
    const std::string exit = story.exitPhrase(observation);
    if (!story.object(observation.object).isEntry() &&
        story.kind(observation.object).role == model::Role::Transaction)
      return start + exit + ": it stays open, and its locks and snapshot with it";
    return start + exit + "; it stays open on " + story.name(observation.object) +
           ", and its locks with it";
  }

  static void addExit(const Story& story, const Observation& observation, Finding& finding) {
    const SourceRange exit = story.exitPlace(observation.trace);
    if (!exit.isValid() || observation.what == What::OpenAtClose) return;
    if (!finding.trace.empty() && finding.trace.back().range == exit)
      finding.trace.back().message = "returns here with the transaction open";
    else
      finding.trace.push_back({exit, "returns here with the transaction open"});
  }

  bool guards_ = true;
  ProjectGuard guard_;
};

} // namespace

std::unique_ptr<Rule> makeUnfinishedTransaction() {
  return std::make_unique<UnfinishedTransaction>();
}

} // namespace session_tidy
