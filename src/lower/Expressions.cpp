// Expressions: what each gives, and the events it causes on the way.
#include "lower/FunctionLowering.h"
#include "lower/Literals.h"

namespace session_tidy::lower {

std::optional<std::int64_t> FunctionLowering::constantOf(const clang::Expr& expr) const {
  if (expr.getType().isNull() || expr.isValueDependent() || expr.isTypeDependent() ||
      !expr.getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  // Only what is a constant by its form: asking the evaluator about every call would be slow.
  const clang::Expr* inner = expr.IgnoreParenImpCasts();
  if (llvm::isa<clang::CallExpr>(inner) || llvm::isa<clang::CXXConstructExpr>(inner))
    return std::nullopt;
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(inner)) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (variable && !variable->getType().isConstQualified() && !variable->isConstexpr())
      return std::nullopt;
    // `extern const int OK;`: its value is in the library, its meaning in its name.
    if (variable && !variable->getAnyInitializer() && variable->getName() == "OK") return 0;
  }
  clang::Expr::EvalResult result;
  if (!expr.EvaluateAsInt(result, unit_.ast(), clang::Expr::SE_NoSideEffects)) return std::nullopt;
  const llvm::APSInt& number = result.Val.getInt();
  if (number.getBitWidth() > 64) return std::nullopt;
  return number.getExtValue();
}

