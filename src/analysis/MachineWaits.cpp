// What one event does to one path's state: waiting for something outside while something is held.
#include "analysis/Machine.h"

#include <algorithm>

namespace session_tidy::analysis {

using model::Role;

/// Whether the thread that is waited for works with the object: `future.get()`.
bool Machine::waitsForOwn(const Object& object, const Path& path, EventRef at) const {
  if (object.sharedAt.isValid()) return true;
  const SourceRange& call = event(at).range;
  return std::ranges::any_of(function_.blocks, [&](const ir::Block& block) {
    return std::ranges::any_of(block.events, [&](const ir::Event& one) {
      return one.op == ir::Op::Join && one.range == call &&
             bindingOf(path, one.subject) == object.id;
    });
  });
}

/// A wait in a loop, with a session that was opened before it to serve all its rounds.
bool Machine::isRoundOfLongerLife(const Object& object, EventRef at) const {
  const ir::LoopId round = event(at).loop;
  if (round == ir::none) return false;
  const EventRef made = result_.objects[object.id].made;
  for (ir::LoopId loop = event(made).loop; loop != ir::none; loop = function_.loops[loop].parent)
    if (loop == round) return false;
  return true;
}

void Machine::waits(Path& path, EventRef at) {
  for (auto& object : path.core.objects) {
    if (object.life == Life::Over || object.escaped || waitsForOwn(object, path, at)) continue;
    const bool isGuard = kindOf(object).role == Role::Transaction;
    if (object.tx == Tx::Active && object.begunAt.isValid() && object.holder == noObject &&
        !isInner(path, object)) {
      observe(path, What::HeldAcrossWait, &object, at, object.begunAt).work = object.work;
      continue;
    }
    if (isGuard || kindOf(object).role != Role::Session || site(object).isEntry() ||
        object.openFailed || object.handedOutAt.isValid() || object.life != Life::Open)
      continue;
    const EventRef made = site(object).made;
    if (event(made).origin == ir::Origin::Leased)
      observe(path, What::HeldAcrossWait, &object, at, made);
    else if (!isRoundOfLongerLife(object, at))
      object.waitedAt = at;
  }
}

void Machine::usedAfterWait(Path& path, EventRef at, Object& object) {
  if (!object.waitedAt.isValid()) return;
  observe(path, What::UsedAfterWait, &object, at, object.waitedAt);
  object.waitedAt = {};
}

} // namespace session_tidy::analysis
