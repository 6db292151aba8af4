// Assignments: which values and handles variables get, and what goes where it outlives the
// function.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

Value FunctionLowering::increment(const clang::UnaryOperator& expr) {
  const Value value = emit(expr.getSubExpr());
  if (value.is != Value::Is::Place) return {};
  if (slotOf(value) != ir::none || !isTracked(typeOf(value.place))) {
    changed(value.place);
    return {};
  }
  const std::int64_t by = expr.isIncrementOp() ? 1 : -1;
  if (expr.isPrefix()) {
    grow(value.place, by);
    return value;
  }
  const ir::VarId before = builder_.addVariable("");
  setVariable(before, value);
  grow(value.place, by);
  return Value::inVariable(before);
}

void FunctionLowering::grow(const Place& place, std::int64_t by) {
  ir::Event made = event(ir::Op::Add, {});
  made.variable = variableAt(place);
  made.value = by;
  builder_.add(std::move(made));
  changedConditions(place);
}

void FunctionLowering::setVariable(ir::VarId variable, const Value& value) {
  ir::Event made = event(ir::Op::Havoc, {});
  made.variable = variable;
  if (value.is == Value::Is::Address) {
    made.op = ir::Op::Set;
    made.value = 1; // not null
  } else if (value.is == Value::Is::Constant || value.is == Value::Is::Null) {
    made.op = ir::Op::Set;
    made.value = value.is == Value::Is::Null ? 0 : value.constant;
  } else if (value.is == Value::Is::Variable) {
    made.op = ir::Op::Copy;
    made.otherVariable = value.variable;
  } else if (value.is == Value::Is::Place && isTracked(typeOf(value.place))) {
    made.op = ir::Op::Copy;
    made.otherVariable = variableAt(value.place);
  }
  builder_.add(std::move(made));
}

/// The member or variable that an expression names, whatever is known of its value.
std::optional<Place> FunctionLowering::namedPlace(const clang::Expr& expr) {
  const clang::Expr* inner = expr.IgnoreParenImpCasts();
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(inner)) {
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl()))
      return placeOf(*variable);
  } else if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(inner)) {
    const auto* field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
    const Value base = field ? emit(member->getBase()) : Value{};
    if (base.is == Value::Is::Place || base.is == Value::Is::Address)
      return base.place.member(field);
  }
  return std::nullopt;
}

Value FunctionLowering::emitAssignment(const clang::Expr& target, const clang::Expr& value) {
  const Value left = emit(&target);
  const ir::SlotId into = left.is == Value::Is::Place ? slotOf(left) : ir::none;
  if (into != ir::none && slot(into).holding == ir::Holding::Raw) {
    // A new handle goes straight into its variable, so that findings can call it by name.
    const Value right = emit(&value, true, into);
    if (!(right.is == Value::Is::Slot && right.slot == into))
      take(into, right, value.getSourceRange(), true);
    stored(into, target.getSourceRange());
    return left;
  }
  const Value right = emit(&value);
  // `Session*& made`: the caller's pointer.
  if (into != ir::none && slot(into).holding == ir::Holding::Reference &&
      target.getType()->isPointerType() && !isViewVariable(left.place)) {
    take(into, right, value.getSourceRange());
    add(ir::Op::Store, target.getSourceRange(), into);
    return left;
  }
  if (const auto place = namedPlace(target);
      place && assignView(*place, right, value.getSourceRange()))
    return left;
  if (left.is == Value::Is::Place) pointTo(left.place, target.getType(), right);
  if (left.is == Value::Is::Place &&
      keepPosition(left.place, target.getType(), right, value.getSourceRange()))
    return left;
  if (left.is == Value::Is::Place && into == ir::none && isTracked(typeOf(left.place))) {
    assign(left.place, right);
    return left;
  }
  if (left.is == Value::Is::Place && into == ir::none) changed(left.place);
  if (into == ir::none) escapes(right, target, value.getSourceRange());
  return left;
}

/// A handle was put into `into`: if that outlives the function, so does the handle.
void FunctionLowering::stored(ir::SlotId into, clang::SourceRange range) {
  const ir::Slot& where = slot(into);
  if (where.storage != ir::Storage::Member && where.storage != ir::Storage::Global &&
      where.storage != ir::Storage::Capture)
    return;
  // While a constructor runs, nobody else will release its members: that is settled at its end.
  if (where.storage == ir::Storage::Member && function_.kind == ir::FunctionKind::Constructor &&
      !where.inherited && !delegated_) {
    constructed_.insert(into);
    return;
  }
  ir::Event store = event(ir::Op::Store, range, into);
  store.text = where.name;
  builder_.add(std::move(store));
}

/// Something went into what is not followed: a container, someone else's member, an out-parameter.
void FunctionLowering::escapes(const Value& value, const clang::Expr& into,
                               clang::SourceRange range) {
  for (const ir::SlotId shown : shownBy(value, range)) {
    ir::Event store = event(ir::Op::Store, range, shown);
    store.text = unit_.textOf(into.getSourceRange());
    builder_.add(std::move(store));
  }
}

/// The slots that go along when a value leaves the function: for addresses and captures by
/// reference, new names for the objects, because those themselves stay behind.
std::vector<ir::SlotId> FunctionLowering::shownBy(const Value& value, clang::SourceRange range) {
  const auto nameFor = [&](ir::SlotId object) {
    ir::Slot name = slot(object);
    name.holding = ir::Holding::Reference;
    name.storage = ir::Storage::Temporary;
    const ir::SlotId shown = builder_.addSlot(std::move(name));
    slotKinds_.push_back(&kindOf(object));
    add(ir::Op::Bind, range, shown, object);
    return shown;
  };
  if (value.is == Value::Is::Lambda) {
    std::vector<ir::SlotId> shown;
    for (const clang::LambdaCapture& capture : value.lambda->captures()) {
      if (!capture.capturesVariable()) continue;
      const ir::SlotId seen =
          slotOf(valueAt(placeOf(*llvm::cast<clang::VarDecl>(capture.getCapturedVar()))));
      if (seen == ir::none) continue;
      const bool whole =
          slot(seen).holding != ir::Holding::Raw && slot(seen).holding != ir::Holding::Reference;
      if (capture.getCaptureKind() == clang::LCK_ByRef && whole &&
          slot(seen).storage == ir::Storage::Local)
        shown.push_back(nameFor(seen));
      else
        shown.push_back(seen);
    }
    return shown;
  }
  const ir::SlotId seen = slotOf(value);
  if (seen == ir::none) return {};
  const bool stays = slot(seen).holding == ir::Holding::Value && !value.moved;
  return {stays ? nameFor(seen) : seen};
}

} // namespace session_tidy::lower
