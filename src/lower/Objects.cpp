// Objects: construction, first values and destruction of modelled kinds.
#include "lower/FunctionLowering.h"
#include "lower/Prvalues.h"
#include "lower/Steady.h"

namespace session_tidy::lower {

namespace {

bool isLifetimeExtended(const clang::Expr& init) {
  const clang::Expr* inner = &init;
  while (true) {
    inner = inner->IgnoreParens();
    if (const auto* materialised = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(inner))
      return materialised->getStorageDuration() != clang::SD_FullExpression;
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
      inner = cleanups->getSubExpr();
    else if (const auto* cast = llvm::dyn_cast<clang::ImplicitCastExpr>(inner))
      inner = cast->getSubExpr();
    else
      return false;
  }
}

} // namespace

bool FunctionLowering::isAggregate(clang::QualType type) {
  const auto* record = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(TypeFacts::recordOf(type));
  return record && !unit_.types().held(type) && relevance_.isSessionClass(*record);
}

void FunctionLowering::initialise(const Place& place, clang::QualType type, const clang::Expr* init,
                                  clang::SourceRange range) {
  const Held held = unit_.types().held(type);
  if (held) {
    if (type->isReferenceType() && init) return initialiseReference(place, type, *init);
    const auto known = slots_.find(place);
    const ir::SlotId slot = known != slots_.end() ? known->second : makeSlot(place, held, range);
    return initialiseSlot(slot, held, type, init);
  }
  if (type->isReferenceType() && init) return initialiseReference(place, type, *init);
  if (isAggregate(type))
    return initialiseAggregate(place, *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(type)),
                               init);
  if (!init) {
    if (!assignView(place, {}, range)) changed(place);
    return;
  }
  Value value = emit(init);
  adoptThread(place, value);
  if (keepsValue(type)) return keep(place, value);
  if (value.is == Value::Is::Lambda ||
      (value.isText() && place.path.empty() && place.variable() && isSteady(*place.variable()))) {
    aliases_[place] = std::move(value);
    return;
  }
  // A view or pointer into a dependent (column text and the like) lives no longer than what it
  // looks into.
  const ir::SlotId seen = slotOf(value);
  if (seen != ir::none && kindOf(seen).role == model::Role::Generator) {
    aliases_[place] = value; // its iterator
    return;
  }
  if (seen != ir::none && kindOf(seen).role == model::Role::Dependent && relevance_.isView(type) &&
      !isViewVariable(place)) {
    const auto known = slots_.find(place);
    const ir::SlotId slot = known != slots_.end()
                                ? known->second
                                : makeSlot(place, {&kindOf(seen), ir::Holding::Reference}, range);
    add(ir::Op::Bind, init->getSourceRange(), slot, seen);
    return;
  }
  pointTo(place, type, value);
  if (assignView(place, value, range) || keepPosition(place, type, value, range)) return;
  if (isTracked(type)) assign(place, value);
}

void FunctionLowering::assign(const Place& place, const Value& value) {
  setVariable(variableAt(place), value);
  changedConditions(place);
}

void FunctionLowering::initialiseReference(const Place& place, clang::QualType type,
                                           const clang::Expr& init) {
  if (isLifetimeExtended(init)) {
    const clang::QualType object = type.getNonReferenceType();
    if (unit_.types().held(object) || isAggregate(object))
      return initialise(place, object.getUnqualifiedType(), &init, init.getSourceRange());
  }
  const Value value = emit(&init);
  const bool fixedObject =
      value.is == Value::Is::Place || value.is == Value::Is::Lambda || value.isText();
  const ir::SlotId target = slotOf(value);
  if (fixedObject && (target == ir::none || slot(target).holding == ir::Holding::Value)) {
    aliases_[place] = value;
    return;
  }
  const Held held = unit_.types().held(type);
  if (!held) return;
  const auto known = slots_.find(place);
  const ir::SlotId reference =
      known != slots_.end()
          ? known->second
          : makeSlot(place, {held.kind, ir::Holding::Reference}, init.getSourceRange());
  take(reference, value, init.getSourceRange());
}

