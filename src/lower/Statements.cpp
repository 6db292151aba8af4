// Statements: blocks, branches, jumps, and what leaving each scope does.
#include "lower/FunctionLowering.h"

#include <utility>

namespace session_tidy::lower {

namespace {

/// The statement under labels of attributes: `[[likely]] x;`.
const clang::Stmt* stripAttributes(const clang::Stmt* stmt) {
  while (const auto* attributed = llvm::dyn_cast_or_null<clang::AttributedStmt>(stmt))
    stmt = attributed->getSubStmt();
  return stmt;
}

/// The temporary that an expression statement makes and throws away at once, if it does nothing
/// else.
const clang::Expr* discardedTemporary(const clang::Expr* expr) {
  while (true) {
    const clang::Expr* inner = expr->IgnoreParens();
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
      inner = cleanups->getSubExpr();
    else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(inner))
      inner = bound->getSubExpr();
    else if (const auto* materialised = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(inner))
      inner = materialised->getSubExpr();
    else if (const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(inner);
             cast && cast->getCastKind() == clang::CK_ToVoid)
      inner = cast->getSubExpr();
    else if (const auto* implicit = llvm::dyn_cast<clang::ImplicitCastExpr>(inner))
      inner = implicit->getSubExpr();
    if (inner == expr) break;
    expr = inner;
  }
  if (llvm::isa<clang::CXXTemporaryObjectExpr>(expr)) return expr;
  if (llvm::isa<clang::CallExpr>(expr) && !llvm::isa<clang::CXXOperatorCallExpr>(expr) &&
      expr->isPRValue() && expr->getType()->isRecordType())
    return expr;
  if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(expr))
    return cast->getType()->isRecordType() ? expr : nullptr;
  return nullptr;
}

} // namespace

void FunctionLowering::statement(const clang::Stmt* stmt) {
  if (!stmt) return;
  stmt = stripAttributes(stmt);
  if (!builder_.reachable() && !relevance_.containsLabel(*stmt)) return;
  switch (stmt->getStmtClass()) {
  case clang::Stmt::CompoundStmtClass:
    return compound(*llvm::cast<clang::CompoundStmt>(stmt));
  case clang::Stmt::DeclStmtClass:
    for (const clang::Decl* decl : llvm::cast<clang::DeclStmt>(stmt)->decls()) {
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) declaration(*variable);
    }
    return;
  case clang::Stmt::IfStmtClass:
    return ifStatement(*llvm::cast<clang::IfStmt>(stmt));
  case clang::Stmt::WhileStmtClass:
    return whileLoop(*llvm::cast<clang::WhileStmt>(stmt));
  case clang::Stmt::DoStmtClass:
    return doLoop(*llvm::cast<clang::DoStmt>(stmt));
  case clang::Stmt::ForStmtClass:
    return forLoop(*llvm::cast<clang::ForStmt>(stmt));
  case clang::Stmt::CXXForRangeStmtClass:
    return rangeFor(*llvm::cast<clang::CXXForRangeStmt>(stmt));
  case clang::Stmt::SwitchStmtClass:
    return switchStatement(*llvm::cast<clang::SwitchStmt>(stmt));
  case clang::Stmt::CaseStmtClass:
  case clang::Stmt::DefaultStmtClass:
    return switchLabel(*llvm::cast<clang::SwitchCase>(stmt));
  case clang::Stmt::BreakStmtClass:
    leavingAt_ = stmt->getSourceRange();
    if (!breaks_.empty()) {
      builder_.leaveTo(breaks_.back().depth);
      builder_.jump(breaks_.back().block, event(ir::Op::Call, leavingAt_).range);
    }
    return;
  case clang::Stmt::ContinueStmtClass:
    leavingAt_ = stmt->getSourceRange();
    if (!continues_.empty()) {
      builder_.leaveTo(continues_.back().depth);
      builder_.jump(continues_.back().block, event(ir::Op::Call, leavingAt_).range);
    }
    return;
  case clang::Stmt::ReturnStmtClass:
    return returnStatement(llvm::cast<clang::ReturnStmt>(stmt)->getRetValue(),
                           stmt->getSourceRange(), "return");
  case clang::Stmt::CoreturnStmtClass:
    return returnStatement(llvm::cast<clang::CoreturnStmt>(stmt)->getOperand(),
                           stmt->getSourceRange(), "co_return");
  case clang::Stmt::CXXTryStmtClass:
    return tryStatement(*llvm::cast<clang::CXXTryStmt>(stmt));
  case clang::Stmt::LabelStmtClass:
    return labelStatement(*llvm::cast<clang::LabelStmt>(stmt));
  case clang::Stmt::GotoStmtClass:
    return gotoStatement(*llvm::cast<clang::GotoStmt>(stmt));
  case clang::Stmt::CoroutineBodyStmtClass:
    return statement(llvm::cast<clang::CoroutineBodyStmt>(stmt)->getBody());
  case clang::Stmt::NullStmtClass:
    if (ranPastLost(stmt->getBeginLoc())) builder_.stop();
    return;
  default:
    break;
  }
  if (const auto* expr = llvm::dyn_cast<clang::Expr>(stmt)) return expressionStatement(expr, true);
  for (const clang::Stmt* child : stmt->children()) statement(child);
}

