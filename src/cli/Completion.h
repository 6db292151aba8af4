// Scripts that complete session-tidy's command line in a shell.
#pragma once

#include <CLI/CLI.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::cli {

/// The words that an option or argument takes, where they are few.
using OptionValues = std::map<const CLI::Option*, std::vector<std::string>>;

/// None for a shell that is not known (bash, zsh and fish are).
std::optional<std::string> completionScript(std::string_view shell, const CLI::App& grammar,
                                            const OptionValues& values);

} // namespace session_tidy::cli
