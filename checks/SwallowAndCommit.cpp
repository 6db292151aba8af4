// session-swallow-and-commit: a handler inside the transaction swallows the error, and the commit
// follows.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Story.h"

#include <algorithm>

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

class SwallowAndCommit : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-swallow-and-commit",
        .summary =
            "An exception is caught inside a transaction without a rollback, and the half-done work is committed after it.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Likely},
        .fixes = Fixes::Unsafe};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (observation.what != What::SwallowedCommit) continue;
      // Whoever sees the session seldom ends a transaction on it; who sees the guard may.
      if (observation.escaped && story.kind(observation.object).role == model::Role::Transaction)
        continue;
      // A helper that handles its own errors does what its caller asked for.
      if (!isOwn(story, story.outerFrame(observation.cause))) continue;
      if (asksFirst(result, observation)) continue;
      const ir::Event& handler = story.event(observation.cause);
      const SourceRange at = handler.frame != ir::none ? handler.inner : handler.range;
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), Confidence::Likely, at);
      const SourceRange commit = story.event(observation.event).range;
      finding.message =
          "this handler swallows an error inside the transaction" +
          (story.slotOf(observation.object).name.empty()
               ? ""
               : " " + preposition(story, observation) + story.name(observation.object)) +
          ", and the commit at " + Story::line(commit) +
          " makes whatever ran before the error last, as if it were whole";
      finding.trace = story.notes(observation);
      finding.trace.push_back({commit, "committed here"});
      finding.remedies.push_back(rollBackInHandler(story, observation, at, true));
      findings.push_back(std::move(finding));
    }
  }

private:
  /// The function itself, or a lambda that is written in it.
  static bool isOwn(const Story& story, ir::FrameId frame) {
    return frame == ir::none || (story.function().frames[frame].callee == "lambda" &&
                                 story.function().frames[frame].parent == ir::none);
  }

  /// `if (!errors.empty()) { rollback(); throw; }`: the code looks at what the handler wrote down,
  /// and commits on one answer only.
  static bool asksFirst(const analysis::FunctionResult& result, const Observation& observation) {
    const auto alike = [&](const Observation& other) {
      return other.what == What::SwallowedCommit && other.object == observation.object &&
             other.cause == observation.cause && other.answer != observation.answer;
    };
    return observation.answer != analysis::Answer::NotAsked &&
           std::none_of(result.observations.begin(), result.observations.end(), alike);
  }

  static std::string preposition(const Story& story, const Observation& observation) {
    return story.kind(observation.object).role == model::Role::Transaction ? "" : "on ";
  }
};

} // namespace

std::unique_ptr<Rule> makeSwallowAndCommit() {
  return std::make_unique<SwallowAndCommit>();
}

} // namespace session_tidy