void FunctionLowering::compound(const clang::CompoundStmt& block) {
  const std::size_t before = builder_.depth();
  clang::SourceLocation from = block.getLBracLoc();
  for (const clang::Stmt* child : block.body()) {
    if (ranPastLost(from, child->getBeginLoc())) builder_.stop();
    statement(child);
    from = child->getEndLoc();
  }
  if (ranPastLost(from, block.getRBracLoc())) builder_.stop();
  leavingAt_ = block.getRBracLoc();
  builder_.popTo(before);
}

/// The kind of guard that an expression makes for nobody, if it does.
const model::Kind* FunctionLowering::guardMadeBy(const clang::Expr& made) {
  const Held held = unit_.types().held(made.getType());
  const auto* record =
      llvm::dyn_cast_or_null<clang::CXXRecordDecl>(TypeFacts::recordOf(made.getType()));
  const bool called = llvm::isa<clang::CallExpr>(made); // it may have been given elsewhere as well
  const bool whole = held && (held.holding == ir::Holding::Value ||
                              (called && held.holding == ir::Holding::Owner));
  if (const auto* owned = unit_.types().ownedClass(made.getType()); owned && called)
    record = owned; // `std::make_unique<Guard>(session);`
  const model::Kind* kind = whole ? held.kind : record ? relevance_.guardKind(*record) : nullptr;
  if (!kind || !kind->beginsOnConstruction) return nullptr;
  return called && kind->destruction != model::Destruction::Rollback ? nullptr : kind;
}

void FunctionLowering::expressionStatement(const clang::Expr* expr, bool nameable) {
  const std::size_t before = builder_.depth();
  const clang::Expr* made = discardedTemporary(expr);
  const model::Kind* kind = made ? guardMadeBy(*made) : nullptr;
  const Value value = emit(expr, false);
  if (kind && builder_.reachable()) {
    ir::SlotId target = value.is == Value::Is::Slot ? value.slot : ir::none;
    if (target == ir::none) target = temporarySlot(*kind, ir::Holding::Raw, *made);
    const clang::Stmt* whole = expr;
    discard(*llvm::cast<clang::Expr>(whole), *made, target, nameable);
  }
  builder_.popTo(before);
}

/// `if (!Guard(session).begun())`: only asked a question, and gone with the condition.
void FunctionLowering::askedAndGone(const clang::Expr& condition) {
  const clang::Expr* inner = condition.IgnoreParenImpCasts();
  if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
    inner = cleanups->getSubExpr()->IgnoreParenImpCasts();
  if (const auto* negated = llvm::dyn_cast<clang::UnaryOperator>(inner);
      negated && negated->getOpcode() == clang::UO_LNot)
    inner = negated->getSubExpr()->IgnoreParenImpCasts();
  const auto* asked = llvm::dyn_cast<clang::CXXMemberCallExpr>(inner);
  const clang::CXXMethodDecl* question = asked ? asked->getMethodDecl() : nullptr;
  if (!question || !question->isConst() || asked->getNumArgs() != 0 ||
      !asked->getType()->isBooleanType())
    return;
  const clang::Expr* made = discardedTemporary(asked->getImplicitObjectArgument());
  if (!made || llvm::isa<clang::CallExpr>(made)) return;
  if (const model::Kind* kind = guardMadeBy(*made))
    discard(condition, *made, temporarySlot(*kind, ir::Holding::Raw, *made), false);
}

