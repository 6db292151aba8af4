// Callees written in place of their calls: helpers, lambdas, the constructors and destructors of a
// user's own guards.
#include "lower/FunctionLowering.h"

#include <algorithm>
#include <utility>

namespace session_tidy::lower {

bool FunctionLowering::mayInline(const clang::FunctionDecl& function, bool dynamic) const {
  const clang::FunctionDecl* definition = nullptr;
  if (!function.hasBody(definition) || definition->isDependentContext() ||
      activations_.size() > unit_.options().inlineDepth)
    return false;
  if (unit_.inSystemCode(definition->getLocation()) ||
      llvm::isa<clang::CoroutineBodyStmt>(definition->getBody()))
    return false;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(definition);
      method && dynamic && method->isVirtual() && !method->hasAttr<clang::FinalAttr>() &&
      !method->getParent()->hasAttr<clang::FinalAttr>())
    return false;
  for (const Activation* activation = now_; activation; activation = activation->caller) {
    if (activation->function->getCanonicalDecl() == definition->getCanonicalDecl())
      return false; // recursion
  }
  return relevance_.sizeOf(*definition) <= unit_.options().inlineSize;
}

const clang::FunctionDecl& FunctionLowering::root() const {
  return *activations_.front().function;
}

/// The function that a lambda, or the lambdas around it, are written in; nullptr for what is no
/// lambda of a function.
const clang::FunctionDecl* FunctionLowering::aroundLambda(const clang::FunctionDecl& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  const clang::FunctionDecl* around = nullptr;
  while (method && method->getParent()->isLambda()) {
    around = llvm::dyn_cast_or_null<clang::FunctionDecl>(
        method->getParent()->getDeclContext()->getNonTransparentContext());
    method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(around);
  }
  return around;
}

bool FunctionLowering::isLambdaOf(const clang::FunctionDecl& function,
                                  const clang::FunctionDecl& root) {
  const clang::FunctionDecl* around = aroundLambda(function);
  return around && around->getCanonicalDecl() == root.getCanonicalDecl();
}

void FunctionLowering::enter(Activation& activation, const clang::FunctionDecl& function,
                             clang::SourceRange call) {
  activation.instance = ++instances_;
  activation.caller = now_;
  activation.function = &function;
  activation.depth = builder_.depth();
  activation.leavingAt = leavingAt_;
  activation.returnTo = builder_.newBlock();
  // What a callee calls back is written in this function, and so are the calls in it.
  activation.call =
      now_->frame == ir::none || now_->writtenInRoot ? unit_.rangeOf(call) : now_->call;
  activation.writtenInRoot = now_->frame != ir::none && isLambdaOf(function, root());
  if (!activation.call.isValid()) activation.call = now_->call;
  ir::Frame frame;
  frame.parent = now_->frame;
  frame.callee = llvm::isa<clang::CXXMethodDecl>(function) &&
                         llvm::cast<clang::CXXMethodDecl>(function).getParent()->isLambda()
                     ? "lambda"
                     : function.getNameAsString();
  frame.call = unit_.rangeOf(call);
  frame.own = activation.writtenInRoot;
  builder_.function().frames.push_back(std::move(frame));
  activation.frame = static_cast<ir::FrameId>(builder_.function().frames.size() - 1);
  activations_.push_back(activation);
  now_ = &activations_.back();
}

void FunctionLowering::leave() {
  leavingAt_ = now_->leavingAt;
  now_ = const_cast<Activation*>(now_->caller);
  activations_.pop_back();
}

void FunctionLowering::bindParameter(const clang::ParmVarDecl& parameter,
                                     const clang::Expr* argument, const Value& value) {
  const Place place = placeOf(parameter);
  const clang::QualType type = parameter.getType();
  const Held held = unit_.types().held(type);
  if (held && value.is == Value::Is::Null && held.holding == ir::Holding::Raw &&
      !relevance_.isReassigned(parameter)) {
    aliases_[place] = value;
    return;
  }
  if (held) {
    const ir::SlotId source = slotOf(value);
    const bool fixed = !relevance_.isReassigned(parameter);
    const bool sameObject =
        type->isReferenceType() ||
        ((held.holding == ir::Holding::Raw || held.holding == ir::Holding::Shared) && fixed);
    if (sameObject && (source != ir::none || value.is == Value::Is::Address)) {
      aliases_[place] = value;
      aliases_[place].moved = false; // it has a name now
      return;
    }
    take(makeSlot(place, held, parameter.getLocation()), value,
         argument ? argument->getSourceRange() : clang::SourceRange());
    return;
  }
  const bool known = value.is == Value::Is::Constant || value.is == Value::Is::Null;
  if (known && isTracked(type) && !relevance_.isReassigned(parameter)) {
    aliases_[place] = value;
    return;
  }
  if (isTracked(type) && !type->isReferenceType() &&
      !(type->isPointerType() && value.is != Value::Is::Null))
    return assign(place, value);
  if (value.is != Value::Is::Unknown && value.is != Value::Is::Variable &&
      value.is != Value::Is::Constant)
    aliases_[place] = value;
}

