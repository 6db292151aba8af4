// The rules that are in force, configured.
#pragma once

#include "checks/Rule.h"
#include "driver/Globs.h"
#include "model/Config.h"
#include "model/Waits.h"

#include <memory>
#include <span>
#include <vector>

namespace session_tidy::driver {

class RuleSet {
public:
  /// Those whose names fit `checks` and which are enabled.
  RuleSet(const GlobList& checks, const model::Config& config);

  [[nodiscard]] const std::vector<const Rule*>& rules() const { return active_; }

private:
  std::vector<std::unique_ptr<Rule>> owned_;
  std::vector<const Rule*> active_;
};

/// Whether a rule that `checks` contains is on: as the configuration says; if it says nothing, a
/// rule that is off by default is on only where `checks` has its whole name.
bool isEnabled(const model::Config& config, const RuleInfo& rule, const GlobList& checks);

/// What the lowering has to mark for these rules.
model::Waits waitsOf(std::span<const Rule* const> rules);

} // namespace session_tidy::driver
