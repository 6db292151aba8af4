// The list of all rules.
#include "checks/Rules.h"

#include <array>

namespace session_tidy {

std::vector<std::unique_ptr<Rule>> makeAllRules() {
  static constexpr std::array makers{
      makeCommitInDestructor,
      makeDoubleEnd,
      makeGeneratorEarlyReturn,
      makeHeldAcrossBlocking,
      makeLeak,
      makeMissingRollback,
      makeMultipleCommits,
      makeNestedBegin,
      makeRawConstruction,
      makeSharedAcrossThreads,
      makeSplitUnitOfWork,
      makeSwallowAndCommit,
      makeTemporaryGuard,
      makeTransactionBypass,
      makeUnfinishedTransaction,
      makeUseAfterScope,
  };
  std::vector<std::unique_ptr<Rule>> rules;
  rules.reserve(makers.size());
  for (const auto make : makers) rules.push_back(make());
  return rules;
}

} // namespace session_tidy
