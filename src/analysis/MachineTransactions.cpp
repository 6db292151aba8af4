// What one event does to one path's state: transactions.
#include "analysis/Machine.h"
#include "analysis/Words.h"

namespace session_tidy::analysis {

using model::Role;

// ---------------------------------------------------------------- begin

ObjectState* Machine::transactionTarget(Path& path, ir::SlotId id) const {
  Object* object = held(path, id);
  return object && kindOf(*object).role == Role::Dependent ? &sessionOf(path, *object) : object;
}

void Machine::begin(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  const ir::Slot& target = slot(event.subject);
  const bool handle = target.kind != ir::none && unit_.kinds[target.kind].role == Role::Transaction;
  const Path before = path;
  Object* object = transactionTarget(path, event.subject);
  // `txn_begin(env, &txn)` makes the transaction as it begins it, each time anew.
  if (handle &&
      (object == nullptr || (unit_.kinds[target.kind].handle && object->tx == Tx::Done))) {
    if (object == nullptr)
      leaveName(path, at, event.subject);
    else
      path.core.bindings[event.subject] = unset;
    object = &fresh(path, at, event);
    path.core.bindings[event.subject] = object->id;
  }
  if (event.variable != ir::none && event.success != model::Success::Always) {
    Path failed = before;
    for (Object* tried : {transactionTarget(failed, event.subject), held(failed, event.other)})
      if (tried && tried->tx != Tx::Active) tried->beginFailed = tried->beginRefused = true;
    if (Object* outer = held(failed, event.other);
        outer && kindOf(*outer).role == Role::Transaction)
      saved(failed, *outer); // no child, so nothing half-done in it
    fork(before, at, forks, std::move(failed));
  }
  worked(path, event, true);
  if (object == nullptr) return;
  const ObjectId id = object->id;
  if (!checkAlive(path, at, *object, false)) return;
  checkShared(path, at, *object);
  if (begins_.try_emplace(at, result_.begins.size()).second)
    result_.begins.push_back({at, false, {}});
  if (kindOf(*object).role == Role::Transaction)
    beginGuard(path, at, *object);
  else
    beginOn(path, at, *object, noObject);
  step(path, at, path.core.find(id));
}

void Machine::beginGuard(Path& path, EventRef at, Object& guard) {
  const ir::Event& event = this->event(at);
  if (const Object* parent = held(path, event.other)) {
    guard.parent = parent->id;
    if (site(guard).parent == noObject) site(guard).parent = parent->id;
  }
  Object* session = guard.parent == noObject ? nullptr : path.core.find(guard.parent);
  if (guard.tx == Tx::Active && guard.begunAt.isValid()) {
    if (!kindOf(guard).nests) nested(path, at, guard, noObject);
    return;
  }
  guard.tx = Tx::Active;
  guard.begunAt = at;
  site(guard).reading = this->event(at).access == ir::Access::Read;
  guard.work = Work::None;
  guard.caughtAt = guard.swallowedAt = {};
  if (session == nullptr || kindOf(guard).savepoint || kindOf(*session).role == Role::Pool ||
      kindOf(*session).role == Role::Transaction)
    return;
  // An environment has many transactions (LMDB); only that they follow one another is noted.
  if (kindOf(*session).handle && kindOf(guard).handle) {
    session->begunAt = at;
    guard.lastCommit = session->lastCommit;
    beganBeside(path, at, guard);
    return;
  }
  if (kindOf(guard).nests && session->tx == Tx::Active) return;
  beginOn(path, at, *session, guard.id);
}

/// A savepoint, or a child of another transaction (LMDB): what it takes back is no loss of the
/// outer one.
bool Machine::isInner(const Path& path, const Object& guard) const {
  if (kindOf(guard).savepoint) return true;
  const Object* outer = guard.parent == noObject ? nullptr : path.core.find(guard.parent);
  return outer != nullptr && kindOf(*outer).role == Role::Transaction;
}

/// A transaction begins on a session, by hand or for a guard.
void Machine::beginOn(Path& path, EventRef at, Object& session, ObjectId guard) {
  if (session.tx == Tx::Active && session.begunAt.isValid() && !kindOf(session).nests) {
    nested(path, at, session, guard);
    return;
  }
  session.tx = Tx::Active;
  session.begunAt = at;
  session.holder = guard;
  session.work = Work::None;
  session.muddled = session.commitFailed = session.opaqueSince = session.beginRefused =
      session.unclear = false;
  session.remembered = false;
  session.caughtAt = session.swallowedAt = {};
}

void Machine::nested(Path& path, EventRef at, Object& object, ObjectId guard) {
  if (!object.muddled && !object.commitFailed && !object.escaped) {
    Observation& observation = observe(path, What::NestedBegin, &object, at, object.begunAt);
    observation.other = guard;
    if (event(at).opaque) observation.escaped = true;
    if (object.unclear) observation.unclear = true;
  }
  // After a handler that forgot the rollback, the next attempt counts as a begin of its own.
  if (object.caughtAt.isValid()) {
    object.begunAt = at;
    object.work = Work::None;
    object.caughtAt = object.swallowedAt = {};
    return;
  }
  object.muddled = true;
  if (Object* outer = object.holder == noObject ? nullptr : path.core.find(object.holder))
    outer->muddled = true;
}

// ---------------------------------------------------------------- commit

void Machine::commit(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  checkMoved(path, at, event.subject);
  Object* object = transactionTarget(path, event.subject);
  if (object == nullptr) return worked(path, event, true);
  if (!checkAlive(path, at, *object, false)) return worked(path, event, true);
  checkShared(path, at, *object);
  if (event.variable != ir::none && event.success != model::Success::Always) {
    Path failed = path;
    refuseCommit(failed, at, *failed.core.find(object->id));
    fork(path, at, forks, std::move(failed));
  }
  worked(path, event, true);
  // What the destructor itself began is whole.
  if (function_.kind == ir::FunctionKind::Destructor && !object->begunAt.isValid())
    observe(path, What::CommitReached, object, at, at);
  if (kindOf(*object).role == Role::Transaction)
    commitGuard(path, at, *object);
  else
    commitSession(path, at, *object);
  step(path, at, object);
}

/// The commit reports failure: the transaction is open still, unless it is a C handle, which is
/// gone.
void Machine::refuseCommit(Path& path, EventRef at, Object& object) {
  Object* session = object.parent == noObject ? nullptr : path.core.find(object.parent);
  const bool freed = kindOf(object).role == Role::Transaction && kindOf(object).handle;
  if (!freed) {
    object.commitFailed = true;
    if (session) session->commitFailed = true;
    return;
  }
  if (object.tx != Tx::Active) return;
  endedByHand(object, at);
  finishTransaction(object, at, Ending::Committed);
  if (kindOf(object).guessed) object.tx = Tx::Unknown; // or it is not gone after all
  object.workCommitted = Work::None;
  if (session && isInner(path, object)) saved(path, *session);
  if (session && session->holder == object.id) session->tx = Tx::Unknown;
}

void Machine::endedByHand(const Object& object, EventRef at) {
  const auto known = begins_.find(object.begunAt);
  if (known == begins_.end()) return;
  BeginFacts& facts = result_.begins[known->second];
  facts.endedHere = true;
  const ir::FrameId frame = outerFrame(at);
  if (std::find(facts.enders.begin(), facts.enders.end(), frame) == facts.enders.end())
    facts.enders.push_back(frame);
}

void Machine::finishTransaction(Object& object, EventRef at, Ending ending) {
  object.tx = object.muddled ? Tx::Unknown : Tx::Done;
  object.txEnding = ending;
  object.doneAt = at;
  object.holder = noObject;
  object.workCommitted = ending == Ending::Committed ? object.work : object.workCommitted;
  object.work = Work::None;
  if (object.muddled) object.lastCommit = {}; // whose commit it was is not clear
  object.commitFailed = object.muddled = false;
  object.caughtAt = object.swallowedAt = {};
}

void Machine::commitGuard(Path& path, EventRef at, Object& guard) {
  site(guard).committed = true;
  if (guard.tx == Tx::Done && !kindOf(guard).reusable && !kindOf(guard).savepoint) {
    Observation& observation = observe(path, What::SecondEnd, &guard, at, guard.doneAt);
    observation.ending = guard.txEnding;
    observation.usedBetween = guard.work != Work::None;
    return;
  }
  clean(What::SecondEnd, at);
  if (guard.tx == Tx::Unknown) return;
  if (guard.swallowedAt.isValid())
    observe(path, What::SwallowedCommit, &guard, at, guard.swallowedAt);
  endedByHand(guard, at);
  Object* session = guard.parent == noObject ? nullptr : path.core.find(guard.parent);
  const Work work = guard.work;
  finishTransaction(guard, at, Ending::Committed);
  if (session && kindOf(*session).role == Role::Transaction) return; // a child
  if (session && kindOf(guard).handle && kindOf(*session).handle) {
    // Only what was begun after the last commit is a second part; the others were open side by
    // side.
    if (guard.lastCommit == session->lastCommit)
      countCommit(path, at, *session, work);
    else
      session->lastCommit = at;
    session->workCommitted = work;
    return;
  }
  if (session == nullptr || kindOf(guard).savepoint || session->holder != guard.id) return;
  if (!kindOf(guard).readOnly) {
    site(*session).committed = true;
    countCommit(path, at, *session, std::max(work, session->work));
  }
  finishTransaction(*session, at, Ending::Committed);
}

/// Whether work begins a transaction by itself. One that was begun in words, in a session that
/// commits by itself otherwise, is followed by none.
bool Machine::beginsByItself(const Object& session) const {
  if (!kindOf(session).implicitBegin) return false;
  return !session.begunAt.isValid() || mentions(event(session.begunAt).text, {"autocommit"});
}

/// Whoever begins on somebody else's session further down has not found it begun.
bool Machine::beginsBelow(const Object& session, EventRef at) {
  const auto first = firstBegins_.find(site(session).slot);
  return first != firstBegins_.end() && event(at).frame == ir::none &&
         event(at).range.begin < first->second;
}

void Machine::commitSession(Path& path, EventRef at, Object& session) {
  site(session).committed = true;
  const bool implicit = beginsByItself(session);
  const bool idle = session.work == Work::None && !session.opaqueSince && !implicit;
  if (session.tx == Tx::Done && session.begunAt.isValid() && !session.beginFailed &&
      (idle || !implicit)) {
    if (session.work == Work::None) {
      Observation& observation = observe(path, What::SecondEnd, &session, at, session.doneAt);
      observation.ending = session.txEnding;
      finishTransaction(session, at, Ending::Committed);
      return;
    }
  } else {
    clean(What::SecondEnd, at);
  }
  if (session.swallowedAt.isValid())
    observe(path, What::SwallowedCommit, &session, at, session.swallowedAt);
  endedByHand(session, at);
  countCommit(path, at, session, session.work);
  endedBehind(path, at, session, Ending::Committed);
  finishTransaction(session, at, Ending::Committed);
  session.opaqueSince = false;
}

/// `session.exec("COMMIT")` behind the back of a guard: the guard that ends it once more fails.
void Machine::endedBehind(Path& path, EventRef at, Object& session, Ending ending) {
  Object* guard = session.holder == noObject ? nullptr : path.core.find(session.holder);
  if (guard == nullptr) return;
  if (kindOf(*guard).guessed || kindOf(*guard).reusable || inDestructor(at))
    guard->tx = Tx::Unknown;
  else
    finishTransaction(*guard, at, ending);
}

bool Machine::begunInCallee(const Object& object) const {
  return object.begunAt.isValid() && event(object.begunAt).frame != ir::none;
}

bool Machine::begunInLoop(const Object& object, ir::LoopId loop) const {
  if (!object.begunAt.isValid() || loop == ir::none) return false;
  return graph_.loopWithin(event(object.begunAt).loop, loop);
}

/// Is this a further commit of one unit of work, or the next round of a batch?
void Machine::countCommit(Path& path, EventRef at, Object& session, Work work) {
  const EventRef last = session.lastCommit;
  const bool earlier = session.earlierRound;
  session.lastCommit = at;
  session.earlierRound = false;
  if (!last.isValid()) return;
  const ir::LoopId before = event(last).loop;
  const ir::LoopId now = event(at).loop;
  // Chunks in a loop, and perhaps the rest after it: a batch.
  if (before != ir::none && !graph_.loopWithin(now, before)) return;
  const bool ownBegin =
      session.begunAt.isValid() && (session.tx == Tx::Active || kindOf(session).handle);
  // Rounds of a loop, each with a begin of its own, and the rounds after a commit that came before
  // the loop.
  if (begunInLoop(session, now) && (earlier || before != now)) return;
  if (earlier && !graph_.inEveryRound(at.block)) return;
  // Portion by portion until nothing is left, where each commit begins the next transaction.
  if (earlier && now != ir::none && function_.loops[now].draining && beginsByItself(session))
    return;
  Observation& observation = observe(path, What::SecondCommit, &session, at, last);
  observation.begunBetween = ownBegin;
  observation.work = work;
  observation.workBefore = session.workCommitted;
}

// ---------------------------------------------------------------- rollback and savepoints

/// A C handle's transaction that was reset, and waits to be renewed or freed.
bool Machine::isParked(const Object& object) const {
  return kindOf(object).role == Role::Transaction && kindOf(object).handle &&
         object.life == Life::Over && object.ending == Ending::Closed;
}

void Machine::rollback(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  checkMoved(path, at, event.subject);
  const bool mayBeTriedAgain = event.loop != ir::none;
  if (mayBeTriedAgain && event.variable != ir::none && event.success != model::Success::Always) {
    Path failed = path; // whether the transaction is still there, nobody can say
    if (Object* object = transactionTarget(failed, event.subject)) {
      object->tx = Tx::Unknown;
      for (const ObjectId other : {object->parent, object->holder})
        if (Object* related = other == noObject ? nullptr : failed.core.find(other))
          related->tx = Tx::Unknown;
    }
    fork(path, at, forks, std::move(failed));
  }
  worked(path, event, true);
  Object* object = transactionTarget(path, event.subject);
  if (object == nullptr) return;
  if (isParked(*object)) return over(path, at, *object, Ending::Deleted);
  if (!checkAlive(path, at, *object, false)) return;
  checkShared(path, at, *object);
  if (kindOf(*object).role == Role::Transaction)
    rollbackGuard(path, at, *object);
  else
    rollbackSession(path, at, *object);
  step(path, at, object);
}

void Machine::rollbackGuard(Path& path, EventRef at, Object& guard) {
  const bool byGuard = inDestructor(at) && begunInCallee(guard);
  if (byGuard && guard.tx == Tx::Active)
    observe(path, What::GuardRolledBack, &guard, at, guard.begunAt);
  else if (guard.work >= Work::Unknown)
    site(guard).rolledBack = true;
  Object* session = guard.parent == noObject ? nullptr : path.core.find(guard.parent);
  if (guard.tx == Tx::Done && !kindOf(guard).reusable) {
    Observation& observation = observe(path, What::SecondEnd, &guard, at, guard.doneAt);
    observation.ending = guard.txEnding;
    observation.usedBetween = guard.work != Work::None;
    return;
  }
  clean(What::SecondEnd, at);
  endedByHand(guard, at);
  finishTransaction(guard, at, Ending::RolledBack);
  if (session == nullptr) return;
  if (isInner(path, guard)) {
    if (path.core.unwinding) saved(path, *session);
    session->swallowedAt = {};
    if (Object* outer = session->holder == noObject ? nullptr : path.core.find(session->holder))
      outer->swallowedAt = {};
  } else if (session->holder == guard.id)
    finishTransaction(*session, at, Ending::RolledBack);
}

void Machine::rollbackSession(Path& path, EventRef at, Object& session) {
  const bool byGuard = inDestructor(at);
  if (byGuard && session.tx == Tx::Active && begunInCallee(session))
    observe(path, What::GuardRolledBack, &session, at, session.begunAt);
  else if (session.work >= Work::Unknown && !(byGuard && session.tx != Tx::Active))
    site(session).rolledBack = true; // a guard whose begin failed has nothing to say
  const bool implicit = beginsByItself(session);
  const bool refused =
      session.beginRefused && session.tx != Tx::Active && !session.escaped && !session.unclear;
  const bool unsure =
      session.beginFailed || session.commitFailed || session.escaped || session.opaqueSince;
  if (session.tx == Tx::Done && session.begunAt.isValid() && !unsure && !implicit) {
    Observation& observation = observe(path, What::SecondEnd, &session, at, session.doneAt);
    observation.ending = session.txEnding;
    observation.usedBetween = session.work != Work::None;
  } else if (refused) {
    observe(path, What::EndWithoutBegin, &session, at, session.begunAt).neverBegun = true;
  } else if (!session.begunAt.isValid() && !unsure && !implicit && !session.unclear &&
             kindOf(session).role == Role::Session &&
             (site(session).isEntry() ? beginsBelow(session, at) : session.tx == Tx::None)) {
    observe(path, What::EndWithoutBegin, &session, at, site(session).made).neverBegun = true;
  } else {
    clean(What::SecondEnd, at);
    clean(What::EndWithoutBegin, at);
  }
  if (session.tx == Tx::Active) endedByHand(session, at);
  endedBehind(path, at, session, Ending::RolledBack);
  finishTransaction(session, at, Ending::RolledBack);
  session.beginFailed = session.beginRefused = session.opaqueSince = false;
}

void Machine::savepoint(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  const ir::Op op = event.op;
  Object* object = transactionTarget(path, event.subject);
  if (object && op != ir::Op::RollbackToSavepoint && event.variable != ir::none &&
      event.success != model::Success::Always) {
    Path failed = path; // no savepoint, so nothing half-done either
    saved(failed, *transactionTarget(failed, event.subject));
    fork(path, at, forks, std::move(failed));
  }
  worked(path, event, true);
  if (object == nullptr || !checkAlive(path, at, *object, false)) return;
  if (op != ir::Op::RollbackToSavepoint) return;
  if (path.core.unwinding) saved(path, *object);
  for (Object* one = object; one != nullptr;
       one = one->parent == noObject ? nullptr : path.core.find(one->parent)) {
    one->swallowedAt = {};
    if (Object* guard = one->holder == noObject ? nullptr : path.core.find(one->holder))
      guard->swallowedAt = {};
  }
}

// ---------------------------------------------------------------- the end of what holds a
// transaction

void Machine::saved(Path& path, Object& outer) const {
  outer.savedBySavepoint = true;
  if (Object* guard = outer.holder == noObject ? nullptr : path.core.find(outer.holder))
    guard->savedBySavepoint = true;
}

void Machine::endTransaction(Path& path, EventRef at, Object& object, bool pooled,
                             bool destructor) {
  if (object.tx != Tx::Active) return;
  const model::Kind& kind = kindOf(object);
  Object* session = object.parent == noObject ? nullptr : path.core.find(object.parent);
  if (kind.role == Role::Transaction) {
    const bool commits = destructor && kind.destruction == model::Destruction::Commit &&
                         !(kind.rollsBackOnUnwind && path.core.unwinding);
    if (commits) {
      site(object).committed = true;
      if (object.swallowedAt.isValid())
        observe(path, What::SwallowedCommit, &object, at, object.swallowedAt);
      endedByHand(object, at);
      const Work work = object.work;
      finishTransaction(object, at, Ending::Committed);
      if (session == nullptr || session->holder != object.id) return;
      countCommit(path, at, *session, std::max(work, session->work));
      finishTransaction(*session, at, Ending::Committed);
      return;
    }
    if (destructor && (kind.destruction == model::Destruction::Rollback || kind.handle))
      observe(path, What::GuardRolledBack, &object, at, object.begunAt);
    if (!destructor) {
      site(object).rolledBack = true;
      endedByHand(object, at);
    }
    finishTransaction(object, at, Ending::RolledBack);
    if (session == nullptr) return;
    if (isInner(path, object)) {
      if (path.core.unwinding) saved(path, *session);
      // What was swallowed inside of it is taken back with it.
      session->swallowedAt = {};
      if (Object* outer = session->holder == noObject ? nullptr : path.core.find(session->holder))
        outer->swallowedAt = {};
    }
    if (session->holder == object.id) finishTransaction(*session, at, Ending::RolledBack);
    return;
  }
  if (kind.role != Role::Session) return;
  if (object.begunAt.isValid() && !object.muddled) {
    if (!pooled)
      observe(path, What::OpenAtClose, &object, at, object.begunAt);
    else if (kind.dirtyReturn != model::DirtyReturn::RolledBack)
      observe(path, What::OpenAtGiveBack, &object, at, object.begunAt);
  }
  if (Object* guard = object.holder == noObject ? nullptr : path.core.find(object.holder))
    guard->tx = Tx::Unknown;
  finishTransaction(object, at, Ending::RolledBack);
}

} // namespace session_tidy::analysis
