#include "lower/OwnedByUse.h"

#include "lower/Mentions.h"
#include "model/ShapeNames.h"

namespace session_tidy::lower {

namespace {

class Uses {
public:
  Uses(UnitContext& unit, const clang::VarDecl& variable) : unit_(unit), variable_(variable) {}

  /// `sometimes`: below a condition that is not about the variable.
  void read(const clang::Stmt* stmt, bool sometimes) {
    if (!stmt || llvm::isa<clang::LambdaExpr>(stmt)) return;
    if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(stmt)) {
      const bool own = mentions(branch->getCond(), variable_);
      read(branch->getCond(), sometimes);
      read(branch->getThen(), sometimes || !own);
      return read(branch->getElse(), sometimes || !own);
    }
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt)) {
      if (releases(*call)) {
        released_ = released_ || !sometimes;
        return;
      }
      for (const clang::Expr* argument : call->arguments())
        used_ = used_ || names(argument, variable_);
    }
    if (const auto* deletion = llvm::dyn_cast<clang::CXXDeleteExpr>(stmt);
        deletion && names(deletion->getArgument(), variable_)) {
      released_ = released_ || !sometimes;
      return;
    }
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(stmt))
      used_ = used_ || names(member->getBase(), variable_);
    const bool choice = llvm::isa<clang::CXXCatchStmt>(stmt) ||
                        llvm::isa<clang::SwitchStmt>(stmt) ||
                        llvm::isa<clang::ConditionalOperator>(stmt);
    for (const clang::Stmt* child : stmt->children()) read(child, sometimes || choice);
  }

  [[nodiscard]] bool releasedAlways() const { return released_; }
  /// For more than to release it.
  [[nodiscard]] bool used() const { return used_; }

private:
  bool releases(const clang::CallExpr& call) const {
    const clang::FunctionDecl* callee = call.getDirectCallee();
    if (!callee) return false;
    for (const model::CallModel* model : unit_.types().functions(*callee))
      for (const model::Effect& effect : model->effects) {
        const bool ends = effect.op == model::Op::Close;
        const std::size_t index = effect.subject.index;
        if (ends && effect.subject.base == model::Operand::Base::Argument &&
            index < call.getNumArgs() &&
            names(call.getArg(static_cast<unsigned>(index)), variable_))
          return true;
      }
    return false;
  }

  UnitContext& unit_;
  const clang::VarDecl& variable_;
  bool released_ = false;
  bool used_ = false;
};

/// `shared(&mine)`: the callee says whose it is.
bool tellsWhose(const clang::CallExpr& call) {
  return llvm::any_of(call.arguments(), [](const clang::Expr* argument) {
    const clang::QualType type = argument->getType();
    return type->isPointerType() &&
           (type->getPointeeType()->isBooleanType() || type->getPointeeType()->isIntegerType()) &&
           !type->getPointeeType()->isAnyCharacterType() &&
           !type->getPointeeType().isConstQualified();
  });
}

} // namespace

bool isOwnedByUse(UnitContext& unit, const clang::CallExpr& call, const clang::VarDecl& variable,
                  const clang::Stmt& body) {
  const clang::FunctionDecl* callee = call.getDirectCallee();
  const bool named = callee && callee->getDeclName().isIdentifier();
  if (tellsWhose(call) || (named && model::soundsLent(model::nameWords(callee->getName().str()))))
    return false;
  Uses uses(unit, variable);
  uses.read(&body, false);
  return uses.releasedAlways() && uses.used();
}

} // namespace session_tidy::lower
