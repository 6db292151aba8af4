// What one event does to one path's state: new objects, and the names they go by.
#include "analysis/Machine.h"

namespace session_tidy::analysis {

using ir::Op;

/// The slot stops naming what it names: is anything lost?
void Machine::leaveName(Path& path, EventRef at, ir::SlotId id) {
  const Binding old = path.core.bindings[id];
  if (!isObject(old)) return;
  const ir::Holding holding = slot(id).holding;
  Object* object = path.core.find(old);
  if (object == nullptr) return;
  if (holding == ir::Holding::Value || holding == ir::Holding::Owner ||
      holding == ir::Holding::Shared) {
    endValue(path, at, *object, holding);
    path.core.bindings[id] = unset;
    return;
  }
  path.core.bindings[id] = unset;
  const bool named = std::find(path.core.bindings.begin(), path.core.bindings.end(), old) !=
                     path.core.bindings.end();
  if (named || object->life != Life::Open || object->maybeNull || object->handedOutAt.isValid() ||
      !needsRelease(*object))
    return;
  object->lostAt = at; // told when the function is left: a program that ends at once loses nothing
  object->tx = Tx::Unknown;
}

void Machine::bind(Path& path, EventRef at, ir::SlotId id, Binding to) {
  if (path.core.bindings[id] == to) return;
  leaveName(path, at, id);
  path.core.bindings[id] = to;
}

/// `void close() { sqlite3_close(db_); db_ = nullptr; }`: the handle reads as null from here on,
/// and whoever works with the wrapper works with what was closed.
bool Machine::clearsClosed(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  Object* object = held(path, event.subject);
  if (object == nullptr) return false;
  if (object->nulled) return true;
  const bool closed = object->life == Life::Over && object->ending == Ending::Closed;
  const bool finished = kindOf(*object).role == model::Role::Transaction && object->tx == Tx::Done;
  const EventRef ended = closed ? object->endedAt : object->doneAt;
  if (event.frame == ir::none || !(closed || finished) || !ended.isValid() ||
      this->event(ended).frame != event.frame || inDestructor(at) ||
      countNames(path, object->id, true) != 1)
    return false;
  object->nulled = true;
  return true;
}

bool Machine::assumeSlot(Path& path, ir::SlotId id, bool isNull) {
  Binding& binding = path.core.bindings[id];
  if (binding == null || binding == movedFrom) return isNull;
  if (!isObject(binding)) {
    if (isNull) binding = null;
    return true;
  }
  Object* object = path.core.find(binding);
  if (object == nullptr) return true;
  if (object->nulled) return isNull;
  if (!object->maybeNull) return !isNull;
  if (!isNull) {
    object->maybeNull = false;
    return true;
  }
  const ObjectId gone = binding;
  for (auto& other : path.core.bindings)
    if (other == gone) other = null;
  path.core.remove(gone);
  return true;
}

/// `while (temp = next()) { release(last); last = temp; }`: what another variable still names when
/// the loop comes round lives on, as the object of an earlier round.
bool Machine::becomesEarlier(Path& path, const Object& old, EventRef at, ir::SlotId subject) {
  auto& bindings = path.core.bindings;
  Object moved = old;
  const ObjectId was = moved.id;
  if (moved.life != Life::Open || !needsRelease(moved) ||
      std::find(bindings.begin(), bindings.end(), was) == bindings.end())
    return false;
  moved.id = objectOf(at, subject, site(moved).kind, true);
  if (const Object* before = path.core.find(moved.id)) {
    if (before->life == Life::Open) return false;
    std::replace(bindings.begin(), bindings.end(), moved.id, unknown);
    path.core.remove(moved.id);
  }
  result_.objects[moved.id].parent = result_.objects[was].parent;
  std::replace(bindings.begin(), bindings.end(), was, moved.id);
  for (auto& other : path.core.objects) {
    if (other.parent == was) other.parent = moved.id;
    if (other.holder == was) other.holder = moved.id;
  }
  path.core.remove(was);
  path.core.add(moved);
  return true;
}

ObjectState& Machine::fresh(Path& path, EventRef at, const ir::Event& event) {
  const ObjectId id = objectOf(at, event.subject, slot(event.subject).kind);
  if (Object* old = path.core.find(id); old && !becomesEarlier(path, *old, at, event.subject)) {
    // The loop has come round: the object of the round before is still there.
    const bool owned = hasKeeper(path, *old, Leaving::Inside);
    if (!owned && old->life == Life::Open && !old->maybeNull && !old->handedOutAt.isValid() &&
        needsRelease(*old)) {
      Observation& observation =
          observe(path, What::Overwritten, old, old->lostAt.isValid() ? old->lostAt : at, at);
      observation.afterFailure = old->openFailed;
      observation.escaped = old->escaped;
    }
    for (auto& binding : path.core.bindings)
      if (binding == id) binding = unknown;
    path.core.remove(id);
  }
  Object object;
  object.id = id;
  // One more name of a connection that lives elsewhere (Qt's register): how it stands is not known.
  const ir::KindId kind = slot(event.subject).kind;
  if (kind != ir::none && unit_.kinds[kind].shared &&
      unit_.kinds[kind].destruction == model::Destruction::Nothing)
    object.tx = Tx::Unknown;
  if (const Object* parent = held(path, event.other)) {
    // What a copyable view gives out lives as long as what both look into.
    const bool through = kindOf(*parent).view && kindOf(*parent).shared;
    object.parent = through ? parent->parent : parent->id;
  }
  if (result_.objects[id].parent == noObject) result_.objects[id].parent = object.parent;
  return path.core.add(object);
}

/// A session whose life is over, with nothing called since.
ObjectId Machine::justEnded(const Path& path) const {
  const auto& objects = path.core.objects;
  const auto last = std::find_if(objects.rbegin(), objects.rend(), [this](const Object& object) {
    return object.life == Life::Over && !object.calledSince &&
           kindOf(object).role == model::Role::Session;
  });
  return last != objects.rend() ? last->id : noObject;
}

void Machine::make(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  if (event.origin == ir::Origin::Derived || event.other != ir::none) {
    checkMoved(path, at, event.other);
    if (Object* parent = held(path, event.other)) {
      checkAlive(path, at, *parent, event.origin == ir::Origin::Derived);
      checkShared(path, at, *parent);
      if (kindOf(*parent).role == model::Role::Generator) parent->ran = true;
    }
  }
  const bool forks_ = event.variable != ir::none && event.success != model::Success::Always;
  if (forks_ && !event.heldOnFailure) {
    Path failed = path;
    bind(failed, at, event.subject, null);
    fork(path, at, forks, std::move(failed));
  }
  leaveName(path, at, event.subject);
  Object& object = fresh(path, at, event);
  path.core.bindings[event.subject] = object.id;
  if (kindOf(object).role == model::Role::Session) object.follows = justEnded(path);
  object.maybeNull = event.variable == ir::none && event.success == model::Success::IfNonNull &&
                     !event.heldOnFailure;
  const ir::Holding holding = slot(event.subject).holding;
  // A view (a row, a text) may be a null pointer when there is nothing to see.
  const model::Kind& kind = kindOf(object);
  if (kind.role == model::Role::Dependent && kind.closer.empty() && holding != ir::Holding::Value)
    object.maybeNull = true;
  if (holding != ir::Holding::Raw && holding != ir::Holding::Reference) site(object).owned = true;
  step(path, at, &object);
  object.access = event.access;
  object.hasDatabase = !event.database.empty();
  if (forks_ && event.heldOnFailure) {
    Path failed = path;
    failed.core.find(object.id)->openFailed = true;
    fork(path, at, forks, std::move(failed));
  }
  worked(path, event, true);
}

void Machine::takeName(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  Binding to = bindingOf(path, event.other);
  if (to == unset || to == movedFrom) to = unknown;
  const ir::Slot& target = slot(event.subject);
  // Assigning a temporary owner through a reference to somebody's owner hands the object over to
  // that.
  const bool handsOver = target.holding == ir::Holding::Reference &&
                         target.storage != ir::Storage::Local &&
                         target.storage != ir::Storage::Temporary && event.other != ir::none &&
                         slot(event.other).storage == ir::Storage::Temporary &&
                         (slot(event.other).holding == ir::Holding::Owner ||
                          slot(event.other).holding == ir::Holding::Value);
  if (handsOver && isObject(to)) path.core.bindings[event.other] = movedFrom;
  if (Object* object = handsOver && isObject(to) ? path.core.find(to) : held(path, event.other)) {
    if (target.holding == ir::Holding::Owner || target.holding == ir::Holding::Shared ||
        target.holding == ir::Holding::Value)
      site(*object).owned = true;
    const bool ownMember =
        target.storage == ir::Storage::Member && function_.kind != ir::FunctionKind::Constructor;
    if (ownMember || target.storage == ir::Storage::Global) {
      object->handedOutAt = at;
      site(*object).handedOut = true;
    }
    step(path, at, object);
  }
  bind(path, at, event.subject, to);
}

void Machine::moveName(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  checkMoved(path, at, event.other);
  const Binding to = bindingOf(path, event.other);
  if (Object* object = held(path, event.other)) {
    const ir::Slot& target = slot(event.subject);
    if (target.holding != ir::Holding::Raw && target.holding != ir::Holding::Reference)
      site(*object).owned = true;
    // What a call gave is called by its owner's name from here on.
    analysis::Object& known = site(*object);
    if (kindOf(*object).role == model::Role::Transaction && known.slot == event.other &&
        slot(known.slot).storage == ir::Storage::Temporary && target.storage == ir::Storage::Local)
      known.slot = event.subject;
    step(path, at, object);
  }
  if (event.other != ir::none)
    path.core.bindings[event.other] =
        slot(event.other).holding == ir::Holding::Raw ? to : movedFrom;
  bind(path, at, event.subject, to == unset || to == movedFrom ? unknown : to);
}

} // namespace session_tidy::analysis
