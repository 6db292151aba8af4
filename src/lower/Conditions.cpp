// Conditions: which facts a branch teaches, so that correlated branches are understood.
#include "lower/FunctionLowering.h"
#include "lower/Steady.h"

namespace session_tidy::lower {

namespace {

const clang::Expr* stripTruth(const clang::Expr* expr) {
  while (true) {
    const clang::Expr* inner = expr->IgnoreParenImpCasts();
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
      inner = cleanups->getSubExpr();
    else if (const auto* constant = llvm::dyn_cast<clang::ConstantExpr>(inner))
      inner = constant->getSubExpr();
    else if (const auto* rewritten = llvm::dyn_cast<clang::CXXRewrittenBinaryOperator>(inner))
      inner = rewritten->getSemanticForm();
    else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(inner);
             call && call->getBuiltinCallee() == clang::Builtin::BI__builtin_expect)
      inner = call->getArg(0);
    if (inner == expr) return expr;
    expr = inner;
  }
}

/// The object of a conversion to bool, as in `if (handle)`.
const clang::Expr* boolConversionObject(const clang::Expr& expr) {
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&expr);
  if (!call || !llvm::isa_and_nonnull<clang::CXXConversionDecl>(call->getMethodDecl()))
    return nullptr;
  return call->getImplicitObjectArgument()->IgnoreParenBaseCasts();
}

bool isUncaughtExceptions(const clang::Expr& expr) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(expr.IgnoreParenImpCasts());
  const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
  return callee && callee->isInStdNamespace() && callee->getDeclName().isIdentifier() &&
         callee->getName() == "uncaught_exceptions";
}

} // namespace

/// `unit.active()` where the method gives a member out: what is known of that member holds.
std::optional<Place> FunctionLowering::memberShown(const clang::Expr& expr) {
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(expr.IgnoreParenImpCasts());
  const clang::CXXMethodDecl* method = call ? call->getMethodDecl() : nullptr;
  const clang::FunctionDecl* definition = nullptr;
  if (!method || unit_.types().kindOf(method->getParent()) || !method->isConst() ||
      method->getNumParams() != 0 || !method->hasBody(definition) ||
      !relevance_.keepsBooks(*method))
    return std::nullopt;
  const auto* body = llvm::dyn_cast<clang::CompoundStmt>(definition->getBody());
  const auto* only =
      body && body->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(body->body_front()) : nullptr;
  const auto* member =
      only && only->getRetValue()
          ? llvm::dyn_cast<clang::MemberExpr>(only->getRetValue()->IgnoreParenImpCasts())
          : nullptr;
  const auto* field =
      member && llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()) &&
              isTracked(member->getType())
          ? llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl())
          : nullptr;
  const std::optional<Place> object =
      field ? namedPlace(*call->getImplicitObjectArgument()) : std::nullopt;
  return object ? std::optional<Place>(object->member(field)) : std::nullopt;
}

void FunctionLowering::condition(const clang::Expr* expr, ir::BlockId whenTrue,
                                 ir::BlockId whenFalse) {
  if (!builder_.reachable()) return;
  expr = stripTruth(expr);
  if (const auto constant = constantOf(*expr))
    return builder_.jump(*constant ? whenTrue : whenFalse);
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr);
      unary && unary->getOpcode() == clang::UO_LNot)
    return condition(unary->getSubExpr(), whenFalse, whenTrue);
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) {
    if (binary->isLogicalOp()) {
      const ir::BlockId second = builder_.newBlock();
      if (binary->getOpcode() == clang::BO_LAnd)
        condition(binary->getLHS(), second, whenFalse);
      else
        condition(binary->getLHS(), whenTrue, second);
      builder_.setBlock(second);
      return condition(binary->getRHS(), whenTrue, whenFalse);
    }
    if (binary->isComparisonOp()) return comparison(*binary, whenTrue, whenFalse);
    if (binary->getOpcode() == clang::BO_Comma) {
      expressionStatement(binary->getLHS(), false);
      return condition(binary->getRHS(), whenTrue, whenFalse);
    }
  }
  if (outcomeTest(*expr, whenTrue, whenFalse)) return;
  std::string text;
  std::vector<Place> reads;
  const clang::Expr* object = boolConversionObject(*expr);
  const std::optional<Place> kept =
      object && keepsValue(object->getType()) ? namedPlace(*object) : std::nullopt;
  const bool plain = llvm::isa<clang::DeclRefExpr>(expr) || llvm::isa<clang::MemberExpr>(expr) ||
                     llvm::isa<clang::UnaryOperator>(expr) || kept;
  if (const auto member = memberShown(*expr))
    return truthTest(*expr,
                     slotOf(Value::at(*member)) != ir::none
                         ? Value::at(*member)
                         : Value::inVariable(variableAt(*member)),
                     false, 0, whenTrue, whenFalse);
  if (!plain && pureText(*expr, text, reads)) return opaqueTest(*expr, whenTrue, whenFalse);

  const std::size_t before = builder_.depth();
  Value value;
  if (kept)
    value = Value::inVariable(variableAt(*kept));
  else if (object && (unit_.types().held(object->getType()) || isTracked(object->getType())))
    value = emit(object);
  else
    value = emit(expr);
  builder_.popTo(before);
  truthTest(*expr, value, false, 0, whenTrue, whenFalse);
}

