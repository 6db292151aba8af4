// Which calls wait for something outside, as far as some rule asks.
#pragma once

#include "lower/ClangHeaders.h"
#include "lower/TypeFacts.h"
#include "model/Waits.h"

#include <string>
#include <unordered_map>

namespace session_tidy::lower {

class WaitingCalls {
public:
  WaitingCalls(TypeFacts& types, clang::ASTContext& ast, const model::Waits& asked)
      : types_(types), ast_(ast), asked_(asked) {}

  /// The function in which this call waits, itself or in what it calls, a few calls deep; empty for
  /// all others. `function` may be null.
  std::string in(const clang::Expr& call, const clang::FunctionDecl* function);

  /// The name under which a rule asks for this very function; empty if none does.
  std::string named(const clang::FunctionDecl& function);

private:
  std::string inFunction(const clang::FunctionDecl& function, unsigned depth);
  std::string inStatement(const clang::Stmt& stmt, unsigned depth);
  bool suspends(const clang::CoawaitExpr& expr);
  bool isSafe(const std::string& name) const;

  TypeFacts& types_;
  clang::ASTContext& ast_;
  const model::Waits& asked_;
  std::unordered_map<const clang::Decl*, std::string> known_;
};

} // namespace session_tidy::lower
