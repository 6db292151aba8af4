// How a unit itself reads the numbers that functions return: what it leaves by, it takes for a
// failure.
//
// `if (!send(line)) return;` says that nonzero is success, `if (send(line) != 0) return;` that zero
// is.
#pragma once

#include "lower/ClangHeaders.h"

#include <unordered_map>

namespace session_tidy::lower {

class ResultUse {
public:
  explicit ResultUse(clang::ASTContext& ast) : ast_(ast) {}

  struct Evidence {
    bool zeroWorked = false;
    bool nonzeroWorked = false;
  };
  /// What the whole unit says of a function.
  Evidence of(const clang::FunctionDecl& function);

private:
  void readContext(const clang::DeclContext& context);
  void readBody(const clang::Stmt& stmt);
  void readFailure(const clang::Expr& condition, bool failsWhenTrue);
  void readComparison(const clang::BinaryOperator& comparison, bool failsWhenTrue);
  void note(const clang::Expr& expr, bool zeroFails);

  clang::ASTContext& ast_;
  bool read_ = false;
  std::unordered_map<const clang::Decl*, Evidence> evidence_;
};

} // namespace session_tidy::lower