void FunctionLowering::truthTest(const clang::Expr& expr, const Value& value, bool equal,
                                 std::int64_t constant, ir::BlockId whenTrue,
                                 ir::BlockId whenFalse) {
  ir::Condition made;
  made.range = event(ir::Op::Call, expr.getSourceRange()).range;
  made.text = unit_.textOf(expr.getSourceRange());
  made.equal = equal;
  made.value = constant;
  if (value.is == Value::Is::Constant || value.is == Value::Is::Null) {
    const std::int64_t known = value.is == Value::Is::Null ? 0 : value.constant;
    return builder_.jump((known == constant) == equal ? whenTrue : whenFalse);
  }
  if (value.is == Value::Is::Variable) {
    made.variable = value.variable;
  } else if (value.is == Value::Is::Address) {
    return builder_.jump(equal == (constant != 0) ? whenTrue
                                                  : whenFalse); // an address is never null
  } else if (constant == 0 && slotOf(value) != ir::none &&
             slot(slotOf(value)).holding != ir::Holding::Value) {
    made.slot = slotOf(value);
  } else if (value.is == Value::Is::Place && isTracked(typeOf(value.place))) {
    made.variable = variableAt(value.place);
  }
  builder_.branch(std::move(made), whenTrue, whenFalse);
}

/// `n > 0` and its like on what is never below zero: a test against zero.
bool FunctionLowering::counterTest(const clang::BinaryOperator& expr, ir::BlockId whenTrue,
                                   ir::BlockId whenFalse) {
  const clang::Expr* counter = stripTruth(expr.getLHS());
  std::optional<std::int64_t> limit = constantOf(*expr.getRHS());
  clang::BinaryOperatorKind op = expr.getOpcode();
  if (!limit) {
    counter = stripTruth(expr.getRHS());
    limit = constantOf(*expr.getLHS());
    op = clang::BinaryOperator::reverseComparisonOp(op);
  }
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(counter);
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  if (!limit || !variable || !isTracked(variable->getType())) return false;
  const bool some = (op == clang::BO_GT && *limit == 0) || (op == clang::BO_GE && *limit == 1);
  const bool nothing = (op == clang::BO_LE && *limit == 0) || (op == clang::BO_LT && *limit == 1);
  if ((!some && !nothing) || !isCounter(*variable)) return false;
  truthTest(expr, emit(counter), nothing, 0, whenTrue, whenFalse);
  return true;
}

bool FunctionLowering::asksForExceptions(const clang::BinaryOperator& expr) {
  return expr.isComparisonOp() &&
         (isUncaughtExceptions(*expr.getLHS()) || isUncaughtExceptions(*expr.getRHS()));
}

