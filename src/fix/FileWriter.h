// Puts a new text in the place of a file, all of it or nothing.
#pragma once

#include <cstdint>
#include <string>

namespace session_tidy::fix {

/// Writes beside the file and renames. The file keeps its permissions; a link keeps pointing to it.
/// `expected` is the fingerprint of what the edits were made for: a file that is another by now is
/// left alone, and so is one that may not be written. Returns what went wrong, or nothing.
std::string replaceFile(const std::string& path, std::uint64_t expected, const std::string& text);

} // namespace session_tidy::fix
