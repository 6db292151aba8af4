// Calls: modelled ones, small ones written in place, and unknown ones.
#include "lower/ClangCompat.h"
#include "lower/FunctionLowering.h"
#include "lower/Literals.h"
#include "lower/Outcomes.h"
#include "lower/OwnedByUse.h"
#include "model/ShapeNames.h"

namespace session_tidy::lower {

std::string FunctionLowering::calleeText(const clang::Expr& call,
                                         const clang::FunctionDecl* function) {
  if (const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    if (const clang::Expr* object = member->getImplicitObjectArgument();
        object && member->getMethodDecl() &&
        !llvm::isa<clang::CXXThisExpr>(object->IgnoreParenImpCasts())) {
      const bool arrow =
          llvm::isa<clang::MemberExpr>(member->getCallee()->IgnoreParens()) &&
          llvm::cast<clang::MemberExpr>(member->getCallee()->IgnoreParens())->isArrow();
      std::string text = unit_.textOf(object->getSourceRange());
      if (compat::endsWith(text, "->")) // a smart pointer's arrow is a call of its own
        text.resize(text.size() - 2);
      return text + (arrow ? "->" : ".") + member->getMethodDecl()->getNameAsString();
    }
  }
  if (const auto* op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call);
      op && op->getNumArgs() == 2)
    return unit_.textOf(op->getArg(0)->getSourceRange()) + " " +
           clang::getOperatorSpelling(op->getOperator());
  if (function) return function->getNameAsString();
  if (const auto* plain = llvm::dyn_cast<clang::CallExpr>(&call))
    return unit_.textOf(plain->getCallee()->getSourceRange());
  return unit_.textOf(call.getSourceRange());
}

std::vector<Value> FunctionLowering::emitArguments(llvm::ArrayRef<const clang::Expr*> arguments) {
  std::vector<Value> values;
  values.reserve(arguments.size());
  for (const clang::Expr* argument : arguments) values.push_back(emit(argument));
  return values;
}

Value FunctionLowering::emitCall(const clang::CallExpr& call, bool wanted, ir::SlotId destination) {
  if (auto text = literalText(call, unit_.types())) return Value::ofText(std::move(*text));
  const clang::FunctionDecl* function = call.getDirectCallee();
  std::vector<const clang::Expr*> arguments(call.arg_begin(), call.arg_end());
  while (!arguments.empty() && llvm::isa<clang::CXXDefaultArgExpr>(arguments.back()) && !function)
    arguments.pop_back();

  if (const auto* memberCall = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    if (const clang::CXXMethodDecl* method = memberCall->getMethodDecl())
      return emitMethodCall(call, *method,
                            *memberCall->getImplicitObjectArgument()->IgnoreParenBaseCasts(),
                            arguments, wanted, destination);
  }
  if (llvm::isa<clang::CXXOperatorCallExpr>(call) && !arguments.empty()) {
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
    if (method && !method->isStatic()) {
      const llvm::ArrayRef<const clang::Expr*> rest =
          llvm::ArrayRef<const clang::Expr*>(arguments).drop_front();
      return emitMethodCall(call, *method, *arguments.front()->IgnoreParenBaseCasts(), rest, wanted,
                            destination);
    }
    if (function && function->getOverloadedOperator() == clang::OO_Plus &&
        !unit_.types().held(call.getType())) {
      const Value first = emit(arguments.front());
      const std::vector<const clang::Expr*> rest(arguments.begin() + 1, arguments.end());
      const std::vector<Value> values = emitArguments(rest);
      lookInto(first, *arguments.front());
      for (std::size_t index = 0; index < rest.size(); ++index)
        lookInto(values[index], *rest[index]);
      if (first.isText()) return first;
      callEvent(call, function, "operator+");
      return {};
    }
    // A free operator on a modelled object is a method of its kind for us (`session << "..."`).
    const Held held = unit_.types().held(arguments.front()->getType());
    if (function && held &&
        !unit_.types().methods(*held.kind, function->getNameAsString()).empty()) {
      const Value object = emit(arguments.front());
      const std::vector<const clang::Expr*> rest(arguments.begin() + 1, arguments.end());
      const std::vector<Value> values = emitArguments(rest);
      ModelledCall modelled{&call,       nullptr, held.kind,
                            object,      rest,    &values,
                            destination, wanted,  calleeText(call, function)};
      modelled.model = pick(unit_.types().methods(*held.kind, function->getNameAsString()), rest);
      if (modelled.model) return applyModel(modelled);
    }
  }
  if (!function) {
    const Value callee = emit(call.getCallee());
    const std::vector<Value> values = emitArguments(arguments);
    if (callee.is == Value::Is::Lambda)
      return inlineCall(call, *callee.lambda->getCallOperator(), {}, arguments, values, wanted,
                        destination);
    return unknownCall(call, nullptr, nullptr, arguments, values);
  }
  if (auto value = standardCall(call, *function, wanted, destination)) return *value;
  const std::vector<const model::CallModel*> models = unit_.types().functions(*function);
  const std::vector<Value> values = emitArguments(arguments);
  noteReferences(*function, values);
  if (!models.empty()) {
    std::vector<const clang::Expr*> given;
    for (const clang::Expr* argument : arguments) {
      if (!llvm::isa<clang::CXXDefaultArgExpr>(argument)) given.push_back(argument);
    }
    ModelledCall modelled{
        &call,  pick(models, given, &values), nullptr, {}, arguments, &values, destination,
        wanted, calleeText(call, function)};
    if (modelled.model) return applyModel(modelled);
  }
  if (mayInline(*function, false) && !startsThread(call, function) &&
      relevance_.worthWriting(*function, values))
    return inlineCall(call, *function, {}, arguments, values, wanted, destination);
  return unknownCall(call, function, nullptr, arguments, values, destination);
}

