// Facts about classes, types and bodies that decide what the lowering follows (the other half of
// Relevance).
#include "lower/Annotations.h"
#include "lower/Mentions.h"
#include "lower/Relevance.h"

namespace session_tidy::lower {

namespace {

unsigned countNodes(const clang::Stmt& stmt) {
  unsigned count = 1;
  for (const clang::Stmt* child : stmt.children()) {
    if (child) count += countNodes(*child);
  }
  return count;
}

/// Whether the body assigns to the parameter or lets its address go.
bool changes(const clang::Stmt& stmt, const clang::ParmVarDecl& parameter) {
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&stmt);
      binary && binary->isAssignmentOp() && names(binary->getLHS(), parameter))
    return true;
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&stmt);
      unary && (unary->isIncrementDecrementOp() || unary->getOpcode() == clang::UO_AddrOf) &&
      names(unary->getSubExpr(), parameter))
    return true;
  for (const clang::Stmt* child : stmt.children()) {
    if (child && changes(*child, parameter)) return true;
  }
  return false;
}

} // namespace

bool Relevance::isSessionClass(const clang::CXXRecordDecl& record) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  if (!definition || definition->isDependentContext() || definition->isLambda() ||
      unit_.inSystemCode(definition->getLocation()))
    return false;
  const clang::Decl* key = definition->getCanonicalDecl();
  const auto known = sessionClasses_.find(key);
  if (known != sessionClasses_.end()) return known->second;
  sessionClasses_[key] = false;
  bool is = unit_.types().containsSessions(definition);
  const clang::CXXDestructorDecl* destructor = definition->getDestructor();
  if (!is && destructor && destructor->isUserProvided() && destructor->hasBody()) {
    is = touchesSessions(*destructor);
    // A scope guard that runs what it was given: `~OnExit() { action_(); }`.
    for (const clang::FieldDecl* field : definition->fields()) {
      const clang::CXXRecordDecl* type =
          field->getType().getNonReferenceType()->getAsCXXRecordDecl();
      is = is ||
           (type && (type->isLambda() || unit_.types().helper(*type) == model::Helper::Callable));
    }
  }
  sessionClasses_[key] = is;
  return is;
}

bool Relevance::mentions(const clang::Stmt& stmt, const clang::FieldDecl& field, unsigned depth) {
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&stmt)) {
    if (const auto* named = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
        named && named->getCanonicalDecl() == field.getCanonicalDecl())
      return true;
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(member->getMemberDecl());
    if (method && depth > 0 &&
        method->getParent()->getCanonicalDecl() ==
            llvm::cast<clang::CXXRecordDecl>(field.getParent())->getCanonicalDecl()) {
      const clang::FunctionDecl* body = nullptr;
      if (!method->hasBody(body) || mentions(*body->getBody(), field, depth - 1)) return true;
    }
  }
  for (const clang::Stmt* child : stmt.children()) {
    if (child && mentions(*child, field, depth)) return true;
  }
  return false;
}

bool Relevance::releasedByClass(const clang::FieldDecl& field) {
  const Annotations said = annotationsOf(field);
  if (said.owns) return true;
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(field.getParent());
  const clang::CXXRecordDecl* definition = record ? record->getDefinition() : nullptr;
  if (!definition) return true;
  const clang::CXXDestructorDecl* destructor = definition->getDestructor();
  if (!destructor || destructor->isImplicit())
    return definition->getNumBases() > 0; // a base may know of it
  const clang::FunctionDecl* body = nullptr;
  if (!destructor->hasBody(body)) return true;
  return mentions(*body->getBody(), field, 3);
}

bool Relevance::worthWriting(const clang::FunctionDecl& function,
                             const std::vector<Value>& arguments) {
  for (const Value& argument : arguments) {
    if (argument.is == Value::Is::Lambda) return true;
  }
  return touchesSessions(function) || judges(function, arguments);
}

