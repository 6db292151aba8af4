// Reading compile databases with Clang's own reader.
#include "cli/Database.h"

#include "model/Config.h"

#include <clang/Tooling/ArgumentsAdjusters.h>
#include <clang/Tooling/CompilationDatabase.h>
#include <clang/Tooling/JSONCompilationDatabase.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;
using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;

std::string normal(const fs::path& path) {
  std::error_code ignored;
  return fs::absolute(path, ignored).lexically_normal().string();
}

Unit unitOf(const CompileCommand& command) {
  using namespace clang::tooling;
  static const ArgumentsAdjuster adjust = combineAdjusters(
      combineAdjusters(getClangStripOutputAdjuster(), getClangSyntaxOnlyAdjuster()),
      combineAdjusters(getClangStripDependencyFileAdjuster(), getStripPluginsAdjuster()));
  return {.file = normal(fs::path(command.Directory) / command.Filename),
          .folder = command.Directory,
          .command = adjust(command.CommandLine, command.Filename),
          .onlyIn = {}};
}

bool isHeader(const fs::path& path) {
  static const std::set<std::string> endings{".h", ".hh", ".hpp", ".hxx", ".inc", ".ipp", ".tpp"};
  return endings.contains(path.extension().string());
}

/// What a user may name: a file, a folder or a glob.
class PathSelector {
public:
  explicit PathSelector(const std::string& text)
      : path_(normal(text)), glob_(text.find_first_of("*?") != std::string::npos) {
    std::error_code ignored;
    folder_ = fs::is_directory(path_, ignored);
    while (folder_ && path_.size() > 1 && path_.back() == '/') path_.pop_back();
  }

  [[nodiscard]] bool isFile() const { return !glob_ && !folder_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  [[nodiscard]] bool selects(const std::string& file) const {
    if (glob_) return model::matchesGlob(file, path_);
    if (!folder_) return file == path_;
    return file.size() > path_.size() && file.starts_with(path_) &&
           (path_ == "/" || file[path_.size()] == '/');
  }

private:
  std::string path_;
  bool glob_ = false;
  bool folder_ = false;
};

} // namespace

UnitList unitsOfDatabase(const fs::path& path, const std::vector<std::string>& paths) {
  UnitList list;
  list.database = path;
  std::string error;
  std::unique_ptr<CompilationDatabase> database =
      clang::tooling::JSONCompilationDatabase::loadFromFile(
          path.string(), error, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!database) {
    list.error = path.string() + ": " + error;
    return list;
  }
  database = clang::tooling::inferTargetAndDriverMode(
      clang::tooling::expandResponseFiles(std::move(database), llvm::vfs::getRealFileSystem()));
  const std::vector<PathSelector> selectors(paths.begin(), paths.end());
  std::set<const PathSelector*> used;
  std::set<std::pair<std::string, std::vector<std::string>>> seen;
  for (const CompileCommand& command : database->getAllCompileCommands()) {
    Unit unit = unitOf(command);
    const auto selector = std::ranges::find_if(
        selectors, [&](const PathSelector& candidate) { return candidate.selects(unit.file); });
    const bool wanted = selectors.empty() || selector != selectors.end();
    if (!selectors.empty() && wanted) used.insert(&*selector);
    if (seen.emplace(unit.file, unit.command).second)
      (wanted ? list.units : list.others).push_back(std::move(unit));
  }
  for (const PathSelector& selector : selectors) {
    if (used.contains(&selector)) continue;
    const bool header = selector.isFile() && isHeader(selector.path());
    (header ? list.headers : list.withoutCommand).push_back(selector.path());
  }
  return list;
}

std::optional<Unit> unitOfHeader(const fs::path& database, const std::string& header) {
  std::string ignored;
  auto all = clang::tooling::JSONCompilationDatabase::loadFromFile(
      database.string(), ignored, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!all) return std::nullopt;
  const auto guessing = clang::tooling::inferTargetAndDriverMode(
      clang::tooling::inferMissingCompileCommands(std::move(all)));
  const auto commands = guessing->getCompileCommands(header);
  if (commands.empty()) return std::nullopt;
  return unitOf(commands.front());
}

UnitList unitsWithFlags(const std::vector<std::string>& paths,
                        const std::vector<std::string>& flags) {
  UnitList list;
  const std::string folder = fs::current_path().string();
  for (const std::string& path : paths) {
    std::vector<std::string> command{"clang++"};
    if (fs::path(path).extension() == ".c") command[0] = "clang";
    command.insert(command.end(), flags.begin(), flags.end());
    command.emplace_back("-fsyntax-only");
    command.push_back(path);
    list.units.push_back(
        {.file = normal(path), .folder = folder, .command = std::move(command), .onlyIn = {}});
  }
  return list;
}

} // namespace session_tidy::cli
