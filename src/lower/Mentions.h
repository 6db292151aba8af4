// Whether code speaks of a variable.
#pragma once

#include "lower/ClangHeaders.h"

namespace session_tidy::lower {

/// The expression is the variable, whatever is cast.
inline bool names(const clang::Expr* expr, const clang::VarDecl& variable) {
  const auto* reference =
      expr ? llvm::dyn_cast<clang::DeclRefExpr>(expr->IgnoreParenCasts()) : nullptr;
  return reference && reference->getDecl()->getCanonicalDecl() == variable.getCanonicalDecl();
}

/// The variable occurs somewhere in it.
inline bool mentions(const clang::Stmt* stmt, const clang::VarDecl& variable) {
  if (!stmt) return false;
  if (names(llvm::dyn_cast<clang::Expr>(stmt), variable)) return true;
  return llvm::any_of(stmt->children(),
                      [&](const clang::Stmt* child) { return mentions(child, variable); });
}

} // namespace session_tidy::lower
