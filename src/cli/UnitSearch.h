// From options to units: finds the database or takes the flags, and says what is missing.
#pragma once

#include "cli/Database.h"
#include "cli/Options.h"

namespace session_tidy::cli {

/// The units that the options ask for. On an error, which includes that there are none, `error`
/// says why.
UnitList findUnits(const UnitOptions& options);

} // namespace session_tidy::cli
