#include "lower/Annotations.h"

#include "lower/ClangCompat.h"

namespace session_tidy::lower {

namespace {

constexpr llvm::StringLiteral prefix = "session_tidy::";
constexpr llvm::StringLiteral dependsOn = "depends_on:";

/// A parameter is meant by the name that it has in the declaration which says so.
void readDependsOn(llvm::StringRef name, const clang::FunctionDecl* function, Annotations& into) {
  if (name == "this") {
    into.hangs = true;
    into.hangsOnThis = true;
    return;
  }
  for (unsigned index = 0; function && index < function->getNumParams(); ++index) {
    if (function->getParamDecl(index)->getName() != name) continue;
    into.hangs = true;
    into.hangsOn = index;
  }
}

void readOne(llvm::StringRef what, const clang::FunctionDecl* function, Annotations& into) {
  if (compat::startsWith(what, dependsOn))
    return readDependsOn(what.substr(dependsOn.size()), function, into);
  struct Word {
    llvm::StringLiteral text;
    bool Annotations::* flag;
  };
  static constexpr Word words[] = {
      {"owns", &Annotations::owns},
      {"borrows", &Annotations::borrows},
      {"takes", &Annotations::takes},
      {"keeps", &Annotations::keeps},
      {"opens", &Annotations::opens},
      {"closes", &Annotations::closes},
      {"begins", &Annotations::begins},
      {"commits", &Annotations::commits},
      {"rolls_back", &Annotations::rollsBack},
      {"scope", &Annotations::scope},
      {"generator", &Annotations::generator},
      {"thread_safe", &Annotations::threadSafe},
  };
  for (const Word& word : words) {
    if (what == word.text) into.*word.flag = true;
  }
}

void read(const clang::Decl& declaration, const clang::FunctionDecl* function, Annotations& into) {
  if (!declaration.hasAttrs()) return;
  for (const auto* attribute : declaration.specific_attrs<clang::AnnotateAttr>()) {
    const llvm::StringRef text = attribute->getAnnotation();
    if (compat::startsWith(text, prefix)) readOne(text.substr(prefix.size()), function, into);
  }
}

/// Every declaration of a function and of those it overrides.
template <class Visit>
void forDeclarations(const clang::FunctionDecl& function, unsigned depth, const Visit& visit) {
  for (const clang::FunctionDecl* declaration : function.redecls()) visit(*declaration);
  if (const clang::FunctionDecl* pattern = function.getTemplateInstantiationPattern();
      pattern && pattern != &function)
    visit(*pattern);
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (!method || depth == 0) return;
  for (const clang::CXXMethodDecl* overridden : method->overridden_methods())
    forDeclarations(*overridden, depth - 1, visit);
}

constexpr unsigned deepestHierarchy = 16;

} // namespace

bool usesAnnotations(clang::ASTContext& ast) {
  // `get` asks a precompiled preamble as well.
  return ast.Idents.get("SESSION_TIDY_ANNOTATE").hadMacroDefinition();
}

Annotations annotationsOf(const clang::RecordDecl& record) {
  Annotations result;
  for (const clang::TagDecl* declaration : record.redecls()) read(*declaration, nullptr, result);
  const auto* cxxRecord = llvm::dyn_cast<clang::CXXRecordDecl>(&record);
  if (const clang::CXXRecordDecl* pattern =
          cxxRecord ? cxxRecord->getTemplateInstantiationPattern() : nullptr)
    read(*pattern, nullptr, result);
  return result;
}

Annotations annotationsOf(const clang::FieldDecl& field) {
  Annotations result;
  read(field, nullptr, result);
  return result;
}

Annotations annotationsOf(const clang::FunctionDecl& function) {
  Annotations result;
  forDeclarations(function, deepestHierarchy, [&](const clang::FunctionDecl& declaration) {
    read(declaration, &declaration, result);
  });
  return result;
}

Annotations annotationsOf(const clang::FunctionDecl& function, unsigned parameter) {
  Annotations result;
  forDeclarations(function, deepestHierarchy, [&](const clang::FunctionDecl& declaration) {
    if (parameter < declaration.getNumParams())
      read(*declaration.getParamDecl(parameter), nullptr, result);
  });
  return result;
}

} // namespace session_tidy::lower
