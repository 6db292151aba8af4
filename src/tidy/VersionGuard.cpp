// The version guard. Uses nothing of LLVM but one function that all versions have alike.
#include "tidy/VersionGuard.h"

#include <llvm/Config/llvm-config.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace clang {
std::string
getClangFullVersion(); // the host's; declared here so that no header of ours speaks for it
} // namespace clang

namespace session_tidy::tidy {

namespace {

/// The major version in "Debian clang version 19.1.7 (3~deb12u1)"; 0 if there is none.
int majorVersion(const std::string& text) {
  static const char word[] = "version ";
  const std::size_t at = text.find(word);
  if (at == std::string::npos) return 0;
  return static_cast<int>(std::strtol(text.c_str() + at + sizeof word - 1, nullptr, 10));
}

} // namespace

void requireMatchingHost() {
  const std::string version = clang::getClangFullVersion();
  const int host = majorVersion(version);
  if (host == LLVM_VERSION_MAJOR) return;
  std::fprintf(
      stderr,
      "session-tidy: this libsession-tidy.so was built for LLVM %d, but clang-tidy %d (%s) "
      "loaded it; load the plugin for LLVM %d (.../llvm-%d/.../libsession-tidy.so), "
      "or install and run clang-tidy-%d\n",
      LLVM_VERSION_MAJOR, host, version.c_str(), host, host, LLVM_VERSION_MAJOR);
  std::fflush(nullptr);
  std::_Exit(3); // no destructors: the host's and ours may not agree on them
}

} // namespace session_tidy::tidy