void FunctionLowering::declaration(const clang::VarDecl& variable) {
  if (variable.isInvalidDecl() || variable.getType().isNull()) return;
  if (variable.isStaticLocal() || variable.hasGlobalStorage()) {
    if (variable.getInit() && unit_.types().held(variable.getType()))
      return; // an object that outlives the function
    return;
  }
  const Place place = placeOf(variable);
  const std::size_t before = builder_.depth();
  initialise(place, variable.getType(), variable.getInit(), variable.getLocation());
  builder_.popTo(before); // the temporaries of the initialiser
  if (const auto* decomposition = llvm::dyn_cast<clang::DecompositionDecl>(&variable)) {
    for (const clang::BindingDecl* binding : decomposition->bindings()) {
      if (const clang::VarDecl* holding = binding->getHoldingVar()) declaration(*holding);
    }
  }
  if (scopeGuard(variable, place)) return;
  if (threads_.count(place) != 0 && joinsAtEnd(variable.getType()))
    pushCleanup([this, place](bool) { join(place, leavingAt_); });
  if (holdsJoining(TypeFacts::recordOf(variable.getType())))
    pushCleanup([this](bool) { joinAll(leavingAt_); });
  const auto slot = slots_.find(place);
  if (slot != slots_.end() || isAggregate(variable.getType().getNonReferenceType())) {
    if (aliases_.count(place) != 0) return;
    pushCleanup([this, place, type = variable.getType()](bool unwinding) {
      destroy(place, type, unwinding);
    });
  }
}

/// A library's scope guard around a lambda: the lambda's body runs when the scope is left, unless
/// dismissed.
bool FunctionLowering::scopeGuard(const clang::VarDecl& variable, const Place& place) {
  const clang::RecordDecl* record = TypeFacts::recordOf(variable.getType());
  if (!record) return false;
  if (guardsThis(*record)) watchMembers_ = true;
  const auto helper = unit_.types().helper(*record);
  if (helper == model::Helper::AssignedGuard) {
    aliases_.erase(place);
    assign(place, Value::of(0));
    runAtExit(place, variableAt(place));
    return true;
  }
  const auto held = aliases_.find(place);
  if (held == aliases_.end() || held->second.is != Value::Is::Lambda) return false;
  if (helper != model::Helper::ScopeGuard) return false;
  const ir::VarId armed = builder_.addVariable("");
  guards_[place] = armed;
  setVariable(armed, Value::of(1));
  runAtExit(place, armed);
  return true;
}

/// The lambda that the guard has then, if it is armed.
void FunctionLowering::runAtExit(const Place& guard, ir::VarId armed) {
  pushCleanup([this, guard, armed](bool) {
    const auto held = aliases_.find(guard);
    if (held == aliases_.end() || held->second.is != Value::Is::Lambda) return;
    const clang::LambdaExpr* lambda = held->second.lambda;
    const ir::BlockId run = builder_.newBlock();
    const ir::BlockId after = builder_.newBlock();
    ir::Condition condition;
    condition.variable = armed;
    condition.equal = false;
    builder_.branch(std::move(condition), run, after);
    builder_.setBlock(run);
    const clang::FunctionDecl& body = *lambda->getCallOperator();
    if (mayInline(body, false)) {
      builder_.pushBarrier();
      const std::size_t inside = builder_.depth();
      runBody(body, now_->thisObject, unit_.rangeOf(lambda->getSourceRange()), "scope guard");
      builder_.dropTo(inside - 1);
    }
    builder_.jump(after);
    builder_.setBlock(after);
  });
}

