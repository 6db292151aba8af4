// Follows includes by their text; -I and its like come from the compile commands.
#include "cli/ProjectSurvey.h"

#include "driver/CodeSkim.h"
#include "support/SourceText.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <system_error>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

/// The folders that a unit's command searches for includes.
std::vector<fs::path> includeFolders(const Unit& unit) {
  std::vector<fs::path> folders;
  for (std::size_t i = 0; i < unit.command.size(); ++i) {
    const std::string_view word = unit.command[i];
    for (const std::string_view flag : {"-I", "-iquote", "-isystem"}) {
      if (!word.starts_with(flag)) continue;
      std::string_view folder = word.substr(flag.size());
      if (folder.empty() && i + 1 < unit.command.size()) folder = unit.command[i + 1];
      if (!folder.empty()) folders.push_back(fs::path(unit.folder) / folder);
    }
  }
  return folders;
}

class Surveyor {
public:
  Surveyor(const fs::path& root, const model::ModelSet& models)
      : root_(fs::absolute(root).lexically_normal()), models_(models) {}

  ProjectSurvey run(const std::vector<Unit>& units) {
    for (const Unit& unit : units) {
      ++result_.units;
      folders_ = includeFolders(unit);
      visit(fs::path(unit.file).lexically_normal());
    }
    result_.files = static_cast<unsigned>(seen_.size());
    for (auto& [name, used] : libraries_) result_.libraries.push_back(std::move(used));
    std::ranges::sort(result_.libraries, [](const UsedLibrary& a, const UsedLibrary& b) {
      return a.files != b.files ? a.files > b.files : a.name < b.name;
    });
    dropDerived();
    return std::move(result_);
  }

private:
  [[nodiscard]] std::string relative(const fs::path& file) const {
    return file.lexically_relative(root_).string();
  }

  [[nodiscard]] bool isOurs(const fs::path& file) const {
    const std::string path = relative(file);
    return !path.empty() && !path.starts_with("..");
  }

  void visit(const fs::path& file) {
    if (!isOurs(file) || !seen_.insert(file.string()).second) return;
    const auto text = readFile(file.string());
    if (!text) return;
    const driver::SkimmedCode code = driver::skim(*text);
    std::set<std::string> here;
    for (const driver::SkimmedInclude& include : code.includes) {
      if (const auto next = resolve(file, include)) {
        visit(*next);
        continue;
      }
      for (const model::Library& library : models_.libraries())
        if (model::mentionsHeader(library, include.path)) note(library.name, file, include, here);
    }
    for (const driver::SkimmedClass& skimmed : code.classes) {
      if (models_.kindOfType(skimmed.name) != nullptr || !classes_.insert(skimmed.name).second)
        continue;
      if (auto kind = driver::likelyKind(skimmed)) {
        result_.classes.push_back(
            {.kind = std::move(*kind), .file = relative(file), .line = skimmed.line});
        bases_.push_back(skimmed.bases);
      }
    }
  }

  [[nodiscard]] std::optional<fs::path> resolve(const fs::path& from,
                                                const driver::SkimmedInclude& include) const {
    std::error_code ignored;
    std::vector<fs::path> candidates;
    if (include.quoted) candidates.push_back(from.parent_path() / include.path);
    for (const fs::path& folder : folders_) candidates.push_back(folder / include.path);
    for (const fs::path& candidate : candidates)
      if (const fs::path normal = candidate.lexically_normal();
          isOurs(normal) && fs::is_regular_file(normal, ignored))
        return normal;
    return std::nullopt;
  }

  void note(const std::string& library, const fs::path& file, const driver::SkimmedInclude& include,
            std::set<std::string>& here) {
    if (!here.insert(library).second) return;
    UsedLibrary& used = libraries_[library];
    if (used.files++ != 0) return;
    used.name = library;
    used.firstFile = relative(file);
    used.firstLine = include.line;
  }

  /// What derives from a session, of a library or of the project, is one without being told.
  void dropDerived() {
    std::vector<LikelyClass> kept;
    for (std::size_t i = 0; i < result_.classes.size(); ++i)
      if (!std::ranges::any_of(bases_[i], [&](const std::string& base) { return isKnown(base); }))
        kept.push_back(result_.classes[i]); // not moved: bases are looked for among them
    result_.classes = std::move(kept);
  }

  [[nodiscard]] bool isKnown(const std::string& base) const {
    const auto names = [&](const std::string& type) {
      return type == base || type.ends_with("::" + base);
    };
    const auto likely = [&](const LikelyClass& one) { return names(one.kind.type); };
    return std::ranges::any_of(result_.classes, likely) ||
           std::ranges::any_of(models_.libraries(), [&](const model::Library& library) {
             return libraries_.contains(library.name) &&
                    std::ranges::any_of(library.kinds, [&](const model::Kind& kind) {
                      return std::ranges::any_of(kind.types, names);
                    });
           });
  }

  fs::path root_;
  const model::ModelSet& models_;
  ProjectSurvey result_;
  std::vector<fs::path> folders_; ///< of the unit at hand
  std::set<std::string> seen_;
  std::set<std::string> classes_;
  std::vector<std::vector<std::string>> bases_; ///< of each class in the result
  std::map<std::string, UsedLibrary> libraries_;
};

} // namespace

ProjectSurvey survey(const std::vector<Unit>& units, const fs::path& root,
                     const model::ModelSet& models) {
  return Surveyor(root, models).run(units);
}

} // namespace session_tidy::cli
