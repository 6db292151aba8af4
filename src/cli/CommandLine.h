// Reads the command line.
#pragma once

#include "cli/Options.h"

#include <string>
#include <variant>
#include <vector>

namespace session_tidy::cli {

/// A command to run; or, when all is said already (--help, a mistake), the exit code.
std::variant<Command, int> readCommandLine(std::vector<std::string> arguments);

} // namespace session_tidy::cli
