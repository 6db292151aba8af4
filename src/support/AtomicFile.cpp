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

mode_t usualMode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

} // namespace

std::string writeAtomically(const std::string& path, std::string_view text) {
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return "cannot write " + path + ": it is a folder";
  if (exists && !S_ISREG(status.st_mode)) return writeDirectly(path, text);
  std::string target = path;
  if (char* real = exists ? ::realpath(path.c_str(), nullptr) : nullptr) { // a link stays one
    target = real;
    std::free(real);
  }
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
