// Choosing and configuring rules.
#include "driver/RuleSet.h"

#include "driver/Setup.h"

#include <utility>

namespace session_tidy::driver {

bool isEnabled(const model::Config& config, std::string_view rule) {
  const auto found = config.rules.find(rule);
  return found == config.rules.end() || found->second.enabled;
}

RuleSet::RuleSet(const GlobList& checks, const model::Config& config) {
  for (auto& rule : makeAllRules()) {
    const std::string_view name = rule->info().name;
    if (!checks.contains(name) || !isEnabled(config, name)) continue;
    rule->configure(settingsOf(config, name));
    active_.push_back(rule.get());
    owned_.push_back(std::move(rule));
  }
}

} // namespace session_tidy::driver
