// What one event does to one path's state: several sessions or transactions of one database, and
// sessions in several hands.
#include "analysis/Machine.h"

#include <string>

namespace session_tidy::analysis {

using model::Role;

std::string Machine::nameInRegister(const Object& object) const {
  const analysis::Object& known = result_.objects[object.id];
  return known.isEntry() ? slot(known.slot).database : event(known.made).database;
}

/// Whether a variable of this function, not only the register, refers to the object.
bool Machine::isNamedHere(const Path& path, ObjectId id) const {
  for (ir::SlotId at = 0; at < path.core.bindings.size(); ++at) {
    const ir::Storage storage = slot(at).storage;
    if (path.core.bindings[at] == id && slot(at).holding != ir::Holding::Raw &&
        slot(at).holding != ir::Holding::Reference &&
        (storage == ir::Storage::Local || storage == ir::Storage::Parameter))
      return true;
  }
  return false;
}

/// A session leaves its register: no variable may refer to it, and nothing that hangs on it.
void Machine::removed(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  const Object* given = held(path, event.subject);
  for (auto& object : path.core.objects) {
    const model::Kind& kind = kindOf(object);
    if (kind.role != Role::Session || !kind.shared) continue;
    const bool meant = given ? given->id == object.id
                             : !event.database.empty() && nameInRegister(object) == event.database;
    if (!meant) continue;
    object.removedAt = at;
    if (isNamedHere(path, object.id)) {
      observe(path, What::RemovedWhileHeld, &object, at, at);
      return;
    }
    for (const auto& other : path.core.objects)
      if (other.parent == object.id && isNamedHere(path, other.id)) {
        observe(path, What::RemovedWhileHeld, &object, at, at).other = other.id;
        return;
      }
  }
}

/// What was removed from its register works no more.
void Machine::checkRemoved(Path& path, EventRef at, Object& object) {
  if (event(at).implicit) return;
  Object* of = &object;
  for (unsigned depth = 0; of != nullptr && depth < 8; ++depth) {
    if (of->removedAt.isValid()) {
      observe(path, What::UsedAfterRemoval, &object, at, of->removedAt);
      of->removedAt = {}; // once is enough
      return;
    }
    of = of->parent == noObject ? nullptr : path.core.find(of->parent);
  }
}

template <typename Visit>
void Machine::onChain(Path& path, Object& object, Visit visit) {
  Object* at = &object;
  for (unsigned depth = 0; at != nullptr && depth < 8; ++depth) {
    visit(*at);
    if (at->holder != noObject)
      if (Object* guard = path.core.find(at->holder)) visit(*guard);
    at = at->parent == noObject ? nullptr : path.core.find(at->parent);
    if (at != nullptr && kindOf(*at).role == Role::Pool) break;
  }
}

/// Marks the work on the object, on what it hangs on, and on the guard whose transaction it runs
/// in.
void Machine::didWork(Path& path, Object& object, ir::Access access, bool setup) {
  const Work work = access == ir::Access::Write  ? Work::Write
                    : access == ir::Access::Read ? Work::Read
                                                 : Work::Unknown;
  onChain(path, object, [&](Object& one) {
    one.work = std::max(one.work, work);
    if (work == Work::Write) site(one).wrote = true;
  });
  // A column that cannot be dropped is mostly not there: no half-done work.
  if (work >= Work::Unknown && !setup) triedWork(path, object);
}

void Machine::triedWork(Path& path, Object& object) {
  onChain(path, object, [](Object& one) { one.worked = ~std::uint64_t{0}; });
}

ObjectState& Machine::sessionOf(Path& path, Object& object) const {
  Object* at = &object;
  for (unsigned depth = 0; depth < 8 && kindOf(*at).role != Role::Session && at->parent != noObject;
       ++depth) {
    Object* parent = path.core.find(at->parent);
    if (parent == nullptr) break;
    at = parent;
  }
  return *at;
}

/// Two sessions that were opened with the same words.
bool Machine::sameDatabase(const Object& left, const Object& right) const {
  const analysis::Object& one = result_.objects[left.id];
  const analysis::Object& two = result_.objects[right.id];
  if (one.isEntry() || two.isEntry() || one.kind != two.kind) return false;
  const std::string& database = event(one.opened.isValid() ? one.opened : one.made).database;
  return !database.empty() &&
         database == event(two.opened.isValid() ? two.opened : two.made).database;
}

/// A write: does it go where the open transaction is, and through the only session of its database?
void Machine::lookAcross(Path& path, EventRef at, Object& object) {
  Object& session = sessionOf(path, object);
  const ObjectId own = session.id;
  if (&object == &session && session.tx == Tx::Active && session.holder != noObject) {
    Observation& observation = observe(path, What::Bypass, &session, at, session.begunAt);
    observation.other = session.holder;
  }
  const bool ownTransaction = session.tx == Tx::Active;
  for (auto& other : path.core.objects) {
    if (other.id == own || kindOf(other).role != Role::Session ||
        kindOf(session).role != Role::Session)
      continue;
    const Object* pool = session.parent == noObject ? nullptr : path.core.find(session.parent);
    const bool samePool =
        (pool && session.parent == other.parent && kindOf(*pool).role == Role::Pool) ||
        sameDatabase(session, other);
    const ir::Slot& asked = slot(site(session).slot);
    const bool defaultOne = (kindOf(other).shared || !asked.database.empty()) &&
                            site(other).kind == site(session).kind && site(session).isEntry() &&
                            asked.storage == ir::Storage::Global;
    const bool unnamed = slot(site(session).slot).storage == ir::Storage::Temporary;
    if (other.tx == Tx::Active && other.begunAt.isValid() && !ownTransaction &&
        ((samePool && unnamed) || defaultOne)) {
      observe(path, What::Bypass, &session, at, other.begunAt).other = other.id;
    } else if (samePool && (other.work == Work::Write || other.workCommitted == Work::Write) &&
               !other.escaped && !other.handedOutAt.isValid() &&
               (other.life == Life::Over || countNames(path, other.id) != 0)) {
      // Whichever was taken later is the second.
      const bool later = other.id < own;
      const Object& second = later ? session : other;
      const Object& first = later ? other : session;
      Observation& observation =
          observe(path, What::SecondSession, &second, site(second).made, site(first).made);
      observation.other = first.id;
      // A second one that is over was taken, and ended, while the first was held.
      observation.overlaps = other.life == Life::Open || !later;
      observation.begunBetween =
          ownTransaction || other.lastCommit.isValid() || other.begunAt.isValid();
      observation.rightAfter = second.follows == first.id;
    }
  }
}

/// A write of a statement that was given no connection, so that it runs on the library's default
/// one.
void Machine::lookBeside(Path& path, EventRef at, Object& object) {
  if (site(object).isEntry() || object.parent != noObject || kindOf(object).role != Role::Dependent)
    return;
  const ir::Event& made = event(site(object).made);
  if (made.origin != ir::Origin::Derived || made.other != ir::none) return;
  for (const auto& session : path.core.objects) {
    if (session.tx != Tx::Active || !session.begunAt.isValid() ||
        kindOf(session).role != Role::Session)
      continue;
    // `QSqlDatabase::database()` without a name is the default connection itself.
    const analysis::Object& known = site(session);
    const bool named = !nameInRegister(session).empty() ||
                       (known.isEntry() && slot(known.slot).storage != ir::Storage::Global);
    if (!named) continue;
    if (kindOf(session).shared && kindOf(session).library == kindOf(object).library)
      observe(path, What::Bypass, &object, at, session.begunAt).other = session.id;
  }
}

/// Two writing transactions of one environment (LMDB), the second no child of the first: it waits
/// for ever.
void Machine::beganBeside(Path& path, EventRef at, const Object& guard) {
  if (event(at).access != ir::Access::Write) return;
  for (const auto& other : path.core.objects)
    if (other.id != guard.id && other.parent == guard.parent && other.tx == Tx::Active &&
        other.begunAt.isValid() && !other.escaped &&
        event(other.begunAt).access == ir::Access::Write) {
      observe(path, What::NestedBegin, path.core.find(guard.parent), at, other.begunAt).other =
          other.id;
      return;
    }
}

/// ... where it was not told as they began.
void Machine::wroteBeside(Path& path, const Object& guard) {
  const Object* session = guard.parent == noObject ? nullptr : path.core.find(guard.parent);
  const auto writes = [&](const Object& one) {
    return one.parent == guard.parent && one.tx == Tx::Active && one.begunAt.isValid() &&
           !one.escaped && event(one.begunAt).access != ir::Access::Read && one.work == Work::Write;
  };
  if (session == nullptr || kindOf(*session).role != Role::Session || !kindOf(*session).handle ||
      !kindOf(guard).handle || !writes(guard))
    return;
  for (const auto& other : path.core.objects) {
    if (other.id == guard.id || !writes(other)) continue;
    if (event(guard.begunAt).access == ir::Access::Write &&
        event(other.begunAt).access == ir::Access::Write)
      return;
    const Object& later = guard.id > other.id ? guard : other;
    const Object& earlier = guard.id > other.id ? other : guard;
    observe(path, What::NestedBegin, session, later.begunAt, earlier.begunAt).other = earlier.id;
    return;
  }
}

void Machine::share(Path& path, EventRef at) {
  const ir::Event& event = this->event(at);
  checkMoved(path, at, event.subject);
  Object* object = held(path, event.subject);
  if (object == nullptr || kindOf(*object).role == Role::Pool) return;
  checkAlive(path, at, *object, false);
  const ir::Slot& from = slot(event.subject);
  // A name in a library's register is good in the thread that made it, and in no other.
  const bool boundToThread = kindOf(*object).isRegisterName();
  const bool borrowed = site(*object).isEntry() && from.isGiven();
  // A second hand-over that lets go is `detach` of the first thread.
  const bool letsGo = event.detached && object->sharedAt.isValid() && !object->detached;
  if (object->sharedAt.isValid() && !letsGo && kindOf(*object).threadSafe) return;
  if (object->sharedAt.isValid() && !letsGo) {
    observe(path, What::SharedTwice, object, at, object->sharedAt);
  } else if (event.detached && (boundToThread || (borrowed && !kindOf(*object).threadSafe))) {
    observe(path, What::SharedDetached, object, at, letsGo ? object->sharedAt : at);
    object->sharedAt = {};
  } else if (letsGo) {
    object->detached = true;
  } else {
    object->sharedAt = at;
    object->detached = event.detached;
  }
  step(path, at, object);
}

/// The creator goes on using what a thread has got.
void Machine::checkShared(Path& path, EventRef at, Object& object) {
  Object* one = &object;
  for (unsigned depth = 0; one != nullptr && depth < 8; ++depth) {
    if (one->sharedAt.isValid() && kindOf(*one).role != Role::Pool && !kindOf(*one).threadSafe) {
      observe(path, What::SharedWhileUsed, one, at, one->sharedAt);
      one->sharedAt = {};
    }
    usedAfterWait(path, at, *one);
    one = one->parent == noObject ? nullptr : path.core.find(one->parent);
  }
}

} // namespace session_tidy::analysis
