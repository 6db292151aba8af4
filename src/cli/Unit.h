// A translation unit to be linted: what the compile database says about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace session_tidy::cli {

struct Unit {
  std::string file;                 ///< absolute, normal
  std::string folder;               ///< where the command runs
  std::vector<std::string> command; ///< compiler, flags, file
  std::vector<std::string> onlyIn;  ///< if not empty: only findings in these files are asked for
};

enum class UnitStatus : std::uint8_t {
  Compiled,
  Failed,  ///< does not compile
  Crashed, ///< session-tidy died of it
  TimedOut,
};

} // namespace session_tidy::cli
