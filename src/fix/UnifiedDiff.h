// What changed between two texts, as `patch` and `git apply` read it.
#pragma once

#include <string>

namespace session_tidy::fix {

/// Empty when the texts are equal. `path` gets the usual a/ and b/ in front, unless it is absolute.
std::string unifiedDiff(const std::string& path, const std::string& before,
                        const std::string& after);

} // namespace session_tidy::fix
