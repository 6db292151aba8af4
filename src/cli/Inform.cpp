// The commands that only tell something: explain, models.
#include "checks/Rule.h"
#include "cli/Commands.h"
#include "cli/RuleNames.h"
#include "driver/RulePages.h"
#include "model/EmbeddedModels.h"
#include "model/ModelReader.h"
#include "support/SourceText.h"

#include <algorithm>
#include <iostream>

namespace session_tidy::cli {

int run(const ExplainOptions& options) {
  const auto rules = makeAllRules();
  const auto rule = std::ranges::find_if(rules, [&](const auto& candidate) {
    const std::string name(candidate->info().name);
    return name == options.rule || name == "session-" + options.rule;
  });
  if (rule == rules.end()) {
    const std::string full =
        (options.rule.starts_with("session-") ? "" : "session-") + options.rule;
    std::cerr << "session-tidy: no rule '" << options.rule << "'"
              << didYouMean(full, namesOf(rules)) << "; see session-tidy list\n";
    return exit_code::trouble;
  }
  const RuleInfo& info = (*rule)->info();
  if (const auto page = driver::rulePage(info.name)) {
    std::cout << *page;
  } else {
    std::cout << "# " << info.name << "\n\n" << info.summary << '\n';
  }
  std::cout << "\n## Where it is meant so\n\n"
            << "- on the line: `// NOLINT(" << info.name << "): why`\n"
            << "- on the line before: `// NOLINTNEXTLINE(" << info.name << "): why`\n"
            << "- around more: `// NOLINTBEGIN(" << info.name << "): why` and `// NOLINTEND("
            << info.name << ")`\n"
            << "- for a project, in .session-tidy.json: `{\"rules\": {\"" << info.name
            << "\": false}}`\n"
            << "- for later: `session-tidy baseline update` takes down all that is there now\n";
  const std::vector<RuleOption> settings = (*rule)->options();
  if (!settings.empty()) std::cout << "\n## Options as built\n\n";
  for (const RuleOption& option : settings)
    std::cout << "- " << option.name << " (default '" << option.defaultValue
              << "'): " << option.description << '\n';
  return exit_code::clean;
}

namespace {

int listModels() {
  const auto models = model::loadEmbeddedModels();
  if (!models) {
    std::cerr << models.error().text() << '\n';
    return exit_code::trouble;
  }
  for (const model::Library& library : models->libraries()) {
    std::cout << library.name << ": ";
    if (library.kinds.empty())
      std::cout << library.helpers.size() << " helpers";
    else
      std::cout << library.kinds.size() << " kinds, " << library.functions.size() << " functions";
    std::cout << ", from " << library.basis << '\n';
    for (const model::Kind& kind : library.kinds)
      std::cout << "  " << kind.id << "  " << kind.display << '\n';
  }
  return exit_code::clean;
}

} // namespace

int run(const ModelsOptions& options) {
  if (options.checkFile.empty()) return listModels();
  const auto text = readFile(options.checkFile);
  if (!text) {
    std::cerr << "session-tidy: cannot read " << options.checkFile << '\n';
    return exit_code::trouble;
  }
  const auto models = model::loadEmbeddedModels();
  const auto library = model::readModel(*text, options.checkFile, models ? &*models : nullptr);
  if (library) return exit_code::clean;
  std::cerr << library.error().text() << '\n';
  return exit_code::trouble;
}

} // namespace session_tidy::cli
