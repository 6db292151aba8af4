// Paths as readers and machines want them.
#pragma once

#include <string>
#include <string_view>

namespace session_tidy::report {

/// Relative to `folder` if it lies in there, as it is otherwise. Both absolute and normal.
std::string relativePath(std::string_view path, std::string_view folder);

/// A relative path as a URI reference, an absolute one as a file URI.
std::string pathToUri(std::string_view path);

} // namespace session_tidy::report
