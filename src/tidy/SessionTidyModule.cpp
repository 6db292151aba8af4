// Registers the session rules with whichever clang-tidy or clangd this is linked or loaded into.
#include "checks/Rule.h"
#include "tidy/ModuleRegistry.h"
#include "tidy/RuleCheck.h"
#include "tidy/UnitAnalysis.h"
#include "tidy/VersionGuard.h"

#include <memory>

namespace session_tidy::tidy {

namespace {

class SessionTidyModule : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(clang::tidy::ClangTidyCheckFactories& factories) override {
    requireMatchingHost();
    const auto analyses = std::make_shared<UnitAnalyses>();
    for (const auto& rule : makeAllRules()) {
      const std::string_view name = rule->info().name;
      factories.registerCheckFactory(
          llvm::StringRef(name.data(), name.size()),
          [analyses](llvm::StringRef checkName, clang::tidy::ClangTidyContext* context) {
            return std::make_unique<RuleCheck>(checkName, context, *analyses);
          });
    }
  }
};

using Registration = clang::tidy::ClangTidyModuleRegistry::Add<SessionTidyModule>;
// Nobody who loads this could catch an exception.
// NOLINTNEXTLINE(bugprone-throwing-static-initialization)
const Registration registration("session-tidy-module",
                                "Finds misuse of database sessions and transactions.");

} // namespace

} // namespace session_tidy::tidy
