// Walking from file to file.
#include "driver/IncludeGraph.h"

#include "support/FileStamp.h"
#include "support/SourceText.h"

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace session_tidy::driver {

namespace fs = std::filesystem;

/// One walk from a main file over all that can be reached.
class IncludeGraph::Walk {
public:
  Walk(IncludeGraph& graph, const SearchPaths& paths,
       const std::function<bool(const Reach&)>& enough)
      : graph_(graph), paths_(paths), enough_(enough), view_(graph.views_[paths]),
        defines_(readIncludeText(paths.defines, graph.vocabulary_)) {
    result_.opaque = paths.opaque;
  }

  Reach run(const std::string& mainFile) {
    const std::string folder = fs::path(mainFile).parent_path().string();
    if (File* file = graph_.find(mainFile)) {
      visit({.file = file, .system = false});
    } else {
      result_.missing = true;
      searched_.insert(graph_.folderOf(mainFile));
    }
    for (const std::string& forced : paths_.forced) // one spelling is there and the other not
      include({.name = forced, .quoted = true}, folder, false);
    drain();
    // What macros name can name further macros' files, so until nothing is new.
    while (!done_ && followMacros()) drain();
    for (const File* file : seen_) {
      result_.files.push_back(&file->seen);
      result_.bytes += file->bytes;
    }
    searched_.insert(view_.searched.begin(), view_.searched.end());
    result_.searched.assign(searched_.begin(), searched_.end());
    return std::move(result_);
  }

private:
  enum class Sight : std::uint8_t { Not, AsSystem, AsUser };

  Sight& sightOf(const File& file) {
    if (file.index >= sights_.size()) sights_.resize(graph_.files_.size(), Sight::Not);
    return sights_[file.index];
  }

  void visit(Target target) {
    Sight& sight = sightOf(*target.file);
    const Sight now = target.system ? Sight::AsSystem : Sight::AsUser;
    if (sight >= now) return;
    if (sight == Sight::Not) seen_.push_back(target.file);
    sight = now;
    (target.system ? todoOfSystem_ : todo_).push_back(target);
  }

  /// What the user wrote tells soonest whether there is anything to find.
  std::optional<Target> next() {
    std::vector<Target>& todo = todo_.empty() ? todoOfSystem_ : todo_;
    if (todo.empty()) return std::nullopt;
    const Target target = todo.back();
    todo.pop_back();
    return target;
  }

  void drain() {
    while (const auto found = next()) {
      const Target at = *found;
      const IncludeText& text = graph_.scan(*at.file);
      if (read(text, at.system) && enough_ && enough_(result_)) {
        done_ = true;
        return;
      }
      follow(graph_.edgesOf(*at.file, paths_, view_), at.system);
      for (const std::string& macro : text.includedMacros) macroUses_.insert({macro, at.file});
    }
  }

  /// True if that tells anything new.
  bool read(const IncludeText& text, bool system) {
    bool isNew = result_.all.add(text.words);
    if (system) return isNew;
    isNew |= result_.users.add(text.words);
    const bool clear = !result_.opaque;
    result_.opaque |= text.opaque || text.pastes;
    return isNew || (clear && result_.opaque);
  }

  void follow(const Edges& edges, bool system) {
    for (File* file : edges.beside) visit({.file = file, .system = system});
    for (const Target& target : edges.further) visit(target);
    searched_.insert(edges.notBeside.begin(), edges.notBeside.end());
    result_.missing |= edges.missing && !system;
  }

  bool include(const IncludeText::Include& include, const std::string& folder, bool system) {
    Edges edges;
    const bool found = graph_.resolve(include, folder, paths_, view_, edges);
    follow(edges, system);
    return found;
  }

  /// Follows `#include MACRO`; true if something new was done.
  bool followMacros() {
    const std::size_t before = seen_.size() + followed_.size();
    const auto uses = macroUses_;
    for (const auto& [name, file] : uses) follow(name, file, 0);
    return seen_.size() + followed_.size() != before;
  }

  void follow(const std::string& name, File* file, unsigned depth) {
    constexpr unsigned deepest = 20;
    if (depth > deepest) {
      result_.opaque |= sightOf(*file) == Sight::AsUser;
      return;
    }
    for (const IncludeText::PathMacro& macro : defines_.macros)
      if (macro.name == name) follow(macro, file, depth);
    const auto known = graph_.macros_.find(name);
    if (known == graph_.macros_.end()) return;
    for (const MacroPlace& place : known->second)
      if (sightOf(*place.file) != Sight::Not) follow(*place.macro, file, depth);
  }

  void follow(const IncludeText::PathMacro& macro, File* file, unsigned depth) {
    if (!followed_.insert({&macro, file}).second) return;
    const bool asUser = sightOf(*file) == Sight::AsUser;
    if (macro.opaque)
      result_.opaque |= asUser; // a system header's leads into its own library
    else if (!macro.path.name.empty())
      result_.missing |= !include(macro.path, file->folder, !asUser) && asUser;
    else
      follow(macro.other, file, depth + 1);
  }

  IncludeGraph& graph_;
  const SearchPaths& paths_;
  const std::function<bool(const Reach&)>& enough_;
  View& view_;
  IncludeText defines_;
  Reach result_;
  std::vector<Sight> sights_; ///< by the files' indices
  std::vector<const File*> seen_;
  std::set<const std::string*> searched_;
  std::vector<Target> todo_;
  std::vector<Target> todoOfSystem_;
  bool done_ = false; ///< enough is known
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

IncludeGraph::File* IncludeGraph::find(const std::string& asked) {
  const std::string path = resolved(asked);
  const auto [place, isNew] = byPath_.try_emplace(path, nullptr);
  struct stat status{};
  if (isNew && ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
    files_.push_back(
        {.seen = {.path = path, .stamp = fileStamp(status), .changed = changeTime(status)},
         .folder = fs::path(path).parent_path().string(),
         .index = files_.size(),
         .text = {}});
    place->second = &files_.back();
  }
  return place->second;
}

/// The folder that would have to change for the file to be there.
const std::string* IncludeGraph::folderOf(const std::string& path) {
  return &*folders_.insert(fs::path(resolved(path)).parent_path().string()).first;
}

const IncludeText& IncludeGraph::scan(File& file) {
  if (file.scanned) return file.text;
  file.scanned = true;
  if (const auto text = readFile(file.seen.path)) {
    file.text = readIncludeText(*text, vocabulary_);
    file.bytes = text->size();
  } else {
    file.text.opaque = true;
  }
  for (const IncludeText::PathMacro& macro : file.text.macros)
    macros_[macro.name].push_back({.file = &file, .macro = &macro});
  return file.text;
}

const std::vector<IncludeGraph::Target>&
IncludeGraph::lookUp(const std::string& name, const SearchPaths& paths, View& view) {
  const auto [place, isNew] = view.lookups.try_emplace(name);
  if (isNew && !name.starts_with('/'))
    for (const SearchPaths::Folder& folder : paths.folders) {
      const std::string path = folder.path + '/' + name;
      if (File* file = find(path))
        place->second.push_back({.file = file, .system = folder.system});
      else
        view.searched.insert(folderOf(path));
    }
  return place->second;
}

bool IncludeGraph::resolve(const IncludeText::Include& include, const std::string& folder,
                           const SearchPaths& paths, View& view, Edges& edges) {
  bool found = false;
  if (include.quoted || include.name.starts_with('/')) {
    const std::string path =
        include.name.starts_with('/') ? include.name : folder + '/' + include.name;
    if (File* file = find(path)) {
      edges.beside.push_back(file);
      found = true;
    } else {
      edges.notBeside.push_back(folderOf(path));
    }
  }
  const std::vector<Target>& further = lookUp(include.name, paths, view);
  edges.further.insert(edges.further.end(), further.begin(), further.end());
  return found || !further.empty();
}

const IncludeGraph::Edges& IncludeGraph::edgesOf(File& file, const SearchPaths& paths, View& view) {
  if (file.index >= view.edges.size()) view.edges.resize(files_.size());
  if (!view.edges[file.index].known) {
    Edges edges;
    edges.known = true;
    for (const IncludeText::Include& include : file.text.includes)
      edges.missing |= !resolve(include, file.folder, paths, view, edges);
    view.edges[file.index] = std::move(edges);
  }
  return view.edges[file.index];
}

Reach IncludeGraph::reach(const std::string& mainFile, const SearchPaths& paths,
                          const std::function<bool(const Reach&)>& enough) {
  return Walk(*this, paths, enough).run(mainFile);
}

} // namespace session_tidy::driver