void FunctionLowering::runBody(const clang::FunctionDecl& function, const Value& object,
                               SourceRange call, const std::string& name) {
  Activation activation;
  activation.thisObject = object;
  enter(activation, function, {});
  if (call.isValid() && (now_->caller->frame == ir::none || now_->caller->writtenInRoot))
    now_->call = call;
  builder_.function().frames[now_->frame].callee = name;
  statement(function.getBody());
  if (builder_.reachable()) builder_.jump(now_->returnTo);
  builder_.setBlock(now_->returnTo);
  leave();
}

Value FunctionLowering::inlineCall(const clang::Expr& call, const clang::FunctionDecl& function,
                                   const Value& object,
                                   llvm::ArrayRef<const clang::Expr*> arguments,
                                   const std::vector<Value>& values, bool wanted,
                                   ir::SlotId destination) {
  const bool takenOver = initialising_ == &call;
  const clang::FunctionDecl* definition = nullptr;
  if (!mayInline(function, false) || !function.hasBody(definition)) {
    if (const auto* lambda = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
        lambda && lambda->getParent()->isLambda())
      return unknownCall(call, nullptr, nullptr, arguments, values);
    return unknownCall(call, &function, &object, arguments, values);
  }
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(definition);
  const bool lambda = method && method->getParent()->isLambda();
  const bool isNoexcept = !throws(definition);
  // A lambda that a callee gives its session to: only there is it known what becomes of that
  // session.
  const bool given = std::any_of(
      definition->param_begin(), definition->param_end(), [&](const clang::ParmVarDecl* parameter) {
        return static_cast<bool>(unit_.types().held(parameter->getType()));
      });
  // What a template is given is looked at where it is written.
  if (lambda && builder_.function().instantiation && aroundLambda(*definition) &&
      !isLambdaOf(*definition, root()))
    return unknownCall(call, nullptr, nullptr, arguments, values);
  if (lambda && given && activations_.size() > 1) relevance_.noteWritten(*definition);
  if (std::string waits = unit_.waitingCalls().named(*definition); !waits.empty()) {
    ir::Event waiting = event(ir::Op::Call, call.getSourceRange());
    waiting.text = calleeText(call, definition);
    waiting.waits = std::move(waits);
    builder_.add(std::move(waiting));
  }
  Activation activation;
  activation.thisObject = lambda ? thisIn(*method->getParent()) : object;
  enter(activation, *definition, call.getSourceRange());
  for (unsigned index = 0; index < definition->getNumParams() && index < values.size(); ++index)
    bindParameter(*definition->getParamDecl(index), arguments[index], values[index]);
  const clang::QualType returned = definition->getReturnType();
  const Held held = unit_.types().held(returned);
  if (held) {
    const bool here = destination != ir::none && &kindOf(destination) == held.kind &&
                      slot(destination).holding == held.holding;
    now_->resultSlot = here ? destination : temporarySlot(*held.kind, held.holding, call);
  } else if (isAggregate(returned) && !returned->isReferenceType()) {
    now_->returnsAggregate = true;
    now_->resultPlace.rootKind = Place::Root::Temporary;
    now_->resultPlace.root = &call;
    now_->resultPlace.instance = now_->instance;
  } else if (wanted && isTracked(returned) && !returned->isReferenceType()) {
    now_->resultVariable = builder_.addVariable("");
  }
  if (isNoexcept) builder_.pushBarrier();
  now_->depth = builder_.depth();
  statement(definition->getBody());
  if (builder_.reachable()) builder_.jump(now_->returnTo);
  builder_.setBlock(now_->returnTo);
  if (isNoexcept) builder_.dropTo(builder_.depth() - 1);
  Value result = now_->result;
  const ir::SlotId resultSlot = now_->resultSlot;
  const ir::VarId resultVariable = now_->resultVariable;
  const ir::SlotId shown = now_->shown;
  const std::optional<Place> resultPlace =
      now_->returnsAggregate ? std::optional<Place>(now_->resultPlace) : std::nullopt;
  leave();
  if (resultPlace) {
    result = Value::at(*resultPlace);
    result.moved = true;
    if (!takenOver)
      pushCleanup([this, place = *resultPlace, type = returned](bool unwinding) {
        destroy(place, type, unwinding);
      });
  }
  if (resultSlot != ir::none) {
    result = Value::inSlot(resultSlot);
    result.moved = !call.isGLValue();
    const ir::Holding holding = slot(resultSlot).holding;
    if (resultSlot != destination &&
        (holding == ir::Holding::Value || holding == ir::Holding::Owner)) {
      pushCleanup([this, resultSlot, range = call.getSourceRange()](bool) {
        ir::Event end = event(ir::Op::End, range, resultSlot);
        end.implicit = true;
        builder_.add(std::move(end));
      });
    }
  } else if (shown != ir::none) {
    result = Value::inSlot(shown);
  } else if (resultVariable != ir::none) {
    result = Value::inVariable(resultVariable);
  }
  return result;
}

} // namespace session_tidy::lower
