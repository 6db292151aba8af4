// Asks git.
#pragma once

#include <string>
#include <vector>

namespace session_tidy::cli {

struct GitOutput {
  int exitCode = 0;
  std::string out;
  std::string error;
};

/// Runs git in a folder, untouched by the user's settings for diffs and colours.
GitOutput runGit(const std::string& folder, std::vector<std::string> arguments);

} // namespace session_tidy::cli
