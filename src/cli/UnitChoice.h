// Which of the units are linted: those that were asked for, for headers those that include them,
// for changes those that read a changed file; and none in which no session can occur.
#pragma once

#include "cli/Changes.h"
#include "cli/Database.h"
#include "cli/Options.h"
#include "cli/UnitLinter.h"
#include "driver/ReachMemory.h"

#include <cstddef>
#include <string>
#include <vector>

namespace session_tidy::cli {

struct UnitChoice {
  std::vector<Unit> units;
  std::size_t withoutSessions = 0;         ///< asked for, but there is nothing to look for
  std::vector<std::string> withoutCommand; ///< files that no unit is for
};

/// `memory`: what earlier runs found out; nullptr for none.
UnitChoice chooseUnits(UnitList list, const CheckOptions& options, const Changes& changes,
                       UnitLinter& linter, driver::ReachMemory* memory);

} // namespace session_tidy::cli
