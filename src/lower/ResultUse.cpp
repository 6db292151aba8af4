#include "lower/ResultUse.h"

namespace session_tidy::lower {

namespace {

/// Whether a branch leaves what it stands in.
bool jumps(const clang::Stmt* stmt) {
  if (const auto* block = llvm::dyn_cast_or_null<clang::CompoundStmt>(stmt))
    return !block->body_empty() && jumps(block->body_back());
  if (const auto* expr = llvm::dyn_cast_or_null<clang::Expr>(stmt))
    return llvm::isa<clang::CXXThrowExpr>(expr->IgnoreImplicit());
  return stmt && (llvm::isa<clang::ReturnStmt>(stmt) || llvm::isa<clang::GotoStmt>(stmt) ||
                  llvm::isa<clang::BreakStmt>(stmt) || llvm::isa<clang::ContinueStmt>(stmt));
}

} // namespace

ResultUse::Evidence ResultUse::of(const clang::FunctionDecl& function) {
  if (!read_) {
    read_ = true;
    readContext(*ast_.getTranslationUnitDecl());
  }
  const auto found = evidence_.find(function.getCanonicalDecl());
  return found != evidence_.end() ? found->second : Evidence{};
}

void ResultUse::readContext(const clang::DeclContext& context) {
  for (const clang::Decl* decl : context.decls()) {
    if (ast_.getSourceManager().isInSystemHeader(decl->getLocation())) continue;
    if (const auto* pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(decl))
      decl = pattern->getTemplatedDecl();
    else if (const auto* record = llvm::dyn_cast<clang::ClassTemplateDecl>(decl))
      decl = record->getTemplatedDecl();
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
      if (function->doesThisDeclarationHaveABody()) readBody(*function->getBody());
    } else if (llvm::isa<clang::NamespaceDecl>(decl) || llvm::isa<clang::LinkageSpecDecl>(decl) ||
               llvm::isa<clang::RecordDecl>(decl)) {
      readContext(*llvm::cast<clang::DeclContext>(decl));
    }
  }
}

void ResultUse::readBody(const clang::Stmt& stmt) {
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(&stmt)) {
    if (branch->getCond() && jumps(branch->getThen())) readFailure(*branch->getCond(), true);
  }
  for (const clang::Stmt* child : stmt.children()) {
    if (child) readBody(*child);
  }
}

/// The condition is true, or false, where the unit leaves.
void ResultUse::readFailure(const clang::Expr& condition, bool failsWhenTrue) {
  const clang::Expr* expr = condition.IgnoreParenImpCasts();
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr);
      unary && unary->getOpcode() == clang::UO_LNot)
    return readFailure(*unary->getSubExpr(), !failsWhenTrue);
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) {
    if (binary->getOpcode() == (failsWhenTrue ? clang::BO_LOr : clang::BO_LAnd)) {
      readFailure(*binary->getLHS(), failsWhenTrue);
      readFailure(*binary->getRHS(), failsWhenTrue);
    }
    return readComparison(*binary, failsWhenTrue);
  }
  note(*expr, !failsWhenTrue);
}

void ResultUse::readComparison(const clang::BinaryOperator& comparison, bool failsWhenTrue) {
  if (!comparison.isComparisonOp()) return;
  const clang::Expr& right = *comparison.getRHS();
  clang::Expr::EvalResult value;
  if (right.isValueDependent() || !right.EvaluateAsInt(value, ast_)) return;
  const std::int64_t constant = value.Val.getInt().getExtValue();
  clang::BinaryOperatorKind op = comparison.getOpcode();
  if (!failsWhenTrue) op = clang::BinaryOperator::negateComparisonOp(op);
  const clang::Expr& left = *comparison.getLHS()->IgnoreParenImpCasts();
  // `if (commit(s) == 0) return 0;` leaves by success.
  const bool zeroFails = op == clang::BO_NE && constant == 1;
  const bool zeroWorks = ((op == clang::BO_NE || op == clang::BO_LT) && constant == 0) ||
                         (op == clang::BO_EQ && constant == -1);
  if (zeroFails || zeroWorks) note(left, zeroFails);
}

void ResultUse::note(const clang::Expr& expr, bool zeroFails) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&expr);
  const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
  if (!callee) return;
  Evidence& evidence = evidence_[callee->getCanonicalDecl()];
  (zeroFails ? evidence.nonzeroWorked : evidence.zeroWorked) = true;
}

} // namespace session_tidy::lower
