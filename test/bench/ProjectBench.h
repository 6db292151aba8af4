// A whole project: what a team waits for, from a fresh checkout to the next edit.
#pragma once

#include <filesystem>

namespace session_tidy::bench {

/// Generates a project in `folder` and prints the times of session-tidy, clang-tidy and the
/// compiler on it. What parses all units may look at every so manyth only: its time is multiplied.
void compareOnProject(const std::filesystem::path& folder, unsigned units, unsigned every);

} // namespace session_tidy::bench
