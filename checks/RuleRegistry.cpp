// The list of all rules.
#include "checks/Rules.h"

namespace session_tidy {

std::vector<std::unique_ptr<Rule>> makeAllRules() {
  std::vector<std::unique_ptr<Rule>> rules;
  rules.push_back(makeTemporaryGuard());
  return rules;
}

} // namespace session_tidy