/// A session of which it is not seen where it comes from, but for the pool whose code this is.
void FunctionLowering::makeFromUnseen(ir::SlotId target, clang::SourceRange range) {
  ir::Event made = event(ir::Op::Make, range, target);
  made.origin = insidePool() ? ir::Origin::Leased : ir::Origin::Factory;
  if (insidePool() && now_->thisObject.is == Value::Is::Place)
    made.database = "pool " + nameOf(now_->thisObject.place);
  builder_.add(std::move(made));
}

void FunctionLowering::take(ir::SlotId target, const Value& value, clang::SourceRange range,
                            bool assigned) {
  const ir::SlotId source = slotOf(value);
  const ir::Holding holding = slot(target).holding;
  if (source == target) return;
  if (value.is == Value::Is::Null || (value.is == Value::Is::Constant && value.constant == 0)) {
    add(ir::Op::Null, range, target);
  } else if (source != ir::none) {
    const bool owns = holding == ir::Holding::Value || holding == ir::Holding::Owner;
    const bool fromRaw = slot(source).holding == ir::Holding::Raw && value.is != Value::Is::Address;
    const bool sharedFromRaw = holding == ir::Holding::Shared && fromRaw;
    const bool moves = (owns && (value.moved || fromRaw)) || sharedFromRaw ||
                       (holding == ir::Holding::Shared && value.moved);
    if (moves || !owns) {
      if (const auto outcome = outcomes_.find(source); outcome != outcomes_.end())
        outcomes_[target] = outcome->second;
      add(moves ? ir::Op::Move : ir::Op::Bind, range, target, source);
    } else {
      ir::Event made = event(ir::Op::Make, range, target); // a copy is an object of its own
      builder_.add(std::move(made));
    }
  } else if (holding == ir::Holding::Value || holding == ir::Holding::Owner) {
    makeFromUnseen(target, range);
  } else if (holding == ir::Holding::Shared && (slot(target).storage != ir::Storage::Local ||
                                                kindOf(target).role != model::Role::Session)) {
    add(ir::Op::Forget, range, target);
  } else if (slot(target).storage == ir::Storage::Local &&
             (assigned || holding == ir::Holding::Shared)) {
    // Here it is someone else's session, elsewhere the same variable may hold one of ours.
    ir::Slot found = slot(target);
    found.storage = ir::Storage::Global;
    found.found = true;
    const model::Kind& kind = kindOf(target);
    const ir::SlotId theirs = builder_.addSlot(std::move(found));
    slotKinds_.push_back(&kind);
    add(ir::Op::Bind, range, target, theirs);
  } else if (slot(target).storage == ir::Storage::Local) {
    // Someone else's session under a local name: like a parameter, an object that this function
    // does not own.
    ir::Slot& name = builder_.function().slots[target];
    name.storage = ir::Storage::Global;
    name.found = true;
  } else {
    add(ir::Op::Forget, range, target);
  }
}

void FunctionLowering::initialiseSlot(ir::SlotId target, const Held& held, clang::QualType type,
                                      const clang::Expr* init) {
  if (!init) {
    if (held.holding != ir::Holding::Value) add(ir::Op::Null, {}, target);
    return;
  }
  const clang::Expr* inner = stripPrvalue(init);
  if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(inner);
      list && list->getNumInits() == 1)
    inner = stripPrvalue(list->getInit(0));
  const bool classType = TypeFacts::recordOf(type) && !type->isPointerType();
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner);
      construct && classType) {
    constructKind(*construct, held, target);
    return;
  }
  const Value value = emit(inner, true, target);
  if (value.is == Value::Is::Slot && value.slot == target) return;
  take(target, value, init->getSourceRange());
}