/// Handles whose very variable goes to a callee (`bool open(Handle*& out)`) cannot be held in an
/// owner instead.
void FunctionLowering::noteReferences(const clang::FunctionDecl& function,
                                      const std::vector<Value>& values) {
  for (unsigned index = 0; index < function.getNumParams() && index < values.size(); ++index) {
    const clang::QualType type = function.getParamDecl(index)->getType();
    if (!type->isLValueReferenceType() || !type->getPointeeType()->isPointerType() ||
        values[index].is != Value::Is::Place)
      continue;
    if (const ir::SlotId seen = slotOf(values[index]); seen != ir::none)
      builder_.function().slots[seen].rebound = true;
  }
}

Value FunctionLowering::emitMethodCall(const clang::CallExpr& call,
                                       const clang::CXXMethodDecl& method,
                                       const clang::Expr& objectExpr,
                                       llvm::ArrayRef<const clang::Expr*> arguments, bool wanted,
                                       ir::SlotId destination) {
  const Value object =
      objectExpr.getType()->isPointerType() ? pointedTo(emit(&objectExpr)) : emit(&objectExpr);
  if (auto value = ownerCall(call, method, object, objectExpr.getType(), arguments)) return *value;
  if (auto value = outcomeCall(call, method, objectExpr, object, arguments)) return *value;
  const std::string name = method.getNameAsString();
  if (name == "operator=" && arguments.size() == 1 && relevance_.isView(objectExpr.getType())) {
    const Value given = emit(arguments.front());
    if (const auto place = namedPlace(objectExpr);
        place && assignView(*place, given, call.getSourceRange()))
      return object;
    escapes(given, objectExpr, call.getSourceRange());
    return object;
  }
  if (name == "operator=" && arguments.size() == 1 && keepsValue(objectExpr.getType())) {
    if (const auto place = namedPlace(objectExpr)) {
      const Value given = emit(arguments.front());
      if (storageOf(*place) == ir::Storage::Member || storageOf(*place) == ir::Storage::Global)
        escapes(given, objectExpr, call.getSourceRange());
      keep(*place, given);
      return object;
    }
  }
  if (object.isText() &&
      (method.isConst() || name == "operator+=" || llvm::isa<clang::CXXConversionDecl>(method))) {
    emitArguments(arguments); // text().c_str() and text + more still begin as they did
    return object;
  }
  if (relevance_.isView(objectExpr.getType()) && method.isConst()) {
    if (call.getType()->isPointerType()) return object; // data()
    if (!call.getType()->isArithmeticType()) lookInto(object, objectExpr);
  }
  if (auto value = generatorCall(call, name, object)) return *value;
  if (object.is == Value::Is::Lambda && name == "operator()") {
    const std::vector<Value> values = emitArguments(arguments);
    return inlineCall(call, *object.lambda->getCallOperator(), {}, arguments, values, wanted,
                      destination);
  }
  const model::Kind* kind = unit_.types().kindForCall(objectExpr.getType(), method);
  if (!kind) {
    const ir::SlotId known = slotOf(object);
    kind = known != ir::none && unit_.types().held(objectExpr.getType()) ? &kindOf(known) : nullptr;
  }
  if (kind && method.isOverloadedOperator() && method.getOverloadedOperator() == clang::OO_Equal &&
      arguments.size() == 1) {
    const ir::SlotId target = slotOf(object);
    const Value value = emit(arguments.front());
    if (target != ir::none) take(target, value, call.getSourceRange());
    return object;
  }
  const std::vector<Value> values = emitArguments(arguments);
  noteReferences(method, values);
  const model::CallModel* said = unit_.types().annotated(method);
  if (kind || said) {
    std::vector<const clang::Expr*> given;
    for (const clang::Expr* argument : arguments) {
      if (!llvm::isa<clang::CXXDefaultArgExpr>(argument)) given.push_back(argument);
    }
    ModelledCall modelled{&call,       nullptr, kind,
                          object,      given,   &values,
                          destination, wanted,  calleeText(call, &method)};
    modelled.model = said ? said : pick(unit_.types().methods(*kind, name), given, &values);
    if (!modelled.model && unit_.types().methods(*kind, name).empty() && mayInline(method, true) &&
        relevance_.touchesSessions(method))
      return inlineCall(call, method, object, arguments, values, wanted, destination);
    // A base class of what only looks like a session: QObject::moveToThread.
    if (!modelled.model && kind->guessed && !unit_.types().kindOf(method.getParent()))
      return unknownCall(call, &method, &object, arguments, values, destination);
    return kind ? methodOfKind(call, method, std::move(modelled)) : applyModel(modelled);
  }
  const bool onThis = llvm::isa<clang::CXXThisExpr>(objectExpr.IgnoreParenImpCasts());
  const bool exact = object.is == Value::Is::Place && object.place.rootKind != Place::Root::This;
  if ((onThis || object.is == Value::Is::Place || object.is == Value::Is::Address) &&
      mayInline(method, !exact) &&
      (relevance_.worthWriting(method, values) || relevance_.keepsBooks(method)))
    return inlineCall(call, method, object, arguments, values, wanted, destination);
  return unknownCall(call, &method, &object, arguments, values, destination);
}

