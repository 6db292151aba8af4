// Which database a new session is of, in words: two sessions made with the same words are of the
// same one.
//
// Only what surely means the same when it is written twice counts: literals, constants, names that
// nobody changes, members and plain getters of them. Anything else gives no words, and then nothing
// is said about the session's database.
#include "lower/FunctionLowering.h"
#include "lower/Literals.h"
#include "lower/Steady.h"

namespace session_tidy::lower {

namespace {

/// The expression below implicit conversions and the constructors of string classes that copy a
/// text.
const clang::Expr& belowConversions(const clang::Expr& expr) {
  const clang::Expr* inner = expr.IgnoreParenImpCasts();
  while (true) {
    const clang::Expr* next = inner;
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
      next = cleanups->getSubExpr();
    else if (const auto* materialised = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(inner))
      next = materialised->getSubExpr();
    else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(inner))
      next = bound->getSubExpr();
    else if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(inner))
      next = cast->getSubExpr();
    else if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner);
             construct && construct->getNumArgs() >= 1 &&
             (construct->getNumArgs() == 1 ||
              llvm::isa<clang::CXXDefaultArgExpr>(construct->getArg(1))))
      next = construct->getArg(0);
    next = next->IgnoreParenImpCasts();
    if (next == inner) return *inner;
    inner = next;
  }
}

/// Every session of a database in memory has its own, unless it says that they share.
bool isPrivate(llvm::StringRef text) {
  const bool memory = text.contains(":memory:") || text.contains("mode=memory");
  return text.empty() || (memory && !text.contains("cache=shared"));
}

} // namespace

std::string FunctionLowering::wordsFor(const clang::Expr& expr) {
  const clang::Expr& inner = belowConversions(expr);
  std::optional<std::string> written;
  if (const auto* literal = llvm::dyn_cast<clang::StringLiteral>(&inner))
    written = textOf(*literal);
  else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&inner))
    written = literalText(*call, unit_.types());
  if (written) return isPrivate(*written) ? "" : '"' + *written + '"';
  if (const auto constant = constantOf(inner)) return std::to_string(*constant);
  if (inner.isNullPointerConstant(unit_.ast(), clang::Expr::NPC_ValueDependentIsNotNull))
    return "null";
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&inner)) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (!variable || unit_.types().held(variable->getType()) || !isSteady(*variable)) return "";
    const Value value = valueAt(placeOf(*variable));
    const clang::VarDecl* meant = value.is == Value::Is::Place ? value.place.variable() : variable;
    return nameOf(value.is == Value::Is::Place ? value.place : placeOf(*variable)) +
           (meant && meant->hasLocalStorage()
                ? "@" + std::to_string(unit_.rangeOf(meant->getLocation()).begin.line)
                : "");
  }
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&inner)) {
    if (!llvm::isa<clang::FieldDecl>(member->getMemberDecl())) return "";
    const clang::Expr* object = member->getBase()->IgnoreParenImpCasts();
    const std::string base = llvm::isa<clang::CXXThisExpr>(object) ? "this" : wordsFor(*object);
    return base.empty() ? "" : base + "." + member->getMemberDecl()->getNameAsString();
  }
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&inner);
  if (call && call->getNumArgs() == 0 && call->getMethodDecl() &&
      call->getMethodDecl()->isConst()) {
    const clang::Expr* object = call->getImplicitObjectArgument()->IgnoreParenImpCasts();
    const std::string base = llvm::isa<clang::CXXThisExpr>(object) ? "this" : wordsFor(*object);
    return base.empty() ? "" : base + "." + call->getMethodDecl()->getNameAsString();
  }
  return "";
}

/// "sessions.open": what is asked for a session counts, unless it is a function that anybody can
/// call.
std::string FunctionLowering::makerWords(const clang::Expr& call, const std::string& maker) {
  const auto* asked = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call);
  if (!asked || !asked->getMethodDecl() || asked->getMethodDecl()->isStatic()) return maker;
  const clang::Expr* object = asked->getImplicitObjectArgument()->IgnoreParenImpCasts();
  std::string words = llvm::isa<clang::CXXThisExpr>(object) ? "this" : "";
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(object);
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  // An object stays the same one, whatever its methods change in it.
  if (variable && !variable->getType()->isPointerType())
    words = variable->getNameAsString() + "@" +
            std::to_string(unit_.rangeOf(variable->getLocation()).begin.line);
  else if (words.empty())
    words = wordsFor(*object);
  return words.empty() ? "" : words + "." + asked->getMethodDecl()->getNameAsString();
}

std::string FunctionLowering::databaseOf(const model::Kind& kind, const std::string& maker,
                                         llvm::ArrayRef<const clang::Expr*> arguments) {
  if (kind.role != model::Role::Session || maker.empty()) return "";
  std::string words;
  bool named = maker.find('.') != std::string::npos; // by whom
  for (const clang::Expr* argument : arguments) {
    if (llvm::isa<clang::CXXDefaultArgExpr>(argument)) continue;
    if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(argument->IgnoreParenImpCasts());
        unary && unary->getOpcode() == clang::UO_AddrOf &&
        unit_.types().held(argument->getType()->getPointeeType()))
      continue; // where the new session goes
    const std::string part = wordsFor(*argument);
    if (part.empty()) return "";
    named = named || !((part.front() >= '0' && part.front() <= '9') || part.front() == '-' ||
                       part == "null");
    words += (words.empty() ? "" : ", ") + part;
  }
  return named ? maker + "(" + words + ")" : "";
}

} // namespace session_tidy::lower
