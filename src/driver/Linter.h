// From session IR to findings: runs the engine and the rules over one unit. Every front end ends up
// here.
#pragma once

#include "analysis/Engine.h"
#include "analysis/Finding.h"
#include "checks/Rule.h"
#include "ir/Ir.h"
#include "model/Config.h"
#include "support/UnitTexts.h"

#include <cstddef>
#include <span>
#include <vector>

namespace session_tidy::driver {

/// What the engine did with a unit.
struct LintStatistics {
  std::size_t functions = 0; ///< analysed
  /// By index in the unit: those with more paths than the engine follows, in which nothing is
  /// found.
  std::vector<std::size_t> givenUp;
};

struct LintOptions {
  Confidence minConfidence = Confidence::Likely;
  analysis::EngineOptions engine;
  const model::Config* config = nullptr; ///< says which files are exempt
  const UnitTexts* texts = nullptr;      ///< what fixes are planned on; without it there are few
  LintStatistics* statistics = nullptr;  ///< filled in, if anybody wants to know
};

/// What the rules have to say about a unit: each finding once, those that the options keep, by
/// position.
std::vector<Finding> lint(const ir::Unit& unit, std::span<const Rule* const> rules,
                          const LintOptions& options = {});

/// Orders findings by position, folds those that several template instantiations (or, with a common
/// file table, several units) share into one, and drops edits that no source text stands for.
void tidyUp(std::vector<Finding>& findings);

} // namespace session_tidy::driver
