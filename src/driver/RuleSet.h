// The rules that are in force, configured.
#pragma once

#include "checks/Rule.h"
#include "driver/Globs.h"
#include "model/Config.h"

#include <memory>
#include <vector>

namespace session_tidy::driver {

class RuleSet {
public:
  /// Those whose names fit `checks` and which the configuration does not switch off.
  RuleSet(const GlobList& checks, const model::Config& config);

  [[nodiscard]] const std::vector<const Rule*>& rules() const { return active_; }

private:
  std::vector<std::unique_ptr<Rule>> owned_;
  std::vector<const Rule*> active_;
};

/// Whether the configuration leaves a rule switched on.
bool isEnabled(const model::Config& config, std::string_view rule);

} // namespace session_tidy::driver
