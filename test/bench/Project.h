// A generated project in the manner of real ones: many units, heavy headers, few that use sessions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::bench {

struct GeneratedProject {
  std::filesystem::path folder; ///< with compile_commands.json
  std::vector<std::string> units;
  std::vector<std::string> flags; ///< of all units
  unsigned withSessions = 0;
};

/// Modules of 20 units, each with a header that includes those of other modules. Every tenth unit
/// uses sessions, of the libraries that are installed; the others include what applications
/// include.
GeneratedProject generateProject(const std::filesystem::path& folder, unsigned units);

} // namespace session_tidy::bench
