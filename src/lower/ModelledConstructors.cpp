// Constructors of modelled and recognised classes: what they make, on what, and what begins with
// it.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

/// `Session(sqlite3*)`: the handle is that session's from here on.
bool FunctionLowering::takesHandle(const ModelledCall& call, ir::SlotId on) {
  if (!call.kind->guessed || call.kind->role != model::Role::Session) return false;
  bool takes = false;
  for (const Value& value : *call.values) {
    const ir::SlotId given = slotOf(value);
    if (given == ir::none || !kindOf(given).handle || kindOf(given).role != model::Role::Session)
      continue;
    add(ir::Op::Escape, call.expr->getSourceRange(), given);
    takes = takes || given == on;
  }
  return takes;
}

void FunctionLowering::applyConstructor(const ModelledCall& call, bool mayThrow) {
  const ir::SlotId target = call.destination;
  ir::Event make = event(ir::Op::Make, call.expr->getSourceRange(), target);
  make.text = call.callee;
  make.origin = newObject_ ? ir::Origin::New : ir::Origin::Constructed;
  newObject_ = false;
  const model::Kind& kind = *call.kind;
  const bool modelledThrow = call.model ? call.model->throws : kind.throws;
  make.throws = modelledThrow && mayThrow ? ir::Throws::Modelled
                : mayThrow                ? ir::Throws::Perhaps
                                          : ir::Throws::Never;
  const model::Effect* begin = nullptr;
  if (call.model) {
    for (const model::Effect& effect : call.model->effects) {
      if (effect.on) make.other = slotOf(operandOf(call, *effect.on, call.object));
      if (effect.op == model::Op::Begin)
        begin = &effect;
      else if (effect.op == model::Op::Acquire && make.origin != ir::Origin::New)
        make.origin = ir::Origin::Leased;
      else if (effect.op == model::Op::Derive && make.origin != ir::Origin::New)
        make.origin = ir::Origin::Derived;
      if (effect.op == model::Op::Derive) make.access = accessOfText(call, effect);
    }
  } else {
    for (const Value& value : *call.values) {
      if (make.other == ir::none) make.other = slotOf(value);
    }
  }
  const ir::SlotId on = takesHandle(call, make.other) ? ir::none : make.other;
  make.other = on;
  if (on == ir::none) make.database = databaseOf(kind, kind.display, call.arguments);
  builder_.add(std::move(make));
  if (begin || (!call.model && kind.beginsOnConstruction)) {
    ir::Event started = event(ir::Op::Begin, call.expr->getSourceRange(), target);
    started.other = on;
    started.text = call.callee;
    started.implicit = true;
    builder_.add(std::move(started));
  }
  if (!call.model) return;
  for (const model::Effect& effect : call.model->effects) {
    if (effect.op == model::Op::Commit) { // a guard that runs a function and commits
      add(ir::Op::Commit, call.expr->getSourceRange(), target);
      continue;
    }
    if (effect.op != model::Op::Sql) continue;
    bool carrying = false;
    ir::Event use = event(ir::Op::Use, call.expr->getSourceRange());
    use.text = call.callee;
    use.subject = slotOf(operandOf(call, effect.subject, call.object));
    if (use.subject != ir::none) applySql(call, effect, use, carrying);
  }
}

} // namespace session_tidy::lower
