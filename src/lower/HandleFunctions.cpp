#include "lower/HandleFunctions.h"

#include "lower/Shapes.h"
#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy::lower {

namespace {

std::string text(llvm::StringRef name) {
  return {name.data(), name.size()};
}

/// `T*` and `T&`, and with `out` what a `T**` or `T*&` points to.
const clang::RecordDecl* handleIn(clang::QualType type, bool& out, bool& constant) {
  out = type->isLValueReferenceType();
  type = type.getNonReferenceType().getCanonicalType();
  if (!type->isPointerType()) {
    if (!out) return nullptr;
    out = false;
  } else {
    type = type->getPointeeType();
    if (type->isPointerType() && !out) {
      if (type.isConstQualified()) return nullptr; // a list of them
      out = true;
      type = type->getPointeeType();
    }
  }
  constant = type.isConstQualified();
  const auto* record = type->getAs<clang::RecordType>();
  return record ? llvm::cast<clang::RecordDecl>(record->getDecl()->getCanonicalDecl()) : nullptr;
}

void collect(const clang::DeclContext& context, const clang::SourceManager& sources,
             std::vector<HandleFunction>& functions) {
  for (const clang::Decl* decl : context.decls()) {
    if (const auto* linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(decl)) {
      collect(*linkage, sources, functions);
      continue;
    }
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (!function || !function->isFirstDecl()) continue;
    HandleFunction found{function, {}, handleTouches(*function, sources)};
    if (found.touches.empty()) continue;
    found.words = model::nameWords(text(function->getName()));
    if (!found.words.empty()) functions.push_back(std::move(found));
  }
}

} // namespace

const HandleTouch* HandleFunction::touch(const clang::RecordDecl& record,
                                         HandleTouch::How how) const {
  const auto found = std::find_if(touches.begin(), touches.end(), [&](const HandleTouch& one) {
    return one.record == record.getCanonicalDecl() && one.how == how;
  });
  return found != touches.end() ? &*found : nullptr;
}

const HandleTouch* HandleFunction::made(const clang::RecordDecl& record) const {
  const HandleTouch* made = touch(record, HandleTouch::How::Returns);
  if (!made) made = touch(record, HandleTouch::How::Fills);
  return made && !made->constant ? made : nullptr;
}

bool isOpaque(const clang::RecordDecl& record, const clang::SourceManager& sources) {
  return !record.getDefinition() && record.getIdentifier() && !record.isUnion() &&
         record.getDeclContext()->getRedeclContext()->isFileContext() &&
         !record.isDependentContext() && !record.isInStdNamespace() &&
         !llvm::isa<clang::ClassTemplateSpecializationDecl>(record) &&
         !sources.isInSystemHeader(sources.getExpansionLoc(record.getLocation()));
}

std::vector<HandleTouch> handleTouches(const clang::FunctionDecl& function,
                                       const clang::SourceManager& sources) {
  if (!function.getDeclName().isIdentifier() || llvm::isa<clang::CXXMethodDecl>(function) ||
      function.isTemplated() || function.getNumParams() > 16)
    return {};
  std::vector<HandleTouch> touches;
  const auto note = [&](clang::QualType type, bool result, unsigned index) {
    bool out = false;
    bool constant = false;
    const clang::RecordDecl* record = handleIn(type, out, constant);
    if (!record || !isOpaque(*record, sources)) return;
    if (result && (out || type->isReferenceType())) return;
    const HandleTouch::How how = result ? HandleTouch::How::Returns
                                 : out  ? HandleTouch::How::Fills
                                        : HandleTouch::How::Takes;
    touches.push_back({record, how, static_cast<std::uint8_t>(index), constant});
  };
  note(function.getReturnType(), true, 0);
  for (unsigned index = 0; index < function.getNumParams(); ++index)
    note(function.getParamDecl(index)->getType(), false, index);
  if (touches.empty() || function.hasBody() ||
      sources.isInSystemHeader(sources.getExpansionLoc(function.getLocation())))
    return {};
  return touches;
}

std::vector<HandleFunction> handleFunctions(const clang::DeclContext& space,
                                            const clang::SourceManager& sources) {
  std::vector<HandleFunction> functions;
  if (const auto* named = llvm::dyn_cast<clang::NamespaceDecl>(&space)) {
    for (const clang::NamespaceDecl* part : named->redecls()) collect(*part, sources, functions);
  } else {
    collect(space, sources, functions);
  }
  return functions;
}

std::optional<std::uint8_t> textParameter(const clang::FunctionDecl& function) {
  for (unsigned index = 0; index < function.getNumParams(); ++index) {
    if (isTextType(function.getParamDecl(index)->getType()))
      return static_cast<std::uint8_t>(index);
  }
  return std::nullopt;
}

bool returnsMemory(const clang::FunctionDecl& function) {
  const clang::QualType type = function.getReturnType().getCanonicalType();
  if (!type->isPointerType()) {
    const auto* record = type->getAsCXXRecordDecl();
    return record && record->getIdentifier() && record->getName() == "basic_string_view";
  }
  const clang::QualType memory = type->getPointeeType();
  return memory.isConstQualified() && (memory->isAnyCharacterType() || memory->isVoidType());
}

bool returnsNumber(const clang::FunctionDecl& function) {
  const clang::QualType type = function.getReturnType().getCanonicalType();
  return type->isIntegerType() && !type->isBooleanType() && !type->isEnumeralType();
}

std::optional<HandleResult> resultByType(const clang::FunctionDecl& function) {
  const clang::QualType type = function.getReturnType();
  if (type->isVoidType()) return HandleResult{};
  if (type->isBooleanType()) return HandleResult{model::Success::IfTrue, 0};
  if (type->isPointerType()) return HandleResult{model::Success::IfNonNull, 0};
  if (const auto* named = type->getAs<clang::TypedefType>();
      named && type->isIntegerType() &&
      model::plainName(text(named->getDecl()->getName())).find("bool") != std::string::npos)
    return HandleResult{model::Success::IfTrue, 0};
  const auto* enumeration = type->getAs<clang::EnumType>();
  const clang::EnumDecl* definition =
      enumeration ? enumeration->getDecl()->getDefinition() : nullptr;
  if (!definition) return std::nullopt;
  unsigned best = 0;
  HandleResult result;
  for (const clang::EnumConstantDecl* one : definition->enumerators()) {
    const unsigned rank = model::successRank(text(one->getName()));
    if (rank <= best) continue;
    best = rank;
    result.value = one->getInitVal().getExtValue();
  }
  if (best == 0) return std::nullopt;
  result.success = result.value == 0 ? model::Success::IfZero : model::Success::IfValue;
  return result;
}

} // namespace session_tidy::lower
