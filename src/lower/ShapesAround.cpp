// Shapes of what is around sessions: transactions, statements, pools.
#include "lower/ClangCompat.h"
#include "lower/Outcomes.h"
#include "lower/Shapes.h"
#include "model/ShapeNames.h"

#include <optional>

namespace session_tidy::lower {

using namespace shape;

namespace {

/// Hands out a session: `Session acquire()`, `Session* acquire()`.
model::CallModel leaseCall(const clang::CXXMethodDecl& method, const model::Kind& leased) {
  model::CallModel call;
  call.name = method.getNameAsString();
  call.throws = !isNoexcept(method);
  model::Effect effect;
  effect.op = model::Op::Acquire;
  effect.subject.base = model::Operand::Base::Result;
  effect.on = model::Operand{};
  effect.kind = leased.id;
  call.effects.push_back(std::move(effect));
  return call;
}

/// ... in an argument: `Status acquire(Session*& out)`.
model::CallModel leaseCall(const clang::CXXMethodDecl& method, const model::Kind& leased,
                           unsigned out) {
  model::CallModel call = leaseCall(method, leased);
  call.effects.front().subject = {model::Operand::Base::Argument, static_cast<std::uint8_t>(out),
                                  true};
  if (method.getReturnType()->isBooleanType() || isOutcome(method.getReturnType()))
    call.success = model::Success::IfTrue;
  return call;
}

/// Takes one back: `void release(Session*)`.
model::CallModel returnCall(const clang::CXXMethodDecl& method) {
  model::CallModel call;
  call.name = method.getNameAsString();
  model::Effect effect;
  effect.op = model::Op::GiveBack;
  effect.subject.base = model::Operand::Base::Argument;
  effect.on = model::Operand{};
  call.effects.push_back(std::move(effect));
  return call;
}

} // namespace

const model::Kind* Shapes::transaction(const clang::CXXRecordDecl& record, bool byDeeds) {
  const bool savepoint = endsWithAny(plain(record.getName()), {"savepoint", "subtransaction"});
  model::Kind kind = base(record, model::Role::Transaction);
  bool ends = false;
  bool rollsBack = false;
  const bool commits = llvm::any_of(methodsOf(record), [](const clang::CXXMethodDecl* method) {
    return model::operationNamed(plain(method->getName())) == model::Op::Commit;
  });
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const std::string name = plain(method->getName());
    std::optional<model::Op> op = model::operationNamed(name);
    if (savepoint && name == "release") op = model::Op::Commit;
    if (!commits && name == "complete") op = model::Op::Commit;
    ends |= op == model::Op::Commit;
    rollsBack |= op == model::Op::Rollback || savepoint;
    if (byDeeds && op == model::Op::Begin) return nullptr; // somebody's session, or a driver
    if (op == model::Op::Open || op == model::Op::Close) op = std::nullopt;
    if (!op && isStateQuery(name)) op = model::Op::Harmless;
    if (!op) op = takesText(*method, isText_) ? model::Op::Sql : model::Op::Use;
    kind.methods.push_back(callModel(*method, *op));
  }
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  if (!ends || !destructor || destructor->isImplicit()) return nullptr;
  bool onSession = false;
  bool madeByOthers = true; // nobody can make one but who knows how: `Transaction Session::begin()`
  for (const clang::CXXConstructorDecl* constructor : record.ctors()) {
    if (constructor->isCopyOrMoveConstructor()) continue;
    madeByOthers = madeByOthers && constructor->getAccess() != clang::AS_public;
    if (constructor->getNumParams() == 0) continue;
    clang::QualType first = constructor->getParamDecl(0)->getType().getNonReferenceType();
    if (first->isPointerType()) first = first->getPointeeType();
    const model::Kind* on = kindOf_(first->getAsRecordDecl());
    onSession = onSession ||
                (on && (on->role == model::Role::Session || on->role == model::Role::Transaction ||
                        on->role == model::Role::Pool));
  }
  if (!onSession && (byDeeds || !madeByOthers || !rollsBack)) return nullptr;
  kind.savepoint = savepoint;
  kind.destruction = model::Destruction::Rollback;
  kind.beginsOnConstruction = true;
  kind.temporaryName = savepoint ? "sp" : "tx";
  model::CallModel begin;
  begin.throws = true;
  begin.effects.push_back({model::Op::Begin,
                           {},
                           model::Operand{model::Operand::Base::Argument, 0, false},
                           "",
                           std::nullopt,
                           false});
  kind.constructors = {begin};
  return keep(std::move(kind));
}

