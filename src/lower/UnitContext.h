// What the lowering of one translation unit shares: Clang's context, the models, the file and kind
// tables.
#pragma once

#include "ir/Ir.h"
#include "lower/ClangHeaders.h"
#include "lower/Lowering.h"
#include "lower/TypeFacts.h"
#include "lower/WaitingCalls.h"
#include "model/ModelSet.h"

#include <deque>
#include <map>
#include <string>
#include <unordered_map>

namespace session_tidy::lower {

class UnitContext {
public:
  UnitContext(clang::ASTContext& ast, const model::ModelSet& models,
              const LoweringOptions& options);

  [[nodiscard]] clang::ASTContext& ast() const { return ast_; }
  [[nodiscard]] const clang::SourceManager& sources() const { return ast_.getSourceManager(); }
  [[nodiscard]] const model::ModelSet& models() const { return models_; }
  [[nodiscard]] const LoweringOptions& options() const { return options_; }
  [[nodiscard]] TypeFacts& types() { return types_; }
  [[nodiscard]] WaitingCalls& waitingCalls() { return waitingCalls_; }

  /// The place as a reader sees it: macro expansions count where they are used, the end is after
  /// the last token.
  [[nodiscard]] SourceRange rangeOf(clang::SourceRange range);

  /// An empty range just after the token that starts at `location`.
  [[nodiscard]] SourceRange pointAfterToken(clang::SourceLocation location);

  /// An empty range at `location`.
  [[nodiscard]] SourceRange pointAt(clang::SourceLocation location);

  /// The source text of a range, on one line and shortened, for messages.
  [[nodiscard]] std::string textOf(clang::SourceRange range) const;

  /// The IR's number for a kind.
  ir::KindId kindId(const model::Kind& kind);

  /// Keeps a kind that was read from the code itself.
  const model::Kind& keepKind(model::Kind kind) { return ownKinds_.emplace_back(std::move(kind)); }

  /// Whether a declaration stands in code that the user does not own.
  [[nodiscard]] bool inSystemCode(clang::SourceLocation location) const;

  LoweredUnit take() { return std::move(result_); }
  std::vector<ir::Function>& functions() { return result_.unit.functions; }

private:
  std::uint32_t fileIndex(clang::FileID id);
  Position positionOf(clang::SourceLocation fileLocation, std::uint32_t& file);

  clang::ASTContext& ast_;
  const model::ModelSet& models_;
  LoweringOptions options_;
  TypeFacts types_;
  WaitingCalls waitingCalls_;
  LoweredUnit result_;
  std::map<clang::FileID, std::uint32_t> fileIndices_;
  std::unordered_map<const model::Kind*, ir::KindId> kindIds_;
  std::deque<model::Kind> ownKinds_;
};

} // namespace session_tidy::lower