/// `if constexpr (!dryRun) tx.commit();`: what is left out of this instance may be what ends the
/// transaction in the others.
void FunctionLowering::leftOut(const clang::IfStmt& stmt) {
  const auto constant = constantOf(*stmt.getCond());
  if (!constant || *constant != 0 || !builder_.reachable()) return;
  for (const auto& [place, known] : std::map<Place, ir::SlotId>(slots_))
    if (kindOf(known).role == model::Role::Transaction)
      add(ir::Op::Escape, stmt.getSourceRange(), known);
}

void FunctionLowering::ifStatement(const clang::IfStmt& stmt) {
  const std::size_t before = builder_.depth();
  statement(stmt.getInit());
  if (stmt.getConditionVariable()) declaration(*stmt.getConditionVariable());
  if (stmt.isConsteval()) {
    statement(stmt.isNegatedConsteval() ? stmt.getThen() : stmt.getElse());
    builder_.popTo(before);
    return;
  }
  if (stmt.isConstexpr() && builder_.function().instantiation) leftOut(stmt);
  const ir::BlockId yes = builder_.newBlock();
  const ir::BlockId no = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  askedAndGone(*stmt.getCond());
  condition(stmt.getCond(), yes, no);
  builder_.setBlock(yes);
  branchBody(stmt.getThen());
  builder_.jump(after);
  builder_.setBlock(no);
  if (stmt.getElse()) branchBody(stmt.getElse());
  builder_.jump(after);
  builder_.setBlock(after);
  builder_.popTo(before);
}

/// The statement under an if or a loop: a scope of its own, where a name given to a guard would not
/// last either.
void FunctionLowering::branchBody(const clang::Stmt* stmt) {
  const std::size_t before = builder_.depth();
  stmt = stripAttributes(stmt);
  if (const auto* expr = llvm::dyn_cast_or_null<clang::Expr>(stmt))
    expressionStatement(expr, false);
  else
    statement(stmt);
  builder_.popTo(before);
}

void FunctionLowering::switchStatement(const clang::SwitchStmt& stmt) {
  const std::size_t before = builder_.depth();
  statement(stmt.getInit());
  if (stmt.getConditionVariable()) declaration(*stmt.getConditionVariable());
  const std::size_t temporaries = builder_.depth();
  const Value value = emit(stmt.getCond());
  builder_.popTo(temporaries);
  ir::Condition condition;
  condition.text = unit_.textOf(stmt.getCond()->getSourceRange());
  condition.range = event(ir::Op::Call, stmt.getCond()->getSourceRange()).range;
  if (value.is == Value::Is::Variable)
    condition.variable = value.variable;
  else if (value.is == Value::Is::Place && isTracked(typeOf(value.place)))
    condition.variable = variableAt(value.place);

  const ir::BlockId dispatch = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  builder_.jump(dispatch);
  SwitchState state;
  state.depth = builder_.depth();
  switches_.push_back(&state);
  breaks_.push_back({after, builder_.depth()});
  branchBody(stmt.getBody());
  breaks_.pop_back();
  switches_.pop_back();
  builder_.jump(after);
  builder_.setBlock(dispatch);
  if (state.otherwise == ir::none && stmt.isAllEnumCasesCovered()) {
    state.otherwise = builder_.newBlock(); // there is no other value
    builder_.setBlock(state.otherwise);
    builder_.stop();
    builder_.setBlock(dispatch);
  }
  if (state.otherwise == ir::none) state.otherwise = after;
  builder_.switchOn(std::move(condition), std::move(state.cases), state.otherwise);
  builder_.setBlock(after);
  builder_.popTo(before);
}

void FunctionLowering::switchLabel(const clang::SwitchCase& label) {
  const ir::BlockId here = builder_.newBlock();
  builder_.jump(here); // falls through from above
  builder_.setBlock(here);
  if (!switches_.empty()) {
    SwitchState& state = *switches_.back();
    if (const auto* one = llvm::dyn_cast<clang::CaseStmt>(&label)) {
      const auto value = constantOf(*one->getLHS());
      state.cases.push_back({value.value_or(0), here});
    } else {
      state.otherwise = here;
    }
  }
  if (const auto* expr = llvm::dyn_cast_or_null<clang::Expr>(label.getSubStmt()))
    expressionStatement(expr, false); // a declaration here could be jumped over
  else
    statement(label.getSubStmt());
}

} // namespace session_tidy::lower
