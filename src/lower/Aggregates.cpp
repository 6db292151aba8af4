// Classes with sessions inside: their constructors and destructors, member by member.
#include "lower/FunctionLowering.h"
#include "lower/Prvalues.h"

namespace session_tidy::lower {

void FunctionLowering::initialiseAggregate(const Place& place, const clang::CXXRecordDecl& record,
                                           const clang::Expr* init) {
  if (!init) return;
  const clang::Expr* inner = stripPrvalue(init);
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner))
    return runConstructor(place, *construct);
  if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(inner)) {
    unsigned index = 0;
    for (const clang::FieldDecl* field : record.fields()) {
      if (index >= list->getNumInits()) break;
      initialise(place.member(field), field->getType(), list->getInit(index++),
                 field->getLocation());
    }
    return;
  }
  initialising_ = llvm::dyn_cast<clang::CallExpr>(inner);
  const Value value = emit(inner);
  initialising_ = nullptr;
  if (value.is == Value::Is::Place)
    copyAggregate(place, record, value, true);
  else if (value.is == Value::Is::Unknown && llvm::isa<clang::CallExpr>(inner))
    fillUnseen(place, record, inner->getSourceRange());
}

/// A result with rows in it that comes out of a call that is not seen: what its destructor frees is
/// there.
void FunctionLowering::fillUnseen(const Place& place, const clang::CXXRecordDecl& record,
                                  clang::SourceRange range) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  for (const clang::FieldDecl* field : record.fields()) {
    const Held held = unit_.types().held(field->getType());
    if (!held) {
      if (isAggregate(field->getType()))
        fillUnseen(place.member(field),
                   *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(field->getType())), range);
      continue;
    }
    const bool freed = held.holding == ir::Holding::Owner ||
                       (held.holding == ir::Holding::Raw && destructor && destructor->hasBody() &&
                        relevance_.releasedByClass(*field));
    if (!freed || held.kind->role != model::Role::Dependent || !held.kind->handle) continue;
    const Place member = place.member(field);
    const auto known = slots_.find(member);
    makeFromUnseen(known != slots_.end() ? known->second
                                         : makeSlot(member, held, field->getLocation()),
                   range);
  }
}

/// `return x` of an inlined callee: the object of the caller takes the place of the local, whose
/// destructor does not run.
void FunctionLowering::returnAggregate(const clang::Expr& expr) {
  const clang::QualType type = now_->function->getReturnType();
  const auto& record = *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(type));
  const clang::Expr* inner = stripPrvalue(&expr);
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner);
      construct && construct->getNumArgs() >= 1 &&
      construct->getConstructor()->isCopyOrMoveConstructor())
    inner = construct->getArg(0)->IgnoreParenImpCasts();
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(inner)) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (variable && variable->hasLocalStorage() && !llvm::isa<clang::ParmVarDecl>(variable)) {
      copyAggregate(now_->resultPlace, record, Value::at(placeOf(*variable)), true);
      handedOver_ = placeOf(*variable);
      return;
    }
  }
  initialiseAggregate(now_->resultPlace, record, &expr);
}

void FunctionLowering::copyAggregate(const Place& place, const clang::CXXRecordDecl& record,
                                     const Value& from, bool moved) {
  for (const clang::FieldDecl* field : record.fields()) {
    if (field->isInvalidDecl()) continue;
    const Place target = place.member(field);
    const Place source = from.place.member(field);
    const auto alias = aliases_.find(source);
    if (alias != aliases_.end()) {
      aliases_[target] = alias->second;
      continue;
    }
    if (const Held held = unit_.types().held(field->getType())) {
      const auto known = slots_.find(target);
      const ir::SlotId slot =
          known != slots_.end() ? known->second : makeSlot(target, held, field->getLocation());
      Value value = Value::at(source);
      value.moved = moved;
      take(slot, value, {});
    } else if (isAggregate(field->getType())) {
      Value inner = Value::at(source);
      copyAggregate(target,
                    *llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(field->getType())), inner,
                    moved);
    } else if (isTracked(field->getType())) {
      assign(target, Value::at(source));
    }
  }
}

/// The names of an object that never came to be.
void FunctionLowering::abandonMembers(const Place& place, clang::SourceRange range) {
  for (const auto& [member, known] : std::map<Place, ir::SlotId>(slots_)) {
    if (!member.within(place) || slot(known).holding != ir::Holding::Raw) continue;
    ir::Event gone = event(ir::Op::Forget, range, known);
    gone.implicit = true;
    builder_.add(std::move(gone));
  }
}

