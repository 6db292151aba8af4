// session-nested-begin: a transaction begun where one is active.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Story.h"

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

class NestedBegin : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-nested-begin",
        .summary = "A transaction is begun on a session whose transaction is still active.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Certain},
        .fixes = Fixes::Unsafe};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (observation.what != What::NestedBegin) continue;
      if (observation.caught.isValid() || observation.escaped)
        continue; // the handler's fault, or not sure
      // Texts that are not seen may end it, but hardly where this function does so in clear words.
      const analysis::BeginFacts* facts = story.begin(observation.cause);
      if (observation.unclear && (facts == nullptr || !facts->endedHere)) continue;
      if (story.insideOneCallee(observation.event, observation.cause)) continue;
      if (leftOpenByCallee(story, observation)) continue;
      const SourceRange at = placeOf(story, story.event(observation.event));
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding =
          story.finding(info(), observation.unclear ? Confidence::Likely : Confidence::Certain, at);
      finding.message = message(story, observation);
      finding.trace = story.notes(observation);
      finding.remedies.push_back(nestInside(story, observation));
      findings.push_back(std::move(finding));
    }
  }

private:
  /// A guard in a lambda of this function stands where it stands, wherever that is called.
  static SourceRange placeOf(const Story& story, const ir::Event& begin) {
    const bool lambda = begin.implicit && begin.frame != ir::none &&
                        story.function().frames[begin.frame].callee == "lambda";
    return lambda && begin.inner.isValid() ? begin.inner : begin.range;
  }

  /// A callee that commits what it begins, and forgets to on some path, is told of there.
  static bool leftOpenByCallee(const Story& story, const Observation& observation) {
    const ir::FrameId callee = story.outerFrame(observation.cause);
    if (callee == ir::none) return false;
    const ir::Function& function = story.function();
    // What it calls back runs while it is still there.
    for (ir::FrameId frame = story.event(observation.event).frame; frame != ir::none;
         frame = function.frames[frame].parent)
      if (frame == callee) return false;
    return story.happensIn(callee, ir::Op::Commit);
  }

  static std::string message(const Story& story, const Observation& observation) {
    const std::string session = story.name(observation.object);
    const std::string world = ": the begin fails, or commits the first part behind your back";
    if (observation.event == observation.cause)
      return "the transaction begun here is still active on " + session +
             " when the loop comes round and begins the next" + world;
    const SourceRange first = story.event(observation.cause).range;
    return "a transaction begins on " + session + " while the one begun at " + Story::line(first) +
           " is still active" + world;
  }
};

} // namespace

std::unique_ptr<Rule> makeNestedBegin() {
  return std::make_unique<NestedBegin>();
}

} // namespace session_tidy
