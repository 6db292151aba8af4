// Asking stat.
#include "support/FileStamp.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

namespace session_tidy {

namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

} // namespace

std::uint64_t fileStamp(const struct stat& status) {
  const std::array<std::uint64_t, 6> parts{static_cast<std::uint64_t>(nanoseconds(status.st_mtim)),
                                           static_cast<std::uint64_t>(nanoseconds(status.st_ctim)),
                                           static_cast<std::uint64_t>(status.st_size),
                                           status.st_ino,
                                           status.st_dev,
                                           status.st_mode};
  std::uint64_t stamp = 0xcbf29ce484222325;
  for (const std::uint64_t part : parts) {
    stamp = (stamp ^ part) * 0x9e3779b97f4a7c15;
    stamp ^= stamp >> 32;
  }
  return std::max<std::uint64_t>(stamp, 1);
}

std::uint64_t fileStamp(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? fileStamp(status) : 0;
}

std::int64_t changeTime(const struct stat& status) {
  return std::max(nanoseconds(status.st_mtim), nanoseconds(status.st_ctim));
}

std::int64_t changeTime(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? changeTime(status) : 0;
}

} // namespace session_tidy
