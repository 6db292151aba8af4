// From a unit to its findings.
#include "cli/UnitLinter.h"

#include "cli/UnitRunner.h"
#include "driver/Linter.h"
#include "driver/RuleSet.h"
#include "driver/SessionUses.h"

#include <utility>

namespace session_tidy::cli {

namespace {

Confidence minConfidence(const CheckOptions& options, const model::Config& config) {
  if (options.minConfidence) return *options.minConfidence;
  if (config.minConfidence == "possible") return Confidence::Possible;
  return config.minConfidence == "certain" ? Confidence::Certain : Confidence::Likely;
}

} // namespace

std::string UnitLinter::prepare(const Unit& unit) {
  return setups_.find(unit.file, options_.units.configFile).error;
}

UnitLinter::Linted UnitLinter::lint(const Unit& unit) {
  UnitResult result;
  const auto [found, error] = setups_.find(unit.file, options_.units.configFile);
  const auto& setup = found; // lambdas capture no structured bindings in older Clangs
  if (!error.empty()) {
    result.configError = error;
    return {.result = std::move(result), .record = {}};
  }
  const driver::RuleSet rules(checks_, setup->config);
  driver::LintOptions lintOptions;
  lintOptions.config = &setup->config;
  lintOptions.minConfidence = minConfidence(options_, setup->config);
  driver::LintStatistics statistics;
  lintOptions.statistics = &statistics;
  const auto use = [&](const ir::Unit& ir, const UnitTexts& texts) {
    lintOptions.texts = &texts;
    result.findings = driver::lint(ir, rules.rules(), lintOptions);
    result.functions = static_cast<std::uint32_t>(statistics.functions);
    for (const std::size_t index : statistics.givenUp)
      if (const ir::Function& function = ir.functions[index]; function.range.isValid())
        result.givenUp.push_back({.range = function.range, .function = function.name});
    result.uses = driver::sessionUses(ir);
    for (driver::SessionUse& one : result.uses)
      if (setup->config.isExempt(ir.files[one.range.file])) one.features |= driver::Exempt;
    result.files = ir.files;
  };
  UnitOutcome outcome = runUnit(unit, setup->models, driver::waitsOf(rules.rules()), color_, use);
  result.status = outcome.status;
  result.diagnostics = std::move(outcome.diagnostics);
  result.fingerprints = std::move(outcome.fingerprints);
  return {.result = std::move(result), .record = std::move(outcome.record)};
}

} // namespace session_tidy::cli
