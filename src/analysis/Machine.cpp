// What one event does to one path's state: plain values, results, and the choice of what to run.
#include "analysis/Machine.h"

namespace session_tidy::analysis {

using ir::Op;

Machine::Machine(const ir::Unit& unit, const ir::Function& function, const Graph& graph,
                 FunctionResult& result, ir::Throws throws)
    : unit_(unit), function_(function), graph_(graph), result_(result), throws_(throws) {
  for (const ir::Block& block : function.blocks) survey(block);
}

/// What the whole function does, whatever the path.
void Machine::survey(const ir::Block& block) {
  const ir::VarId asked = block.condition.variable;
  if (block.exit == ir::Exit::Branch && asked != ir::none && function_.variables[asked].outlives)
    flags_.insert(asked);
  for (const ir::Event& event : block.events) {
    if (event.op == Op::Delete) deleted_.insert(event.subject);
    if (event.op == Op::Commit && event.frame == ir::none) committedHere_.insert(event.subject);
    if (event.op == Op::Begin && event.frame == ir::none && event.range.isValid()) {
      for (const ir::SlotId begun : {event.subject, event.other}) { // a guard's session as well
        const auto [at, isNew] = firstBegins_.try_emplace(begun, event.range.begin);
        at->second = std::min(at->second, event.range.begin);
      }
    }
    const ir::FrameId outer = ir::outerFrame(function_, event.frame);
    for (const ir::SlotId id : {event.subject, event.other}) {
      const auto [at, isNew] = touched_.try_emplace(id, Touched{.by = outer});
      if (at->second.by != outer) at->second.by = ir::none;
      if (outer == ir::none)
        at->second.byFunction = true;
      else if (function_.frames[outer].callee.find('~') != std::string::npos)
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

ObjectId Machine::objectOf(EventRef made, ir::SlotId slot, ir::KindId kind, bool earlier) {
  const auto [at, isNew] =
      ids_.try_emplace({made, slot, earlier}, static_cast<ObjectId>(result_.objects.size()));
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
    if (!good && event.otherSuccess) path.facts.assume(event.variable, false, *event.otherSuccess);
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

/// `if (!open_) { begin(); open_ = true; }`: this function notes what later calls ask for.
bool Machine::isBookkeeping(const ir::Event& event) const {
  return (event.op == Op::Set || event.op == Op::Add) && event.frame == ir::none &&
         flags_.count(event.variable) != 0;
}

void Machine::values(Path& path, const ir::Event& event) const {
  if (event.variable == ir::none) return;
  if (isBookkeeping(event))
    for (auto& object : path.core.objects)
      if (object.tx == Tx::Active && object.begunAt.isValid())
        object.remembered = event.op == Op::Add || event.value != 0;
  if (event.op == Op::Set)
    path.facts.set(event.variable, event.value);
  else if (event.op == Op::Copy && event.otherVariable != ir::none)
    path.facts.copy(event.variable, event.otherVariable);
  else if (event.op == Op::Add)
    path.facts.add(event.variable, event.value);
  else if (event.op == Op::Measure)
    path.facts.measure(event.variable, event.otherVariable, event.value);
  else
    path.facts.forget(event.variable);
}

// ---------------------------------------------------------------- one event

void Machine::apply(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  if (!concerns(event)) {
    noteResult(path, event);
    return;
  }
  const bool needsSubject = event.op != Op::Set && event.op != Op::Copy && event.op != Op::Havoc &&
                            event.op != Op::Add && event.op != Op::Measure &&
                            event.op != Op::Call && event.op != Op::Attempt &&
                            event.op != Op::Catch && event.op != Op::Leave &&
                            event.op != Op::Yield && event.op != Op::Remove;
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
    if (!clearsClosed(path, at)) bind(path, at, event.subject, null);
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
    rollback(path, at, forks);
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
  case Op::Measure:
  case Op::Havoc:
    values(path, event);
    break;
  case Op::Call:
    noteResult(path, event);
    for (auto& object : path.core.objects)
      if (object.life == Life::Over && !event.implicit &&
          kindOf(object).role == model::Role::Session)
        object.calledSince = true;
    step(path, at);
    if (!event.waits.empty()) waits(path, at);
    break;
  case Op::Attempt:
    for (auto& object : path.core.objects) object.worked &= ~bitOf(event.value);
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
  Path path = happened || event.mayFinish ? after : before;
  path.core.unwinding = true;
  path.core.thrownBy = ir::none;
  if (event.throws > throws_) path.core.perhaps = true;
  if (event.access != ir::Access::Read && !event.setup)
    for (const ir::SlotId id : {event.subject, event.other})
      if (Object* object = event.op == Op::Use || event.op == Op::Make ? held(path, id) : nullptr)
        triedWork(path, *object);
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

/// A branch on what a handler has written down: `if (!errors.empty())`.
void Machine::answered(Path& path, ir::VarId condition, bool holds) const {
  if (!function_.variables[condition].noted) return;
  for (auto& object : path.core.objects)
    if (object.swallowedAt.isValid() && object.answer == Answer::NotAsked)
      object.answer = holds ? Answer::True : Answer::False;
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
    if (what == What::SwallowedCommit) observation.answer = object->answer;
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
                 object ? object->workCommitted : Work::None,
                 observation.answer};
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