namespace {

bool leavesByForce(const clang::Stmt& stmt) {
  if (llvm::isa<clang::CXXThrowExpr>(stmt)) return true;
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt);
      call && call->getDirectCallee() && call->getDirectCallee()->isNoReturn())
    return true;
  return llvm::any_of(stmt.children(),
                      [](const clang::Stmt* child) { return child && leavesByForce(*child); });
}

bool returns(const clang::Stmt& stmt) {
  if (llvm::isa<clang::ReturnStmt>(stmt) || llvm::isa<clang::CoreturnStmt>(stmt)) return true;
  if (llvm::isa<clang::LambdaExpr>(stmt)) return false;
  return llvm::any_of(stmt.children(),
                      [](const clang::Stmt* child) { return child && returns(*child); });
}

/// Whether a number that it is given comes back: `report(rc, "open")`.
bool handsBack(const clang::FunctionDecl& function, const clang::Stmt& stmt) {
  if (llvm::isa<clang::LambdaExpr>(stmt)) return false;
  if (const auto* result = llvm::dyn_cast<clang::ReturnStmt>(&stmt);
      result && result->getRetValue())
    if (const auto* named =
            llvm::dyn_cast<clang::DeclRefExpr>(result->getRetValue()->IgnoreParenImpCasts()))
      return llvm::is_contained(function.parameters(), named->getDecl());
  return llvm::any_of(stmt.children(), [&](const clang::Stmt* child) {
    return child && handsBack(function, *child);
  });
}

bool endsInThrow(const clang::Stmt* stmt) {
  if (const auto* cleanups = llvm::dyn_cast_or_null<clang::ExprWithCleanups>(stmt))
    stmt = cleanups->getSubExpr();
  if (const auto* compound = llvm::dyn_cast_or_null<clang::CompoundStmt>(stmt))
    return !compound->body_empty() && endsInThrow(compound->body_back());
  if (const auto* choice = llvm::dyn_cast_or_null<clang::IfStmt>(stmt))
    return endsInThrow(choice->getThen()) && endsInThrow(choice->getElse());
  return stmt && llvm::isa<clang::CXXThrowExpr>(stmt);
}

} // namespace

bool Relevance::isSeenToThrow(const clang::FunctionDecl& function) {
  // `check(code)` throws where the code is bad, which its caller knows better.
  const bool judges = llvm::any_of(function.parameters(), [](const clang::ParmVarDecl* parameter) {
    return parameter->getType().getNonReferenceType()->isIntegralOrEnumerationType();
  });
  if (judges || unit_.inSystemCode(function.getLocation())) return false;
  const auto [known, isNew] = throwing_.try_emplace(function.getCanonicalDecl(), false);
  if (isNew) known->second = seenToThrow(function);
  return known->second;
}

bool Relevance::alwaysThrows(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = nullptr;
  return function.hasBody(definition) && endsInThrow(definition->getBody()) &&
         !returns(*definition->getBody());
}

/// A small function that says what a result means: `check(rc)` throws when it is bad, `ok(rc)`
/// compares it.
bool Relevance::judges(const clang::FunctionDecl& function, const std::vector<Value>& arguments) {
  const clang::FunctionDecl* definition = nullptr;
  if (!function.hasBody(definition) || unit_.inSystemCode(definition->getLocation()) ||
      sizeOf(*definition) > 60)
    return false;
  bool given = false;
  for (unsigned index = 0; index < definition->getNumParams() && index < arguments.size();
       ++index) {
    const bool number = definition->getParamDecl(index)
                            ->getType()
                            .getNonReferenceType()
                            ->isIntegralOrEnumerationType();
    given = given || (number && (arguments[index].is == Value::Is::Variable ||
                                 arguments[index].is == Value::Is::Place));
  }
  return given &&
         (definition->getReturnType()->isBooleanType() || leavesByForce(*definition->getBody()) ||
          handsBack(*definition, *definition->getBody()));
}