/// `Statement Session::prepare(text)`, `Query q(session)`: of which only the declaration is seen.
const model::Kind* Shapes::statement(const clang::CXXRecordDecl& record) {
  bool onSession = false;
  for (const clang::CXXConstructorDecl* constructor : record.ctors()) {
    if (constructor->isUserProvided() && constructor->hasBody()) return nullptr;
    if (constructor->isCopyOrMoveConstructor() || constructor->getNumParams() == 0) continue;
    const clang::QualType first = constructor->getParamDecl(0)->getType().getNonReferenceType();
    const model::Kind* on = kindOf_(first->getAsRecordDecl());
    onSession = onSession || (on && on->role == model::Role::Session && !on->handle);
  }
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  const bool ends = destructor && destructor->isUserProvided() && !destructor->hasBody();
  if (!ends || (isCopyable(record) && !onSession)) return nullptr;
  model::Kind kind = base(record, model::Role::Dependent);
  kind.destruction = model::Destruction::Close;
  kind.temporaryName = "statement";
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const bool prepares = compat::startsWith(plain(method->getName()), "prepare");
    if (!prepares && !sendsSql(*method, isText_)) continue;
    model::CallModel call = callModel(*method, prepares ? model::Op::Use : model::Op::Sql);
    if (takesText(*method, isText_)) call.effects.front().sqlArgument = 0;
    kind.methods.push_back(std::move(call));
  }
  return keep(std::move(kind));
}

const model::Kind* Shapes::pool(const clang::CXXRecordDecl& record) {
  model::Kind kind = base(record, model::Role::Pool);
  const auto lent = [](const model::Kind* known) -> const model::Kind* {
    return known && known->role == model::Role::Session && !known->handle ? known : nullptr;
  };
  const auto sessionIn = [&](clang::QualType type) -> const model::Kind* {
    return lent(type->getAsRecordDecl() ? kindOf_(type->getAsRecordDecl()) : nullptr);
  };
  const auto pointed = [&](clang::QualType type) -> const model::Kind* {
    return type->isPointerType() || type->isLValueReferenceType()
               ? sessionIn(type->getPointeeType())
               : nullptr;
  };
  // `Session*& out`, `Session** out`
  const auto pointedOut = [&](clang::QualType type) {
    return type->isPointerType() || type->isLValueReferenceType() ? pointed(type->getPointeeType())
                                                                  : nullptr;
  };
  const auto outOf = [&](const clang::CXXMethodDecl& method) {
    unsigned at = 0;
    while (at < method.getNumParams() && !pointedOut(method.getParamDecl(at)->getType())) ++at;
    return at;
  };
  std::vector<const clang::CXXMethodDecl*> lenders;
  std::vector<const clang::CXXMethodDecl*> fillers;
  std::vector<const clang::CXXMethodDecl*> takers;
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const clang::QualType made = method->getReturnType();
    const model::Kind* leased = made->isReferenceType() ? nullptr : sessionIn(made);
    // `std::unique_ptr<Session> make()` gives a session away, `acquire()` lends it.
    if (!leased && !isMaker(plain(method->getName()))) leased = lent(ownedBy_(made));
    if (leased)
      kind.methods.push_back(leaseCall(*method, *leased));
    else if (pointed(made))
      lenders.push_back(method);
    else if (made->isVoidType() && method->getNumParams() == 1 &&
             pointed(method->getParamDecl(0)->getType()))
      takers.push_back(method);
    else if (outOf(*method) < method->getNumParams())
      fillers.push_back(method);
  }
  // A bare pointer or reference is a lease only where the pool takes it back.
  if (!takers.empty()) {
    for (const clang::CXXMethodDecl* lender : lenders)
      kind.methods.push_back(leaseCall(*lender, *pointed(lender->getReturnType())));
    for (const clang::CXXMethodDecl* filler : fillers) {
      const unsigned out = outOf(*filler);
      kind.methods.push_back(
          leaseCall(*filler, *pointedOut(filler->getParamDecl(out)->getType()), out));
    }
    for (const clang::CXXMethodDecl* taker : takers) kind.methods.push_back(returnCall(*taker));
  }
  if (kind.methods.empty()) return nullptr;
  kind.throws = false;
  return keep(std::move(kind));
}

const model::Kind* Shapes::poolOf(const clang::CXXRecordDecl& record) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  const bool fits = definition && !definition->isDependentContext() &&
                    definition->getIdentifier() &&
                    !sources_.isInSystemHeader(definition->getLocation()) &&
                    model::looksLikePool(plain(definition->getName()));
  return fits ? pool(*definition) : nullptr;
}

} // namespace session_tidy::lower
