// Writing aside and renaming, with plain POSIX calls.
#include "support/AtomicFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace session_tidy {

namespace {

std::string systemError(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

bool writeAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string writeDirectly(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return systemError("cannot write " + path);
  std::string error;
  if (!writeAll(file, text)) error = systemError("cannot write " + path);
  ::close(file);
  return error;
}

std::string realPath(const std::string& path) {
  char* real = ::realpath(path.c_str(), nullptr);
  std::string result = real != nullptr ? real : path;
  std::free(real);
  return result;
}

mode_t usualMode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

} // namespace

std::string whyNotWritable(const std::string& path) {
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return "cannot write " + path + ": it is a folder";
  if (exists && ::access(path.c_str(), W_OK) != 0) return systemError("cannot write " + path);
  if (exists && !S_ISREG(status.st_mode)) return {};
  const std::string target = exists ? realPath(path) : path;
  const std::size_t slash = target.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : target.substr(0, slash + 1);
  if (::stat(folder.c_str(), &status) != 0)
    return "cannot write " + path + ": there is no folder " + folder;
  return ::access(folder.c_str(), W_OK) == 0 ? "" : systemError("cannot write " + path);
}

std::string writeAtomically(const std::string& path, std::string_view text) {
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return "cannot write " + path + ": it is a folder";
  if (exists && !S_ISREG(status.st_mode)) return writeDirectly(path, text);
  const std::string target = exists ? realPath(path) : path; // a link stays one
  std::string aside = target + ".XXXXXX";
  const int file = ::mkostemp(aside.data(), O_CLOEXEC);
  if (file < 0) return systemError("cannot write " + path);
  std::string error;
  const mode_t mode = exists ? status.st_mode & 07777 : usualMode();
  if (!writeAll(file, text) || ::fchmod(file, mode) != 0)
    error = systemError("cannot write " + path);
  if (::close(file) != 0 && error.empty()) error = systemError("cannot write " + path);
  if (error.empty() && ::rename(aside.c_str(), target.c_str()) != 0)
    error = systemError("cannot write " + path);
  if (!error.empty()) ::unlink(aside.c_str());
  return error;
}

} // namespace session_tidy
