// Ways out of a function: what `return` gives to the caller, and jumps to labels.
#include "lower/FunctionLowering.h"

#include <algorithm>
#include <utility>

namespace session_tidy::lower {

/// The local with sessions inside that `return x` gives to the caller.
std::optional<Place> FunctionLowering::localReturned(const clang::Expr& expr) const {
  const clang::Expr* inner = expr.IgnoreImplicit();
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner);
      construct && construct->getNumArgs() >= 1 &&
      construct->getConstructor()->isCopyOrMoveConstructor())
    inner = construct->getArg(0)->IgnoreParenImpCasts();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(inner);
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  const bool ours = variable && variable->hasLocalStorage() &&
                    !llvm::isa<clang::ParmVarDecl>(variable) &&
                    !variable->getType()->isReferenceType() && pointsInside(placeOf(*variable));
  return ours ? std::optional<Place>(placeOf(*variable)) : std::nullopt;
}

/// Whether an object has pointers to objects with sessions inside.
bool FunctionLowering::pointsInside(const Place& place) const {
  return std::any_of(pointees_.begin(), pointees_.end(),
                     [&](const auto& pointer) { return pointer.first.within(place); });
}

/// `return column(0);` of a callee: its caller gets to see what the text lies in.
void FunctionLowering::showResult(const Value& value, clang::QualType returned,
                                  const clang::Expr& expr) {
  const ir::SlotId seen = relevance_.isView(returned) ? slotOf(value) : ir::none;
  if (seen == ir::none || kindOf(seen).role != model::Role::Dependent) return;
  if (now_->shown == ir::none)
    now_->shown = temporarySlot(kindOf(seen), ir::Holding::Reference, expr);
  add(ir::Op::Bind, expr.getSourceRange(), now_->shown, seen);
}

void FunctionLowering::returnValue(const clang::Expr& expr) {
  const bool root = now_->caller == nullptr;
  const clang::QualType returned = now_->function->getReturnType();
  if (!root) {
    if (now_->returnsAggregate) {
      returnAggregate(expr);
    } else if (now_->resultVariable != ir::none) {
      const Value value = emit(&expr);
      setVariable(now_->resultVariable, value);
      showResult(value, returned, expr);
    } else if (now_->resultSlot != ir::none) {
      Value value = emit(&expr, true, now_->resultSlot);
      if (!returned->isReferenceType())
        value.moved = true; // a local returned by value is moved out
      take(now_->resultSlot, value, expr.getSourceRange());
    } else {
      now_->result = emit(&expr);
      showResult(now_->result, returned, expr);
    }
    return;
  }
  const std::optional<Place> local = localReturned(expr);
  const Value value = local ? Value::at(*local) : emit(&expr);
  if (local) handedOver_ = local; // it becomes the caller's: its destructor does not run here
  if (value.is == Value::Is::Lambda) {
    for (const ir::SlotId shown : shownBy(value, expr.getSourceRange()))
      add(ir::Op::Return, expr.getSourceRange(), shown);
    return;
  }
  const ir::SlotId seen = slotOf(value);
  if (seen != ir::none && (isPosition(returned, value) || unit_.types().held(returned) ||
                           relevance_.isView(returned) || isAggregate(returned))) {
    ir::SlotId shown = seen;
    const ir::Holding holding = slot(seen).holding;
    // `return owner.get();`, `return wrapper.handle();`: what it points to may stay behind.
    const bool pointer =
        returned->isPointerType() &&
        (holding == ir::Holding::Raw ? slot(seen).storage == ir::Storage::Temporary : !value.moved);
    const bool byAddress = value.is == Value::Is::Address || returned->isReferenceType() || pointer;
    const bool name =
        (holding == ir::Holding::Raw && !pointer) || holding == ir::Holding::Reference;
    if (byAddress && !name) {
      shown = temporarySlot(kindOf(seen), ir::Holding::Reference, expr);
      add(ir::Op::Bind, expr.getSourceRange(), shown, seen);
    }
    add(ir::Op::Return, expr.getSourceRange(), shown);
    return;
  }
  if (value.is == Value::Is::Place || value.is == Value::Is::Address) {
    // An object with sessions inside goes to the caller, and they with it.
    for (const auto& [place, known] : std::map<Place, ir::SlotId>(slots_)) {
      const bool behind =
          std::any_of(pointees_.begin(), pointees_.end(), [&, &at = place](const auto& pointer) {
            return pointer.first.within(value.place) && at.within(pointer.second);
          });
      if (behind || place.within(value.place)) add(ir::Op::Return, expr.getSourceRange(), known);
    }
    for (const auto& [place, borrowed] : std::map<Place, Value>(aliases_))
      if (!place.path.empty() && place.within(value.place)) returnBorrowed(borrowed, expr);
  } else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expr.IgnoreImplicit())) {
    returnMade(*call, expr);
  }
}

