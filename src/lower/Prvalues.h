// What an expression of class type makes, below the wrappers that Clang puts around it.
#pragma once

#include "lower/ClangHeaders.h"

namespace session_tidy::lower {

/// What stands below the wrappers that Clang puts around a class prvalue; elided copies are looked
/// through.
inline const clang::Expr* stripPrvalue(const clang::Expr* expr) {
  while (true) {
    const clang::Expr* inner = expr->IgnoreParens();
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
      inner = cleanups->getSubExpr();
    else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(inner))
      inner = bound->getSubExpr();
    else if (const auto* materialised = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(inner))
      inner = materialised->getSubExpr();
    else if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(inner);
             cast && (cast->getCastKind() == clang::CK_ConstructorConversion ||
                      cast->getCastKind() == clang::CK_NoOp))
      inner = cast->getSubExpr();
    else if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner);
             construct && construct->isElidable() && construct->getNumArgs() >= 1)
      inner = construct->getArg(0);
    else if (const auto* defaulted = llvm::dyn_cast<clang::CXXDefaultInitExpr>(inner))
      inner = defaulted->getExpr();
    else if (const auto* defaulted = llvm::dyn_cast<clang::CXXDefaultArgExpr>(inner))
      inner = defaulted->getExpr();
    if (inner == expr) return expr;
    expr = inner;
  }
}

} // namespace session_tidy::lower
