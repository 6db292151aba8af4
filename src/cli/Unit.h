// A translation unit to be linted: what the compile database says about it.
#pragma once

#include <string>
#include <vector>

namespace session_tidy::cli {

struct Unit {
  std::string file;                 ///< absolute, normal
  std::string folder;               ///< where the command runs
  std::vector<std::string> command; ///< compiler, flags, file
};

} // namespace session_tidy::cli
