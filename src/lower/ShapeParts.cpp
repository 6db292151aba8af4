#include "lower/ShapeParts.h"

#include "lower/ClangCompat.h"
#include "lower/HandleFunctions.h"
#include "lower/Outcomes.h"
#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy::lower {

namespace shape {

std::string plain(llvm::StringRef name) {
  return model::plainName({name.data(), name.size()});
}

namespace {

bool oneOf(const std::string& name, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* other) { return name == other; });
}

const clang::FunctionDecl* functionOf(const clang::Decl& decl) {
  if (const auto* temp = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl))
    return temp->getTemplatedDecl();
  return llvm::dyn_cast<clang::FunctionDecl>(&decl);
}

} // namespace

bool isStateQuery(const std::string& name) {
  return oneOf(name, {"isopen", "isconnected", "connected",     "valid",        "isvalid",
                      "ok",     "lasterror",   "error",         "errormessage", "errorcode",
                      "name",   "id",          "intransaction", "isactive",     "active",
                      "good",   "isok",        "closed",        "isclosed",     "swap"});
}

bool endsWithAny(const std::string& name, std::initializer_list<const char*> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](const char* end) { return compat::endsWith(name, end); });
}

bool takesText(const clang::FunctionDecl& function, const IsText& isText) {
  return function.getNumParams() > 0 && isText(function.getParamDecl(0)->getType());
}

bool sendsSql(const clang::CXXMethodDecl& method, const IsText& isText) {
  if (!takesText(method, isText)) return false;
  return model::speaksSql(plain(method.getName())) ||
         model::speaksSql(plain(method.getParamDecl(0)->getName()));
}

std::vector<const clang::CXXMethodDecl*> methodsOf(const clang::CXXRecordDecl& record) {
  std::vector<const clang::CXXMethodDecl*> methods;
  for (const clang::Decl* decl : record.decls()) {
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(functionOf(*decl));
    if (method && !llvm::isa<clang::CXXConstructorDecl>(method) &&
        !llvm::isa<clang::CXXDestructorDecl>(method) && !method->isStatic() &&
        method->getDeclName().isIdentifier() && method->getAccess() != clang::AS_private)
      methods.push_back(method);
  }
  return methods;
}

bool isMaker(const std::string& name) {
  const auto words = {"new", "create", "open", "connect", "make", "alloc"};
  return std::any_of(words.begin(), words.end(), [&](const char* word) {
    return compat::endsWith(name, word) || compat::startsWith(name, word);
  });
}

bool isReleaser(const std::string& name) {
  const auto words = {"free",    "close",    "destroy", "delete", "disconnect",
                      "release", "giveback", "putback", "return", "checkin"};
  return std::any_of(words.begin(), words.end(), [&](const char* word) {
    return compat::endsWith(name, word) || compat::startsWith(name, word);
  });
}

model::CallModel callModel(const clang::CXXMethodDecl& method, model::Op op) {
  model::CallModel call;
  call.name = method.getNameAsString();
  call.throws = !isNoexcept(method) && op != model::Op::Harmless;
  if (op != model::Op::Use && op != model::Op::Harmless) {
    const clang::QualType type = method.getReturnType();
    const bool plain = type->isBooleanType() || type->isEnumeralType();
    if (const auto result = plain ? resultByType(method) : std::nullopt) {
      call.success = result->success;
      call.successValue = result->value;
    } else if (isOutcome(type)) {
      call.success = model::Success::IfTrue;
    }
  }
  model::Effect effect;
  effect.op = op;
  if (op == model::Op::Sql) effect.sqlArgument = 0;
  call.effects.push_back(effect);
  return call;
}

bool endsTransactions(const clang::CXXRecordDecl& record) {
  bool commits = false;
  bool rollsBack = false;
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const std::string name = plain(method->getName());
    const bool may = name.find("commit") != std::string::npos || name.find("abort") == 0 ||
                     name == "abandon" || name.find("rollback") != std::string::npos;
    const auto op = may ? model::operationNamed(name) : std::nullopt;
    commits |= op == model::Op::Commit;
    rollsBack |= op == model::Op::Rollback;
  }
  return commits && rollsBack;
}

} // namespace shape

bool isTextType(clang::QualType type) {
  type = type.getNonReferenceType().getCanonicalType();
  if (type->isPointerType()) return type->getPointeeType()->isAnyCharacterType();
  const auto* record = type->getAsCXXRecordDecl();
  return record && record->isInStdNamespace() &&
         (record->getName() == "basic_string" || record->getName() == "basic_string_view");
}

bool isNoexcept(const clang::FunctionDecl& function) {
  const auto* type = function.getType()->getAs<clang::FunctionProtoType>();
  return type && !clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) &&
         type->canThrow() == clang::CT_Cannot;
}

bool throwsWithin(const clang::Stmt* stmt) {
  if (!stmt || llvm::isa<clang::LambdaExpr>(stmt) || llvm::isa<clang::CXXTryStmt>(stmt))
    return false;
  return llvm::isa<clang::CXXThrowExpr>(stmt) || llvm::any_of(stmt->children(), throwsWithin);
}

bool seenToThrow(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = nullptr;
  return function.hasBody(definition) && throwsWithin(definition->getBody());
}

bool isCopyable(const clang::CXXRecordDecl& record) {
  bool declared = false;
  for (const clang::CXXConstructorDecl* constructor : record.ctors()) {
    if (!constructor->isCopyConstructor()) continue;
    declared = true;
    if (!constructor->isDeleted() && constructor->getAccess() == clang::AS_public) return true;
  }
  return !declared && !record.hasMoveConstructor() && !record.hasMoveAssignment() &&
         !record.defaultedCopyConstructorIsDeleted();
}

bool hasMutex(const clang::CXXRecordDecl& record) {
  return llvm::any_of(record.fields(), [](const clang::FieldDecl* field) {
    const auto* type = field->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return type && type->getIdentifier() &&
           shape::plain(type->getName()).find("mutex") != std::string::npos;
  });
}

} // namespace session_tidy::lower