void FunctionLowering::constructKind(const clang::CXXConstructExpr& expr, const Held& held,
                                     ir::SlotId target) {
  std::vector<const clang::Expr*> arguments;
  for (const clang::Expr* argument : expr.arguments()) {
    if (!llvm::isa<clang::CXXDefaultArgExpr>(argument)) arguments.push_back(argument);
  }
  const clang::CXXConstructorDecl& constructor = *expr.getConstructor();
  if (held.kind->handle && unit_.types().kindOf(TypeFacts::recordOf(expr.getType())))
    return add(ir::Op::Null, expr.getSourceRange(), target); // a C struct that a call will fill in
  const clang::RecordDecl* record = TypeFacts::recordOf(expr.getType());
  const bool wrapper = unit_.types().kindOf(record) == nullptr; // unique_ptr and its like
  const bool isNew = std::exchange(newObject_, false); // not what is made for its arguments
  const std::vector<Value> values = emitArguments(arguments);
  newObject_ = isNew;
  if (arguments.empty() && wrapper) return add(ir::Op::Null, expr.getSourceRange(), target);
  if (newObject_ && constructor.isCopyOrMoveConstructor()) {
    newObject_ = false;
    ir::Event made = event(ir::Op::Make, expr.getSourceRange(), target);
    made.origin = ir::Origin::New;
    builder_.add(std::move(made));
    return;
  }
  if (const ir::SlotId pool = wrapper && !values.empty() ? slotOf(values.front()) : ir::none;
      pool != ir::none && kindOf(pool).role == model::Role::Pool && &kindOf(pool) != held.kind) {
    ir::Event leased = event(ir::Op::Make, expr.getSourceRange(), target);
    leased.origin = ir::Origin::Leased;
    leased.other = pool;
    builder_.add(std::move(leased));
    return;
  }
  if (constructor.isCopyOrMoveConstructor() || wrapper) {
    Value value = values.empty() ? Value{} : values.front();
    if (constructor.isMoveConstructor()) value.moved = true;
    // unique_ptr<session, ...>(&session, deleter): no owner, but what runs at the end of a scope.
    const bool guards = wrapper && values.size() > 1 && value.is == Value::Is::Address;
    if (guards && slotOf(value) != ir::none)
      add(ir::Op::Escape, expr.getSourceRange(), slotOf(value));
    // std::optional<session>(args...) and converting constructors from another owner.
    if (guards || (wrapper && slotOf(value) == ir::none && value.is != Value::Is::Null)) {
      return makeFromUnseen(target, expr.getSourceRange());
    }
    return take(target, value, expr.getSourceRange());
  }
  ModelledCall call;
  call.expr = &expr;
  call.kind = held.kind;
  call.object = Value::inSlot(target);
  call.arguments = arguments;
  call.values = &values;
  call.destination = target;
  call.callee = held.kind->display;
  std::vector<const model::CallModel*> overloads;
  for (const model::CallModel& model : held.kind->constructors) overloads.push_back(&model);
  const model::CallModel* said = unit_.types().annotated(constructor);
  call.model = said ? said : pick(overloads, arguments);
  applyConstructor(call, throws(&constructor));
}

Value FunctionLowering::constructTemporary(const clang::Expr& expr, clang::QualType type,
                                           const clang::Expr* init) {
  const Held held = unit_.types().held(type);
  if (held) {
    const ir::SlotId target = temporarySlot(*held.kind, held.holding, expr);
    initialiseSlot(target, held, type, init);
    pushCleanup([this, target, range = expr.getSourceRange()](bool) {
      ir::Event end = event(ir::Op::End, range, target);
      end.implicit = true;
      builder_.add(std::move(end));
    });
    Value value = Value::inSlot(target);
    value.moved = true;
    return value;
  }
  Place place;
  place.rootKind = Place::Root::Temporary;
  place.root = &expr;
  place.instance = now_->instance;
  initialiseAggregate(place, *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(type)), init);
  pushCleanup([this, place, type](bool unwinding) { destroy(place, type, unwinding); });
  Value value = Value::at(place);
  value.moved = true;
  return value;
}

