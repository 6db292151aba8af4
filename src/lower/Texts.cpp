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

long ClangTexts::cplusplus() const {
  const clang::LangOptions& options = context_.getLangOpts();
  if (!options.CPlusPlus) return 0;
  if (options.CPlusPlus20) return 202002;
  if (options.CPlusPlus17) return 201703;
  if (options.CPlusPlus14) return 201402;
  return options.CPlusPlus11 ? 201103 : 199711;
}

} // namespace session_tidy::lower
