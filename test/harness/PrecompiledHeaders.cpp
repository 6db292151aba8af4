// Builds precompiled headers on first use; several test processes may ask for one at the same time.
#include "harness/PrecompiledHeaders.h"

#include "harness/Builds.h"
#include "harness/Libraries.h"
#include "harness/Process.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <functional>
#include <set>
#include <stdexcept>

namespace session_tidy::test {

namespace fs = std::filesystem;

namespace {

/// Held by one process at a time.
class FileLock {
public:
  explicit FileLock(const fs::path& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    ::flock(file_, LOCK_EX);
  }
  ~FileLock() { ::close(file_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

private:
  int file_;
};

// Whatever the order in which fixtures name them, one precompiled header serves all.
std::set<std::string> librariesOf(const Fixture& fixture) {
  return {fixture.libraries.begin(), fixture.libraries.end()};
}

std::string headerText(const Fixture& fixture) {
  std::string text;
  // What nearly every fixture or library includes.
  for (const char* header : {"exception", "functional", "memory", "optional", "stdexcept", "string",
                             "string_view", "utility", "vector"})
    text += "#include <" + std::string(header) + ">\n";
  for (const std::string& library : librariesOf(fixture))
    for (const std::string& header : libraryHeaders(library)) text += "#include <" + header + ">\n";
  return text;
}

// The fixture's own flags, then those of its libraries, in the order of headerText.
std::vector<std::string> flagsOf(const Fixture& fixture) {
  std::vector<std::string> flags = fixture.ownFlags;
  for (const std::string& library : librariesOf(fixture))
    for (const std::string& flag : libraryFlags(library)) flags.push_back(flag);
  return flags;
}

// A new package of the compiler or the library must not meet an old precompiled header.
std::string stamp(const fs::path& compiler, const Fixture& fixture) {
  std::string text = compiler.string();
  const auto add = [&](const fs::path& file) {
    std::error_code ignored;
    const auto time = fs::last_write_time(fs::canonical(file, ignored), ignored);
    text += " " + std::to_string(time.time_since_epoch().count());
  };
  add(compiler);
  for (const std::string& library : librariesOf(fixture)) add(mainHeader(library));
  for (const std::string& flag : flagsOf(fixture)) text += " " + flag;
  return text;
}

void build(const fs::path& compiler, const Fixture& fixture, const std::string& header,
           const fs::path& result) {
  const fs::path source = fs::path(result).replace_extension(".h");
  const fs::path unfinished = fs::path(result).replace_extension(".new");
  writeFile(source, header);
  Command command{.arguments = {compiler, "-x", "c++-header"}, .directory = {}, .environment = {}};
  const std::vector<std::string> flags = flagsOf(fixture);
  command.arguments.insert(command.arguments.end(), flags.begin(), flags.end());
  command.arguments.insert(command.arguments.end(), {source, "-o", unfinished});
  const Output output = runProcess(command);
  if (output.exitCode != 0)
    throw std::runtime_error("cannot precompile the headers of " + fixture.name + ":\n" +
                             describe(command) + "\n" + output.err);
  fs::rename(unfinished, result);
}

} // namespace

std::vector<std::string> precompiledFlags(const Fixture& fixture, int llvm) {
  const std::string header = headerText(fixture);
  const fs::path compiler = findTool("clang++", llvm);
  if (compiler.empty() || fixture.path.extension() != ".cpp") return {};
  const std::size_t key = std::hash<std::string>()(stamp(compiler, fixture) + header);
  const fs::path folder = fs::path(SESSION_TIDY_TEST_CACHE);
  const fs::path result = folder / (std::to_string(llvm) + "-" + std::to_string(key) + ".pch");
  fs::create_directories(folder);
  const FileLock lock(fs::path(result).replace_extension(".lock"));
  if (!fs::exists(result)) build(compiler, fixture, header, result);
  return {"-include-pch", result};
}

} // namespace session_tidy::test
