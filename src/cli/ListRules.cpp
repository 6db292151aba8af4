// The command list: the rules, one line each, or as the page docs/rules.md.
#include "checks/Rule.h"
#include "cli/Commands.h"
#include "driver/RuleSet.h"
#include "driver/Words.h"

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace session_tidy::cli {

namespace {

void printLines(const std::vector<std::unique_ptr<Rule>>& rules) {
  std::size_t width = 0;
  for (const auto& rule : rules) width = std::max(width, rule->info().name.size());
  for (const auto& rule : rules) {
    const RuleInfo& info = rule->info();
    std::cout << std::left << std::setw(static_cast<int>(width)) << info.name << "  "
              << std::setw(7) << driver::word(info.severity) << "  "
              << (info.fixes != Fixes::None ? "fix  " : "     ")
              << (info.onByDefault ? "     " : "off  ") << info.summary << '\n';
  }
}

std::string range(const Confidences& confidence) {
  std::string text(driver::word(confidence.lowest));
  if (confidence.lowest != confidence.highest)
    text += " to " + std::string(driver::word(confidence.highest));
  return text;
}

void printPage(const std::vector<std::unique_ptr<Rule>>& rules) {
  std::cout
      << "# Rules\n\n"
         "Printed by `session-tidy list --format markdown`. `session-tidy explain RULE` shows a "
         "rule's page in the terminal.\n\n"
         "- Severity: what `--fail-on` looks at.\n"
         "- Default: whether the rule is on where no configuration says otherwise.\n"
         "- Confidence: what its findings can have, depending on what the rule sees; *possible* "
         "ones are shown on request only.\n"
         "- Fix: what a finding can come with. `--fix` applies the safe ones, `--unsafe-fixes` "
         "both; see [fixes.md](fixes.md).\n\n"
         "| rule | what it finds | severity | default | confidence | fix |\n"
         "| --- | --- | --- | --- | --- | --- |\n";
  const model::Config asBuilt;
  const driver::GlobList everything("*");
  for (const auto& rule : rules) {
    const RuleInfo& info = rule->info();
    std::cout << "| [" << info.name << "](rules/" << info.name << ".md) | " << info.summary << " | "
              << driver::word(info.severity) << " | "
              << (driver::isEnabled(asBuilt, info, everything) ? "on" : "off") << " | "
              << range(info.confidence) << " | " << driver::word(info.fixes) << " |\n";
  }
}

} // namespace

int run(const ListOptions& options) {
  const auto rules = makeAllRules();
  if (options.markdown)
    printPage(rules);
  else
    printLines(rules);
  return exit_code::clean;
}

} // namespace session_tidy::cli
