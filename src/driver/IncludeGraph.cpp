// Walking from file to file.
#include "driver/IncludeGraph.h"

#include "support/SourceText.h"

#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace session_tidy::driver {

namespace fs = std::filesystem;

/// One walk from a main file over all that can be reached.
class IncludeGraph::Walk {
public:
  Walk(IncludeGraph& graph, const SearchPaths& paths)
      : graph_(graph), paths_(paths), known_(graph.lookups_[paths]),
        defines_(readIncludeText(paths.defines, graph.vocabulary_)) {
    result_.opaque = paths.opaque;
  }

  Reach run(const std::string& mainFile) {
    const std::string folder = fs::path(mainFile).parent_path().string();
    if (File* file = graph_.find(mainFile))
      visit({.file = file, .system = false});
    else
      result_.missing = true;
    const bool missing = result_.missing;
    for (const std::string& forced : paths_.forced)
      include({.name = forced, .quoted = true}, {.file = nullptr, .system = false}, folder);
    result_.missing = missing; // of those, one spelling is there and the other not
    drain();
    // What macros name can name further macros' files, so until nothing is new.
    while (followMacros()) drain();
    for (const auto& [file, asUser] : seen_) {
      result_.files.push_back(&file->path);
      result_.bytes += file->bytes;
      result_.all.add(file->text.words);
      if (asUser) result_.users.add(file->text.words);
      result_.opaque |= asUser && (file->text.opaque || file->text.pastes);
    }
    return std::move(result_);
  }

private:
  void visit(Target target) {
    const auto [place, isNew] = seen_.try_emplace(target.file, !target.system);
    if (!isNew && (place->second || target.system)) return;
    place->second = !target.system;
    todo_.push_back(target);
  }

  void drain() {
    while (!todo_.empty()) {
      const Target at = todo_.back();
      todo_.pop_back();
      const IncludeText& text = graph_.scan(*at.file);
      for (const IncludeText::Include& next : text.includes) include(next, at, at.file->folder);
      for (const std::string& macro : text.includedMacros) macroUses_.insert({macro, at.file});
    }
  }

  void include(const IncludeText::Include& include, Target from, const std::string& folder) {
    bool found = false;
    if (include.quoted || include.name.starts_with('/'))
      if (File* file = graph_.find(fs::path(folder) / include.name)) {
        visit({.file = file, .system = from.system});
        found = true;
      }
    for (const Target& target : graph_.lookUp(include.name, paths_, known_)) {
      visit(target);
      found = true;
    }
    result_.missing |= !found && !from.system;
  }

  /// The macros of all files, gathered only where somebody includes one.
  void gatherMacros() {
    macros_.clear();
    const auto add = [&](const IncludeText& text) {
      for (const IncludeText::PathMacro& macro : text.macros) macros_.emplace(macro.name, &macro);
    };
    add(defines_);
    for (const auto& [file, asUser] : seen_) add(file->text);
  }

  /// Follows `#include MACRO`; true if something new was done.
  bool followMacros() {
    if (macroUses_.empty()) return false;
    gatherMacros();
    const std::size_t before = seen_.size() + followed_.size();
    const auto uses = macroUses_;
    for (const auto& [name, file] : uses) follow(name, file, 0);
    return seen_.size() + followed_.size() != before;
  }

  void follow(const std::string& name, File* file, unsigned depth) {
    constexpr unsigned deepest = 20;
    if (depth > deepest) {
      result_.opaque |= seen_[file];
      return;
    }
    const auto [first, last] = macros_.equal_range(name);
    for (auto at = first; at != last; ++at) {
      const IncludeText::PathMacro& macro = *at->second;
      if (!followed_.insert({&macro, file}).second) continue;
      if (macro.opaque)
        result_.opaque |= seen_[file]; // a system header's leads into its own library
      else if (!macro.path.name.empty())
        include(macro.path, {.file = file, .system = !seen_[file]}, file->folder);
      else
        follow(macro.other, file, depth + 1);
    }
  }

  IncludeGraph& graph_;
  const SearchPaths& paths_;
  Lookups& known_;
  IncludeText defines_;
  Reach result_;
  std::unordered_map<File*, bool> seen_; ///< and whether not only as a system header
  std::vector<Target> todo_;
  std::unordered_multimap<std::string, const IncludeText::PathMacro*> macros_;
  std::set<std::pair<std::string, File*>> macroUses_;
  std::set<std::pair<const IncludeText::PathMacro*, File*>> followed_;
};

// `..` after a link to a folder leads elsewhere than the text says.
std::string IncludeGraph::resolved(const std::string& path) {
  if (path.find("/..") == std::string::npos) return path;
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return error ? path : real.string();
}

IncludeGraph::File* IncludeGraph::find(const fs::path& asked) {
  const std::string path = resolved(asked.string());
  const auto [place, isNew] = byPath_.try_emplace(path, nullptr);
  std::error_code ignored;
  if (isNew && fs::is_regular_file(path, ignored)) {
    files_.push_back({.path = path, .folder = fs::path(path).parent_path().string(), .text = {}});
    place->second = &files_.back();
  }
  return place->second;
}

const IncludeText& IncludeGraph::scan(File& file) {
  if (!file.scanned) {
    file.scanned = true;
    if (const auto text = readFile(file.path)) {
      file.text = readIncludeText(*text, vocabulary_);
      file.bytes = text->size();
    } else {
      file.text.opaque = true;
    }
  }
  return file.text;
}

const std::vector<IncludeGraph::Target>&
IncludeGraph::lookUp(const std::string& name, const SearchPaths& paths, Lookups& known) {
  const auto [place, isNew] = known.try_emplace(name);
  if (isNew && !name.starts_with('/'))
    for (const SearchPaths::Folder& folder : paths.folders)
      if (File* file = find(fs::path(folder.path) / name))
        place->second.push_back({.file = file, .system = folder.system});
  return place->second;
}

Reach IncludeGraph::reach(const std::string& mainFile, const SearchPaths& paths) {
  return Walk(*this, paths).run(mainFile);
}

} // namespace session_tidy::driver
