// Whether a file or folder is still the one that was seen.
#pragma once

#include <cstdint>
#include <string>

struct stat;

namespace session_tidy {

/// What the file system knows of it without its content: another number after every change.
/// Never 0.
std::uint64_t fileStamp(const struct stat& status);

/// 0 if there is nothing.
std::uint64_t fileStamp(const std::string& path);

/// When it was changed last, in nanoseconds; 0 if there is nothing.
std::int64_t changeTime(const std::string& path);
std::int64_t changeTime(const struct stat& status);

} // namespace session_tidy
