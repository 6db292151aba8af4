// Looking up a rule's page.
#include "driver/RulePages.h"

namespace session_tidy::driver {

std::optional<std::string_view> rulePage(std::string_view rule) {
  const std::string path = "docs/rules/" + std::string(rule) + ".md";
  for (const RulePage& page : embeddedRulePages())
    if (page.path == path) return page.text;
  return std::nullopt;
}

} // namespace session_tidy::driver
