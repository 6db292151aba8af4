// session-double-end: what is over is ended again, or what was never begun is rolled back.
#include "checks/Rules.h"
#include "checks/Story.h"

#include <algorithm>

namespace session_tidy {
namespace {

using analysis::Ending;
using analysis::Observation;
using analysis::What;

class DoubleEnd : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-double-end",
        .summary =
            "A transaction is finished twice, a handle is closed twice, or something is rolled back that was never begun.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Possible, .highest = Confidence::Certain},
        .fixes = Fixes::None};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    return {{"Handlers", "",
             "functions that may end what they did not begin, by name, separated by ';'"}};
  }

  void configure(const RuleSettings& settings) override {
    if (const auto at = settings.find("Handlers"); at != settings.end())
      handlers_ = listOf(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (!isMine(story, observation) || afterNestedBegin(result, observation) ||
          inHandler(story, observation) || endsAnyway(result, observation))
        continue;
      const ir::Event& event = story.event(observation.event);
      if (!event.range.isValid() || !said.first(event.range)) continue;
      Finding finding = story.finding(info(), confidence(story, observation), event.range);
      finding.message = message(story, observation);
      finding.trace = story.notes(observation);
      findings.push_back(std::move(finding));
    }
  }

private:
  static bool isMine(const Story& story, const Observation& observation) {
    switch (observation.what) {
    case What::SecondEnd:
      break;
    case What::EndWithoutBegin:
      return observation.always && !asksElsewhere(story, observation) && !observation.escaped &&
             !byDestructor(story, observation) && !story.privateToCallee(observation.object);
    case What::PooledClose:
      return story.outerFrame(observation.event) == ir::none;
    default:
      return false;
    }
    // A wrapper's own clean-up cannot know that what it was given to run has committed.
    if (story.event(observation.event).op == ir::Op::Rollback &&
        story.outerFrame(observation.event) != ir::none && inOwnLambda(story, observation.cause))
      return false;
    // A close that threw may not have closed; cleaning up after it is prudent. What a destructor
    // repeats, it repeats on purpose.
    if (observation.endThrew || story.event(observation.event).implicit ||
        byDestructor(story, observation))
      return false;
    return !story.insideOneCallee(observation.event, observation.cause);
  }

  /// `if (depth_ > 0) rollback();`: earlier calls may have begun, and left word of it.
  static bool asksElsewhere(const Story& story, const Observation& observation) {
    const ir::Function& function = story.function();
    return std::any_of(observation.trace.begin(), observation.trace.end(),
                       [&](const analysis::Step& step) {
                         if (step.kind != analysis::Step::Kind::Branch) return false;
                         const ir::VarId asked = function.blocks[step.at.block].condition.variable;
                         return asked != ir::none && function.variables[asked].outlives;
                       });
  }

  /// Whose end is whose is not clear once a begin was inside another, which is told by itself.
  static bool afterNestedBegin(const analysis::FunctionResult& result,
                               const Observation& observation) {
    if (observation.object == analysis::noObject) return false;
    for (const auto& other : result.observations)
      if (other.what == What::NestedBegin && other.object == observation.object) return true;
    return false;
  }

  /// An end of a transaction by a function that may do so, however things stand.
  [[nodiscard]] bool inHandler(const Story& story, const Observation& observation) const {
    const ir::Event& event = story.event(observation.event);
    if (event.op != ir::Op::Rollback && event.op != ir::Op::Commit) return false;
    if (isListed(handlers_, story.function().name)) return true;
    for (ir::FrameId frame = event.frame; frame != ir::none;
         frame = story.function().frames[frame].parent)
      if (isListed(handlers_, story.function().frames[frame].callee)) return true;
    return false;
  }

  /// The owner is ended by hand as well, which is told there.
  static bool endsAnyway(const analysis::FunctionResult& result, const Observation& observation) {
    return observation.byOwner &&
           std::any_of(result.observations.begin(), result.observations.end(),
                       [&](const Observation& other) {
                         return other.what == What::SecondEnd && !other.byOwner &&
                                other.cause == observation.event;
                       });
  }

  static bool inOwnLambda(const Story& story, analysis::EventRef ref) {
    return ref.isValid() && story.event(ref).frame != ir::none && story.outerFrame(ref) == ir::none;
  }

  static bool byDestructor(const Story& story, const Observation& observation) {
    for (ir::FrameId frame = story.event(observation.event).frame; frame != ir::none;
         frame = story.function().frames[frame].parent) {
      const std::string& callee = story.function().frames[frame].callee;
      if (callee.rfind('~') != std::string::npos) return true;
    }
    return false;
  }

  static bool endsLife(const Observation& observation) {
    return observation.ending == Ending::Closed || observation.ending == Ending::GivenBack ||
           observation.ending == Ending::Deleted || observation.ending == Ending::ScopeEnded;
  }

  static Confidence confidence(const Story& story, const Observation& observation) {
    if (observation.what != What::SecondEnd || observation.escaped || observation.commitFailed)
      return Confidence::Likely;
    const model::Kind& kind = story.kind(observation.object);
    if (story.event(observation.event).op == ir::Op::GiveBack) return Confidence::Certain;
    if (endsLife(observation)) {
      // A method that closes may usually be called again; a function or `delete` that frees may
      // not.
      const std::string& text = story.event(observation.event).text;
      const bool method =
          text.find('.') != std::string::npos || text.find("->") != std::string::npos;
      return kind.handle || observation.ending == Ending::Deleted || !method ? Confidence::Certain
                                                                             : Confidence::Possible;
    }
    return observation.ending == Ending::Committed ? Confidence::Certain : Confidence::Likely;
  }

  static std::string message(const Story& story, const Observation& observation) {
    const ir::Event& event = story.event(observation.event);
    const std::string name = story.name(observation.object);
    if (observation.what == What::EndWithoutBegin)
      return "nothing was begun on " + name + " that could be " +
             (event.op == ir::Op::Commit ? "committed" : "rolled back") + " here: the call fails";
    if (observation.what == What::PooledClose)
      return name +
             " is leased from a pool: closing it disconnects the pool's own connection, and the next lease gets a dead one";
    if (observation.byOwner)
      return name + " is " + (endsLife(observation) ? "closed" : "ended") +
             " here while its owner still holds it, and frees it once more at the end of its scope";
    const std::string before = Story::line(story.event(observation.cause).range);
    switch (observation.ending) {
    case Ending::Committed:
    case Ending::RolledBack: {
      const std::string first =
          observation.ending == Ending::Committed ? "committed" : "rolled back";
      if (event.op == ir::Op::End)
        return name + " was " + first + " at " + before +
               " and its owner ends it once more here: the handle is freed twice";
      const std::string now = event.op == ir::Op::Commit ? "committed" : "rolled back";
      const bool guard = story.kind(observation.object).role == model::Role::Transaction;
      const std::string subject = guard ? "the transaction " + name : "the transaction on " + name;
      const std::string world =
          observation.ending == Ending::Committed && event.op != ir::Op::Commit
              ? "the work is not undone, and the call fails"
              : "the call fails, or ends a transaction that somebody else has begun";
      return subject + " was " + first + " at " + before + " and is " + now + " here: " + world;
    }
    case Ending::GivenBack:
      return name + " went back to its pool at " + before +
             " and is released again here: another thread may hold it by now";
    case Ending::Deleted:
      return name + " was deleted at " + before +
             " and is released again here: the memory is freed twice";
    default:
      return name + " was closed at " + before +
             " and is closed again here: the handle is freed twice";
    }
  }

  std::vector<std::string> handlers_;
};

} // namespace

std::unique_ptr<Rule> makeDoubleEnd() {
  return std::make_unique<DoubleEnd>();
}

} // namespace session_tidy
