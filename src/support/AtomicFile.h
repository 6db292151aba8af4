// Files that are written whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace session_tidy {

/// Writes beside `path` and renames, so that nobody ever sees half of it. What is no regular file
/// (a pipe, /dev/stdout) is written to directly. Returns what went wrong, or nothing.
std::string writeAtomically(const std::string& path, std::string_view text);

/// Why a file should not be written, as far as can be told beforehand; else nothing. One that is
/// read-only is meant to stay as it is, though it could be replaced.
std::string whyNotWritable(const std::string& path);

} // namespace session_tidy