void FunctionLowering::runConstructor(const Place& place, const clang::CXXConstructExpr& expr) {
  const clang::CXXConstructorDecl* constructor = expr.getConstructor();
  if (constructor->isInheritingConstructor()) // `using Base::Base;`
    constructor = constructor->getInheritedConstructor().getConstructor();
  std::vector<const clang::Expr*> arguments(expr.arg_begin(), expr.arg_end());
  const std::vector<Value> values = emitArguments(arguments);
  // A lambda given to a guard may end later what its variables hold by then; where its call is
  // seen, so much the better.
  for (const Value& value : values) {
    if (value.is == Value::Is::Lambda && expr.getNumArgs() == 1) watch(*value.lambda);
  }
  const clang::FunctionDecl* definition = nullptr;
  const bool visible = constructor->hasBody(definition) && constructor->isUserProvided();
  if (!visible) {
    if (constructor->isCopyOrMoveConstructor() && !values.empty() &&
        values.front().is == Value::Is::Place)
      return copyAggregate(place, *constructor->getParent(), values.front(),
                           constructor->isMoveConstructor());
    if (!constructor->isDefaulted()) {
      unknownCall(expr, constructor, nullptr, arguments, values);
      return;
    }
    definition =
        constructor; // a defaulted constructor: members start from their default initialisers
  }
  if (!mayInline(*definition, false)) {
    unknownCall(expr, constructor, nullptr, arguments, values);
    return;
  }
  Activation activation;
  activation.thisObject = Value::at(place);
  enter(activation, *definition, expr.getSourceRange());
  for (unsigned index = 0; index < definition->getNumParams() && index < values.size(); ++index)
    bindParameter(*definition->getParamDecl(index), arguments[index], values[index]);
  const std::size_t outside = builder_.depth();
  // What a constructor that throws leaves behind is told of where that stands.
  if (place.rootKind != Place::Root::This)
    pushCleanup([this, place, range = expr.getSourceRange()](bool unwinding) {
      if (unwinding) abandonMembers(place, range);
    });
  memberInitialisers(place, *llvm::cast<clang::CXXConstructorDecl>(definition));
  now_->depth = builder_.depth();
  if (const clang::Stmt* body = definition->getBody()) statement(body);
  if (builder_.reachable()) builder_.jump(now_->returnTo);
  builder_.setBlock(now_->returnTo);
  builder_.dropTo(outside); // from here on the finished object's own destructor is in charge
  leave();
}

/// A base class, or another constructor of the same class: its members are members of the same
/// object.
void FunctionLowering::baseInitialiser(const Place& place,
                                       const clang::CXXCtorInitializer& initialiser) {
  const std::size_t before = builder_.depth();
  const clang::Expr* init = initialiser.getInit();
  const auto* construct =
      init ? llvm::dyn_cast<clang::CXXConstructExpr>(stripPrvalue(init)) : nullptr;
  if (construct && relevance_.isSessionClass(*construct->getConstructor()->getParent())) {
    runConstructor(place, *construct);
    builder_.popTo(before);
    const clang::CXXRecordDecl& record = *construct->getConstructor()->getParent();
    // Made whole: from here on its destructor runs, also when the rest of the constructor throws.
    pushCleanup([this, place, &record](bool unwinding) {
      if (unwinding) destroyMembers(place, record, true);
    });
    if (initialiser.isDelegatingInitializer()) delegated_ = true;
    return;
  }
  if (init) emit(init, false);
  builder_.popTo(before);
}

void FunctionLowering::memberInitialisers(const Place& place,
                                          const clang::CXXConstructorDecl& constructor) {
  for (const clang::CXXCtorInitializer* initialiser : constructor.inits()) {
    if (!initialiser->isMemberInitializer()) {
      baseInitialiser(place, *initialiser);
      continue;
    }
    const clang::FieldDecl* field = initialiser->getMember();
    const Place member = place.member(field);
    const std::size_t before = builder_.depth();
    initialise(member, field->getType(), initialiser->getInit(), initialiser->getSourceRange());
    builder_.popTo(before);
    if (field->getType()->isReferenceType()) continue; // someone else's
    // If the rest of the constructor throws, the members made so far are destroyed, and nothing
    // else is.
    pushCleanup([this, member, type = field->getType()](bool unwinding) {
      if (unwinding) destroy(member, type, true);
    });
  }
}

void FunctionLowering::destroyMembers(const Place& place, const clang::CXXRecordDecl& record,
                                      bool unwinding) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  const clang::FunctionDecl* definition = nullptr;
  if (destructor && destructor->isUserProvided()) {
    if (destructor->hasBody(definition) && mayInline(*definition, false)) {
      builder_.pushBarrier(); // what a destructor throws ends the program
      const std::size_t inside = builder_.depth();
      runBody(*definition, Value::at(place), unit_.rangeOf(leavingAt_),
              "~" + record.getNameAsString());
      builder_.dropTo(inside - 1);
    } else {
      for (const clang::FieldDecl* field : record.fields()) {
        const auto known = slots_.find(place.member(field));
        if (known == slots_.end()) continue;
        // It may end the transaction as well, or do nothing with what was closed before.
        ir::Event use = event(ir::Op::Use, leavingAt_, known->second);
        use.opaque = use.mayFinish = use.implicit = true;
        builder_.add(std::move(use));
        if (slot(known->second).holding == ir::Holding::Raw)
          add(ir::Op::Escape, leavingAt_, known->second);
      }
    }
  }
  std::vector<const clang::FieldDecl*> fields(record.field_begin(), record.field_end());
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if ((*field)->getType()->isReferenceType()) continue; // someone else's
    if ((*field)->isInvalidDecl()) continue; // in code with errors a class may seem to hold itself
    destroy(place.member(*field), (*field)->getType(), unwinding);
  }
  for (const clang::CXXBaseSpecifier& base : llvm::reverse(record.bases())) {
    const clang::CXXRecordDecl* inherited = base.getType()->getAsCXXRecordDecl();
    if (inherited && inherited->hasDefinition() && relevance_.isSessionClass(*inherited))
      destroyMembers(place, *inherited->getDefinition(), unwinding);
  }
}

} // namespace session_tidy::lower