/// What goes to the caller refers to a session of this function.
void FunctionLowering::returnBorrowed(const Value& value, const clang::Expr& expr) {
  const bool refers =
      value.is == Value::Is::Place || value.is == Value::Is::Address || value.is == Value::Is::Slot;
  const ir::SlotId seen = refers ? slotOf(value) : ir::none;
  if (seen == ir::none || slot(seen).storage != ir::Storage::Local ||
      slot(seen).holding == ir::Holding::Raw || slot(seen).holding == ir::Holding::Reference ||
      kindOf(seen).role != model::Role::Session || kindOf(seen).shared)
    return;
  const ir::SlotId shown = temporarySlot(kindOf(seen), ir::Holding::Reference, expr);
  add(ir::Op::Bind, expr.getSourceRange(), shown, seen);
  add(ir::Op::Return, expr.getSourceRange(), shown);
}

/// `return std::make_unique<Repository>(session);` where the repository keeps a reference.
void FunctionLowering::returnMade(const clang::CallExpr& call, const clang::Expr& expr) {
  const clang::FunctionDecl* function = call.getDirectCallee();
  const bool makes = function && function->isInStdNamespace() && function->getIdentifier() &&
                     (function->getName() == "make_unique" || function->getName() == "make_shared");
  const clang::CXXRecordDecl* made = makes ? unit_.types().ownedClass(call.getType()) : nullptr;
  if (!made || !made->hasDefinition()) return;
  for (unsigned index = 0; index < call.getNumArgs(); ++index) {
    const clang::Expr* argument = call.getArg(index)->IgnoreParenImpCasts();
    const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(argument);
    const auto* variable =
        reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
    if (variable && relevance_.keepsReference(*made, index, call.getNumArgs()))
      returnBorrowed(Value::at(placeOf(*variable)), expr);
  }
}

void FunctionLowering::returnStatement(const clang::Expr* value, clang::SourceRange range,
                                       const char* word) {
  const std::size_t before = builder_.depth();
  if (value) returnValue(*value);
  builder_.popTo(before);
  leaveFunction(range, word);
}

void FunctionLowering::leaveFunction(clang::SourceRange range, const char* word) {
  if (!builder_.reachable()) return;
  leavingAt_ = range;
  const std::optional<Place> handedOver = std::exchange(handedOver_, std::nullopt);
  if (now_->caller) {
    handedOver_ = handedOver;
    builder_.leaveTo(now_->depth);
    handedOver_.reset();
    builder_.jump(now_->returnTo);
    return;
  }
  for (const ir::SlotId member : constructed_) add(ir::Op::Store, range, member);
  ir::Event leave = event(ir::Op::Leave, range);
  leave.text = word;
  builder_.add(std::move(leave));
  builder_.leaveTo(0);
  builder_.jump(exit_);
}

void FunctionLowering::labelStatement(const clang::LabelStmt& stmt) {
  auto [known, added] = labels_.try_emplace({stmt.getDecl(), now_->instance});
  if (added) known->second.block = builder_.newBlock();
  known->second.depth = builder_.depth();
  builder_.jump(known->second.block);
  builder_.setBlock(known->second.block);
  statement(stmt.getSubStmt());
}

void FunctionLowering::gotoStatement(const clang::GotoStmt& stmt) {
  auto [known, added] = labels_.try_emplace({stmt.getLabel(), now_->instance});
  if (added) {
    known->second.block = builder_.newBlock();
    known->second.depth =
        now_->depth; // a label further down stands, by custom, at the function's own level
  }
  leavingAt_ = stmt.getSourceRange();
  if (known->second.depth < builder_.depth()) builder_.leaveTo(known->second.depth);
  builder_.jump(known->second.block, event(ir::Op::Call, leavingAt_).range);
}

} // namespace session_tidy::lower