Value FunctionLowering::emit(const clang::Expr* expr, bool wanted, ir::SlotId destination) {
  if (!expr || !builder_.reachable()) return {};
  expr = expr->IgnoreParens();
  if (const auto constant = constantOf(*expr)) return Value::of(*constant);

  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr)) {
    if (cast->getCastKind() == clang::CK_NullToPointer) return Value::null();
    if (isTracked(cast->getType()) &&
        !cast->getType()->isScalarType()) // an exception_ptr from another or from null
      return emit(cast->getSubExpr(), wanted, destination);
    if (cast->getCastKind() == clang::CK_ConstructorConversion ||
        llvm::isa<clang::CXXFunctionalCastExpr>(cast)) {
      if (unit_.types().held(cast->getType()) || isAggregate(cast->getType())) {
        if (destination != ir::none) return emit(cast->getSubExpr(), wanted, destination);
        if (llvm::isa<clang::InitListExpr>(cast->getSubExpr()->IgnoreImplicit()) ||
            cast->getCastKind() == clang::CK_ConstructorConversion)
          return constructTemporary(*cast, cast->getType(), cast->getSubExpr());
      }
    }
    return emit(cast->getSubExpr(), wanted, destination);
  }
  switch (expr->getStmtClass()) {
  case clang::Stmt::ExprWithCleanupsClass:
    return emit(llvm::cast<clang::ExprWithCleanups>(expr)->getSubExpr(), wanted, destination);
  case clang::Stmt::ConstantExprClass:
    return emit(llvm::cast<clang::ConstantExpr>(expr)->getSubExpr(), wanted, destination);
  case clang::Stmt::MaterializeTemporaryExprClass:
    return emit(llvm::cast<clang::MaterializeTemporaryExpr>(expr)->getSubExpr(), wanted,
                destination);
  case clang::Stmt::CXXBindTemporaryExprClass: {
    const auto* bound = llvm::cast<clang::CXXBindTemporaryExpr>(expr);
    // `LogMessageFatal(...).stream() << text`: the program ends with the statement.
    if (bound->getTemporary()->getDestructor()->isNoReturn())
      pushCleanup([this](bool unwinding) {
        if (!unwinding) builder_.stop();
      });
    return emit(bound->getSubExpr(), wanted, destination);
  }
  case clang::Stmt::CXXDefaultArgExprClass: {
    const clang::Expr* given = llvm::cast<clang::CXXDefaultArgExpr>(expr)->getExpr();
    const bool matters = unit_.types().held(given->getType()) || isTracked(given->getType());
    return matters ? emit(given, wanted, destination) : Value{};
  }
  case clang::Stmt::CXXDefaultInitExprClass:
    return emit(llvm::cast<clang::CXXDefaultInitExpr>(expr)->getExpr(), wanted, destination);
  case clang::Stmt::SubstNonTypeTemplateParmExprClass:
    return emit(llvm::cast<clang::SubstNonTypeTemplateParmExpr>(expr)->getReplacement(), wanted,
                destination);
  case clang::Stmt::DeclRefExprClass:
    return emitReference(*llvm::cast<clang::DeclRefExpr>(expr));
  case clang::Stmt::MemberExprClass:
    return emitMember(*llvm::cast<clang::MemberExpr>(expr));
  case clang::Stmt::CXXThisExprClass:
    return now_->thisObject;
  case clang::Stmt::CXXNullPtrLiteralExprClass:
  case clang::Stmt::GNUNullExprClass:
    return Value::null();
  case clang::Stmt::StringLiteralClass:
    return Value::ofText(textOf(*llvm::cast<clang::StringLiteral>(expr)));
  case clang::Stmt::UnaryOperatorClass:
    return emitUnary(*llvm::cast<clang::UnaryOperator>(expr), wanted);
  case clang::Stmt::BinaryOperatorClass:
  case clang::Stmt::CompoundAssignOperatorClass:
    return emitBinary(*llvm::cast<clang::BinaryOperator>(expr), wanted);
  case clang::Stmt::ConditionalOperatorClass:
  case clang::Stmt::BinaryConditionalOperatorClass:
    return emitChoice(*llvm::cast<clang::AbstractConditionalOperator>(expr), wanted);
  case clang::Stmt::OpaqueValueExprClass:
    return {};
  case clang::Stmt::CallExprClass:
  case clang::Stmt::CXXMemberCallExprClass:
  case clang::Stmt::CXXOperatorCallExprClass:
  case clang::Stmt::UserDefinedLiteralClass:
    return emitCall(*llvm::cast<clang::CallExpr>(expr), wanted, destination);
  case clang::Stmt::CXXRewrittenBinaryOperatorClass:
    return emit(llvm::cast<clang::CXXRewrittenBinaryOperator>(expr)->getSemanticForm(), wanted,
                destination);
  case clang::Stmt::CXXConstructExprClass:
  case clang::Stmt::CXXTemporaryObjectExprClass:
    return construct(*llvm::cast<clang::CXXConstructExpr>(expr), destination);
  case clang::Stmt::InitListExprClass: {
    const auto* list = llvm::cast<clang::InitListExpr>(expr);
    if (isAggregate(list->getType())) return constructTemporary(*list, list->getType(), list);
    if (isOutcomeValue(list->getType())) {
      const std::vector<const clang::Expr*> given(list->inits().begin(), list->inits().end());
      return outcomeMade(*list, list->getType(), given, emitArguments(given));
    }
    if (list->getNumInits() == 1) return emit(list->getInit(0), wanted, destination);
    emitChildren(*list);
    return {};
  }
  case clang::Stmt::CXXNewExprClass:
    return emitNew(*llvm::cast<clang::CXXNewExpr>(expr), destination);
  case clang::Stmt::CXXDeleteExprClass:
    return emitDelete(*llvm::cast<clang::CXXDeleteExpr>(expr));
  case clang::Stmt::CXXThrowExprClass:
    emitThrow(*llvm::cast<clang::CXXThrowExpr>(expr));
    return {};
  case clang::Stmt::LambdaExprClass:
    return emitLambda(*llvm::cast<clang::LambdaExpr>(expr));
  case clang::Stmt::StmtExprClass:
    statement(llvm::cast<clang::StmtExpr>(expr)->getSubStmt());
    return {};
  case clang::Stmt::ArraySubscriptExprClass: {
    const auto* subscript = llvm::cast<clang::ArraySubscriptExpr>(expr);
    const Value base = emit(subscript->getBase());
    emit(subscript->getIdx());
    lookInto(base, *expr);
    if (expr->getType()->isArithmeticType()) return {}; // a copy
    return slotOf(base) != ir::none && kindOf(slotOf(base)).view ? base : Value{};
  }
  case clang::Stmt::UnaryExprOrTypeTraitExprClass:
  case clang::Stmt::CXXNoexceptExprClass:
  case clang::Stmt::CXXTypeidExprClass:
    return {}; // operands that are not evaluated
  case clang::Stmt::CoawaitExprClass:
  case clang::Stmt::CoyieldExprClass:
    return emitSuspension(*llvm::cast<clang::CoroutineSuspendExpr>(expr));
  default:
    emitChildren(*expr);
    return {};
  }
}

void FunctionLowering::emitChildren(const clang::Stmt& stmt) {
  for (const clang::Stmt* child : stmt.children()) {
    if (const auto* expr = llvm::dyn_cast_or_null<clang::Expr>(child)) emit(expr);
  }
}

/// Memory of someone else is read: that someone has to be alive.
void FunctionLowering::lookInto(const Value& value, const clang::Expr& expr) {
  const ir::SlotId seen = slotOf(value);
  if (seen == ir::none || !kindOf(seen).view) return;
  ir::Event use = event(ir::Op::Use, expr.getSourceRange(), seen);
  use.access = ir::Access::Read;
  builder_.add(std::move(use));
}

