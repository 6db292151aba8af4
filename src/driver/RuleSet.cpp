// Choosing and configuring rules.
#include "driver/RuleSet.h"

#include "driver/Setup.h"

#include <utility>

namespace session_tidy::driver {

bool isEnabled(const model::Config& config, const RuleInfo& rule, const GlobList& checks) {
  const auto found = config.rules.find(rule.name);
  if (found != config.rules.end()) return found->second.enabled;
  return rule.onByDefault || checks.names(rule.name);
}

model::Waits waitsOf(std::span<const Rule* const> rules) {
  model::Waits all;
  for (const Rule* rule : rules) {
    const model::Waits* own = rule->waits();
    if (own == nullptr) continue;
    all.suspensions = all.suspensions || own->suspensions;
    all.functions.insert(all.functions.end(), own->functions.begin(), own->functions.end());
    all.safeAwaitables.insert(all.safeAwaitables.end(), own->safeAwaitables.begin(),
                              own->safeAwaitables.end());
  }
  return all;
}

RuleSet::RuleSet(const GlobList& checks, const model::Config& config) {
  for (auto& rule : makeAllRules()) {
    const RuleInfo& info = rule->info();
    if (!checks.contains(info.name) || !isEnabled(config, info, checks)) continue;
    rule->configure(settingsOf(config, info.name));
    active_.push_back(rule.get());
    owned_.push_back(std::move(rule));
  }
}

} // namespace session_tidy::driver
