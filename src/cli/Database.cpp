// Reading compile databases with Clang's own reader.
#include "cli/Database.h"

#include "cli/PathSelector.h"
#include "model/JsonFields.h"
#include "support/SourceText.h"

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

/// What Clang's reader does not like about a database, with the place if it can be told.
std::string complaint(const fs::path& path, const std::string& error) {
  const std::string hint = "not a compile database, or a damaged one; let the build write it anew";
  const auto text = readFile(path.string());
  if (!text) return "cannot read " + path.string();
  const auto found =
      model::readFields(*text, path.string(), hint, [](const model::JsonFields& json) {
        for (const model::JsonFields& command : json.items()) {
          static_cast<void>(command.at("directory").text());
          static_cast<void>(command.at("file").text());
          if (command.has("arguments"))
            for (const model::JsonFields& word : command.at("arguments").items())
              static_cast<void>(word.text());
          else
            static_cast<void>(command.at("command").text());
        }
      });
  return found ? found->text() : path.string() + ": " + error + " (" + hint + ")";
}

/// What was asked for and is no unit: headers, or nothing that could be linted.
void addWithoutUnit(const PathSelector& selector, UnitList& list) {
  const std::vector<std::string> headers = selector.headers();
  if (selector.isFile()) {
    (headers.empty() ? list.withoutCommand : list.headers).push_back(selector.path());
  } else if (!headers.empty()) {
    list.headersBelow.insert(list.headersBelow.end(), headers.begin(), headers.end());
  } else if (selector.isGlob()) {
    list.error = "'" + selector.text() + "' fits nothing: neither a file in " +
                 list.database.string() + " nor a header";
  } else {
    list.withoutCommand.push_back(selector.path());
  }
}

} // namespace

UnitList unitsOfDatabase(const fs::path& path, const std::vector<std::string>& paths) {
  UnitList list;
  list.database = path;
  std::string error;
  std::unique_ptr<CompilationDatabase> database =
      clang::tooling::JSONCompilationDatabase::loadFromFile(
          path.string(), error, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!database) {
    list.error = complaint(path, error);
    return list;
  }
  database = clang::tooling::inferTargetAndDriverMode(
      clang::tooling::expandResponseFiles(std::move(database), llvm::vfs::getRealFileSystem()));
  const std::vector<PathSelector> selectors(paths.begin(), paths.end());
  std::set<const PathSelector*> used;
  std::set<std::pair<std::string, std::vector<std::string>>> seen;
  for (const CompileCommand& command : database->getAllCompileCommands()) {
    Unit unit = unitOf(command);
    bool wanted = selectors.empty();
    for (const PathSelector& selector : selectors) {
      if (!selector.selects(unit.file)) continue;
      wanted = true;
      used.insert(&selector);
    }
    if (seen.emplace(unit.file, unit.command).second)
      (wanted ? list.units : list.others).push_back(std::move(unit));
  }
  for (const PathSelector& selector : selectors)
    if (!used.contains(&selector)) addWithoutUnit(selector, list);
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
