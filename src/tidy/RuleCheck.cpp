// Options in, findings out: the session rules in clang-tidy's terms.
#include "tidy/RuleCheck.h"

#include "fix/EditorMenu.h"

#include <clang/AST/ASTContext.h>
#include <clang/ASTMatchers/ASTMatchers.h>
#include <clang/Basic/SourceManager.h>

#include <algorithm>
#include <string>
#include <utility>

namespace session_tidy::tidy {

namespace {

constexpr llvm::StringLiteral minConfidenceOption = "MinConfidence";
constexpr llvm::StringLiteral configFileOption = "session-tidy.ConfigFile";

std::unique_ptr<Rule> makeRule(llvm::StringRef name) {
  for (auto& rule : makeAllRules())
    if (rule->info().name == std::string_view(name.data(), name.size())) return std::move(rule);
  return nullptr;
}

llvm::StringRef textRef(std::string_view text) {
  return {text.data(), text.size()};
}

bool isTruth(llvm::StringRef text) {
  static constexpr std::string_view words[] = {"true", "false", "1", "0", "yes", "no", "on", "off"};
  return llvm::is_contained(words, std::string_view(text.data(), text.size()));
}

} // namespace

RuleCheck::RuleCheck(llvm::StringRef name, clang::tidy::ClangTidyContext* context,
                     UnitAnalyses& analyses)
    : ClangTidyCheck(name, context), rule_(makeRule(name)), analysis_(analyses.of(context)) {
  // Options are read as strings only: all versions of clang-tidy have that much in common.
  for (const RuleOption& option : rule_->options())
    if (auto value = Options.get(textRef(option.name))) {
      given_[std::string(option.name)] = std::string(*value);
      if (option.isFlag() && !isTruth(*value))
        configurationDiag("invalid configuration value '%0' for option '%1'; expected a bool")
            << *value << (name + "." + textRef(option.name)).str();
    }
  settings_.minConfidence = std::string(Options.getLocalOrGlobal(minConfidenceOption, ""));
  settings_.configFile = std::string(Options.getLocalOrGlobal(configFileOption, ""));
  if (const auto& checks = context->getOptions().Checks) settings_.checks = *checks;
  analysis_->enable(*rule_, given_, settings_);
}

void RuleCheck::storeOptions(clang::tidy::ClangTidyOptions::OptionMap& options) {
  for (const RuleOption& option : rule_->options()) {
    const auto given = given_.find(option.name);
    Options.store(options, textRef(option.name),
                  given == given_.end() ? textRef(option.defaultValue) : textRef(given->second));
  }
  if (!settings_.minConfidence.empty())
    Options.store(options, minConfidenceOption, settings_.minConfidence);
  if (!settings_.configFile.empty()) Options.store(options, configFileOption, settings_.configFile);
}

void RuleCheck::registerMatchers(clang::ast_matchers::MatchFinder* finder) {
  using namespace clang::ast_matchers;
  // Only who has a matcher hears of the end of the unit, and some matcher must get hold of the
  // context: clangd never visits the translation unit itself, but the declarations of the open file
  // one by one.
  finder->addMatcher(translationUnitDecl(), this);
  if (analysis_->claimMatchers()) finder->addMatcher(functionDecl(), this);
}

void RuleCheck::check(const clang::ast_matchers::MatchFinder::MatchResult& result) {
  analysis_->setContext(*result.Context);
}

void RuleCheck::onEndOfTranslationUnit() {
  if (analysis_->context() == nullptr) return;
  analysis_->run();
  reportConfigurationError();
  for (const Finding& finding : analysis_->findings())
    if (finding.rule == rule_->info().name) report(finding);
}

void RuleCheck::reportConfigurationError() {
  const std::string error = analysis_->takeError();
  if (error.empty()) return;
  const clang::SourceManager& sources = analysis_->context()->getSourceManager();
  // An error, since with a configuration that is not read all the rest means little.
  diag(sources.getLocForStartOfFile(sources.getMainFileID()), "%0", clang::DiagnosticIDs::Error)
      << error;
}

clang::SourceLocation RuleCheck::begin(const SourceRange& range) const {
  return analysis_->lowered().locationOf(*analysis_->context(), range.file, range.begin);
}

clang::CharSourceRange RuleCheck::range(const SourceRange& range) const {
  return clang::CharSourceRange::getCharRange(
      begin(range), analysis_->lowered().locationOf(*analysis_->context(), range.file, range.end));
}

void RuleCheck::report(const Finding& finding) {
  const bool inEditor = analysis_->isInEditor();
  {
    // Texts go in as arguments: they may contain a '%'.
    auto diagnostic = diag(begin(finding.range), "%0") << finding.message;
    if (finding.range.begin < finding.range.end) diagnostic << range(finding.range);
    const auto fix =
        std::ranges::find_if(finding.fixes, [](const Fix& candidate) { return candidate.safe; });
    if (fix != finding.fixes.end() && !inEditor) attach(diagnostic, *fix);
  } // sent here: the notes follow it
  if (inEditor) {
    // clangd makes an action of each note that has edits, and the note its title.
    for (const Fix& fix : fix::editorMenu(finding, analysis_->text(finding.range.file)))
      note(finding, fix);
  } else {
    // A fix that may change more is left out by clang-tidy's --fix and made by its --fix-notes.
    for (const Fix& fix : finding.fixes)
      if (!fix.safe) note(finding, fix);
  }
  for (const Note& note : finding.trace) {
    auto diagnostic = diag(begin(note.range), "%0", clang::DiagnosticIDs::Note) << note.message;
    if (note.range.begin < note.range.end) diagnostic << range(note.range);
  }
}

void RuleCheck::note(const Finding& finding, const Fix& fix) {
  auto diagnostic = diag(begin(finding.range), "%0", clang::DiagnosticIDs::Note) << fix.description;
  attach(diagnostic, fix);
}

// Several insertions at one place are one for clang-tidy: it does not know their order.
void RuleCheck::attach(clang::DiagnosticBuilder& diagnostic, const Fix& fix) const {
  std::vector<Edit> edits;
  for (const Edit& edit : fix.edits) {
    const auto same = std::ranges::find_if(edits, [&](const Edit& other) {
      return other.range == edit.range && edit.range.begin == edit.range.end;
    });
    if (same == edits.end())
      edits.push_back(edit);
    else if (edit.once.starts_with("include"))
      same->text = edit.text + same->text;
    else
      same->text += edit.text;
  }
  for (const Edit& edit : edits)
    diagnostic << clang::FixItHint::CreateReplacement(range(edit.range), edit.text);
}

} // namespace session_tidy::tidy
