#include "lower/Literals.h"

namespace session_tidy::lower {

namespace {

/// The longest literal below a statement: what a macro's lambda wraps is written once in it.
void longest(const clang::Stmt& stmt, const clang::StringLiteral*& found) {
  if (const auto* literal = llvm::dyn_cast<clang::StringLiteral>(&stmt);
      literal && (!found || literal->getLength() > found->getLength()))
    found = literal;
  if (const auto* declarations = llvm::dyn_cast<clang::DeclStmt>(&stmt))
    for (const clang::Decl* declaration : declarations->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
          variable && variable->getInit())
        longest(*variable->getInit(), found);
  for (const clang::Stmt* child : stmt.children())
    if (child) longest(*child, found);
}

/// `[] { static const auto data = ...; return QString(data); }()` out of a macro.
const clang::LambdaExpr* lambdaOfMacro(const clang::CallExpr& call) {
  const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call);
  if (!operation || operation->getOperator() != clang::OO_Call || operation->getNumArgs() != 1 ||
      !call.getBeginLoc().isMacroID())
    return nullptr;
  const auto* lambda =
      llvm::dyn_cast<clang::LambdaExpr>(operation->getArg(0)->IgnoreParenImpCasts());
  return lambda && lambda->capture_size() == 0 ? lambda : nullptr;
}

} // namespace

std::string textOf(const clang::StringLiteral& literal) {
  if (literal.getCharByteWidth() == 1) return literal.getString().str();
  std::string text;
  for (unsigned index = 0; index < literal.getLength(); ++index) {
    const std::uint32_t unit = literal.getCodeUnit(index);
    text += unit < 128 ? static_cast<char>(unit) : '?';
  }
  return text;
}

std::optional<std::string> literalText(const clang::CallExpr& call, TypeFacts& types) {
  const clang::StringLiteral* literal = nullptr;
  const clang::FunctionDecl* function = call.getDirectCallee();
  if (const clang::LambdaExpr* lambda = lambdaOfMacro(call)) {
    if (types.isText(call.getType())) longest(*lambda->getBody(), literal);
  } else if (function && call.getNumArgs() > 0) {
    const bool own = function->getLiteralIdentifier() && types.isText(call.getType());
    if (own || types.helper(*function) == model::Helper::TextMaker)
      literal = llvm::dyn_cast<clang::StringLiteral>(call.getArg(0)->IgnoreParenImpCasts());
  }
  return literal ? std::optional<std::string>(textOf(*literal)) : std::nullopt;
}

} // namespace session_tidy::lower
