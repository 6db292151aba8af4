#include "lower/Texts.h"

#include "lower/ClangHeaders.h"

namespace session_tidy::lower {

std::string_view ClangTexts::text(std::uint32_t file) const {
  if (file >= unit_.fileIds.size()) return {};
  const clang::SourceManager& sources = context_.getSourceManager();
  const clang::FileID id = unit_.fileIds[file];
  if (id.isInvalid() || sources.isInSystemHeader(sources.getLocForStartOfFile(id))) return {};
  bool invalid = false;
  const llvm::StringRef text = sources.getBufferData(id, &invalid);
  return invalid ? std::string_view() : std::string_view(text.data(), text.size());
}

bool ClangTexts::isMacro(std::string_view word) const {
  return context_.Idents.get(llvm::StringRef(word.data(), word.size())).hadMacroDefinition();
}

const clang::NamedDecl* ClangTexts::find(std::string_view name) const {
  const clang::DeclContext* scope = context_.getTranslationUnitDecl();
  for (llvm::StringRef rest(name.data(), name.size()); scope;) {
    const auto [first, tail] = rest.split("::");
    const clang::DeclContext* inner = nullptr;
    for (const clang::NamedDecl* found : scope->lookup(&context_.Idents.get(first))) {
      if (tail.empty() &&
          (llvm::isa<clang::TypeDecl>(found) || llvm::isa<clang::ClassTemplateDecl>(found)))
        return found;
      if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(found)) inner = space;
      if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(found)) inner = record;
    }
    scope = inner;
    rest = tail;
  }
  return nullptr;
}

bool ClangTexts::knowsClass(std::string_view name) const {
  return find(name) != nullptr;
}

bool ClangTexts::hasMethod(std::string_view name, std::string_view method) const {
  const auto* record = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(find(name));
  if (!record || !record->hasDefinition() || record->getDefinition()->getNumBases() > 0)
    return true;
  return !record->getDefinition()
              ->lookup(&context_.Idents.get(llvm::StringRef(method.data(), method.size())))
              .empty();
}

long ClangTexts::cplusplus() const {
  const clang::LangOptions& options = context_.getLangOpts();
  if (!options.CPlusPlus) return 0;
  if (options.CPlusPlus20) return 202002;
  if (options.CPlusPlus17) return 201703;
  if (options.CPlusPlus14) return 201402;
  return options.CPlusPlus11 ? 201103 : 199711;
}

} // namespace session_tidy::lower