/// Types of which it is followed whether there is something inside: exception_ptr, std::function.
bool FunctionLowering::keepsValue(clang::QualType type) {
  if (type->isReferenceType()) type = type.getNonReferenceType();
  if (type->isPointerType() || !TypeFacts::recordOf(type)) return false;
  return isTracked(type) || unit_.types().isHelper(type, model::Helper::Callable) ||
         unit_.types().isHelper(type, model::Helper::AssignedGuard);
}

void FunctionLowering::keep(const Place& place, const Value& value) {
  if (value.is == Value::Is::Lambda) {
    aliases_[place] = value;
    assign(place, Value::of(1));
  } else {
    assign(place, value);
  }
}

// ---------------------------------------------------------------- calls that nothing is known
// about

void FunctionLowering::passLambda(const clang::Expr& call, const clang::LambdaExpr& lambda,
                                  const std::string& callee) {
  for (const clang::LambdaCapture& capture : lambda.captures()) {
    if (!capture.capturesVariable()) continue;
    const Place place = placeOf(*llvm::cast<clang::VarDecl>(capture.getCapturedVar()));
    const bool byReference = capture.getCaptureKind() == clang::LCK_ByRef;
    const ir::SlotId seen = slotOf(valueAt(place));
    if (seen != ir::none) {
      ir::Event use = event(byReference || slot(seen).holding != ir::Holding::Raw ? ir::Op::Use
                                                                                  : ir::Op::Escape,
                            call.getSourceRange(), seen);
      use.opaque = true;
      use.mayFinish = mayFinish(callee);
      use.text = callee;
      builder_.add(std::move(use));
    } else if (byReference) {
      changedBelow(place);
    }
  }
}

