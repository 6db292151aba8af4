// The rules' documentation, docs/rules/*.md, built into the programs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::driver {

struct RulePage {
  std::string_view path; ///< "docs/rules/session-leak.md"
  std::string_view text;
};

/// Generated at build time.
std::vector<RulePage> embeddedRulePages();

/// The page of a rule, if it has one.
std::optional<std::string_view> rulePage(std::string_view rule);

} // namespace session_tidy::driver
