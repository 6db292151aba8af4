// A folder of its own for one fixture: a copy of it with the settings files that the front ends
// read.
#pragma once

#include "harness/Fixture.h"

#include <filesystem>
#include <string>

namespace session_tidy::test {

/// A folder below the system's temporary one, removed at the end (kept when SESSION_TIDY_KEEP is
/// set).
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

/// The fixture's copy with .clang-tidy, .clangd, compile_commands.json and, if asked for,
/// .session-tidy.json.
class Workspace {
public:
  explicit Workspace(const Fixture& fixture, const std::vector<std::string>& moreFlags = {});

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path source() const { return folder() / source_; }
  [[nodiscard]] const std::vector<std::string>& flags() const { return flags_; }
  [[nodiscard]] std::string text() const { return readFile(source()); }

private:
  TemporaryFolder folder_;
  std::string source_;
  std::vector<std::string> flags_;
};

/// What the compiler is called with for this fixture, without its own name and the file's.
std::vector<std::string> compilerFlags(const Fixture& fixture);

/// A compilation database with one entry.
std::string compileCommands(const std::filesystem::path& folder, const std::string& source,
                            const std::vector<std::string>& flags);

} // namespace session_tidy::test
