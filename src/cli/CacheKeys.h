// What the result of a unit hangs on besides files: this program, the command, the settings.
#pragma once

#include "cli/Options.h"
#include "cli/ResultCache.h"
#include "cli/Unit.h"
#include "driver/IncludeGraph.h"
#include "driver/Setup.h"

#include <string>

namespace session_tidy::cli {

/// Everything as one text, for ResultCache::keyOf.
std::string cacheText(const Unit& unit, const driver::Setup& setup, const CheckOptions& options,
                      bool color, FileAnswers& answers);

/// The same for whether a session can occur in the unit.
std::string reachText(const Unit& unit, const driver::Setup& setup,
                      const driver::SearchPaths& folders, FileAnswers& answers);

/// Which build of session-tidy and of Clang this is.
const std::string& toolText();

} // namespace session_tidy::cli