Value FunctionLowering::construct(const clang::CXXConstructExpr& expr, ir::SlotId destination) {
  const clang::QualType type = expr.getType();
  if (isOutcomeValue(type)) return constructOutcome(expr);
  if (isTracked(type)) // std::exception_ptr
    return expr.getNumArgs() == 0 ? Value::null() : emit(expr.getArg(0));
  if (destination != ir::none && unit_.types().held(type)) {
    initialiseSlot(destination, unit_.types().held(type), type, &expr);
    return Value::inSlot(destination);
  }
  if (unit_.types().held(type) || isAggregate(type)) return constructTemporary(expr, type, &expr);
  std::vector<const clang::Expr*> arguments(expr.arg_begin(), expr.arg_end());
  const std::vector<Value> values = emitArguments(arguments);
  // Wrappers around one value (std::function, string_view, a copied lambda) show that value.
  if (!arguments.empty() && !startsThread(expr, expr.getConstructor())) {
    const Value& first = values.front();
    // A guard that is not seen runs at its end what it was given.
    if (first.is == Value::Is::Lambda && endsUnseen(type)) watch(*first.lambda);
    if (first.is == Value::Is::Lambda || first.isText()) return first;
    if (relevance_.isView(type) && slotOf(first) != ir::none) return first;
  }
  if (isException(type)) {
    // It asks for the error's text, and keeps nothing but that.
    for (const Value& value : values) {
      if (const ir::SlotId seen = slotOf(value); seen != ir::none)
        add(ir::Op::Harmless, expr.getSourceRange(), seen);
    }
    callEvent(expr, expr.getConstructor(), calleeText(expr, expr.getConstructor()));
    return {};
  }
  return unknownCall(expr, expr.getConstructor(), nullptr, arguments, values);
}

/// A class that derives from std::exception, or whatever else is being thrown.
bool FunctionLowering::isException(clang::QualType type) {
  if (throwing_) return true;
  const auto* record = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(TypeFacts::recordOf(type));
  if (!record || !record->hasDefinition()) return false;
  if (record->isInStdNamespace() && record->getName() == "exception") return true;
  return llvm::any_of(record->bases(), [this](const clang::CXXBaseSpecifier& base) {
    return isException(base.getType());
  });
}

void FunctionLowering::destroy(const Place& place, clang::QualType type, bool unwinding) {
  if (!unwinding && handedOver_ && *handedOver_ == place) return;
  if (givenAway_.count(place) != 0) return;
  const auto known = slots_.find(place);
  if (known != slots_.end()) {
    const ir::Holding holding = slot(known->second).holding;
    const auto* record = type->getAsCXXRecordDecl();
    if (kindOf(known->second).view && record && record->hasTrivialDestructor())
      return; // what it looks into is not its own
    if (holding == ir::Holding::Value || holding == ir::Holding::Owner ||
        holding == ir::Holding::Shared) {
      ir::Event end = event(ir::Op::End, leavingAt_, known->second);
      end.implicit = true;
      builder_.add(std::move(end));
    }
    return;
  }
  const clang::QualType object = type.getNonReferenceType();
  if (isAggregate(object))
    destroyMembers(place, *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(object)),
                   unwinding);
}

// ---------------------------------------------------------------- guards that die at once

void FunctionLowering::discard(const clang::Expr& whole, const clang::Expr& made, ir::SlotId target,
                               bool nameable) {
  ir::Event gone = event(ir::Op::Discard, made.getSourceRange(), target);
  const clang::TypeSourceInfo* written = nullptr;
  bool empty = false;
  bool vexing = false;
  if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(&made)) {
    written = cast->getTypeInfoAsWritten();
    vexing = cast->getLParenLoc().isValid() &&
             llvm::isa<clang::CXXFunctionalCastExpr>(cast->getSubExpr()->IgnoreImplicit());
  } else if (const auto* temporary = llvm::dyn_cast<clang::CXXTemporaryObjectExpr>(&made)) {
    written = temporary->getTypeSourceInfo();
    empty =
        temporary->getNumArgs() == 0 || llvm::isa<clang::CXXDefaultArgExpr>(temporary->getArg(0));
  }
  const bool inMacro = whole.getBeginLoc().isMacroID() || whole.getEndLoc().isMacroID();
  if (written && nameable && !inMacro && !vexing && now_->frame == ir::none) {
    const clang::SourceRange type = written->getTypeLoc().getSourceRange();
    gone.text = unit_.textOf({made.getBeginLoc(), type.getEnd()});
    if (whole.getBeginLoc() != made.getBeginLoc())
      gone.inner = unit_.rangeOf({whole.getBeginLoc(), type.getEnd()}); // the cast to void goes
    else if (empty)
      gone.inner = unit_.rangeOf(made.getSourceRange());
    else
      gone.inner = unit_.pointAfterToken(type.getEnd());
  }
  builder_.add(std::move(gone));
}

} // namespace session_tidy::lower
