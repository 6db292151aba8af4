// What is still open when a path leaves the function.
#include "analysis/Machine.h"

namespace session_tidy::analysis {

using model::Role;

/// A transaction that only reads does not free what hangs on it (LMDB's cursors).
bool Machine::hangsOnReader(const Object& object) const {
  const ObjectId parent = result_.objects[object.id].parent;
  return parent != noObject && result_.objects[parent].reading;
}

/// Whether somebody must release the object by a call.
bool Machine::needsRelease(const Object& object) const {
  const analysis::Object& made = result_.objects[object.id];
  if (made.isEntry()) return false;
  const model::Kind& kind = kindOf(object);
  const ir::Holding holding = slot(made.slot).holding;
  const ir::Event& event = this->event(made.made);
  // Copies of a shared kind look after themselves, but for one that `new` made.
  const bool lent = event.op == ir::Op::Make && event.origin == ir::Origin::Leased &&
                    holding == ir::Holding::Reference;
  const bool byPointer = holding == ir::Holding::Raw && event.origin == ir::Origin::Leased;
  if ((holding != ir::Holding::Raw && !lent) ||
      (kind.shared && event.origin != ir::Origin::New && !byPointer))
    return false;
  if (kind.freedWithParent && !hangsOnReader(object)) return false;
  // Who deletes it on one way owns it on all (`db->BeginTransaction()`, `db->NewIterator()`).
  if (event.op == ir::Op::Make && event.origin == ir::Origin::Derived && !kind.handle &&
      deleted_.count(made.slot) != 0)
    return true;
  switch (kind.role) {
  case Role::Session:
    return event.op == ir::Op::Make && event.origin != ir::Origin::Derived;
  case Role::Transaction:
  case Role::Scope:
    return event.origin == ir::Origin::New;
  case Role::Dependent:
    return event.origin == ir::Origin::New || !kind.closer.empty();
  default:
    return false;
  }
}

/// Whether something that lives on, or an owner, holds the object.
bool Machine::hasKeeper(const Path& path, const Object& object, Leaving leaving) const {
  for (ir::SlotId id = 0; id < path.core.bindings.size(); ++id) {
    if (path.core.bindings[id] != object.id) continue;
    const ir::Slot& slot = function_.slots[id];
    if (slot.holding == ir::Holding::Value || slot.holding == ir::Holding::Owner ||
        slot.holding == ir::Holding::Shared)
      return true;
    if (slot.storage == ir::Storage::Local || slot.storage == ir::Storage::Temporary) continue;
    if (slot.borrows) continue;
    // A constructor that throws does not run its own destructor: members of this very class are
    // lost.
    if (leaving == Leaving::ByException && slot.storage == ir::Storage::Member && !slot.inherited &&
        function_.kind == ir::FunctionKind::Constructor)
      continue;
    return true;
  }
  return false;
}

ir::FrameId Machine::outerFrame(EventRef at) const {
  return ir::outerFrame(function_, event(at).frame);
}

/// Whether only the callee that made the object has names for it: then the callee lost it. A member
/// that a destructor would release and that is open when an exception leaves belongs to a
/// constructor that threw.
bool Machine::namedInCalleeOnly(const Path& path, const Object& object, EventRef from,
                                Leaving leaving) const {
  const ir::FrameId maker = outerFrame(from);
  if (maker == ir::none) return false;
  bool named = false;
  for (ir::SlotId id = 0; id < path.core.bindings.size(); ++id) {
    if (path.core.bindings[id] != object.id) continue;
    const auto at = touched_.find(id);
    if (at == touched_.end()) return false;
    const Touched& touched = at->second;
    const bool unborn =
        leaving == Leaving::ByException && !touched.byFunction && touched.byDestructor;
    if (touched.by != maker && !unborn) return false;
    named = true;
  }
  return named;
}

void Machine::checkLeak(Path& path, const Object& object, Leaving leaving) {
  if (object.life != Life::Open || object.handedOutAt.isValid() || !needsRelease(object) ||
      isWatched(path, object))
    return;
  if (object.lostAt.isValid()) {
    Observation& observation =
        observe(path, What::Overwritten, &object, object.lostAt, result_.objects[object.id].made);
    observation.afterFailure = object.openFailed;
    return;
  }
  if (hasKeeper(path, object, leaving)) return;
  Observation& observation =
      observe(path, What::Leaked, &object, {}, result_.objects[object.id].made);
  observation.leaving = leaving;
  observation.afterFailure = object.openFailed;
  observation.insideCallee =
      namedInCalleeOnly(path, object, result_.objects[object.id].made, leaving);
}

/// Whether an unseen guard may still end it.
bool Machine::isWatched(const Path& path, const Object& object) const {
  for (ir::SlotId id = 0; id < path.core.bindings.size(); ++id)
    if (path.core.bindings[id] == object.id && slot(id).watched) return true;
  return false;
}

void Machine::checkOpen(Path& path, const Object& object, Leaving leaving) {
  if (isWatched(path, object)) return;
  if (object.tx != Tx::Active || !object.begunAt.isValid() || object.muddled) return;
  const model::Kind& kind = kindOf(object);
  const analysis::Object& site = result_.objects[object.id];
  if (object.handedOutAt.isValid() || object.remembered) return;
  if (kind.role == Role::Session || (kind.role == Role::Dependent && object.parent == noObject)) {
    if (object.holder != noObject) return;
    const bool stays = site.isEntry() || kind.isRegisterName();
    if (!stays) return; // ended, leaked, or kept somewhere for later
  } else if (kind.role != Role::Transaction || kind.savepoint || site.isEntry()) {
    // A guard that came in from outside and was begun here: like a session.
    if (kind.role != Role::Transaction || !site.isEntry()) return;
  } else if (needsRelease(object) || hasKeeper(path, object, leaving) || object.escaped ||
             !kind.handle) {
    return;
  }
  Observation& observation = observe(path, What::OpenAtExit, &object, {}, object.begunAt);
  observation.leaving = leaving;
  // A constructor that threw is told of where it stands.
  observation.insideCallee =
      leaving == Leaving::ByException && namedInCalleeOnly(path, object, object.begunAt, leaving);
}

/// What was returned or stored must not hang on something that is over.
void Machine::checkHandedOut(Path& path, const Object& object, Leaving leaving) {
  if (leaving != Leaving::Normally || !object.handedOutAt.isValid()) return;
  // Of what copies share the last one seen is gone, and the one that was handed out lives on.
  const bool sharedCopy = kindOf(object).shared && kindOf(object).role == Role::Dependent;
  if (object.life == Life::Unknown && !sharedCopy) return;
  const ir::Event& out = event(object.handedOutAt);
  // `return wrapper.handle();`, which the wrapper's destructor closes.
  const bool byOwner = object.life == Life::Over &&
                       slot(out.subject).holding == ir::Holding::Reference &&
                       inDestructor(object.endedAt);
  const Object* dead = nullptr;
  if (object.life == Life::Over &&
      (object.ending == Ending::ScopeEnded || object.ending == Ending::Deleted || byOwner))
    dead = &object;
  else if (object.life != Life::Over) // what was closed itself is used no more
    dead = deadAncestor(path, object);
  if (dead == nullptr) return;
  // A name in a member that has been given something else since does not count.
  if (out.op == ir::Op::Bind && path.core.bindings[out.subject] != object.id) return;
  Observation& observation =
      observe(path, What::HandedOutDead, &object, object.handedOutAt, dead->endedAt);
  observation.ending = dead->ending;
  observation.other = dead == &object ? noObject : dead->id;
}

void Machine::finish(Path& path, Leaving leaving) {
  if (leaving == Leaving::ByException && (function_.isMain || function_.isNoexcept)) return;
  const std::vector<Object> objects = path.core.objects;
  for (const auto& object : objects) {
    checkLeak(path, object, leaving);
    checkOpen(path, object, leaving);
    checkHandedOut(path, object, leaving);
  }
}

} // namespace session_tidy::analysis
