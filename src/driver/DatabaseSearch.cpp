// Looking for compile_commands.json.
#include "driver/DatabaseSearch.h"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <vector>

namespace session_tidy::driver {

namespace fs = std::filesystem;

namespace {

bool isBuildFolder(std::string_view name) {
  return name.starts_with("build") || name.starts_with("cmake-build") || name == "out" ||
         name == "_build" || name == ".build";
}

void addIfThere(const fs::path& folder, std::vector<fs::path>& found) {
  std::error_code ignored;
  if (fs::is_regular_file(folder / databaseName, ignored)) found.push_back(folder / databaseName);
}

/// Databases in the build folders of `folder`.
std::vector<fs::path> inBuildFolders(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (!isBuildFolder(entry.path().filename().string()) || !entry.is_directory(ignored)) continue;
    addIfThere(entry.path(), found);
    for (const auto& inner : fs::directory_iterator(entry.path(), ignored))
      if (inner.is_directory(ignored)) addIfThere(inner.path(), found);
  }
  return found;
}

/// A folder that everybody may write to, like /tmp, is no project.
bool isShared(const fs::path& folder) {
  std::error_code ignored;
  const fs::perms permissions = fs::status(folder, ignored).permissions();
  return (permissions & fs::perms::sticky_bit) != fs::perms::none &&
         (permissions & fs::perms::others_write) != fs::perms::none;
}

} // namespace

std::optional<fs::path> databaseAt(const fs::path& named) {
  std::error_code ignored;
  if (fs::is_regular_file(named, ignored)) return named;
  if (fs::is_regular_file(named / databaseName, ignored)) return named / databaseName;
  return std::nullopt;
}

std::optional<fs::path> findDatabase(const fs::path& start) {
  std::error_code ignored;
  for (fs::path folder = fs::absolute(start, ignored).lexically_normal();;
       folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / databaseName, ignored)) return folder / databaseName;
    std::vector<fs::path> found = inBuildFolders(folder);
    std::ranges::sort(found);
    const auto newest = std::ranges::max_element(found, [&](const fs::path& a, const fs::path& b) {
      return fs::last_write_time(a, ignored) < fs::last_write_time(b, ignored);
    });
    if (newest != found.end()) return *newest;
    // Neither does a project reach beyond its repository. (In a submodule .git is a file.)
    if (!folder.has_relative_path() || fs::is_directory(folder / ".git", ignored) ||
        isShared(folder.parent_path()))
      return std::nullopt;
  }
}

std::string databaseHint() {
  return "  CMake: configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON\n"
         "  Meson: every build folder has one\n"
         "  Make:  bear -- make\n"
         "  Bazel: bazel run @hedron_compile_commands//:refresh_all\n"
         "Then name its folder with -p, or give the compiler's flags after --.";
}

} // namespace session_tidy::driver
