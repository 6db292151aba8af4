// Names of rules as users type them.
#pragma once

#include "checks/Rule.h"
#include "model/Suggest.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::cli {

inline std::vector<std::string_view> namesOf(const std::vector<std::unique_ptr<Rule>>& rules) {
  std::vector<std::string_view> names;
  names.reserve(rules.size());
  for (const auto& rule : rules) names.push_back(rule->info().name);
  return names;
}

/// " (did you mean 'session-leak'?)", or nothing.
inline std::string didYouMean(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view near = model::nearest(word, known);
  return near.empty() ? "" : " (did you mean '" + std::string(near) + "'?)";
}

} // namespace session_tidy::cli
