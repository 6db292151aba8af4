#include "lower/WaitingCalls.h"

#include "model/Config.h"

namespace session_tidy::lower {

namespace {

constexpr unsigned deepest = 3;

bool fits(const std::string& name, const std::vector<std::string>& patterns) {
  return llvm::any_of(
      patterns, [&](const std::string& pattern) { return model::matchesGlob(name, pattern); });
}

/// What is awaited, as written: below await_transform and operator co_await.
const clang::Expr& awaited(const clang::CoawaitExpr& expr) {
  const clang::Expr* operand = expr.getOperand()->IgnoreImplicit();
  for (;;) {
    const auto* call = llvm::dyn_cast<clang::CallExpr>(operand);
    const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
    if (!callee) return *operand;
    const bool transforms = callee->getDeclName().isIdentifier() &&
                            callee->getName() == "await_transform" && call->getNumArgs() == 1;
    const bool op = callee->getOverloadedOperator() == clang::OO_Coawait;
    const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
    if (transforms || (op && call->getNumArgs() == 1))
      operand = call->getArg(0)->IgnoreImplicit();
    else if (op && member)
      operand = member->getImplicitObjectArgument()->IgnoreImplicit();
    else
      return *operand;
  }
}

} // namespace

std::string WaitingCalls::named(const clang::FunctionDecl& function) {
  if (asked_.functions.empty() || !function.getDeclName().isIdentifier()) return {};
  std::string name = types_.qualifiedName(&function);
  if (fits(name, asked_.functions)) return name;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function)) {
    for (const clang::CXXMethodDecl* overridden : method->overridden_methods()) {
      if (!named(*overridden).empty()) return name;
    }
  }
  return {};
}

std::string WaitingCalls::in(const clang::Expr& call, const clang::FunctionDecl* function) {
  if (asked_.empty()) return {};
  if (const auto* await = llvm::dyn_cast<clang::CoawaitExpr>(&call))
    return suspends(*await) ? "co_await" : "";
  return function ? inFunction(*function, deepest) : "";
}

std::string WaitingCalls::inFunction(const clang::FunctionDecl& function, unsigned depth) {
  if (std::string own = named(function); !own.empty()) return own;
  const clang::FunctionDecl* definition = nullptr;
  if (depth == 0 || !function.hasBody(definition) || definition->isDependentContext() ||
      ast_.getSourceManager().isInSystemHeader(definition->getLocation()) ||
      llvm::isa<clang::CoroutineBodyStmt>(definition->getBody()))
    return {};
  const clang::Decl* key = definition->getCanonicalDecl();
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  known_[key] = {}; // recursion adds nothing
  std::string found = inStatement(*definition->getBody(), depth - 1);
  // A "no" that was cut short by the depth may be a "yes" from elsewhere.
  if (found.empty() && depth < deepest)
    known_.erase(key);
  else
    known_[key] = found;
  return found;
}

std::string WaitingCalls::inStatement(const clang::Stmt& stmt, unsigned depth) {
  if (llvm::isa<clang::LambdaExpr>(stmt)) return {}; // runs when somebody calls it
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt)) {
    if (const clang::FunctionDecl* callee = call->getDirectCallee()) {
      if (std::string found = inFunction(*callee, depth); !found.empty()) return found;
    }
  }
  for (const clang::Stmt* child : stmt.children()) {
    if (!child) continue;
    if (std::string found = inStatement(*child, depth); !found.empty()) return found;
  }
  return {};
}

/// What works with the session itself, `co_await tx.query(...)`, or `co_await store(tx)`, is no
/// wait for something else.
bool WaitingCalls::suspends(const clang::CoawaitExpr& expr) {
  if (!asked_.suspensions) return false;
  const clang::Expr& operand = awaited(expr);
  const auto isHeld = [this](const clang::Expr* given) {
    clang::QualType type = given->IgnoreParenImpCasts()->getType();
    return static_cast<bool>(types_.held(type)) ||
           (type->isPointerType() && types_.held(type->getPointeeType()));
  };
  if (isHeld(&operand)) return false;
  const clang::RecordDecl* type = TypeFacts::recordOf(operand.getType());
  if (type && isSafe(types_.qualifiedName(type))) return false;
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&operand);
  if (!call) return true;
  if (const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call)) {
    if (isHeld(member->getImplicitObjectArgument())) return false;
  }
  if (llvm::any_of(call->arguments(), isHeld)) return false;
  const clang::FunctionDecl* callee = call->getDirectCallee();
  return !callee || !callee->getDeclName().isIdentifier() || !isSafe(types_.qualifiedName(callee));
}

bool WaitingCalls::isSafe(const std::string& name) const {
  return fits(name, asked_.safeAwaitables);
}

} // namespace session_tidy::lower
