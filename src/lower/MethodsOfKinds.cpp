// Methods of modelled and recognised classes: what they do where the model does not say it, and
// what they give out of the object.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

/// `db.raw()`: the handle in a session is that session under another name. `unit.session()`: what
/// is done through it is the transaction's.
bool FunctionLowering::givesInside(const clang::CallExpr& call, const clang::CXXMethodDecl& method,
                                   const model::Kind& kind, const Held& held) {
  if (method.getNumParams() != 0 || held.kind == &kind || held.kind->role != model::Role::Session)
    return false;
  const bool pointer = call.getType()->isPointerType();
  return kind.role == model::Role::Session ? method.isConst() && pointer
                                           : kind.role == model::Role::Transaction &&
                                                 kind.guessed && (pointer || call.isGLValue());
}

/// `session.begin()` whose result is the transaction: of classes that were recognised by their
/// shape.
bool FunctionLowering::givesGuard(const clang::CallExpr& call, const model::Kind& kind,
                                  const Held& made) {
  return kind.guessed && made.kind->guessed && made.kind->role == model::Role::Transaction &&
         made.kind->beginsOnConstruction && givesOwned(call, made);
}

namespace {

model::CallModel plainCall(model::Op op, bool throws) {
  model::CallModel call;
  call.throws = throws;
  call.effects.push_back({});
  call.effects.front().op = op;
  return call;
}

/// What a method does that the kind's model says nothing of, or no more than that it uses the
/// object.
const model::CallModel* unsaid(const clang::CXXMethodDecl& method, const model::CallModel* said,
                               bool throws, bool guessed) {
  static const model::CallModel use = plainCall(model::Op::Use, false);
  static const model::CallModel throwing = plainCall(model::Op::Use, true);
  static const model::CallModel question = plainCall(model::Op::Read, false);
  const bool plain =
      !said || (said->effects.size() == 1 && said->effects.front().op == model::Op::Use &&
                !said->effects.front().sqlArgument && !said->effects.front().on);
  if (plain && guessed && method.isConst() && method.getNumParams() == 0) return &question;
  if (said) return said;
  return throws ? &throwing : &use;
}

} // namespace

Value FunctionLowering::methodOfKind(const clang::CallExpr& call,
                                     const clang::CXXMethodDecl& method, ModelledCall modelled) {
  const model::Kind& kind = *modelled.kind;
  const Held made = unit_.types().held(call.getType());
  if (made && givesGuard(call, kind, made)) {
    return owned(call, made, unit_.types().qualifiedName(&method), nullptr, modelled.destination,
                 kind.role == model::Role::Pool ? ir::none : slotOf(modelled.object));
  }
  const bool said = modelled.model != nullptr;
  if (!said || kind.guessed)
    modelled.model = unsaid(method, modelled.model, kind.throws && throws(&method), kind.guessed);
  const Value result = applyModel(modelled);
  const bool session = made && (made.kind->role == model::Role::Session ||
                                made.kind->role == model::Role::Transaction);
  if (result.is != Value::Is::Unknown || !session) return result;
  if (!said && givesOwned(call, made))
    return owned(call, made, unit_.types().qualifiedName(&method), nullptr, modelled.destination,
                 ir::none);
  if (!givesInside(call, method, kind, made)) return result;
  Value inside = modelled.object;
  if (inside.is == Value::Is::Place && call.getType()->isPointerType())
    inside.is = Value::Is::Address;
  return inside;
}

} // namespace session_tidy::lower
