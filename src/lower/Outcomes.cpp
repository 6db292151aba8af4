#include "lower/Outcomes.h"

#include "model/OutcomeNames.h"
#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy::lower {

namespace {

const clang::CXXRecordDecl* recordOf(clang::QualType type) {
  const auto* record = type.isNull() ? nullptr : type.getNonReferenceType()->getAsCXXRecordDecl();
  return record ? record->getDefinition() : nullptr;
}

std::string nameOf(const clang::NamedDecl& named) {
  return named.getDeclName().isIdentifier() ? named.getName().str() : std::string();
}

bool standsForFailure(clang::QualType type) {
  const clang::CXXRecordDecl* record = recordOf(type);
  return record && model::soundsLikeFailure(nameOf(*record));
}

bool isOptional(const clang::CXXRecordDecl& record) {
  return nameOf(record) == "optional";
}

/// `if (error)`: the bool says that something went wrong.
bool trueIsFailure(const clang::CXXRecordDecl& record) {
  const std::vector<std::string> words = model::nameWords(nameOf(record));
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (isOptional(record))
    return made && made->getTemplateArgs().size() > 0 &&
           made->getTemplateArgs()[0].getKind() == clang::TemplateArgument::Type &&
           standsForFailure(made->getTemplateArgs()[0].getAsType());
  const bool either = std::find(words.begin(), words.end(), "or") != words.end(); // ErrorOr
  return !either && model::soundsLikeFailure(nameOf(record));
}

bool isQuestion(const clang::CXXMethodDecl& method) {
  return method.getNumParams() == 0 && method.getReturnType()->isBooleanType() &&
         (llvm::isa<clang::CXXConversionDecl>(method) ||
          model::asksForSuccess(nameOf(method)).has_value());
}

const clang::FunctionDecl* functionOf(const clang::Decl& decl) {
  if (const auto* temp = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl))
    return temp->getTemplatedDecl();
  return llvm::dyn_cast<clang::FunctionDecl>(&decl);
}

bool answers(const clang::CXXRecordDecl& record, unsigned depth) {
  for (const clang::Decl* decl : record.decls()) {
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(functionOf(*decl));
    if (method && isQuestion(*method)) return true;
  }
  return depth > 0 && llvm::any_of(record.bases(), [&](const clang::CXXBaseSpecifier& base) {
           const clang::CXXRecordDecl* of = recordOf(base.getType());
           return of && answers(*of, depth - 1);
         });
}

MadeOutcome known(bool worked) {
  return {MadeOutcome::From::Known, worked};
}

} // namespace

bool isOutcome(const clang::RecordDecl* record) {
  const auto* cxxRecord = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(record);
  const clang::CXXRecordDecl* definition = cxxRecord ? cxxRecord->getDefinition() : nullptr;
  return definition && !definition->isDependentContext() && !definition->isLambda() &&
         model::soundsLikeOutcome(nameOf(*definition)) && answers(*definition, 3);
}

bool isOutcome(clang::QualType type) {
  return isOutcome(recordOf(type));
}

std::optional<bool> asksForSuccess(const clang::CXXMethodDecl& method) {
  if (!isQuestion(method)) return std::nullopt;
  const bool inverted = trueIsFailure(*method.getParent());
  if (llvm::isa<clang::CXXConversionDecl>(method)) return !inverted;
  const std::optional<bool> asked = model::asksForSuccess(nameOf(method));
  return asked && nameOf(method) == "has_value" ? *asked != inverted : asked;
}

MadeOutcome madeOutcome(clang::QualType type, llvm::ArrayRef<const clang::Expr*> values) {
  const clang::CXXRecordDecl* record = recordOf(type);
  if (!record) return {};
  const bool inverted = trueIsFailure(*record);
  const clang::CXXRecordDecl* given =
      values.empty() ? nullptr : recordOf(values.front()->getType());
  const bool empty = values.empty() || (given && nameOf(*given) == "nullopt_t");
  if (isOptional(*record)) return known(empty == inverted);
  if (empty) return known(true);
  const clang::QualType first = values.front()->IgnoreImplicit()->getType();
  if (inverted || llvm::any_of(values, [](const clang::Expr* value) {
        return standsForFailure(value->getType());
      }))
    return known(false);
  if (first->isBooleanType()) return {MadeOutcome::From::Bool};
  // `Expected<int>(n)` holds a value, whatever it is.
  if (llvm::isa<clang::ClassTemplateSpecializationDecl>(record)) return known(true);
  if (first->isIntegralOrEnumerationType()) return {MadeOutcome::From::Code};
  return {};
}

MadeOutcome madeOutcome(const clang::FunctionDecl& function) {
  const std::string name = nameOf(function);
  if (model::soundsLikeFailure(name)) return known(false);
  if (model::soundsLikeSuccess(name)) return known(true);
  return {};
}

} // namespace session_tidy::lower