/// Whether the code of a pool is written here, in place of a call: of a class that is called so, or
/// that has a row of sessions.
bool FunctionLowering::insidePool() const {
  const auto* method =
      now_->caller ? llvm::dyn_cast<clang::CXXMethodDecl>(now_->function) : nullptr;
  return method && method->getParent()->getIdentifier() &&
         (model::looksLikePool(model::plainName(method->getParent()->getName().str())) ||
          unit_.types().hasRowOfSessions(*method->getParent()));
}

/// `idle_.push_back(std::move(session))`: the pool has it again.
bool FunctionLowering::putsBack(const std::string& callee) const {
  const std::string_view name = model::calledName(callee);
  return insidePool() &&
         (name.substr(0, 4) == "push" || name.substr(0, 7) == "emplace" || name == "insert");
}

void FunctionLowering::passArgument(const clang::Expr& call, clang::QualType parameter,
                                    const Value& value, const std::string& callee) {
  if (value.is == Value::Is::Lambda) return passLambda(call, *value.lambda, callee);
  const bool byReference = !parameter.isNull() && parameter->isLValueReferenceType();
  const bool changeable = parameter.isNull() || parameter->isPointerType() ||
                          (byReference && !parameter.getNonReferenceType().isConstQualified());
  const ir::SlotId seen = slotOf(value);
  if (seen == ir::none) {
    const bool given = value.moved && !byReference && value.is == Value::Is::Place;
    if (given) {
      if (value.place.rootKind == Place::Root::Temporary) givenAway_.insert(value.place);
      escapeInside(value.place, call.getSourceRange());
      changedBelow(value.place);
    } else if ((value.is == Value::Is::Address || value.is == Value::Is::Place) && changeable) {
      // An object with sessions inside is out of our sight from here on.
      for (const auto& [place, known] : slots_) {
        if (place.within(value.place) && slot(known).holding == ir::Holding::Raw)
          add(ir::Op::Escape, call.getSourceRange(), known);
      }
      changedBelow(value.place);
    }
    return;
  }
  const clang::SourceRange range = call.getSourceRange();
  const ir::Holding holding = slot(seen).holding;
  const bool library = unit_.models().onlyUses(callee);
  if (value.moved && !byReference &&
      (holding == ir::Holding::Value || holding == ir::Holding::Owner)) {
    const ir::SlotId out = temporarySlot(kindOf(seen), holding, call);
    add(ir::Op::Move, range, out, seen);
    add(putsBack(callee) ? ir::Op::GiveBack : ir::Op::Escape, range, out);
    return;
  }
  // A callee that gets the handle's variable itself may fill it anew.
  const bool rebinds =
      changeable && byReference && holding == ir::Holding::Raw && value.is == Value::Is::Place;
  const bool keeps = holding == ir::Holding::Raw && !library &&
                     !model::soundsLikeTelling(model::calledName(callee));
  ir::Event use = event(keeps || rebinds ? ir::Op::Escape : ir::Op::Use, range, seen);
  use.opaque = !library;
  use.mayFinish = !library && mayFinish(callee);
  use.text = callee;
  builder_.add(std::move(use));
  if (value.is == Value::Is::Address && holding == ir::Holding::Raw)
    add(ir::Op::Forget, range, seen);
  if (rebinds) add(ir::Op::Forget, range, seen);
}

