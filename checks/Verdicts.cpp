// Which observation belongs to which rule, where several rules could speak of one defect.
#include "checks/Verdicts.h"

#include <algorithm>
#include <map>

namespace session_tidy {

using analysis::Leaving;
using analysis::Observation;
using analysis::What;
using analysis::Work;

// ---------------------------------------------------------------- leaks

std::vector<LeakVerdict> leaks(const Story& story, const analysis::FunctionResult& result) {
  std::map<analysis::ObjectId, LeakVerdict> best;
  // A plain return tells more than an exception, and that more than a failed open.
  const auto rank = [](const Observation& observation) {
    return (observation.afterFailure ? 2 : 0) +
           (observation.leaving == Leaving::ByException ? 1 : 0);
  };
  for (const auto& observation : result.observations) {
    if (observation.what != What::Leaked && observation.what != What::Overwritten) continue;
    const analysis::Object& object = story.object(observation.object);
    if (observation.escaped && !object.releasedAfterEscape) continue;
    // What a callee does not release is told of there.
    if (observation.insideCallee || story.shownToCallback(observation.object)) continue;
    const bool sure = !observation.escaped && !observation.afterFailure &&
                      observation.leaving != Leaving::ByException;
    const LeakVerdict verdict{&observation, sure ? Confidence::Certain : Confidence::Likely};
    const auto [at, isNew] = best.try_emplace(observation.object, verdict);
    if (!isNew && rank(observation) < rank(*at->second.observation)) at->second = verdict;
  }
  std::vector<LeakVerdict> verdicts;
  for (const auto& [object, verdict] : best) verdicts.push_back(verdict);
  return verdicts;
}

// ---------------------------------------------------------------- open transactions

namespace {

/// Whether a helper's own analysis, and not the caller's, has to tell: it begins and ends by
/// itself.
bool belongsToCallee(const Story& story, const analysis::BeginFacts& begin) {
  const ir::FrameId frame = story.outerFrame(begin.begin);
  if (frame == ir::none) return false;
  return std::all_of(begin.enders.begin(), begin.enders.end(),
                     [frame](ir::FrameId ender) { return ender == frame; });
}

/// Begins on a session that was passed in, writes, and leaves: nobody else knows that there is
/// something to end.
bool doesTheWork(const Story& story, const Observation& observation) {
  const ir::FunctionKind kind = story.function().kind;
  if (kind == ir::FunctionKind::Constructor || kind == ir::FunctionKind::Destructor ||
      kind == ir::FunctionKind::Lambda)
    return false;
  const ir::Storage storage = story.slotOf(observation.object).storage;
  if (storage == ir::Storage::Member || storage == ir::Storage::Capture ||
      storage == ir::Storage::Global)
    return false;
  return observation.work == Work::Write && observation.leaving == Leaving::Normally &&
         !observation.escaped && !observation.unclear;
}

/// The helper that the handler calls to roll back throws on the way: there is nothing more to try.
bool failsToRollBack(const Story& story, const Observation& observation) {
  const analysis::EventRef thrower = Story::thrower(observation.trace);
  if (!thrower.isValid()) return false;
  const ir::FrameId callee = story.outerFrame(thrower);
  return callee != ir::none && story.happensIn(callee, ir::Op::Rollback);
}

std::optional<OpenVerdict> judge(const Story& story, const Observation& observation) {
  const analysis::BeginFacts* begin = story.begin(observation.cause);
  if (begin == nullptr) return std::nullopt;
  const analysis::Object& object = story.object(observation.object);
  OpenVerdict verdict{&observation, OpenVerdict::Falls::Unfinished, Confidence::Certain};
  switch (observation.what) {
  case What::OpenAtExit:
    // Who begins on somebody else's session and never ends it is a helper: its caller ends it.
    // But whoever also does the work should end it.
    if (observation.insideCallee) return std::nullopt;
    if (!begin->endedHere && !doesTheWork(story, observation) &&
        (story.kind(observation.object).role != model::Role::Transaction || object.isEntry()))
      return std::nullopt;
    if (!begin->endedHere && story.outerFrame(observation.cause) != ir::none) return std::nullopt;
    if (begin->endedHere && belongsToCallee(story, *begin)) return std::nullopt;
    verdict.confidence = observation.escaped || observation.leaving == Leaving::ByException
                             ? Confidence::Likely
                             : Confidence::Certain;
    break;
  case What::OpenAtGiveBack:
    if (story.privateToCallee(observation.object)) return std::nullopt;
    verdict.confidence = story.kind(observation.object).dirtyReturn == model::DirtyReturn::Kept &&
                                 observation.leaving != Leaving::ByException
                             ? Confidence::Certain
                             : Confidence::Likely;
    break;
  case What::OpenAtClose:
    // The server rolls back: only lost work is worth a word, and only where no path saves it.
    if (observation.leaving == Leaving::ByException || observation.caught.isValid())
      return std::nullopt;
    if (object.isEntry() || object.rolledBack || story.privateToCallee(observation.object))
      return std::nullopt;
    if (observation.work != Work::Write) return std::nullopt;
    verdict.confidence = object.committed ? Confidence::Possible : Confidence::Likely;
    return verdict;
  case What::NestedBegin:
    if (!observation.caught.isValid()) return std::nullopt;
    break; // a retry loop comes round with the transaction of the failed attempt still open
  default:
    return std::nullopt;
  }
  if (observation.commitFailed) verdict.confidence = Confidence::Possible;
  if (observation.caught.isValid()) {
    verdict.falls = OpenVerdict::Falls::ForgottenCatch;
    if (story.insideOneCallee(observation.caught, observation.cause)) return std::nullopt;
    if (observation.leaving == Leaving::ByException && failsToRollBack(story, observation))
      return std::nullopt;
  } else if (observation.leaving == Leaving::ByException) {
    verdict.falls = OpenVerdict::Falls::Escapes;
    // A commit that fails by exception has often ended the transaction.
    if (story.thrownBy(observation.trace) == ir::Op::Commit)
      verdict.confidence = Confidence::Possible;
  }
  return verdict;
}

} // namespace

std::vector<OpenVerdict> openTransactions(const Story& story,
                                          const analysis::FunctionResult& result) {
  std::vector<OpenVerdict> verdicts;
  std::set<analysis::EventRef> nested;
  std::set<analysis::EventRef> told;
  std::set<analysis::ObjectId> split;
  std::set<analysis::ObjectId> inLoop;
  for (const auto& observation : result.observations) {
    if (observation.what == What::NestedBegin && !observation.caught.isValid())
      nested.insert(observation.event);
    if (observation.what == What::SecondCommit) split.insert(observation.object);
    if (observation.what == What::SecondCommit && observation.event == observation.cause)
      inLoop.insert(observation.object);
  }
  for (const auto& observation : result.observations)
    if (auto verdict = judge(story, observation); verdict && nested.count(observation.cause) == 0) {
      verdicts.push_back(*verdict);
      if (verdict->falls != OpenVerdict::Falls::Escapes &&
          verdict->confidence != Confidence::Possible)
        told.insert(observation.cause);
    }
  // A handler that lets the code go on to a commit swallows; that the commit may fail is no second
  // defect.
  std::erase_if(verdicts, [&](const OpenVerdict& verdict) {
    const Observation& open = *verdict.observation;
    return verdict.falls == OpenVerdict::Falls::ForgottenCatch &&
           story.thrownBy(open.trace) == ir::Op::Commit &&
           std::any_of(result.observations.begin(), result.observations.end(),
                       [&](const Observation& other) {
                         return other.what == What::SwallowedCommit && other.cause == open.caught &&
                                other.answer == analysis::Answer::NotAsked;
                       });
  });
  // An exception that escapes is told of only where nothing else is wrong with the same begin.
  std::erase_if(verdicts, [&](const OpenVerdict& verdict) {
    // Begun before a loop that commits in every round: only the loop without rounds leaves it open.
    if (verdict.falls == OpenVerdict::Falls::Unfinished)
      return inLoop.count(verdict.observation->object) != 0;
    if (verdict.falls != OpenVerdict::Falls::Escapes) return false;
    // One transaction with a guard mends several commits and this at once.
    return told.count(verdict.observation->cause) != 0 ||
           split.count(verdict.observation->object) != 0;
  });
  // The surest path speaks for all that end at the same place.
  std::vector<OpenVerdict> sorted;
  for (const Confidence confidence :
       {Confidence::Certain, Confidence::Likely, Confidence::Possible})
    for (const auto& verdict : verdicts)
      if (verdict.confidence == confidence) sorted.push_back(verdict);
  verdicts = std::move(sorted);
  return verdicts;
}

// ---------------------------------------------------------------- forgotten guards

bool isForgotten(const Story& story, const Observation& observation) {
  if (observation.what != What::GuardRolledBack || observation.leaving == Leaving::ByException)
    return false;
  const analysis::Object& guard = story.object(observation.object);
  const bool session = story.kind(observation.object).role == model::Role::Session;
  if (session && story.insideOneCallee(observation.event, observation.cause)) return false;
  // Whoever sees the session seldom ends a transaction on it; who sees the guard may.
  const bool escaped = !session && guard.escaped;
  if ((guard.isEntry() && !session) || guard.committed || (session && guard.rolledBack) ||
      escaped || guard.handedOut)
    return false;
  if (guard.parent != analysis::noObject && story.object(guard.parent).committed) return false;
  if (story.kind(observation.object).readOnly || story.privateToCallee(observation.object))
    return false;
  return observation.work == Work::Write && !observation.caught.isValid();
}

bool isUnnamed(const Story& story, const Observation& observation) {
  return story.kind(observation.object).role == model::Role::Transaction &&
         !story.kind(observation.object).handle &&
         story.slotOf(observation.object).storage == ir::Storage::Temporary;
}

// ---------------------------------------------------------------- the rest

analysis::ObjectId deadGenerator(const Story& story, const Observation& observation) {
  if (observation.what == What::UsedAfterEnd &&
      story.kind(observation.object).role == model::Role::Generator)
    return observation.object;
  if (observation.other == analysis::noObject) return analysis::noObject;
  return story.kind(observation.other).role == model::Role::Generator ? observation.other
                                                                      : analysis::noObject;
}

SourceRange beginPlace(const Story& story, const Observation& observation) {
  const ir::Event& begin = story.event(observation.cause);
  if (begin.range.isValid()) return begin.range;
  const analysis::Object& object = story.object(observation.object);
  return object.isEntry() ? SourceRange{} : story.event(object.made).range;
}

} // namespace session_tidy
