// How a local variable changes over its function: every place that could change it is looked at,
// once per question.
#include "lower/Steady.h"

#include "lower/Mentions.h"

namespace session_tidy::lower {

namespace {

bool isNaturalNumber(const clang::Expr* expr) {
  const auto* literal = llvm::dyn_cast<clang::IntegerLiteral>(expr->IgnoreParenImpCasts());
  return literal != nullptr;
}

enum class Change { None, Upward, Any };

/// What the statement itself, without the ones in it, does to the variable.
Change changeBy(const clang::Stmt& stmt, const clang::VarDecl& variable) {
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&stmt);
      binary && binary->isAssignmentOp() && names(binary->getLHS(), variable)) {
    const bool grows =
        binary->getOpcode() == clang::BO_Assign || binary->getOpcode() == clang::BO_AddAssign;
    return grows && isNaturalNumber(binary->getRHS()) ? Change::Upward : Change::Any;
  }
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&stmt);
      unary && names(unary->getSubExpr(), variable)) {
    if (unary->isIncrementOp()) return Change::Upward;
    return unary->isDecrementOp() || unary->getOpcode() == clang::UO_AddrOf ? Change::Any
                                                                            : Change::None;
  }
  if (const auto* call = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&stmt))
    return call->isAssignmentOp() && names(call->getArg(0), variable) ? Change::Any : Change::None;
  if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&stmt)) {
    const clang::CXXMethodDecl* method = call->getMethodDecl();
    return method && !method->isConst() && names(call->getImplicitObjectArgument(), variable)
               ? Change::Any
               : Change::None;
  }
  return Change::None;
}

/// Changes by calls that take the variable by reference.
Change changeByCall(const clang::Stmt& stmt, const clang::VarDecl& variable) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt);
  const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
  if (!callee) return Change::None;
  const unsigned skipped =
      llvm::isa<clang::CXXOperatorCallExpr>(call) && llvm::isa<clang::CXXMethodDecl>(callee) ? 1
                                                                                             : 0;
  for (unsigned index = 0; index < callee->getNumParams() && index + skipped < call->getNumArgs();
       ++index) {
    const clang::QualType type = callee->getParamDecl(index)->getType();
    const bool changeable =
        type->isReferenceType() && !type.getNonReferenceType().isConstQualified();
    if (changeable && names(call->getArg(index + skipped), variable)) return Change::Any;
  }
  return Change::None;
}

Change changeIn(const clang::Stmt* stmt, const clang::VarDecl& variable) {
  if (!stmt) return Change::None;
  Change worst = std::max(changeBy(*stmt, variable), changeByCall(*stmt, variable));
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(stmt))
    worst = std::max(worst, changeIn(lambda->getBody(), variable));
  for (const clang::Stmt* child : stmt->children()) {
    if (worst == Change::Any) break;
    worst = std::max(worst, changeIn(child, variable));
  }
  return worst;
}

const clang::Stmt* bodyAround(const clang::VarDecl& variable) {
  const auto* function =
      llvm::dyn_cast_or_null<clang::FunctionDecl>(variable.getParentFunctionOrMethod());
  return function ? function->getBody() : nullptr;
}

} // namespace

bool isSteady(const clang::VarDecl& variable) {
  if (variable.isConstexpr() || variable.getType().getNonReferenceType().isConstQualified())
    return true;
  const clang::Stmt* body = bodyAround(variable);
  return body ? changeIn(body, variable) == Change::None : variable.hasGlobalStorage();
}

bool isCounter(const clang::VarDecl& variable) {
  if (variable.getType()->isUnsignedIntegerType()) return true;
  const clang::Stmt* body = bodyAround(variable);
  const bool fromZero = variable.hasInit() && isNaturalNumber(variable.getInit());
  return fromZero && body && changeIn(body, variable) != Change::Any;
}

} // namespace session_tidy::lower
