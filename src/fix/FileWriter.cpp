// Writing aside and renaming.
#include "fix/FileWriter.h"

#include "support/SourceText.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace session_tidy::fix {

namespace {

std::string systemError(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

bool writeAll(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t count = ::write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return ::fsync(file) == 0;
}

/// Fills a new file beside `path` and puts it in its place.
std::string writeAndRename(const std::string& path, mode_t mode, const std::string& text) {
  std::string aside = path + ".session-tidy-XXXXXX";
  const int file = ::mkstemp(aside.data());
  if (file < 0) return systemError("cannot write beside " + path);
  std::string error;
  if (!writeAll(file, text) || ::fchmod(file, mode) != 0)
    error = systemError("cannot write " + aside);
  if (::close(file) != 0 && error.empty()) error = systemError("cannot write " + aside);
  if (error.empty() && ::rename(aside.c_str(), path.c_str()) != 0)
    error = systemError("cannot replace " + path);
  if (!error.empty()) ::unlink(aside.c_str());
  return error;
}

} // namespace

std::string replaceFile(const std::string& path, std::uint64_t expected, const std::string& text) {
  std::error_code error;
  const std::string real = std::filesystem::canonical(path, error).string();
  if (error) return "cannot find " + path + ": " + error.message();
  struct stat status{};
  if (::stat(real.c_str(), &status) != 0) return systemError("cannot look at " + path);
  // The mode counts, not only what this user may do: a rename would go past a file's write
  // protection.
  if ((status.st_mode & S_IWUSR) == 0 || ::access(real.c_str(), W_OK) != 0)
    return path + " is read-only; nothing is written to it";
  const auto now = readFile(real);
  if (!now || fingerprint(*now) != expected)
    return path + " has changed since it was read; run again";
  return writeAndRename(real, status.st_mode & 07777, text);
}

} // namespace session_tidy::fix