Value FunctionLowering::emitReference(const clang::DeclRefExpr& expr) {
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(expr.getDecl()))
    return valueAt(placeOf(*variable));
  return {};
}

Value FunctionLowering::emitMember(const clang::MemberExpr& expr) {
  Value base = emit(expr.getBase());
  if (expr.isArrow()) base = pointedTo(base);
  const auto* field = llvm::dyn_cast<clang::FieldDecl>(expr.getMemberDecl());
  if (!field) {
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(expr.getMemberDecl()))
      return valueAt(placeOf(*variable)); // a static member
    return base;
  }
  if (auto worked = outcomeField(expr, *field, base)) return *worked;
  // Members of the session itself that stand for it or for a maker of dependents (sql.once,
  // sql.prepare).
  const model::Kind* kind = unit_.types().kindOf(field->getParent());
  if (kind) {
    for (const model::MemberModel& member : kind->members) {
      if (field->getName() != member.name) continue;
      const ir::SlotId object = slotOf(base);
      if (member.kind.empty() || object == ir::none) return base;
      const model::Kind* yielded = unit_.types().kindById(member.kind);
      if (!yielded) return base;
      const ir::SlotId made = temporarySlot(*yielded, ir::Holding::Raw, expr);
      ir::Event make = event(ir::Op::Make, expr.getSourceRange(), made);
      make.origin = ir::Origin::Derived;
      make.other = object;
      builder_.add(std::move(make));
      return Value::inSlot(made);
    }
  }
  const ir::SlotId inside = slotOf(base);
  if (inside != ir::none && kindOf(inside).view) {
    if (!field->getType()->isArithmeticType())
      return base; // a part of the memory that is looked into
    if (slot(inside).holding == ir::Holding::Value) return {}; // a length of our own
    lookInto(base, expr);
    return {};
  }
  if (base.is == Value::Is::Place || base.is == Value::Is::Address)
    return valueAt(base.place.member(field));
  return {};
}

Value FunctionLowering::emitUnary(const clang::UnaryOperator& expr, bool wanted) {
  switch (expr.getOpcode()) {
  case clang::UO_AddrOf: {
    Value value = emit(expr.getSubExpr());
    if (value.is == Value::Is::Place) {
      value.is = Value::Is::Address;
      const ir::SlotId target = slotAt(value.place);
      if (target == ir::none && isTracked(typeOf(value.place))) changed(value.place);
    }
    return value;
  }
  case clang::UO_Deref: {
    Value value = emit(expr.getSubExpr());
    if (Value target = pointedTo(value); target.place != value.place) return target;
    if (value.is == Value::Is::Address ||
        llvm::isa<clang::CXXThisExpr>(expr.getSubExpr()->IgnoreParenImpCasts())) {
      value.is = value.is == Value::Is::Address ? Value::Is::Place : value.is;
      return value;
    }
    lookInto(value, expr);
    if (expr.getType()->isArithmeticType() || expr.getType()->isEnumeralType())
      return {}; // a number is a copy
    // What a pointer to a session points to is what its slot holds; other pointers lead out of
    // sight.
    return slotOf(value) != ir::none ? value : Value{};
  }
  case clang::UO_PreInc:
  case clang::UO_PostInc:
  case clang::UO_PreDec:
  case clang::UO_PostDec:
    return increment(expr);
  case clang::UO_LNot:
    if (wanted) return emitTruth(expr);
    emit(expr.getSubExpr());
    return {};
  default:
    emit(expr.getSubExpr());
    return {};
  }
}

Value FunctionLowering::emitBinary(const clang::BinaryOperator& expr, bool wanted) {
  if (expr.getOpcode() == clang::BO_Assign) return emitAssignment(*expr.getLHS(), *expr.getRHS());
  if (expr.isCompoundAssignmentOp()) {
    emit(expr.getRHS());
    const Value target = emit(expr.getLHS());
    const bool shrinks = expr.getOpcode() == clang::BO_SubAssign;
    const bool sums = shrinks || expr.getOpcode() == clang::BO_AddAssign;
    const std::optional<std::int64_t> by = sums ? constantOf(*expr.getRHS()) : std::nullopt;
    if (target.is == Value::Is::Place && by && isTracked(typeOf(target.place)))
      grow(target.place, shrinks ? -*by : *by);
    else if (target.is == Value::Is::Place)
      changed(target.place);
    return {};
  }
  if (expr.getOpcode() == clang::BO_Comma) {
    expressionStatement(expr.getLHS(), false);
    return emit(expr.getRHS(), wanted);
  }
  if (expr.isLogicalOp() || (wanted && (expr.isEqualityOp() || asksForExceptions(expr))))
    return emitTruth(expr);
  emit(expr.getLHS());
  emit(expr.getRHS());
  return {};
}

