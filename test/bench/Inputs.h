// The sources that are measured and that nobody wants to keep: heavy headers, large functions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::bench {

/// A unit to be written into the benchmark's folder.
struct Input {
  std::string name; ///< as it stands in the table
  std::string text;
  std::vector<std::string> flags; ///< for the compiler, besides -std=c++20
};

/// Units that include as much as there is of a library and use no session; those installed here.
std::vector<Input> headerInputs();

/// Functions that grow, all with sessions: branches, loops, many sessions at once.
std::vector<Input> scalingInputs();

} // namespace session_tidy::bench
