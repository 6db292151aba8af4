// Asking pre-commit's environment and the index.
#include "cli/PreCommit.h"

#include "cli/Git.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <system_error>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

std::string real(const fs::path& path) {
  std::error_code ignored;
  return fs::weakly_canonical(path, ignored).string();
}

std::set<std::string> stagedFiles(const std::string& folder) {
  std::set<std::string> files;
  std::string root = runGit(folder, {"rev-parse", "--show-toplevel"}).out;
  root = root.substr(0, root.find('\n'));
  const std::string names =
      runGit(folder, {"diff", "--cached", "--name-only", "--no-renames", "-z"}).out;
  for (std::size_t at = 0; at < names.size();) {
    const std::string name = names.substr(at, names.find('\0', at) - at);
    files.insert(real(fs::path(root) / name));
    at += name.size() + 1;
  }
  return files;
}

} // namespace

void resolvePreCommit(CheckOptions& options, const std::string& folder) {
  if (!options.preCommit || options.changes.any()) return;
  const char* from = std::getenv("PRE_COMMIT_FROM_REF");
  if (from != nullptr && *from != '\0') {
    options.changes.since = from;
    return;
  }
  const std::set<std::string> staged = stagedFiles(folder);
  options.changes.staged =
      !staged.empty() && std::ranges::all_of(options.units.paths, [&](const std::string& path) {
        return staged.contains(real(fs::path(folder) / path));
      });
}

std::string preCommitHint() {
  return "\nIn .pre-commit-config.yaml that is `args: [-p, DIR]` for this hook; "
         "`SKIP=session-tidy git commit` leaves it out once.";
}

} // namespace session_tidy::cli
