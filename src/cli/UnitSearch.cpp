// Finding the units.
#include "cli/UnitSearch.h"

#include "cli/PathSelector.h"
#include "driver/DatabaseSearch.h"

#include <filesystem>
#include <optional>
#include <system_error>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

UnitList failure(std::string text) {
  UnitList list;
  list.error = std::move(text);
  return list;
}

/// A file that is named but not there; globs name what they find.
std::string missingFile(const std::vector<std::string>& paths) {
  std::error_code ignored;
  for (const std::string& path : paths)
    if (!PathSelector::hasWildcard(path) && !fs::exists(path, ignored)) return path;
  return {};
}

/// Looks above the first named path, then above the current folder.
std::optional<fs::path> searchDatabase(const std::vector<std::string>& paths) {
  std::error_code ignored;
  if (!paths.empty()) {
    const fs::path first = paths.front();
    const fs::path start = fs::is_directory(first, ignored) ? first : first.parent_path();
    if (auto found = driver::findDatabase(start.empty() ? fs::path(".") : start)) return found;
  }
  return driver::findDatabase(".");
}

} // namespace

UnitList findUnits(const UnitOptions& options) {
  if (const std::string path = missingFile(options.paths); !path.empty())
    return failure("no such file or folder: " + path);
  if (options.flags) {
    if (options.paths.empty()) return failure("no files given before --");
    return unitsWithFlags(options.paths, *options.flags);
  }
  const auto database = options.database.empty() ? searchDatabase(options.paths)
                                                 : driver::databaseAt(options.database);
  std::error_code ignored;
  if (!options.database.empty() && !fs::exists(options.database, ignored))
    return failure("-p: no such folder: " + options.database);
  if (!database) {
    const std::string where = options.database.empty() ? "here or above" : "in " + options.database;
    return failure("no compile_commands.json " + where + "; to get one:\n" +
                   driver::databaseHint());
  }
  UnitList list = unitsOfDatabase(*database, options.paths);
  if (list.error.empty() && list.units.empty() && list.withoutCommand.empty() &&
      list.headers.empty() && list.headersBelow.empty())
    list.error = database->string() + " names no files";
  return list;
}

} // namespace session_tidy::cli
