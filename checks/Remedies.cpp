// Remedies: which places of a function concern an object.
#include "checks/Remedies.h"

#include <algorithm>

namespace session_tidy {

namespace {

using analysis::ObjectId;

/// The method without arguments that rolls back; empty when the kind has none.
std::string rollbackMethod(const model::Kind& kind) {
  for (const model::CallModel& method : kind.methods)
    for (const model::Effect& effect : method.effects)
      if (effect.op == model::Op::Rollback && effect.subject.base == model::Operand::Base::This)
        return method.name;
  return {};
}

void addPlace(std::vector<SourceRange>& places, const ir::Event& event) {
  if (event.implicit || !event.range.isValid()) return;
  if (std::find(places.begin(), places.end(), event.range) == places.end())
    places.push_back(event.range);
}

/// Where the function itself does something to what the slot holds.
void gather(const ir::Function& function, ir::SlotId slot, Remedy& remedy) {
  for (const ir::Block& block : function.blocks)
    for (const ir::Event& event : block.events) {
      if (event.op == ir::Op::Move && event.other == slot) addPlace(remedy.takeOvers, event);
      if (event.subject != slot) continue;
      switch (event.op) {
      case ir::Op::Begin:
        addPlace(remedy.begins, event);
        break;
      case ir::Op::Commit:
        addPlace(remedy.commits, event);
        break;
      case ir::Op::Rollback:
        addPlace(remedy.rollbacks, event);
        break;
      case ir::Op::Close:
      case ir::Op::GiveBack:
      case ir::Op::Delete:
        addPlace(event.frame == ir::none ? remedy.ends : remedy.helperEnds, event);
        break;
      case ir::Op::Return:
        addPlace(remedy.handOuts, event);
        break;
      default:
        break;
      }
      if (event.throws == ir::Throws::Modelled && event.op != ir::Op::Call) remedy.mayThrow = true;
    }
}

/// Whether something that outlives the function gets a copy of the pointer.
bool isKept(const ir::Function& function, ir::SlotId slot) {
  for (const ir::Block& block : function.blocks)
    for (const ir::Event& event : block.events) {
      if (event.op == ir::Op::Store && event.subject == slot) return true;
      if (event.op != ir::Op::Bind || event.other != slot || event.frame != ir::none) continue;
      const ir::Slot& copy = function.slots[event.subject];
      if (copy.storage == ir::Storage::Temporary) continue;
      if (copy.storage == ir::Storage::Member || copy.storage == ir::Storage::Global ||
          copy.name.find('.') != std::string::npos || copy.name.find("->") != std::string::npos)
        return true;
    }
  return false;
}

/// Whether a copy of the pointer closes what it points to.
bool endedThroughOthers(const ir::Function& function, ir::SlotId slot) {
  std::vector<ir::SlotId> copies;
  for (const ir::Block& block : function.blocks)
    for (const ir::Event& event : block.events)
      if ((event.op == ir::Op::Bind || event.op == ir::Op::Move) && event.other == slot &&
          event.subject != slot && event.frame == ir::none)
        copies.push_back(event.subject);
  for (const ir::Block& block : function.blocks)
    for (const ir::Event& event : block.events)
      if ((event.op == ir::Op::Close || event.op == ir::Op::Delete ||
           event.op == ir::Op::GiveBack) &&
          event.frame == ir::none &&
          std::find(copies.begin(), copies.end(), event.subject) != copies.end())
        return true;
  return false;
}

bool isDeleted(const ir::Function& function, ir::SlotId slot) {
  for (const ir::Block& block : function.blocks)
    for (const ir::Event& event : block.events)
      if (event.op == ir::Op::Delete && event.subject == slot && event.frame == ir::none)
        return true;
  return false;
}

Remedy remedyFor(const Story& story, ObjectId id, Remedy::Kind kind) {
  const ir::Function& function = story.function();
  Remedy remedy;
  remedy.kind = kind;
  remedy.body = function.body;
  remedy.taken = function.takenNames;
  if (function.instantiation) remedy.obstacle = "it is an instance of a template";
  if (id == analysis::noObject) return remedy;
  const ir::Slot& slot = story.slotOf(id);
  const model::Kind& what = story.kind(id);
  remedy.object = slot.name;
  remedy.declared = slot.declared;
  remedy.local = slot.storage == ir::Storage::Local || slot.storage == ir::Storage::Temporary;
  remedy.pointer = slot.holding == ir::Holding::Raw || slot.holding == ir::Holding::Owner ||
                   (slot.holding == ir::Holding::Shared && !what.shared);
  remedy.type = what.display.empty() ? what.id : what.display;
  remedy.closer = what.closer;
  remedy.guard = what.guard;
  remedy.guardHeader = what.guardHeader;
  remedy.byResult = !what.throws;
  remedy.rollback = rollbackMethod(what);
  remedy.endsByItself = what.destruction == model::Destruction::Rollback;
  if (slot.storage == ir::Storage::Temporary) remedy.object.clear();
  gather(function, story.object(id).slot, remedy);
  return remedy;
}

} // namespace

Remedy rollBackInHandler(const Story& story, const analysis::Observation& observation,
                         const SourceRange& handler, bool rethrow) {
  Remedy remedy =
      remedyFor(story, observation.object,
                rethrow ? Remedy::Kind::RollBackAndRethrow : Remedy::Kind::RollBackInHandler);
  remedy.at = handler;
  return remedy;
}

Remedy ownObject(const Story& story, ObjectId id, const SourceRange& at) {
  Remedy remedy = remedyFor(story, id, Remedy::Kind::Own);
  remedy.at = at;
  const analysis::Object& object = story.object(id);
  const ir::Event& made = story.event(object.made);
  const ir::Slot& slot = story.slotOf(id);
  remedy.fromNew = made.origin == ir::Origin::New;
  remedy.filled = made.origin == ir::Origin::Opened;
  // An object that a function hands out by pointer. Where nothing here shows how it is released,
  // `delete` is likely.
  const model::Kind& what = story.kind(id);
  if (!remedy.fromNew && !what.handle && remedy.closer.empty()) {
    const bool deleted = isDeleted(story.function(), object.slot);
    remedy.byDelete = deleted || remedy.ends.empty();
    remedy.doubtful = remedy.byDelete && !deleted;
  }
  const auto refuse = [&](const char* why) {
    if (remedy.obstacle.empty()) remedy.obstacle = why;
  };
  if (made.origin == ir::Origin::Leased)
    refuse("a lease goes back by a call to its pool, which an owner would have to know");
  if (slot.holding != ir::Holding::Raw) refuse("it is not held by a plain pointer");
  if (slot.rebound) refuse("a callee gets its variable by reference");
  if (made.frame != ir::none) refuse("it is made in another function");
  if (object.escaped && !object.releasedAfterEscape) refuse("other code may have taken it over");
  if (object.owned && remedy.takeOvers.empty())
    refuse("an owner takes it over in another function");
  if (isKept(story.function(), object.slot)) refuse("it is kept in something that lives on");
  if (endedThroughOthers(story.function(), object.slot))
    refuse("another variable that names it releases it");
  return remedy;
}

std::vector<RuleOption> ProjectGuard::options() {
  return {{"Guard", "", "the class that fixes use where the library has no guard of its own"},
          {"GuardHeader", "", "its header, with its marks"}};
}

ProjectGuard ProjectGuard::from(const RuleSettings& settings) {
  const auto text = [&](std::string_view name) {
    const auto at = settings.find(name);
    return at == settings.end() ? std::string() : at->second;
  };
  return {.name = text("Guard"),
          .header = text("GuardHeader"),
          .commits = text("GuardCommits") == "true"};
}

Remedy guardTransaction(const ir::Unit& unit, const Story& story,
                        const analysis::Observation& observation, const ProjectGuard& guard) {
  Remedy remedy = remedyFor(story, observation.object, Remedy::Kind::Guard);
  remedy.at = story.event(observation.cause).range;
  const bool ofTheLibrary = !remedy.guard.empty();
  if (!ofTheLibrary && !guard.name.empty()) {
    remedy.guard = guard.name;
    remedy.guardHeader = guard.header;
    remedy.guardCommits = guard.commits;
    // A guard cannot tell failure by a result: what was ignored, or looked at, becomes an
    // exception.
    remedy.doubtful = remedy.byResult;
  }
  for (const model::Kind& kind : unit.kinds)
    if (kind.role == model::Role::Transaction && ofTheLibrary &&
        std::find(kind.types.begin(), kind.types.end(), remedy.guard) != kind.types.end())
      remedy.guardName = kind.temporaryName;
  if (story.outerFrame(observation.cause) != ir::none)
    remedy.obstacle = "it is begun in another function";
  return remedy;
}

Remedy nestInside(const Story& story, const analysis::Observation& observation) {
  Remedy remedy = remedyFor(story, observation.other, Remedy::Kind::Nest);
  const ir::Event& begin = story.event(observation.event);
  const ir::Event& first = story.event(observation.cause);
  remedy.at = begin.range;
  remedy.cause = first.range;
  const model::Kind& kind = story.kind(observation.other);
  remedy.guard = kind.inner;
  remedy.guardHeader = kind.innerHeader;
  remedy.innerCommit = kind.innerCommit.empty() ? "commit" : kind.innerCommit;
  if (first.subject != ir::none && first.frame == ir::none) {
    const ir::Slot& outer = story.function().slots[first.subject];
    const bool guard = outer.kind != ir::none && story.isTransaction(outer.kind);
    if (guard && story.onlyReads(outer.kind)) remedy.obstacle = "the first one only reads";
    if (guard && outer.storage == ir::Storage::Local) remedy.outer = outer.name;
    remedy.outerPointer =
        outer.holding != ir::Holding::Value && outer.holding != ir::Holding::Reference;
    Remedy around;
    gather(story.function(), first.subject, around);
    remedy.outerCommits = std::move(around.commits);
  }
  const auto refuse = [&](const char* why) {
    if (remedy.obstacle.empty()) remedy.obstacle = why;
  };
  if (observation.event == observation.cause)
    refuse("one begin serves every round of the loop");
  else if (story.outerFrame(observation.event) != ir::none)
    refuse("the second one begins in another function, which has to be given the first");
  else if (observation.other == analysis::noObject)
    refuse("it is begun by hand");
  else if (kind.inner.empty())
    refuse("the library has no class for a transaction inside another");
  return remedy;
}

Remedy dropFirstCommit(const ir::Unit& unit, const Story& story,
                       const analysis::Observation& observation) {
  Remedy remedy = remedyFor(story, observation.object, Remedy::Kind::DropCommit);
  remedy.at = story.event(observation.event).range;
  remedy.cause = story.event(observation.cause).range;
  const auto byGuard = [&](analysis::EventRef ref) {
    const ir::Event& commit = story.event(ref);
    if (commit.subject == ir::none) return true;
    const ir::KindId kind = story.function().slots[commit.subject].kind;
    return kind == ir::none || unit.kinds[kind].role == model::Role::Transaction;
  };
  if (story.kind(observation.object).role == model::Role::Transaction ||
      byGuard(observation.cause) || byGuard(observation.event))
    remedy.obstacle = "each of the transactions has a guard of its own";
  else if (story.outerFrame(observation.cause) != ir::none ||
           story.outerFrame(observation.event) != ir::none)
    remedy.obstacle = "another function commits";
  return remedy;
}

Remedy endLater(const Story& story, const analysis::Observation& observation) {
  using analysis::Ending;
  const ObjectId ended =
      observation.other != analysis::noObject ? observation.other : observation.object;
  Remedy remedy = remedyFor(story, ended, Remedy::Kind::MoveEnd);
  remedy.at = story.event(observation.event).range;
  if (observation.cause.isValid()) remedy.cause = story.event(observation.cause).range;
  if (observation.other != analysis::noObject && observation.object != analysis::noObject)
    remedy.dependents.push_back(story.slotOf(observation.object).name);
  const bool moves =
      observation.ending == Ending::Closed || observation.ending == Ending::Deleted ||
      observation.ending == Ending::GivenBack || observation.ending == Ending::Committed;
  remedy.doubtful = observation.ending == Ending::Committed;
  if (observation.what != analysis::What::UsedAfterEnd || !moves || !remedy.cause.isValid())
    remedy.obstacle = "its life would have to change";
  else if (ended == analysis::noObject || story.outerFrame(observation.cause) != ir::none ||
           story.outerFrame(observation.event) != ir::none)
    remedy.obstacle = "another function ends it";
  return remedy;
}

Remedy finishGenerator(const Story& story, const SourceRange& at) {
  Remedy remedy = remedyFor(story, analysis::noObject, Remedy::Kind::FinishGenerator);
  remedy.at = at;
  return remedy;
}

} // namespace session_tidy