/// The value of a condition that is not branched on at once: kept as 1 or 0, path by path.
Value FunctionLowering::emitTruth(const clang::Expr& expr) {
  const ir::VarId truth = builder_.addVariable("");
  const ir::BlockId yes = builder_.newBlock();
  const ir::BlockId no = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  condition(&expr, yes, no);
  for (const auto& [block, value] : {std::pair{yes, 1}, std::pair{no, 0}}) {
    builder_.setBlock(block);
    ir::Event set = event(ir::Op::Set, {});
    set.variable = truth;
    set.value = value;
    builder_.add(std::move(set));
    builder_.jump(after);
  }
  builder_.setBlock(after);
  return Value::inVariable(truth);
}

/// `good ? "COMMIT" : "ROLLBACK"`
std::optional<Value>
FunctionLowering::choiceOfTexts(const clang::AbstractConditionalOperator& expr) {
  const auto* yes = llvm::dyn_cast<clang::StringLiteral>(expr.getTrueExpr()->IgnoreParenImpCasts());
  const auto* no = llvm::dyn_cast<clang::StringLiteral>(expr.getFalseExpr()->IgnoreParenImpCasts());
  if (!yes || !no || yes->getCharByteWidth() != 1 || no->getCharByteWidth() != 1)
    return std::nullopt;
  Value value = emitTruth(*expr.getCond());
  value.is = Value::Is::Texts;
  value.text = yes->getString().str();
  value.otherText = no->getString().str();
  return value;
}

/// `parent ? parent->txn : nullptr` where the caller gave none.
std::optional<bool> FunctionLowering::knownTruth(const clang::Expr& condition) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(condition.IgnoreParenImpCasts());
  const auto* parameter =
      reference ? llvm::dyn_cast<clang::ParmVarDecl>(reference->getDecl()) : nullptr;
  if (!parameter) return std::nullopt;
  const Value value = valueAt(placeOf(*parameter));
  if (value.is == Value::Is::Null) return false;
  if (value.is == Value::Is::Constant) return value.constant != 0;
  return std::nullopt;
}

Value FunctionLowering::emitChoice(const clang::AbstractConditionalOperator& expr, bool wanted) {
  if (auto texts = choiceOfTexts(expr)) return *texts;
  if (const auto truth = knownTruth(*expr.getCond()))
    return emit(*truth ? expr.getTrueExpr() : expr.getFalseExpr(), wanted);
  const ir::BlockId yes = builder_.newBlock();
  const ir::BlockId no = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const Held held = unit_.types().held(
      expr.isGLValue() ? unit_.ast().getLValueReferenceType(expr.getType()) : expr.getType());
  const bool scalar = wanted && !held && isTracked(expr.getType());
  const ir::SlotId chosen = held ? temporarySlot(*held.kind, held.holding, expr) : ir::none;
  const ir::VarId variable = scalar ? builder_.addVariable("") : ir::none;
  condition(expr.getCond(), yes, no);
  const bool view = wanted && !held && relevance_.isView(expr.getType());
  ir::SlotId seen = ir::none;
  const auto arm = [&](ir::BlockId block, const clang::Expr* value) {
    builder_.setBlock(block);
    const std::size_t before = builder_.depth();
    const Value result = emit(value, wanted, chosen);
    if (chosen != ir::none && builder_.reachable()) take(chosen, result, value->getSourceRange());
    if (scalar) setVariable(variable, result);
    const ir::SlotId shown = view ? slotOf(result) : ir::none;
    if (shown != ir::none && kindOf(shown).role == model::Role::Dependent) {
      if (seen == ir::none) seen = temporarySlot(kindOf(shown), ir::Holding::Reference, expr);
      add(ir::Op::Bind, value->getSourceRange(), seen, shown);
    }
    builder_.popTo(before);
    builder_.jump(after);
  };
  arm(yes, expr.getTrueExpr());
  arm(no, expr.getFalseExpr());
  builder_.setBlock(after);
  if (chosen != ir::none) {
    Value value = Value::inSlot(chosen);
    value.moved = !expr.isGLValue();
    return value;
  }
  if (seen != ir::none) return Value::inSlot(seen);
  return scalar ? Value::inVariable(variable) : Value{};
}