/// Whether a call that is not seen works with a session that it is given, and so reports its
/// trouble as that session does.
bool FunctionLowering::reachesDatabase(const clang::Expr& call, const clang::FunctionDecl* function,
                                       const std::vector<Value>& values) {
  if (llvm::isa<clang::CXXConstructExpr>(call)) return false; // it keeps the session for later
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  const bool callable = !function || (method && method->getOverloadedOperator() == clang::OO_Call);
  if (!callable && unit_.inSystemCode(function->getLocation())) return false;
  // `bool(MYSQL*)` tells its trouble by its result, as the library does.
  const bool tells = call.getType()->isIntegralOrEnumerationType();
  return llvm::any_of(values, [&](const Value& value) {
    const ir::SlotId seen = slotOf(value);
    if (seen == ir::none) return false;
    const model::Kind& kind = kindOf(seen);
    return (kind.role == model::Role::Session || kind.role == model::Role::Transaction) &&
           (kind.throws || (callable && kind.handle && !tells));
  });
}

/// Whether a raw handle that a call out of sight gives to this variable is the function's to
/// release.
bool FunctionLowering::isOwnedByUse(const clang::Expr& call, const Held& held,
                                    ir::SlotId destination) {
  const auto* written = llvm::dyn_cast<clang::CallExpr>(&call);
  if (!written || destination == ir::none || held.holding != ir::Holding::Raw ||
      &kindOf(destination) != held.kind || slot(destination).holding != ir::Holding::Raw)
    return false;
  const bool released = held.kind->role == model::Role::Session ||
                        held.kind->role == model::Role::Transaction || !held.kind->closer.empty();
  if (!released || held.kind->shared) return false;
  for (const auto& [place, known] : slots_)
    if (known == destination && place.path.empty() && place.variable())
      return lower::isOwnedByUse(unit_, *written, *place.variable(), *now_->function->getBody());
  return false;
}

/// A function with sessions of its own may close or open those that everybody can reach.
void FunctionLowering::forgetGlobals(const clang::Expr& call) {
  for (const auto& [place, known] : std::map<Place, ir::SlotId>(slots_))
    if (slot(known).storage == ir::Storage::Global && slot(known).holding == ir::Holding::Raw)
      add(ir::Op::Forget, call.getSourceRange(), known);
}

/// Whether a call's result is an object that whoever called it ends.
bool FunctionLowering::givesOwned(const clang::Expr& call, const Held& held) {
  return !call.isGLValue() && !llvm::isa<clang::CXXConstructExpr>(call) &&
         (held.holding == ir::Holding::Value || held.holding == ir::Holding::Owner);
}

/// `Transaction Session::begin()`: what comes out has begun.
void FunctionLowering::beginMade(const clang::Expr& call, ir::SlotId guard, ir::SlotId session) {
  const model::Kind& kind = kindOf(guard);
  if (kind.role != model::Role::Transaction || !kind.guessed || !kind.beginsOnConstruction) return;
  ir::Event begun = event(ir::Op::Begin, call.getSourceRange(), guard);
  begun.other = session;
  begun.text = kind.display;
  begun.implicit = true;
  builder_.add(std::move(begun));
}

/// Such an object, in its variable or in a temporary of its own.
Value FunctionLowering::owned(const clang::Expr& call, const Held& held, std::string maker,
                              const llvm::ArrayRef<const clang::Expr*>* given,
                              ir::SlotId destination, ir::SlotId session) {
  const bool here = destination != ir::none && &kindOf(destination) == held.kind &&
                    slot(destination).holding == held.holding;
  const ir::SlotId made = here ? destination : temporarySlot(*held.kind, held.holding, call);
  ir::Event make = event(ir::Op::Make, call.getSourceRange(), made);
  make.origin = ir::Origin::Factory;
  make.text = std::move(maker);
  if (given) make.database = databaseOf(*held.kind, makerWords(call, make.text), *given);
  if (held.kind->role == model::Role::Transaction) make.other = session;
  if (session != ir::none && kindOf(session).throws) make.throws = ir::Throws::Modelled;
  builder_.add(std::move(make));
  beginMade(call, made, session);
  if (here) return Value::inSlot(made);
  pushCleanup([this, made, range = call.getSourceRange()](bool) {
    ir::Event end = event(ir::Op::End, range, made);
    end.implicit = true;
    builder_.add(std::move(end));
  });
  Value value = Value::inSlot(made);
  value.moved = true;
  return value;
}

