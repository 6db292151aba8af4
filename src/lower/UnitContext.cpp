#include "lower/UnitContext.h"

namespace session_tidy::lower {

UnitContext::UnitContext(clang::ASTContext& ast, const model::ModelSet& models,
                         const LoweringOptions& options)
    : ast_(ast), models_(models), options_(options), types_(ast, models),
      waitingCalls_(types_, ast, options_.waits) {
  fileIndex(sources().getMainFileID());
}

std::uint32_t UnitContext::fileIndex(clang::FileID id) {
  auto [position, added] =
      fileIndices_.try_emplace(id, static_cast<std::uint32_t>(result_.unit.files.size()));
  if (added) {
    result_.unit.files.push_back(sources().getFilename(sources().getLocForStartOfFile(id)).str());
    result_.fileIds.push_back(id);
  }
  return position->second;
}

Position UnitContext::positionOf(clang::SourceLocation fileLocation, std::uint32_t& file) {
  const auto [id, offset] = sources().getDecomposedLoc(fileLocation);
  file = fileIndex(id);
  return {sources().getLineNumber(id, offset), sources().getColumnNumber(id, offset)};
}

SourceRange UnitContext::rangeOf(clang::SourceRange range) {
  SourceRange result;
  if (range.isInvalid()) return result;
  result.inMacro = range.getBegin().isMacroID() || range.getEnd().isMacroID();
  const clang::CharSourceRange expansion = sources().getExpansionRange(range);
  result.begin = positionOf(expansion.getBegin(), result.file);
  clang::SourceLocation end = expansion.getEnd();
  if (expansion.isTokenRange())
    end = clang::Lexer::getLocForEndOfToken(end, 0, sources(), ast_.getLangOpts());
  std::uint32_t endFile = result.file;
  result.end = end.isValid() ? positionOf(end, endFile) : result.begin;
  if (endFile != result.file) result.end = result.begin;
  return result;
}

SourceRange UnitContext::pointAt(clang::SourceLocation location) {
  SourceRange result;
  if (location.isInvalid()) return result;
  result.inMacro = location.isMacroID();
  result.begin = positionOf(sources().getExpansionLoc(location), result.file);
  result.end = result.begin;
  return result;
}

SourceRange UnitContext::pointAfterToken(clang::SourceLocation location) {
  if (location.isInvalid() || location.isMacroID()) return {};
  return pointAt(clang::Lexer::getLocForEndOfToken(location, 0, sources(), ast_.getLangOpts()));
}

std::string UnitContext::textOf(clang::SourceRange range) const {
  constexpr std::size_t longest = 60;
  const clang::CharSourceRange characters =
      clang::CharSourceRange::getTokenRange(sources().getExpansionRange(range).getAsRange());
  const llvm::StringRef source =
      clang::Lexer::getSourceText(characters, sources(), ast_.getLangOpts());
  std::string text;
  bool space = false;
  for (const char c : source) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !text.empty();
      continue;
    }
    if (space) text += ' ';
    space = false;
    text += c;
    if (text.size() >= longest) {
      text += "...";
      break;
    }
  }
  return text;
}

ir::KindId UnitContext::kindId(const model::Kind& kind) {
  auto [position, added] =
      kindIds_.try_emplace(&kind, static_cast<ir::KindId>(result_.unit.kinds.size()));
  if (added) result_.unit.kinds.push_back(kind);
  return position->second;
}

bool UnitContext::inSystemCode(clang::SourceLocation location) const {
  return location.isInvalid() || sources().isInSystemHeader(sources().getExpansionLoc(location));
}

} // namespace session_tidy::lower
