// What one event does to one path's state: names, values, new objects, and the choice of what to
// run.
#include "analysis/Machine.h"

namespace session_tidy::analysis {

using ir::Op;

Machine::Machine(const ir::Unit& unit, const ir::Function& function, const Graph& graph,
                 FunctionResult& result, ir::Throws throws)
    : unit_(unit), function_(function), graph_(graph), result_(result), throws_(throws) {
  for (ir::BlockId block = 0; block < function.blocks.size(); ++block)
    for (std::uint32_t i = 0; i < function.blocks[block].events.size(); ++i) {
      const ir::Event& one = function.blocks[block].events[i];
      ir::FrameId outer = one.frame;
      while (outer != ir::none && function.frames[outer].parent != ir::none)
        outer = function.frames[outer].parent;
      for (const ir::SlotId id : {one.subject, one.other}) {
        const auto [at, isNew] = touched_.try_emplace(id, Touched{.by = outer});
        if (at->second.by != outer) at->second.by = ir::none;
        if (outer == ir::none)
          at->second.byFunction = true;
        else if (function.frames[outer].callee.find('~') != std::string::npos)
          at->second.byDestructor = true;
      }
    }
}

// ---------------------------------------------------------------- names

bool Machine::concerns(const ir::Event& event) const {
  if (slots_.empty() || event.subject == ir::none) return true;
  return std::binary_search(slots_.begin(), slots_.end(), event.subject);
}

Binding Machine::bindingOf(const Path& path, ir::SlotId id) const {
  return id == ir::none ? unknown : path.core.bindings[id];
}

ObjectState* Machine::held(Path& path, ir::SlotId id) const {
  const Binding binding = bindingOf(path, id);
  return isObject(binding) ? path.core.find(binding) : nullptr;
}

const model::Kind& Machine::kindOf(const Object& object) const {
  static const model::Kind nothing{};
  const ir::KindId kind = result_.objects[object.id].kind;
  return kind == ir::none ? nothing : unit_.kinds[kind];
}

ObjectId Machine::objectOf(EventRef made, ir::SlotId slot, ir::KindId kind) {
  const auto [at, isNew] =
      ids_.try_emplace({made, slot}, static_cast<ObjectId>(result_.objects.size()));
  if (isNew) {
    analysis::Object object;
    object.kind = kind;
    object.made = made;
    object.slot = slot;
    result_.objects.push_back(object);
  }
  return at->second;
}

Path Machine::entry() {
  Path path;
  path.core.bindings.assign(function_.slots.size(), unset);
  for (ir::SlotId id = 0; id < function_.slots.size(); ++id) {
    const ir::Slot& slot = function_.slots[id];
    if (slot.storage == ir::Storage::Local || slot.storage == ir::Storage::Temporary ||
        slot.kind == ir::none)
      continue;
    if (!slots_.empty() && !std::binary_search(slots_.begin(), slots_.end(), id)) continue;
    if (slot.storage == ir::Storage::Member && function_.kind == ir::FunctionKind::Constructor &&
        !slot.inherited)
      continue;
    Object object;
    object.id = objectOf({}, id, slot.kind);
    object.tx = Tx::Unknown;
    object.maybeNull = slot.holding == ir::Holding::Raw || slot.holding == ir::Holding::Owner ||
                       slot.holding == ir::Holding::Shared;
    path.core.bindings[id] = object.id;
    path.core.add(object);
  }
  return path;
}

void Machine::step(Path& path, EventRef at, const Object* object) {
  addStep(
      path,
      {.kind = Step::Kind::Event, .at = at, .choice = 0, .object = object ? object->id : noObject});
}

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

// ---------------------------------------------------------------- results and values

/// Adds what a worked or failed operation tells about the variable that holds its result.
void Machine::worked(Path& path, const ir::Event& event, bool good) const {
  if (event.variable == ir::none) return;
  path.facts.forget(event.variable);
  switch (event.success) {
  case model::Success::Always:
    break;
  case model::Success::IfTrue:
  case model::Success::IfNonNull:
    path.facts.assume(event.variable, !good, 0);
    break;
  case model::Success::IfZero:
    path.facts.assume(event.variable, good, 0);
    break;
  case model::Success::IfValue:
    path.facts.assume(event.variable, good, event.successValue);
    break;
  }
}

/// For operations whose failure changes nothing that we follow.
void Machine::noteResult(Path& path, const ir::Event& event) const {
  if (event.variable != ir::none) path.facts.forget(event.variable);
}

/// Adds the way on in which the operation failed.
void Machine::fork(const Path& /*before*/, EventRef at, std::vector<Path>& forks, Path failed) {
  worked(failed, event(at), false);
  addStep(failed, {.kind = Step::Kind::Failed, .at = at, .choice = 0, .object = noObject});
  forks.push_back(std::move(failed));
}

void Machine::values(Path& path, const ir::Event& event) const {
  if (event.variable == ir::none) return;
  if (event.op == Op::Set)
    path.facts.set(event.variable, event.value);
  else if (event.op == Op::Copy && event.otherVariable != ir::none)
    path.facts.copy(event.variable, event.otherVariable);
  else if (event.op == Op::Add)
    path.facts.add(event.variable, event.value);
  else
    path.facts.forget(event.variable);
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

// ---------------------------------------------------------------- new objects and names

ObjectState& Machine::fresh(Path& path, EventRef at, const ir::Event& event) {
  const ObjectId id = objectOf(at, event.subject, slot(event.subject).kind);
  if (Object* old = path.core.find(id)) {
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
    step(path, at, object);
  }
  if (event.other != ir::none)
    path.core.bindings[event.other] =
        slot(event.other).holding == ir::Holding::Raw ? to : movedFrom;
  bind(path, at, event.subject, to == unset || to == movedFrom ? unknown : to);
}

// ---------------------------------------------------------------- one event

void Machine::apply(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  if (!concerns(event)) {
    noteResult(path, event);
    return;
  }
  const bool needsSubject = event.op != Op::Set && event.op != Op::Copy && event.op != Op::Havoc &&
                            event.op != Op::Add && event.op != Op::Call && event.op != Op::Catch &&
                            event.op != Op::Leave && event.op != Op::Yield &&
                            event.op != Op::Remove;
  if (needsSubject && event.subject == ir::none) {
    noteResult(path, event);
    return;
  }
  switch (event.op) {
  case Op::Make:
    make(path, at, forks);
    break;
  case Op::Bind:
    takeName(path, at);
    break;
  case Op::Move:
    moveName(path, at);
    break;
  case Op::Null:
    bind(path, at, event.subject, null);
    break;
  case Op::Forget:
    forget(path, at);
    break;
  case Op::Open:
    open(path, at, forks);
    break;
  case Op::Close:
  case Op::GiveBack:
  case Op::Delete:
    close(path, at, forks);
    break;
  case Op::Begin:
    begin(path, at, forks);
    break;
  case Op::Commit:
    commit(path, at, forks);
    break;
  case Op::Rollback:
    rollback(path, at);
    break;
  case Op::Savepoint:
  case Op::ReleaseSavepoint:
  case Op::RollbackToSavepoint:
    savepoint(path, at, forks);
    break;
  case Op::Flush:
  case Op::Use:
    use(path, at);
    break;
  case Op::Remove:
    removed(path, at);
    break;
  case Op::Refresh:
    refresh(path, at);
    break;
  case Op::Harmless:
    ask(path, at);
    break;
  case Op::End:
    end(path, at);
    break;
  case Op::Discard:
    break;
  case Op::Escape:
    escape(path, at);
    break;
  case Op::Store:
  case Op::Return:
    handOut(path, at);
    break;
  case Op::Share:
    share(path, at);
    break;
  case Op::Join:
    if (Object* object = held(path, event.subject)) {
      object->sharedAt = {};
      object->detached = false;
    }
    break;
  case Op::Yield:
    step(path, at);
    break;
  case Op::Exhaust:
    if (Object* object = held(path, event.subject)) object->exhausted = true;
    break;
  case Op::Set:
  case Op::Copy:
  case Op::Add:
  case Op::Havoc:
    values(path, event);
    break;
  case Op::Call:
    noteResult(path, event);
    step(path, at);
    break;
  case Op::Catch:
    caught(path, at);
    break;
  case Op::Leave:
    step(path, at);
    break;
  }
}

Path Machine::thrown(const Path& before, const Path& after, EventRef at) {
  const ir::Event& event = this->event(at);
  const bool happened = event.op == Op::Close || event.op == Op::GiveBack ||
                        event.op == Op::Delete || event.op == Op::End || event.op == Op::Rollback;
  Path path = happened ? after : before;
  path.core.unwinding = true;
  path.core.thrownBy = ir::none;
  if (event.throws > throws_) path.core.perhaps = true;
  if (event.subject != ir::none && concerns(event)) {
    Object* object = transactionTarget(path, event.subject);
    if (object && happened) object->endThrew = true;
    if (object && event.op == Op::Commit && inDestructor(at)) object->tx = Tx::Unknown;
    // A savepoint that could not be made has left nothing half-done.
    const ir::KindId kind = slot(event.subject).kind;
    if (!happened && event.op != Op::Use && kind != ir::none && unit_.kinds[kind].savepoint)
      if (Object* outer = held(path, event.other)) saved(path, *outer);
    if (event.op == Op::Begin)
      for (Object* tried : {object, held(path, event.other)})
        if (tried && tried->tx != Tx::Active) tried->beginFailed = true;
  }
  addStep(path, {.kind = Step::Kind::Throws, .at = at, .choice = 0, .object = noObject});
  return path;
}

void Machine::nextRound(Path& path, ir::BlockId head) const {
  for (auto& object : path.core.objects)
    if (object.lastCommit.isValid() && graph_.order(object.lastCommit.block) >= graph_.order(head))
      object.earlierRound = true;
  // Somebody else's handle under a local name may be another one in the next round (`for (auto* c :
  // all) close(c);`).
  for (ir::SlotId id = 0; id < path.core.bindings.size(); ++id) {
    if (slot(id).storage != ir::Storage::Global || !isObject(path.core.bindings[id])) continue;
    const ObjectState* object = path.core.find(path.core.bindings[id]);
    if (object && object->life == Life::Over &&
        graph_.order(object->endedAt.block) >= graph_.order(head))
      path.core.bindings[id] = unknown;
  }
}

bool Machine::followsPerhaps(const Path& path) {
  if (path.core.perhaps) return true;
  for (const auto& object : path.core.objects)
    if (object.tx == Tx::Done && object.txEnding == Ending::Committed && object.begunAt.isValid())
      return true;
  return false;
}

// ---------------------------------------------------------------- observations

Observation& Machine::observe(Path& path, What what, const Object* object, EventRef event,
                              EventRef cause) {
  Observation observation;
  observation.what = what;
  observation.object = object ? object->id : noObject;
  observation.event = event;
  observation.cause = cause;
  if (object) {
    observation.caught = object->caughtAt;
    observation.escaped = object->escaped;
    observation.commitFailed = object->commitFailed;
    observation.work = object->work;
    observation.endThrew = object->endThrew;
    observation.unclear = object->unclear;
  }
  const bool exit = !event.isValid();
  const Leaving leaving = path.core.unwinding ? Leaving::ByException
                          : exit              ? Leaving::Normally
                                              : Leaving::Inside;
  observation.leaving = leaving;
  if (path.core.perhaps && what != What::SecondEnd) return scratch_ = observation;
  const Seen key{what,
                 observation.object,
                 event,
                 cause,
                 observation.caught,
                 leaving,
                 object && object->openFailed,
                 observation.escaped,
                 observation.commitFailed,
                 observation.work,
                 object ? object->workCommitted : Work::None};
  const auto [at, isNew] = seen_.try_emplace(key, result_.observations.size());
  if (!isNew) {
    scratch_ = observation; // seen already: what the caller adds goes nowhere
    return scratch_;
  }
  observedAt_.push_back(path.trace);
  result_.observations.push_back(std::move(observation));
  return result_.observations.back();
}

void Machine::settle() {
  for (std::size_t i = 0; i < result_.observations.size(); ++i) {
    Observation& observation = result_.observations[i];
    observation.trace = traces_.unfold(observedAt_[i]);
    observation.always = clean_.count({observation.what, observation.event}) == 0;
  }
}

} // namespace session_tidy::analysis
