// Values of outcome classes: a variable that is 1 where the object stands for success, and 0 where
// it does not.
#include "lower/FunctionLowering.h"
#include "lower/Outcomes.h"
#include "model/OutcomeNames.h"

namespace session_tidy::lower {

bool FunctionLowering::isOutcomeValue(clang::QualType type) {
  if (type.isNull()) return false;
  type = type.getCanonicalType().getNonReferenceType();
  const clang::RecordDecl* record = type->isRecordType() ? TypeFacts::recordOf(type) : nullptr;
  return record && unit_.types().isOutcome(*record) && !unit_.types().held(type) &&
         !isAggregate(type);
}

/// A variable that is 1 where the value is 0, and 0 where it is not.
Value FunctionLowering::isZero(const Value& value, const clang::Expr& expr) {
  if (value.is == Value::Is::Constant) return Value::of(value.constant == 0 ? 1 : 0);
  const ir::VarId answer = builder_.addVariable("");
  const ir::BlockId zero = builder_.newBlock();
  const ir::BlockId other = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  truthTest(expr, value, true, 0, zero, other);
  builder_.setBlock(zero);
  setVariable(answer, Value::of(1));
  builder_.jump(after);
  builder_.setBlock(other);
  setVariable(answer, Value::of(0));
  builder_.jump(after);
  builder_.setBlock(after);
  return Value::inVariable(answer);
}

/// An outcome made from values: `Status(rc)`, `{false, "no such row"}`, `return DbError{...};`.
Value FunctionLowering::outcomeMade(const clang::Expr& expr, clang::QualType type,
                                    llvm::ArrayRef<const clang::Expr*> given,
                                    const std::vector<Value>& values) {
  const MadeOutcome made = madeOutcome(type, given);
  switch (made.from) {
  case MadeOutcome::From::Known:
    return Value::of(made.worked ? 1 : 0);
  case MadeOutcome::From::Bool:
  case MadeOutcome::From::Code: {
    const Value& first = values.front();
    const bool followed = first.is == Value::Is::Variable || first.is == Value::Is::Constant ||
                          (first.is == Value::Is::Place && isTracked(typeOf(first.place)));
    if (!followed) return freshVariable();
    return made.from == MadeOutcome::From::Bool ? first : isZero(first, expr);
  }
  default:
    return freshVariable();
  }
}

Value FunctionLowering::constructOutcome(const clang::CXXConstructExpr& expr) {
  const clang::CXXConstructorDecl& constructor = *expr.getConstructor();
  if (constructor.isCopyOrMoveConstructor() && expr.getNumArgs() > 0) return emit(expr.getArg(0));
  std::vector<const clang::Expr*> given;
  for (const clang::Expr* argument : expr.arguments())
    if (!llvm::isa<clang::CXXDefaultArgExpr>(argument)) given.push_back(argument);
  const std::vector<Value> values = emitArguments(given);
  if (!given.empty()) unknownCall(expr, &constructor, nullptr, given, values);
  return outcomeMade(expr, expr.getType(), given, values);
}

/// What a method of an outcome gives: whether it worked, or what is inside.
std::optional<Value> FunctionLowering::outcomeCall(const clang::CallExpr& call,
                                                   const clang::CXXMethodDecl& method,
                                                   const clang::Expr& objectExpr,
                                                   const Value& object,
                                                   llvm::ArrayRef<const clang::Expr*> arguments) {
  if (objectExpr.getType()->isPointerType() || !isOutcomeValue(objectExpr.getType()))
    return std::nullopt;
  if (const std::optional<bool> success = asksForSuccess(method)) {
    const Value worked =
        object.is == Value::Is::Place ? Value::inVariable(variableAt(object.place)) : object;
    if (worked.is != Value::Is::Variable && worked.is != Value::Is::Constant)
      return freshVariable();
    return *success ? worked : isZero(worked, call);
  }
  // `*found`, `status.message()`: looked into, and as it was.
  const bool looks = method.getNumParams() == 0 && !method.getReturnType()->isVoidType();
  if (!looks) return std::nullopt;
  return unknownCall(call, &method, nullptr, arguments, {});
}

/// `connection.begin().success`: a field of an outcome that says whether it worked.
std::optional<Value> FunctionLowering::outcomeField(const clang::MemberExpr& expr,
                                                    const clang::FieldDecl& field,
                                                    const Value& outcome) {
  if (expr.isArrow() || !field.getType()->isBooleanType() ||
      !isOutcomeValue(expr.getBase()->getType()))
    return std::nullopt;
  const std::optional<bool> success = model::asksForSuccess(field.getName().str());
  const Value worked =
      outcome.is == Value::Is::Place ? Value::inVariable(variableAt(outcome.place)) : outcome;
  if (!success || (worked.is != Value::Is::Variable && worked.is != Value::Is::Constant))
    return std::nullopt;
  return *success ? worked : isZero(worked, expr);
}

/// `if (status.ok())`, `if (!result)`: a branch on what is known of the outcome.
bool FunctionLowering::outcomeTest(const clang::Expr& expr, ir::BlockId whenTrue,
                                   ir::BlockId whenFalse) {
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&expr);
  const clang::CXXMethodDecl* method = call ? call->getMethodDecl() : nullptr;
  if (!method) return false;
  const clang::Expr* object = call->getImplicitObjectArgument()->IgnoreParenBaseCasts();
  if (object->getType()->isPointerType() || !isOutcomeValue(object->getType())) return false;
  const std::optional<bool> success = asksForSuccess(*method);
  if (!success) return false;
  const std::size_t before = builder_.depth();
  const Value value = emit(object);
  builder_.popTo(before);
  truthTest(expr, value, !*success, 0, whenTrue, whenFalse);
  return true;
}

} // namespace session_tidy::lower
