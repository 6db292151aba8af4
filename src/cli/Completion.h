// Scripts that complete session-tidy's command line in a shell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::cli {

/// What can be typed: read off the grammar.
struct CompletedCommand {
  std::string name; ///< empty: session-tidy itself
  std::string description;
  std::vector<std::string> words; ///< options and subcommands
};

/// None for a shell that is not known (bash, zsh and fish are).
std::optional<std::string> completionScript(std::string_view shell,
                                            const std::vector<CompletedCommand>& commands);

} // namespace session_tidy::cli