/// `std::uncaught_exceptions() > before_` in a guard's destructor: whether an exception passes is
/// known here.
bool FunctionLowering::uncaughtTest(const clang::BinaryOperator& expr, ir::BlockId whenTrue,
                                    ir::BlockId whenFalse) {
  const bool onLeft = isUncaughtExceptions(*expr.getLHS());
  if (!asksForExceptions(expr) || llvm::isa<clang::CXXDestructorDecl>(root_)) return false;
  const clang::BinaryOperatorKind op =
      onLeft ? expr.getOpcode() : clang::BinaryOperator::reverseComparisonOp(expr.getOpcode());
  if (op != clang::BO_GT && op != clang::BO_LE && op != clang::BO_EQ && op != clang::BO_NE)
    return false;
  const bool more = op == clang::BO_GT || op == clang::BO_NE;
  builder_.jump(more == unwinding_ ? whenTrue : whenFalse);
  return true;
}

/// What is a constant, also as the argument that a callee in sight is given for its parameter.
std::optional<std::int64_t> FunctionLowering::knownValue(const clang::Expr& expr) {
  if (const auto constant = constantOf(expr)) return constant;
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&expr);
  const auto* parameter =
      reference ? llvm::dyn_cast<clang::ParmVarDecl>(reference->getDecl()) : nullptr;
  if (!parameter) return std::nullopt;
  const Value value = valueAt(placeOf(*parameter));
  return value.is == Value::Is::Constant ? std::optional(value.constant) : std::nullopt;
}

void FunctionLowering::comparison(const clang::BinaryOperator& expr, ir::BlockId whenTrue,
                                  ir::BlockId whenFalse) {
  if (uncaughtTest(expr, whenTrue, whenFalse)) return;
  if (counterTest(expr, whenTrue, whenFalse)) return;
  const clang::Expr* left = stripTruth(expr.getLHS());
  const clang::Expr* right = stripTruth(expr.getRHS());
  const auto isNull = [](const clang::Expr& side) {
    return llvm::isa<clang::CXXNullPtrLiteralExpr>(side) || llvm::isa<clang::GNUNullExpr>(side);
  };
  if (isNull(*left) || knownValue(*left)) std::swap(left, right);
  const std::optional<std::int64_t> constant =
      isNull(*right) ? std::optional<std::int64_t>(0) : knownValue(*right);
  std::string text;
  std::vector<Place> reads;
  const bool equality = expr.isEqualityOp();
  const bool plain = llvm::isa<clang::DeclRefExpr>(left) || llvm::isa<clang::MemberExpr>(left);
  if ((!equality || !constant || !plain) && pureText(expr, text, reads))
    return opaqueTest(expr, whenTrue, whenFalse);
  if (!equality || !constant) {
    const std::size_t before = builder_.depth();
    emit(expr.getLHS());
    emit(expr.getRHS());
    builder_.popTo(before);
    return truthTest(expr, {}, true, 1, whenTrue, whenFalse);
  }
  const std::size_t before = builder_.depth();
  const Value value = emit(left);
  builder_.popTo(before);
  truthTest(expr, value, expr.getOpcode() == clang::BO_EQ, *constant, whenTrue, whenFalse);
}

/// What a condition says about more than this function's own values.
void FunctionLowering::describe(ir::VarId condition, const std::vector<Place>& reads) {
  ir::Variable& variable = function_.variables[condition];
  for (const Place& read : reads) {
    const ir::Storage storage = storageOf(read);
    variable.outlives |= storage == ir::Storage::Member || storage == ir::Storage::Global;
    variable.noted |= llvm::any_of(
        noted_, [&](const Place& noted) { return read.within(noted) || noted.within(read); });
  }
}

/// A condition over plain values that do not change by being read: told apart by its text.
void FunctionLowering::opaqueTest(const clang::Expr& expr, ir::BlockId whenTrue,
                                  ir::BlockId whenFalse) {
  std::string text;
  std::vector<Place> reads;
  pureText(expr, text, reads);
  // `a <= b` is the opposite of `a > b`: one fact for both.
  bool opposite = false;
  const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&expr);
  if (binary) {
    std::string left;
    std::string right;
    std::vector<Place> ignored;
    pureText(*binary->getLHS(), left, ignored);
    pureText(*binary->getRHS(), right, ignored);
    const auto named = [&](const char* op, bool negated) {
      text = "(" + left + " " + op + " " + right + ")";
      opposite = negated;
    };
    if (binary->getOpcode() == clang::BO_LE)
      named(">", true);
    else if (binary->getOpcode() == clang::BO_LT)
      named(">=", true);
    else if (binary->getOpcode() == clang::BO_NE)
      named("==", true);
  }
  auto [known, added] = conditions_.try_emplace(text);
  if (added) {
    known->second.variable = builder_.addVariable(text);
    describe(known->second.variable, reads);
    known->second.reads = std::move(reads);
    born_[known->second.variable] = changes_.size();
  }
  if (binary) measure(*binary, known->second.variable);
  ir::Condition made;
  made.range = event(ir::Op::Call, expr.getSourceRange()).range;
  made.text = unit_.textOf(expr.getSourceRange());
  made.variable = known->second.variable;
  made.equal = opposite;
  made.value = 0;
  builder_.branch(std::move(made), whenTrue, whenFalse);
}

