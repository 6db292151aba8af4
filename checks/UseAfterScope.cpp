// session-use-after-scope: a session, or what hangs on one, used, returned or kept after its end.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

#include <algorithm>

namespace session_tidy {
namespace {

using analysis::Ending;
using analysis::Observation;
using analysis::What;

class UseAfterScope : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-use-after-scope",
        .summary =
            "A session, transaction, statement or view is used, returned or kept after what it lives on has ended.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Possible, .highest = Confidence::Certain},
        .fixes = Fixes::SafeOrUnsafe};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      const bool used = observation.what == What::UsedAfterEnd;
      const bool late = observation.what == What::UsedAfterRemoval;
      const bool removed = observation.what == What::RemovedWhileHeld;
      if (!used && !late && !removed && observation.what != What::HandedOutDead) continue;
      if (removed && isUsedLater(result, observation)) continue;
      if (deadGenerator(story, observation) != analysis::noObject)
        continue; // session-generator-early-return
      if ((!removed && story.insideOneCallee(observation.event, observation.cause)) ||
          observation.endThrew || story.diedInMaker(observation))
        continue;
      const ir::Event& event = story.event(observation.event);
      if (event.implicit && event.op != ir::Op::Make) continue;
      if (!event.range.isValid() || !said.first(event.range)) continue;
      Finding finding = story.finding(info(), confidence(story, observation), event.range);
      finding.message = removed ? removedMessage(story, observation)
                        : late  ? lateMessage(story, observation)
                        : used  ? usedMessage(story, observation)
                                : handedOutMessage(story, observation);
      finding.trace = story.notes(observation);
      addEnd(story, observation, finding);
      finding.remedies.push_back(endLater(story, observation));
      findings.push_back(std::move(finding));
    }
  }

private:
  /// A class that nobody has described calls itself: it knows what it has closed. Or a helper
  /// closed on some of its ways, and calls on what is closed give errors here, which the caller may
  /// look at.
  static bool mayKnowBetter(const Story& story, const Observation& observation) {
    if (observation.object == analysis::noObject || observation.ending != Ending::Closed)
      return false;
    const model::Kind& kind = story.kind(observation.object);
    const ir::Slot& slot = story.slotOf(observation.object);
    if (kind.guessed && slot.storage == ir::Storage::Member && slot.name == "*this") return true;
    return !observation.always && !kind.handle && observation.other == analysis::noObject &&
           story.outerFrame(observation.cause) != ir::none;
  }

  static Confidence confidence(const Story& story, const Observation& observation) {
    const ir::Event& event = story.event(observation.event);
    if (mayKnowBetter(story, observation)) return Confidence::Possible;
    // `if (done) close(h); return h;` leaves it to the caller to know better than to look.
    if (event.op == ir::Op::Return && observation.ending == Ending::Closed && !observation.always &&
        observation.other == analysis::noObject)
      return Confidence::Possible;
    if (observation.escaped || event.opaque || observation.ending == Ending::Moved)
      return Confidence::Likely;
    return Confidence::Certain;
  }

  static std::string ended(Ending ending) {
    switch (ending) {
    case Ending::Closed:
      return "closed";
    case Ending::GivenBack:
      return "given back to its pool";
    case Ending::Deleted:
      return "deleted";
    case Ending::ScopeEnded:
      return "destroyed";
    case Ending::Moved:
      return "moved from";
    case Ending::Committed:
      return "committed";
    case Ending::RolledBack:
      return "rolled back";
    case Ending::Refreshed:
      return "replaced by what was read next";
    case Ending::None:
      break;
    }
    return "ended";
  }

  static std::string usedMessage(const Story& story, const Observation& observation) {
    const ir::Event& event = story.event(observation.event);
    if (observation.object == analysis::noObject) {
      const ir::SlotId slot =
          event.op == ir::Op::Move || event.op == ir::Op::Make ? event.other : event.subject;
      return "'" + story.function().slots[slot].name + "' is used after it was moved from at " +
             Story::line(story.event(observation.cause).range) + ": it holds no session any more";
    }
    const SourceRange end = story.event(observation.cause).range;
    const std::string where = end.isValid() ? " at " + Story::line(end) : "";
    const bool shown = event.op == ir::Op::Return || event.op == ir::Op::Store;
    const std::string verb = event.op == ir::Op::Return  ? " is returned"
                             : event.op == ir::Op::Store ? " is kept"
                                                         : " is used";
    if (observation.other != analysis::noObject)
      return story.name(observation.object) + verb + " after " + story.name(observation.other) +
             ", on which it hangs, was " + ended(observation.ending) + where +
             ": it refers to memory that is gone";
    const std::string tail =
        shown ? ": it refers to memory that is gone" : consequence(observation.ending);
    return story.name(observation.object) + verb + " after it was " + ended(observation.ending) +
           where + tail;
  }

  static std::string consequence(Ending ending) {
    switch (ending) {
    case Ending::Committed:
      return ": the statement runs outside the transaction or fails";
    case Ending::RolledBack:
      return ": the statement runs outside the transaction or fails";
    case Ending::GivenBack:
      return ": another thread may hold the connection now";
    case Ending::Closed:
      return ": there is no connection any more";
    default:
      return ": it refers to memory that is gone";
    }
  }

  /// Then that is the place to tell it at.
  static bool isUsedLater(const analysis::FunctionResult& result, const Observation& removal) {
    return std::ranges::any_of(result.observations, [&](const Observation& other) {
      return other.what == What::UsedAfterRemoval && other.cause == removal.event;
    });
  }

  static std::string lateMessage(const Story& story, const Observation& observation) {
    return story.name(observation.object) + " is used after its connection was removed at " +
           Story::line(story.event(observation.cause).range) +
           ": what runs on it fails, and the connection stays open";
  }

  static std::string removedMessage(const Story& story, const Observation& observation) {
    const bool itself = observation.other == analysis::noObject;
    const std::string holder =
        itself ? story.name(observation.object) : story.name(observation.other);
    return "the connection is removed from its register while " + holder +
           " still refers to it: it stays open, and " +
           (itself ? std::string("queries on it") : holder) +
           " no longer works; let the name go out of scope first";
  }

  static std::string handedOutMessage(const Story& story, const Observation& observation) {
    const ir::Event& event = story.event(observation.event);
    const std::string how = event.op == ir::Op::Return ? " is returned"
                            : event.text.empty()       ? " is kept for later"
                                                       : " is kept in '" + event.text + "'";
    const std::string whose = observation.other == analysis::noObject
                                  ? "it"
                                  : story.name(observation.other) + ", on which it hangs,";
    return story.name(observation.object) + how + ", but " + whose + " is " +
           ended(observation.ending) + " before '" + story.function().name +
           "' is left: whoever uses it later uses memory that is gone";
  }

  static void addEnd(const Story& story, const Observation& observation, Finding& finding) {
    if (!observation.cause.isValid()) return;
    const SourceRange end = story.event(observation.cause).range;
    if (!end.isValid()) return;
    for (const auto& note : finding.trace)
      if (note.range == end) return;
    finding.trace.push_back(
        {end, (observation.what == What::UsedAfterRemoval ? std::string("removed from its register")
                                                          : ended(observation.ending)) +
                  " here"});
  }
};

} // namespace

std::unique_ptr<Rule> makeUseAfterScope() {
  return std::make_unique<UseAfterScope>();
}

} // namespace session_tidy
