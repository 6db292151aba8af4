// What the session checks of one translation unit share: it is lowered and analysed once for all of
// them.
#pragma once

#include "checks/Rule.h"
#include "driver/Linter.h"
#include "driver/Setup.h"
#include "lower/Lowering.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace clang {
class ASTContext;
} // namespace clang
namespace clang::tidy {
class ClangTidyContext;
} // namespace clang::tidy

namespace session_tidy::tidy {

/// The settings that count for all checks of a unit, as text, empty where not given.
struct UnitSettings {
  std::string minConfidence; ///< global option MinConfidence
  std::string configFile;    ///< global option session-tidy.ConfigFile
  std::string checks;        ///< clang-tidy's own Checks
};

/// Serves one unit on one thread.
class UnitAnalysis {
public:
  explicit UnitAnalysis(std::shared_ptr<driver::SetupCache> setups) : setups_(std::move(setups)) {}

  /// A check that takes part. `given` are the options that the user set for it.
  void enable(Rule& rule, RuleSettings given, const UnitSettings& settings);

  /// Says yes to the first check that asks: one matcher of functions is enough for all.
  bool claimMatchers() { return !std::exchange(matchersClaimed_, true); }
  void setContext(clang::ASTContext& context) { context_ = &context; }
  [[nodiscard]] clang::ASTContext* context() const { return context_; }
  [[nodiscard]] bool isDone() const { return done_; }

  /// Does the work when first called. Needs the context.
  void run();

  [[nodiscard]] const lower::LoweredUnit& lowered() const { return lowered_; }
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

  /// Whether clangd asks, and a reader is offered one action after the other.
  [[nodiscard]] bool isInEditor() const;
  /// A file's text as the compiler saw it.
  [[nodiscard]] std::string_view text(std::uint32_t file) const;

  /// What was wrong with the configuration, for the first who asks; empty for all others.
  std::string takeError() { return std::exchange(error_, {}); }

private:
  struct Enabled {
    Rule* rule = nullptr;
    RuleSettings given;
  };

  [[nodiscard]] std::vector<const Rule*> configureRules(const model::Config& config);
  [[nodiscard]] Confidence minConfidence(const model::Config& config);
  void keepOnce();
  [[nodiscard]] bool isSilenced(const Finding& finding) const;

  std::shared_ptr<driver::SetupCache> setups_;
  UnitSettings settings_;
  std::vector<Enabled> enabled_;
  clang::ASTContext* context_ = nullptr;
  bool matchersClaimed_ = false;
  bool done_ = false;
  lower::LoweredUnit lowered_;
  std::vector<Finding> findings_;
  std::string error_;
};

/// Finds the analysis that belongs to a ClangTidyContext. clangd builds several units on several
/// threads at once, each with a context of its own; clang-tidy uses one context for unit after
/// unit.
class UnitAnalyses {
public:
  std::shared_ptr<UnitAnalysis> of(const clang::tidy::ClangTidyContext* context);

private:
  std::mutex mutex_;
  std::map<const clang::tidy::ClangTidyContext*, std::weak_ptr<UnitAnalysis>> analyses_;
  std::shared_ptr<driver::SetupCache> setups_ = std::make_shared<driver::SetupCache>();
};

} // namespace session_tidy::tidy