Value FunctionLowering::emitNew(const clang::CXXNewExpr& expr, ir::SlotId destination) {
  for (const clang::Expr* argument : expr.placement_arguments()) emit(argument);
  const clang::QualType type = expr.getAllocatedType();
  const Held held = unit_.types().held(type);
  const bool placement =
      expr.getNumPlacementArgs() > 0 && !expr.getOperatorNew()->isReservedGlobalPlacementOperator()
          ? false
          : expr.getNumPlacementArgs() > 0;
  if (!held || expr.isArray() || placement) {
    const clang::Expr* init = expr.getInitializer();
    if (init && !expr.isArray() && !placement && isAggregate(type))
      onTheHeap(expr, *init);
    else if (init)
      emit(init);
    return {};
  }
  const ir::SlotId target =
      destination != ir::none ? destination : temporarySlot(*held.kind, ir::Holding::Raw, expr);
  newObject_ = true;
  if (const clang::CXXConstructExpr* construct = expr.getConstructExpr()) {
    constructKind(*construct, {held.kind, ir::Holding::Raw}, target);
  } else if (const clang::Expr* init = expr.getInitializer()) {
    newObject_ = false;
    emit(init); // what a call returned, built in the new memory
    ir::Event made = event(ir::Op::Make, expr.getSourceRange(), target);
    made.origin = ir::Origin::New;
    builder_.add(std::move(made));
  }
  newObject_ = false;
  return Value::inSlot(target);
}

/// `new Store(db)`: an object with sessions inside. Whoever has the pointer ends it, and them with
/// it.
void FunctionLowering::onTheHeap(const clang::CXXNewExpr& expr, const clang::Expr& init) {
  const clang::QualType type = expr.getAllocatedType();
  Place place;
  place.rootKind = Place::Root::Temporary;
  place.root = &expr;
  place.instance = now_->instance;
  initialiseAggregate(place, *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(type)), &init);
  escapeInside(place, expr.getSourceRange());
}

/// An object is out of our sight from here on, and the sessions inside with it, and those that it
/// refers to.
void FunctionLowering::escapeInside(const Place& place, clang::SourceRange range) {
  std::set<ir::SlotId> inside;
  for (const auto& [member, known] : slots_)
    if (member.within(place)) inside.insert(known);
  for (const auto& [member, value] : std::map<Place, Value>(aliases_))
    if (const ir::SlotId seen = member.within(place) ? slotOf(value) : ir::none; seen != ir::none)
      inside.insert(seen);
  for (const ir::SlotId seen : inside) add(ir::Op::Escape, range, seen);
}

Value FunctionLowering::emitDelete(const clang::CXXDeleteExpr& expr) {
  const Value value = emit(expr.getArgument());
  const ir::SlotId target = slotOf(value);
  if (target != ir::none) {
    ir::Event close = event(ir::Op::Delete, expr.getSourceRange(), target);
    close.text = "delete";
    builder_.add(std::move(close));
  }
  return {};
}

/// What `this` is in a lambda: what it was where that is written.
Value FunctionLowering::thisIn(const clang::CXXRecordDecl& lambda) const {
  const auto known = lambdaThis_.find(lambda.getCanonicalDecl());
  return known != lambdaThis_.end() ? known->second : now_->thisObject;
}

Value FunctionLowering::emitLambda(const clang::LambdaExpr& expr) {
  auto init = expr.capture_init_begin();
  for (const clang::LambdaCapture& capture : expr.captures()) {
    const clang::Expr* value = *init++;
    if (!capture.capturesVariable()) continue;
    const auto* variable = llvm::cast<clang::VarDecl>(capture.getCapturedVar());
    if (variable->isInitCapture() && value)
      initialise(placeOf(*variable), variable->getType(), value, variable->getLocation());
  }
  Value value;
  value.is = Value::Is::Lambda;
  lambdaThis_[expr.getLambdaClass()->getCanonicalDecl()] = now_->thisObject;
  value.lambda = &expr;
  return value;
}

Value FunctionLowering::emitSuspension(const clang::CoroutineSuspendExpr& expr) {
  const clang::Expr* operand = nullptr;
  if (const auto* yield = llvm::dyn_cast<clang::CoyieldExpr>(&expr))
    operand = yield->getOperand();
  else
    operand = llvm::cast<clang::CoawaitExpr>(&expr)->getOperand();
  // `co_yield x` is written as a call of promise.yield_value(x): what matters is x.
  if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(operand->IgnoreImplicit());
      call && call->getNumArgs() == 1 && llvm::isa<clang::CoyieldExpr>(expr))
    operand = call->getArg(0);
  const Value value = emit(operand);
  if (llvm::isa<clang::CoyieldExpr>(expr))
    add(ir::Op::Yield, expr.getSourceRange(), slotOf(value));
  else
    callEvent(expr, nullptr, "co_await");
  return {};
}

} // namespace session_tidy::lower
