// Lowering and linting one translation unit on behalf of all session checks.
#include "tidy/UnitAnalysis.h"

#include "driver/RuleSet.h"
#include "driver/Words.h"
#include "lower/Texts.h"

#include <clang/AST/ASTContext.h>
#include <clang/Basic/FileManager.h>
#include <clang/Basic/SourceManager.h>

#include <filesystem>
#include <set>
#include <utility>

namespace session_tidy::tidy {

namespace {

std::filesystem::path mainFile(const clang::ASTContext& context) {
  const clang::SourceManager& sources = context.getSourceManager();
  const clang::SourceLocation start = sources.getLocForStartOfFile(sources.getMainFileID());
  llvm::SmallString<256> path(sources.getFilename(start));
  sources.getFileManager().makeAbsolutePath(path);
  return path.str().str();
}

} // namespace

void UnitAnalysis::enable(Rule& rule, RuleSettings given, const UnitSettings& settings) {
  settings_ = settings;
  enabled_.push_back({.rule = &rule, .given = std::move(given)});
}

std::vector<const Rule*> UnitAnalysis::configureRules(const model::Config& config) {
  std::vector<const Rule*> rules;
  const driver::GlobList checks(settings_.checks);
  for (const Enabled& enabled : enabled_) {
    const std::string_view name = enabled.rule->info().name;
    if (!driver::isEnabled(config, enabled.rule->info(), checks)) continue;
    RuleSettings settings = enabled.given; // what stands in .clang-tidy is closer to the user
    settings.merge(driver::settingsOf(config, name));
    enabled.rule->configure(settings);
    rules.push_back(enabled.rule);
  }
  return rules;
}

Confidence UnitAnalysis::minConfidence(const model::Config& config) {
  const std::string& text =
      settings_.minConfidence.empty() ? config.minConfidence : settings_.minConfidence;
  if (text.empty()) return Confidence::Likely;
  if (const auto confidence = driver::readConfidence(text)) return *confidence;
  error_ = "MinConfidence is '" + text + "', not 'possible', 'likely' or 'certain'";
  return Confidence::Likely;
}

void UnitAnalysis::run() {
  if (std::exchange(done_, true)) return;
  const driver::LoadedSetup loaded = setups_->find(mainFile(*context_), settings_.configFile);
  error_ = loaded.error;
  const model::Config& config = loaded.setup->config;
  driver::LintOptions options;
  options.config = &config;
  options.minConfidence = minConfidence(config);
  const std::vector<const Rule*> rules = configureRules(config);
  lowered_ = lower::lowerUnit(*context_, loaded.setup->models, {.waits = driver::waitsOf(rules)});
  const lower::ClangTexts texts(*context_, lowered_);
  options.texts = &texts;
  findings_ = driver::lint(lowered_.unit, rules, options);
  keepOnce();
}

bool UnitAnalysis::isInEditor() const {
  // clangd has only the declarations of the open file visited.
  const auto scope = context_->getTraversalScope();
  return scope.size() != 1 || !llvm::isa<clang::TranslationUnitDecl>(scope.front());
}

std::string_view UnitAnalysis::text(std::uint32_t file) const {
  return lower::ClangTexts(*context_, lowered_).text(file);
}

/// clang-tidy applies all fixes of a unit at once: what a file needs once comes with the first of
/// them. An editor applies them one by one; there each brings all it needs.
void UnitAnalysis::keepOnce() {
  if (isInEditor()) return;
  std::set<std::pair<std::uint32_t, std::string>> there;
  // The unsafe ones are made, if at all, together with the safe ones.
  for (const bool safe : {true, false})
    for (Finding& finding : findings_) {
      if (isSilenced(finding)) continue;
      for (Fix& fix : finding.fixes)
        if (fix.safe == safe)
          std::erase_if(fix.edits, [&](const Edit& edit) {
            return !edit.once.empty() && !there.emplace(edit.range.file, edit.once).second;
          });
    }
}

/// Suppressed by a comment: its fix will not be made.
bool UnitAnalysis::isSilenced(const Finding& finding) const {
  const clang::SourceManager& sources = context_->getSourceManager();
  const clang::SourceLocation at =
      lowered_.locationOf(*context_, finding.range.file, {finding.range.begin.line, 1});
  const llvm::StringRef text = sources.getBufferData(sources.getFileID(at));
  const std::size_t offset = sources.getFileOffset(at);
  const llvm::StringRef line = text.substr(offset, text.find('\n', offset) - offset);
  const std::size_t previous = offset < 2 ? 0 : text.rfind('\n', offset - 1) + 1;
  return line.find("NOLINT") != llvm::StringRef::npos ||
         text.substr(previous, offset - previous).find("NOLINTNEXTLINE") != llvm::StringRef::npos;
}

std::shared_ptr<UnitAnalysis> UnitAnalyses::of(const clang::tidy::ClangTidyContext* context) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(analyses_, [](const auto& entry) { return entry.second.expired(); });
  auto& place = analyses_[context];
  auto analysis = place.lock();
  // One that has done its work belongs to an earlier unit of the same context.
  if (!analysis || analysis->isDone()) {
    analysis = std::make_shared<UnitAnalysis>(setups_);
    place = analysis;
  }
  return analysis;
}

} // namespace session_tidy::tidy
