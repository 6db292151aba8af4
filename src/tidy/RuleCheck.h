// One rule as a clang-tidy check.
#pragma once

#include "checks/Rule.h"
#include "tidy/UnitAnalysis.h"

#include <clang-tidy/ClangTidyCheck.h>

#include <memory>

namespace session_tidy::tidy {

class RuleCheck : public clang::tidy::ClangTidyCheck {
public:
  RuleCheck(llvm::StringRef name, clang::tidy::ClangTidyContext* context, UnitAnalyses& analyses);

  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap& options) override;
  void registerMatchers(clang::ast_matchers::MatchFinder* finder) override;
  void check(const clang::ast_matchers::MatchFinder::MatchResult& result) override;
  void onEndOfTranslationUnit() override;

private:
  void report(const Finding& finding);
  void note(const Finding& finding, const Fix& fix);
  void attach(clang::DiagnosticBuilder& diagnostic, const Fix& fix) const;
  void reportConfigurationError();
  [[nodiscard]] clang::SourceLocation begin(const SourceRange& range) const;
  [[nodiscard]] clang::CharSourceRange range(const SourceRange& range) const;

  std::unique_ptr<Rule> rule_;
  RuleSettings given_;
  UnitSettings settings_;
  std::shared_ptr<UnitAnalysis> analysis_;
};

} // namespace session_tidy::tidy
