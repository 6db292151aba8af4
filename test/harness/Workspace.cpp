// Lays out temporary folders for fixtures.
#include "harness/Workspace.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <stdexcept>

namespace session_tidy::test {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "session-tidy-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw std::runtime_error("cannot make a folder like " + pattern);
  path_ = fs::canonical(pattern);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (std::getenv("SESSION_TIDY_KEEP") == nullptr) fs::remove_all(path_, ignored);
}

std::vector<std::string> compilerFlags(const Fixture& fixture) {
  std::vector<std::string> flags = fixture.flags;
  // Headers that do not come along are found where the fixture itself lies.
  flags.push_back("-I" + fixture.path.parent_path().string());
  return flags;
}

std::string compileCommands(const fs::path& folder, const std::string& source,
                            const std::vector<std::string>& flags) {
  std::vector<std::string> arguments{fs::path(source).extension() == ".c" ? "clang" : "clang++"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.insert(arguments.end(), {"-c", source});
  const nlohmann::json entry{
      {"directory", folder.string()}, {"file", source}, {"arguments", arguments}};
  return nlohmann::json::array({entry}).dump(2) + "\n";
}

Workspace::Workspace(const Fixture& fixture, const std::vector<std::string>& moreFlags)
    : source_(fixture.path.filename()), flags_(compilerFlags(fixture)) {
  flags_.insert(flags_.end(), moreFlags.begin(), moreFlags.end());
  writeFile(source(), fixture.text);
  for (const fs::path& header : fixture.headers)
    writeFile(folder() / header.filename(), readFile(header));
  writeFile(folder() / ".clang-tidy",
            "Checks: '-*," + fixture.checks + "'\nHeaderFilterRegex: '.*'\n");
  writeFile(folder() / ".clangd", "Diagnostics:\n  UnusedIncludes: None\n  MissingIncludes: None\n"
                                  "Index:\n  StandardLibrary: No\n");
  writeFile(folder() / "compile_commands.json", compileCommands(folder(), source_, flags_));
  if (!fixture.config.empty()) writeFile(folder() / ".session-tidy.json", fixture.config);
}

} // namespace session_tidy::test