/// `n < 5`, kept as whether `n >= 5` in `truth`: known where the value of `n` is.
void FunctionLowering::measure(const clang::BinaryOperator& expr, ir::VarId truth) {
  const clang::Expr* counted = stripTruth(expr.getLHS());
  const std::optional<std::int64_t> limit = constantOf(*expr.getRHS());
  const bool named =
      llvm::isa<clang::DeclRefExpr>(counted) || llvm::isa<clang::MemberExpr>(counted);
  const bool beyond = expr.getOpcode() == clang::BO_GT || expr.getOpcode() == clang::BO_LE;
  if (!expr.isRelationalOp() || !limit || !named ||
      !counted->getType()->isIntegralOrEnumerationType())
    return;
  const Value value = emit(counted);
  ir::Event made = event(ir::Op::Measure, {});
  made.variable = truth;
  made.value = *limit + (beyond ? 1 : 0);
  if (value.is == Value::Is::Variable)
    made.otherVariable = value.variable;
  else if (value.is == Value::Is::Place && slotOf(value) == ir::none)
    made.otherVariable = variableAt(value.place);
  else
    return;
  builder_.add(std::move(made));
}

bool FunctionLowering::pureText(const clang::Expr& whole, std::string& text,
                                std::vector<Place>& reads) {
  const clang::Expr& expr = *stripTruth(&whole);
  if (const auto constant = constantOf(expr)) {
    text += std::to_string(*constant);
    return true;
  }
  if (unit_.types().held(expr.getType())) return false;
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&expr)) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (!variable || variable->getType().isVolatileQualified()) return false;
    const Value value = valueAt(placeOf(*variable));
    const Place& place = value.is == Value::Is::Place ? value.place : placeOf(*variable);
    text += variable->getNameAsString() + "#" + std::to_string(place.instance);
    reads.push_back(place);
    return true;
  }
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&expr)) {
    const auto* field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
    if (!field) return false;
    if (llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreParenImpCasts())) {
      if (now_->thisObject.is != Value::Is::Place && now_->thisObject.is != Value::Is::Address)
        return false;
      reads.push_back(now_->thisObject.place.member(field));
      text += "this#" + std::to_string(now_->instance);
    } else if (member->isArrow() || !pureText(*member->getBase(), text, reads)) {
      return false;
    }
    text += "." + field->getNameAsString();
    return true;
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&expr)) {
    if (binary->isAssignmentOp() || binary->getOpcode() == clang::BO_Comma) return false;
    text += "(";
    const bool left = pureText(*binary->getLHS(), text, reads);
    text += " " + binary->getOpcodeStr().str() + " ";
    const bool right = left && pureText(*binary->getRHS(), text, reads);
    text += ")";
    return right;
  }
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&expr)) {
    if (unary->getOpcode() != clang::UO_Minus && unary->getOpcode() != clang::UO_LNot) return false;
    text += clang::UnaryOperator::getOpcodeStr(unary->getOpcode()).str();
    return pureText(*unary->getSubExpr(), text, reads);
  }
  // size(), empty() and the like of an object that is not a session.
  if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&expr)) {
    const clang::CXXMethodDecl* method = call->getMethodDecl();
    if (!method || !method->isConst() || call->getNumArgs() != 0 ||
        relevance_.touchesSessions(*method))
      return false;
    const clang::Expr* object = call->getImplicitObjectArgument();
    if (object->getType()->isPointerType() || !pureText(*object, text, reads)) return false;
    text += "." + method->getNameAsString() + "()";
    return true;
  }
  return false;
}

} // namespace session_tidy::lower
