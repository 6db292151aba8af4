// What one event does to one path's state: opening, closing, using, and where objects go.
#include "analysis/Machine.h"
#include "analysis/Words.h"
#include "model/ShapeNames.h"

#include <string>

namespace session_tidy::analysis {

using ir::Op;
using model::Role;

// ---------------------------------------------------------------- open, close, end

void Machine::open(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  Object* object = held(path, event.subject);
  if (object == nullptr) return worked(path, event, true);
  if (event.variable != ir::none && event.success != model::Success::Always) {
    Path failed = path;
    Object& same = *failed.core.find(object->id);
    same.openFailed = true;
    fork(path, at, forks, std::move(failed));
  }
  object->openFailed = false;
  if (!event.database.empty()) site(*object).opened = at;
  if (const Object* on = held(path, event.other)) object->parent = on->id;
  if (object->life == Life::Over && object->ending == Ending::Closed) {
    object->life = Life::Open;
    object->ending = Ending::None;
    object->endedAt = {};
  }
  if (object->tx == Tx::Done || (object->tx == Tx::Unknown && !site(*object).isEntry()))
    object->tx = Tx::None;
  step(path, at, object);
  worked(path, event, true);
}

void Machine::close(Path& path, EventRef at, std::vector<Path>& forks) {
  const ir::Event& event = this->event(at);
  checkMoved(path, at, event.subject);
  Object* found = held(path, event.subject);
  if (found && found->life == Life::Open && event.variable != ir::none &&
      event.success != model::Success::Always) {
    Path failed = path; // SQLITE_BUSY: it may be open still
    failed.core.find(found->id)->life = Life::Unknown;
    fork(path, at, forks, std::move(failed));
  }
  worked(path, event, true);
  if (found == nullptr) return;
  Object& object = *found;
  const bool destroys = event.op == Op::Delete || (event.op == Op::Close && event.text == "delete");
  const Ending ending = destroys                   ? Ending::Deleted
                        : event.op == Op::GiveBack ? Ending::GivenBack
                                                   : Ending::Closed;
  object.maybeNull = false;
  if (object.nulled) return; // nothing is left to be closed
  if (object.life == Life::Over) {
    // `delete` frees the memory of what close() has closed.
    if (!(destroys && object.ending != Ending::Deleted && object.ending != Ending::ScopeEnded)) {
      Observation& observation = observe(path, What::SecondEnd, &object, at, object.endedAt);
      observation.ending = object.ending;
    }
    object.ending = ending;
    return;
  }
  clean(What::SecondEnd, at);
  const analysis::Object& made = site(object);
  const bool leased = !made.isEntry() && this->event(made.made).origin == ir::Origin::Leased;
  const bool raii = slot(event.subject).holding == ir::Holding::Value ||
                    slot(event.subject).holding == ir::Holding::Owner;
  if (leased && raii && event.op == Op::Close && !event.implicit && !kindOf(object).handle &&
      kindOf(object).dirtyReturn != model::DirtyReturn::RolledBack)
    observe(path, What::PooledClose, &object, at, made.made);
  // What another object's destructor closes has an owner.
  if (inDestructor(at))
    site(object).owned = true;
  else
    site(object).closedByHand = true;
  if (object.escaped) site(object).releasedAfterEscape = true;
  endTransaction(path, at, object, event.op == Op::GiveBack, destroys);
  over(path, at, object, ending);
  step(path, at, &object);
}

/// The object's life is over now, by whatever means.
void Machine::over(Path& path, EventRef at, Object& object, Ending ending) {
  // A thread that is neither joined nor detached when an exception passes ends the program.
  if (object.sharedAt.isValid() && (object.detached || !kindOf(object).threadSafe) &&
      (object.detached || !path.core.unwinding)) {
    observe(path, What::SharedAtEnd, &object, at, object.sharedAt);
    object.sharedAt = {};
  }
  object.life = Life::Over;
  object.calledSince = false;
  object.ending = ending;
  object.endedAt = at;
}

void Machine::end(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  const ir::Holding holding = slot(event.subject).holding;
  // Ending a reference's owner by hand (`session.reset()`) ends what it owns.
  const bool byHand = holding == ir::Holding::Reference && !event.implicit;
  if (Object* object = held(path, event.subject)) {
    endValue(path, at, *object, byHand ? ir::Holding::Owner : holding);
    // A handle made by `new` has gone with the variable that owned it.
    const bool made =
        !site(*object).isEntry() && this->event(site(*object).made).origin == ir::Origin::New;
    if (made && holding == ir::Holding::Shared && object->life == Life::Open &&
        slot(event.subject).storage != ir::Storage::Temporary)
      object->life = Life::Unknown;
    // `session_.reset()`: whoever works with the owner works with what has ended.
    if (holding == ir::Holding::Owner && !event.implicit && object->life == Life::Over &&
        kindOf(*object).role == Role::Session && !inDestructor(at)) {
      object->nulled = true;
      return;
    }
  }
  path.core.bindings[event.subject] = unset;
}

std::size_t Machine::countNames(const Path& path, ObjectId id, bool lasting) const {
  std::size_t names = 0;
  for (ir::SlotId at = 0; at < path.core.bindings.size(); ++at)
    if (path.core.bindings[at] == id && !(lasting && slot(at).storage == ir::Storage::Temporary))
      ++names;
  return names;
}

std::size_t Machine::countOwners(const Path& path, ObjectId id) const {
  std::size_t owners = 0;
  for (ir::SlotId at = 0; at < path.core.bindings.size(); ++at)
    if (path.core.bindings[at] == id && slot(at).holding != ir::Holding::Raw &&
        slot(at).holding != ir::Holding::Reference)
      ++owners;
  return owners;
}

/// Whether the event was copied from a destructor's body.
bool Machine::inDestructor(EventRef at) const {
  for (ir::FrameId frame = event(at).frame; frame != ir::none;
       frame = function_.frames[frame].parent)
    if (function_.frames[frame].callee.find('~') != std::string::npos) return true;
  return false;
}

/// `mdb_txn_commit(txn.get());`: the handle is freed, and its owner frees it once more.
void Machine::freedTwice(Path& path, EventRef at, Object& object) {
  const bool closed = object.life == Life::Over && object.ending == Ending::Closed;
  const bool finished = kindOf(object).role == Role::Transaction && object.tx == Tx::Done;
  const EventRef byHand = closed ? object.endedAt : object.doneAt;
  if (!(closed || finished) || !byHand.isValid() || object.escaped) return;
  const bool implicit = event(at).implicit;
  Observation& observation =
      observe(path, What::SecondEnd, &object, implicit ? byHand : at, implicit ? at : byHand);
  observation.ending = closed ? object.ending : object.txEnding;
  observation.byOwner = implicit;
}

/// The owner `holding` of an object ends (or takes another): what becomes of the object?
void Machine::endValue(Path& path, EventRef at, Object& object, ir::Holding holding) {
  if (holding == ir::Holding::Raw || holding == ir::Holding::Reference) return;
  const model::Kind& kind = kindOf(object);
  if (holding == ir::Holding::Owner && kind.handle && !kind.guessed && !object.nulled &&
      !inDestructor(at))
    freedTwice(path, at, object);
  if (object.life == Life::Over) return;
  const bool nameOnly = holding == ir::Holding::Shared || kind.shared;
  if (nameOnly) {
    if (kind.isRegisterName()) return;
    if (countOwners(path, object.id) > 1) return;
    // Who else has a copy of a shared_ptr is not known.
    // A pointer or reference that went out names the handle itself, which dies here.
    const bool copied =
        object.handedOutAt.isValid() &&
        slot(this->event(object.handedOutAt).subject).holding != ir::Holding::Raw &&
        slot(this->event(object.handedOutAt).subject).holding != ir::Holding::Reference;
    if (!kind.shared || site(object).isEntry() || object.escaped || copied) {
      object.life = Life::Unknown;
      return;
    }
  }
  if (kind.role == Role::Generator && object.ran && !object.exhausted && !path.core.unwinding)
    observe(path, What::GeneratorLeft, &object, at, site(object).made);
  const bool leased =
      !site(object).isEntry() && this->event(site(object).made).origin == ir::Origin::Leased;
  endTransaction(path, at, object, leased || kind.destruction == model::Destruction::GiveBack,
                 true);
  over(path, at, object, Ending::ScopeEnded);
  step(path, at, &object);
}

// ---------------------------------------------------------------- use

/// A question in any state. Who asks whether it is open knows what to do with the answer.
void Machine::ask(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  noteResult(path, event);
  Object* object = held(path, event.subject);
  if (object == nullptr) return;
  const bool answered = askTransaction(path, event, *object);
  // The answer decides whether it is ended, and is not followed.
  if (!answered && kindOf(*object).role == Role::Transaction &&
      mentions(model::calledName(event.text),
               {"active", "open", "done", "finished", "committed", "pending", "state"}))
    askTransactionOf(path, *object);
  const bool gone = object->ending == Ending::Deleted || object->ending == Ending::ScopeEnded;
  if (object->life == Life::Over && gone) {
    checkAlive(path, at, *object, false);
    return;
  }
  if (object->life == Life::Over &&
      mentions(model::calledName(event.text),
               {"open", "connected", "alive", "valid", "status", "closed", "good"}))
    object->life = Life::Unknown;
}

/// Whether a transaction is active: where that is not known, who asks ends it or not by the answer.
/// Tells whether the answer is known.
bool Machine::askTransaction(Path& path, const ir::Event& event, Object& object) const {
  const std::string_view asked = model::calledName(event.text);
  const bool speaks = model::speaksOfTransaction(asked);
  if (!speaks && !model::asksWhetherLive(asked)) return false;
  if (object.tx == Tx::Active && !object.unclear && event.variable != ir::none) {
    path.facts.assume(event.variable, model::zeroWhileActive(asked), 0);
    return true;
  }
  // Of a session, `open` may mean the connection.
  const bool open = model::plainName(asked).find("open") != std::string::npos;
  if (speaks || !open) perhapsFinished(path, object);
  return false;
}

/// The guard is asked, and what its session does depends on the answer.
void Machine::askTransactionOf(Path& path, Object& guard) {
  guard.tx = Tx::Unknown;
  if (Object* session = guard.parent == noObject ? nullptr : path.core.find(guard.parent))
    if (session->holder == noObject) session->tx = Tx::Unknown;
}

void Machine::use(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  noteResult(path, event);
  checkMoved(path, at, event.subject);
  Object* object = held(path, event.subject);
  if (object == nullptr) return;
  if (!checkAlive(path, at, *object, event.op != Op::Flush && !event.opaque)) return;
  checkShared(path, at, *object);
  checkRemoved(path, at, *object);
  if (event.op == Op::Flush) {
    // Resuming a generator to its end is written as a flush of it.
    if (kindOf(*object).role == Role::Generator) object->exhausted = true;
    return;
  }
  if (event.opaque) {
    object->opaqueSince = true;
    // Whoever sees a transaction object may finish it, unless that is done here; who sees the
    // session seldom does.
    if (kindOf(*object).role == Role::Transaction &&
        (event.mayFinish || kindOf(*object).handle ||
         committedHere_.count(site(*object).slot) == 0))
      escape(path, at);
    if (event.mayFinish) perhapsFinished(path, *object);
  }
  site(*object).used = true;
  if (event.prepares) {
    object->access = event.access;
    return;
  }
  // A statement does what the text it was prepared with does.
  ir::Access access = event.access;
  if (kindOf(*object).role == Role::Dependent) {
    if (access == ir::Access::Unknown)
      access = object->access;
    else
      object->access = access;
  }
  if (access == ir::Access::Write) {
    lookAcross(path, at, *object);
    lookBeside(path, at, *object);
  }
  // SQL whose text is not seen may be a BEGIN or a COMMIT as well.
  if (access == ir::Access::Unknown && !event.opaque && kindOf(*object).role == Role::Session)
    object->unclear = true;
  didWork(path, *object, access, event.setup);
  if (access == ir::Access::Write && kindOf(*object).role == Role::Transaction)
    wroteBeside(path, *object);
  if (event.access == ir::Access::Read) askTransaction(path, event, *object);
}

/// The next row: what was read from the last one is gone.
void Machine::refresh(Path& path, EventRef at) {
  use(path, at);
  const Object* subject = held(path, event(at).subject);
  if (subject == nullptr) return;
  const ObjectId id = subject->id;
  for (auto& view : path.core.objects)
    if (view.parent == id && kindOf(view).view && view.life == Life::Open)
      over(path, at, view, Ending::Refreshed);
}

/// A moved-from owner or value is used.
void Machine::checkMoved(Path& path, EventRef at, ir::SlotId id) {
  if (id == ir::none || path.core.bindings[id] != movedFrom) return;
  const ir::Slot& from = slot(id);
  if (from.kind != ir::none && unit_.kinds[from.kind].shared) return;
  const EventRef moved = traces_.lastEvent(path.trace, [&](EventRef ref) {
    const ir::Event& event = this->event(ref);
    return (event.op == Op::Move && event.other == id) ||
           (event.op == Op::Store && event.subject == id);
  });
  if (moved.isValid()) observe(path, What::UsedAfterEnd, nullptr, at, moved).ending = Ending::Moved;
  path.core.bindings[id] = unknown;
}

const ObjectState* Machine::deadAncestor(const Path& path, const Object& object) const {
  const Object* at = &object;
  for (unsigned depth = 0; depth < 8 && !kindOf(*at).ownsData && at->parent != noObject; ++depth) {
    at = path.core.find(at->parent);
    if (at == nullptr || at->life == Life::Unknown) return nullptr; // unknown: it has been told
    if (kindOf(*at).role == Role::Pool) return nullptr;
    if (at->life == Life::Over) return at;
    // The end of a C handle's transaction frees it.
    const bool freed = kindOf(*at).role == Role::Transaction && kindOf(*at).handle;
    if (freed && at->tx == Tx::Done && !kindOf(*at).reusable) return at;
  }
  return nullptr;
}

bool Machine::checkAlive(Path& path, EventRef at, Object& object, bool wantsTransaction) {
  if (object.life == Life::Unknown) return true;
  const Object* dead = object.life == Life::Over ? &object : deadAncestor(path, object);
  if (dead != nullptr) {
    const bool byEnd = dead->life != Life::Over;
    Observation& observation =
        observe(path, What::UsedAfterEnd, &object, at, byEnd ? dead->doneAt : dead->endedAt);
    observation.ending = byEnd ? dead->txEnding : dead->ending;
    observation.other = dead == &object ? noObject : dead->id;
    observation.endThrew = dead->endThrew;
    object.life = Life::Unknown; // once is enough
    if (kindOf(object).role == Role::Transaction) object.tx = Tx::Unknown;
    return false;
  }
  const model::Kind& kind = kindOf(object);
  if (wantsTransaction && kind.role == Role::Transaction && object.tx == Tx::Done &&
      !kind.reusable) {
    Observation& observation = observe(path, What::UsedAfterEnd, &object, at, object.doneAt);
    observation.ending = object.txEnding;
    object.tx = Tx::Unknown;
    return false;
  }
  clean(What::UsedAfterEnd, at);
  return true;
}

// ---------------------------------------------------------------- where objects go

void Machine::handOut(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  const ir::Holding holding = slot(event.subject).holding;
  const bool whole = holding == ir::Holding::Value || holding == ir::Holding::Owner ||
                     holding == ir::Holding::Shared;
  Object* object = held(path, event.subject);
  if (object == nullptr || object->nulled) return;
  if (!whole || kindOf(*object).role == Role::Dependent) {
    // A pointer or view to something that is over already; what is itself over may be handed out as
    // a value.
    const bool view = !whole && kindOf(*object).role != Role::Session;
    const Object* dead = deadAncestor(path, *object);
    if ((view && object->life == Life::Over) ||
        (dead != nullptr && object->life != Life::Unknown)) {
      checkAlive(path, at, *object, false);
      return;
    }
  }
  if (object->life == Life::Open) clean(What::UsedAfterEnd, at);
  object->handedOutAt = at;
  site(*object).handedOut = true;
  step(path, at, object);
  if (kindOf(*object).role == Role::Transaction) {
    object->tx = Tx::Unknown;
    if (Object* session = object->parent == noObject ? nullptr : path.core.find(object->parent))
      session->tx = Tx::Unknown;
  }
  const bool copies = kindOf(*object).shared || holding == ir::Holding::Shared;
  // What is put into a member stays where it is.
  const bool stays = event.op == Op::Store && slot(event.subject).storage == ir::Storage::Member;
  if (whole && !copies && !stays) path.core.bindings[event.subject] = movedFrom;
}

/// Code that is not seen may have ended the transaction.
void Machine::perhapsFinished(Path& path, Object& object) {
  object.tx = Tx::Unknown;
  if (Object* guard = object.holder == noObject ? nullptr : path.core.find(object.holder))
    guard->tx = Tx::Unknown;
}

void Machine::escape(Path& path, EventRef at) {
  Object* object = held(path, event(at).subject);
  if (object == nullptr) return;
  object->escaped = true;
  site(*object).escaped = true;
  // Whoever gets a prepared statement runs it.
  if (kindOf(*object).role == Role::Dependent && object->access == ir::Access::Write)
    didWork(path, *object, ir::Access::Write);
  // Whoever keeps a reference (a guard around a lambda) may end the transaction with it.
  const ir::Holding holding = slot(event(at).subject).holding;
  if (kindOf(*object).role == Role::Session &&
      (event(at).mayFinish || (holding != ir::Holding::Raw && event(at).op == Op::Escape)))
    perhapsFinished(path, *object);
  if (kindOf(*object).role != Role::Transaction) return;
  object->tx = Tx::Unknown;
  if (Object* session = object->parent == noObject ? nullptr : path.core.find(object->parent))
    if (session->holder == object->id) session->tx = Tx::Unknown;
}

/// What the slot names from here on is not known, and what becomes of what it named neither.
void Machine::forget(Path& path, EventRef at) {
  const Binding old = path.core.bindings[event(at).subject];
  // A constructor that threw takes the name with it; of what had no other, its own analysis tells.
  if (event(at).implicit && isObject(old)) {
    path.core.bindings[event(at).subject] = unset;
    if (countNames(path, old) == 0) path.core.remove(old);
    return;
  }
  escape(path, at);
  path.core.bindings[event(at).subject] = unknown;
  Object* object = isObject(old) ? path.core.find(old) : nullptr;
  if (object == nullptr || countNames(path, old) != 0) return;
  perhapsFinished(path, *object); // nobody could be seen to end it
}

// ---------------------------------------------------------------- handlers

/// A transaction that somebody else has begun, as the commit here shows.
bool Machine::isCommittedForOthers(const Object& object) const {
  const analysis::Object& known = result_.objects[object.id];
  return kindOf(object).role == Role::Session && known.isEntry() && object.tx != Tx::Done &&
         object.work == Work::Write && committedHere_.count(known.slot) != 0 &&
         firstBegins_.count(known.slot) == 0;
}

void Machine::caught(Path& path, EventRef at) {
  path.core.unwinding = false;
  path.core.thrownBy = ir::none;
  for (auto& object : path.core.objects) {
    const bool begun = object.tx == Tx::Active && object.begunAt.isValid();
    if (begun || isCommittedForOthers(object)) {
      if (begun) object.caughtAt = at;
      const std::int64_t attempt = event(at).value;
      const bool within = attempt == 0 || (object.worked & bitOf(attempt)) != 0;
      if (object.work >= Work::Unknown && within && !object.savedBySavepoint &&
          !event(at).selective)
        object.swallowedAt = at, object.answer = Answer::NotAsked;
    }
    object.savedBySavepoint = false;
  }
  step(path, at);
}

} // namespace session_tidy::analysis