/// The first session or transaction that a call is given.
ir::SlotId FunctionLowering::sessionAmong(const std::vector<Value>& values) {
  for (const Value& value : values) {
    const ir::SlotId given = slotOf(value);
    if (given != ir::none && (kindOf(given).role == model::Role::Session ||
                              kindOf(given).role == model::Role::Transaction))
      return given;
  }
  return ir::none;
}

Value FunctionLowering::unknownCall(const clang::Expr& call, const clang::FunctionDecl* function,
                                    const Value* object,
                                    llvm::ArrayRef<const clang::Expr*> arguments,
                                    const std::vector<Value>& values, ir::SlotId destination) {
  if (auto thread = threadCall(call, function, object, arguments, values)) return *thread;
  const std::string callee = calleeText(call, function);
  for (std::size_t index = 0; index < values.size() && index < arguments.size(); ++index) {
    clang::QualType parameter;
    if (function && index < function->getNumParams())
      parameter = function->getParamDecl(static_cast<unsigned>(index))->getType();
    passArgument(call, parameter, values[index], callee);
  }
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  const bool constant = method && method->isConst();
  if (object && !constant) {
    if (object->is == Value::Is::Place || object->is == Value::Is::Address) {
      const bool onThis = object->place.rootKind == Place::Root::This;
      if (onThis && object->place.path.empty())
        changedMembers();
      else
        changedBelow(object->place);
      // The method may close or replace the handles of its object; what a reference names stays the
      // same.
      for (const auto& [place, known] : std::map<Place, ir::SlotId>(slots_)) {
        if (place.within(object->place) && place.path.size() > object->place.path.size() &&
            slot(known).holding != ir::Holding::Value &&
            !unit_.inSystemCode(method ? method->getLocation() : call.getBeginLoc()))
          add(place.path.back()->getType()->isReferenceType() ? ir::Op::Escape : ir::Op::Forget,
              call.getSourceRange(), known);
      }
    }
  }
  if (function && relevance_.touchesSessions(*function)) forgetGlobals(call);
  if (function && throws(function) &&
      (function->isNoReturn() || relevance_.alwaysThrows(*function))) {
    builder_.raise(event(ir::Op::Call, call.getSourceRange()).range); // what does not return throws
    return {};
  }
  callEvent(call, function, callee, reachesDatabase(call, function, values));
  if (function && (function->isNoReturn() || soundsFatal(call, *function))) builder_.stop();
  // Session objects that come from a call we cannot see are new objects of ours when their type
  // owns them.
  const Held held = unit_.types().held(call.getType());
  if (held && givesOwned(call, held)) {
    std::string name = function ? unit_.types().qualifiedName(function) : callee;
    return owned(call, held, std::move(name), &arguments, destination, sessionAmong(values));
  }
  if (held && function && arguments.empty() && isEverybodys(*function, *held.kind))
    return Value::inSlot(everybodysSlot(call, *function, *held.kind));
  if (held && isOwnedByUse(call, held, destination)) {
    ir::Event make = event(ir::Op::Make, call.getSourceRange(), destination);
    make.origin = ir::Origin::Factory;
    make.success = model::Success::IfNonNull;
    make.text = function ? unit_.types().qualifiedName(function) : callee;
    builder_.add(std::move(make));
    return Value::inSlot(destination);
  }
  if (!isTracked(call.getType()) || held) return {};
  const MadeOutcome made =
      function && isOutcomeValue(call.getType()) ? madeOutcome(*function) : MadeOutcome{};
  return made.from == MadeOutcome::From::Known ? Value::of(made.worked ? 1 : 0) : freshVariable();
}

Value FunctionLowering::freshVariable() {
  const ir::VarId variable = builder_.addVariable("");
  setVariable(variable, {});
  return Value::inVariable(variable);
}

} // namespace session_tidy::lower
