// What the result of a unit hangs on besides files: this program, the command, the settings.
#pragma once

#include "cli/Options.h"
#include "cli/ResultCache.h"
#include "cli/Unit.h"
#include "driver/Setup.h"

#include <string>

namespace session_tidy::cli {

/// Everything as one text, for ResultCache::keyOf.
std::string cacheText(const Unit& unit, const driver::Setup& setup, const CheckOptions& options,
                      bool color, FileAnswers& answers);

} // namespace session_tidy::cli
