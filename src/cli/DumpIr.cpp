// `session-tidy dump-ir`: the session IR of a file as text.
#include "cli/Commands.h"
#include "cli/UnitRunner.h"
#include "cli/UnitSearch.h"
#include "driver/RuleSet.h"
#include "driver/Setup.h"
#include "ir/IrText.h"

#include <iostream>
#include <utility>

namespace session_tidy::cli {

namespace {

/// Whether the user means this function: by its whole name or the end of it.
bool isNamed(const ir::Function& function, const std::string& name) {
  return function.name == name || function.name.ends_with("::" + name);
}

void print(const ir::Unit& unit, const std::string& name) {
  if (name.empty()) {
    std::cout << ir::print(unit);
    return;
  }
  for (const ir::Function& function : unit.functions)
    if (isNamed(function, name)) std::cout << ir::print(unit, function);
}

} // namespace

int run(const DumpIrOptions& options) {
  UnitList list = findUnits(options.units);
  for (const std::string& header : list.headers)
    if (auto unit = unitOfHeader(list.database, header)) list.units.push_back(std::move(*unit));
  if (!list.error.empty() || list.units.empty()) {
    std::cerr << "session-tidy: "
              << (list.error.empty() ? "no compile command for " + options.units.paths.front()
                                     : list.error)
              << '\n';
    return exit_code::trouble;
  }
  const Unit& unit = list.units.front();
  driver::SetupCache setups;
  const auto [setup, error] = setups.find(unit.file, options.units.configFile);
  if (!error.empty()) {
    std::cerr << error << '\n';
    return exit_code::trouble;
  }
  const driver::RuleSet rules(driver::GlobList("*"), setup->config);
  const UnitOutcome outcome =
      runUnit(unit, setup->models, driver::waitsOf(rules.rules()), false,
              [&](const ir::Unit& lowered, const UnitTexts&) { print(lowered, options.function); });
  std::cerr << outcome.diagnostics;
  return outcome.status == UnitStatus::Compiled ? exit_code::clean : exit_code::notCompiled;
}

} // namespace session_tidy::cli