/// A small method of a class with sessions inside that sets or tells one of its flags: `done()`,
/// `dismiss()`, `active()`.
bool Relevance::keepsBooks(const clang::CXXMethodDecl& method) {
  const clang::FunctionDecl* definition = nullptr;
  return method.hasBody(definition) && sizeOf(*definition) <= 40 &&
         isSessionClass(*method.getParent());
}

unsigned Relevance::sizeOf(const clang::FunctionDecl& definition) {
  auto [known, added] = sizes_.try_emplace(definition.getCanonicalDecl(), 0);
  if (added) known->second = countNodes(*definition.getBody());
  return known->second;
}

bool Relevance::isReassigned(const clang::ParmVarDecl& parameter) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(parameter.getDeclContext());
  const clang::FunctionDecl* definition = nullptr;
  if (!function || !function->hasBody(definition)) return false;
  auto [known, added] = reassigned_.try_emplace(&parameter, false);
  if (added) known->second = changes(*definition->getBody(), parameter);
  return known->second;
}

bool Relevance::isView(clang::QualType type) {
  if (type.isNull()) return false;
  type = type.getCanonicalType();
  if (type->isPointerType()) {
    clang::QualType pointee = type->getPointeeType();
    if (pointee->isPointerType()) // a row of texts
      pointee = pointee->getPointeeType();
    return pointee->isArithmeticType() || pointee->isVoidType();
  }
  const clang::RecordDecl* record = TypeFacts::recordOf(type);
  if (!record || type->isReferenceType()) return false;
  const auto helper = unit_.types().helper(*record);
  return helper == model::Helper::TextView || helper == model::Helper::View;
}

bool Relevance::isOfType(clang::QualType type, const std::string& name) {
  if (type.isNull()) return false;
  type = type.getNonReferenceType();
  if (name == "bool") return type->isBooleanType();
  if (type->isPointerType()) type = type->getPointeeType();
  const auto* record = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(TypeFacts::recordOf(type));
  if (!record) return false;
  if (unit_.types().qualifiedName(record) == name) return true;
  if (!record->hasDefinition()) return false;
  for (const clang::CXXBaseSpecifier& base : record->bases()) {
    if (isOfType(base.getType(), name)) return true;
  }
  return false;
}

bool Relevance::containsLabel(const clang::Stmt& stmt) {
  if (llvm::isa<clang::LabelStmt>(stmt) || llvm::isa<clang::SwitchCase>(stmt)) return true;
  if (llvm::isa<clang::Expr>(stmt)) return false;
  for (const clang::Stmt* child : stmt.children()) {
    if (child && containsLabel(*child)) return true;
  }
  return false;
}

bool Relevance::keepsReference(const clang::CXXRecordDecl& record, unsigned parameter,
                               unsigned parameters) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  if (!definition) return false;
  for (const clang::CXXConstructorDecl* constructor : definition->ctors()) {
    const clang::FunctionDecl* body = nullptr;
    if (constructor->isCopyOrMoveConstructor() || constructor->getNumParams() != parameters ||
        !constructor->hasBody(body))
      continue;
    const clang::ParmVarDecl& given = *body->getParamDecl(parameter);
    if (!given.getType()->isLValueReferenceType()) continue;
    for (const clang::CXXCtorInitializer* one :
         llvm::cast<clang::CXXConstructorDecl>(body)->inits()) {
      const clang::FieldDecl* field = one->getMember();
      if (field && field->getType()->isReferenceType() && names(one->getInit(), given)) return true;
      const Held held = field ? unit_.types().held(field->getType()) : Held{};
      if (held && held.kind->role != model::Role::Session && lower::mentions(one->getInit(), given))
        return true; // a statement of the session
      const auto* address =
          one->getInit()
              ? llvm::dyn_cast<clang::UnaryOperator>(one->getInit()->IgnoreParenImpCasts())
              : nullptr;
      if (field && address && address->getOpcode() == clang::UO_AddrOf &&
          names(address->getSubExpr(), given))
        return true;
    }
  }
  return false;
}

} // namespace session_tidy::lower
