// Which files a unit may read, found in their texts: more than it does read, never fewer.
//
// An include stands for every file of its name in every folder that is searched; what is in an
// inactive #if counts as well. So nothing has to be evaluated, the edges depend on the file alone,
// and every file is read once for all units. What this cannot see through (paths that the user's
// macros put together) is said: such a unit may read anything. Only of system headers it is taken
// for granted that such a path leads into their own library.
#pragma once

#include "driver/IncludeText.h"
#include "driver/Vocabulary.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace session_tidy::driver {

/// Where a unit's includes are looked for.
struct SearchPaths {
  struct Folder {
    std::string path; ///< absolute
    bool system = false;
    friend auto operator<=>(const Folder&, const Folder&) = default;
  };
  std::vector<Folder> folders;
  std::vector<std::string> forced; ///< -include
  std::string defines;             ///< -D, as #define lines
  bool opaque = false;             ///< modules, precompiled headers and the like

  friend auto operator<=>(const SearchPaths&, const SearchPaths&) = default;
};

/// What a unit may read.
struct Reach {
  /// A file as it was found, before its text was read.
  struct Seen {
    std::string path; ///< absolute, normal
    std::uint64_t stamp = 0;
    std::int64_t changed = 0; ///< in nanoseconds
  };
  std::vector<const Seen*> files;
  std::vector<const std::string*> searched; ///< folders where something was looked for in vain
  WordSet all;
  WordSet users;        ///< of files that are no system headers
  bool opaque = false;  ///< it may read others as well, or make words of its own
  bool missing = false; ///< an include of the user's is nowhere: it may not compile
  std::uint64_t bytes = 0;
};

class IncludeGraph {
public:
  /// The vocabulary must be whole already.
  explicit IncludeGraph(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  /// Stops looking as soon as `enough` says so, which is asked after every file: what is known by
  /// then only grows.
  Reach reach(const std::string& mainFile, const SearchPaths& paths,
              const std::function<bool(const Reach&)>& enough = {});

private:
  struct File {
    Reach::Seen seen;
    std::string folder;
    std::size_t index = 0; ///< among the graph's files
    IncludeText text;
    std::uint64_t bytes = 0;
    bool scanned = false;
  };
  struct Target {
    File* file = nullptr;
    bool system = false;
  };
  /// What a file's includes lead to.
  struct Edges {
    bool known = false;
    std::vector<File*> beside;                 ///< as much of the system as the file itself
    std::vector<Target> further;               ///< in the folders that are searched
    std::vector<const std::string*> notBeside; ///< folders of files that are not there
    bool missing = false;                      ///< an include leads nowhere
  };
  /// What is known about the files as they are seen with certain search paths.
  struct View {
    std::unordered_map<std::string, std::vector<Target>> lookups;
    std::vector<Edges> edges; ///< by the files' indices
    std::set<const std::string*> searched;
  };
  struct MacroPlace {
    const File* file = nullptr;
    const IncludeText::PathMacro* macro = nullptr;
  };
  class Walk;

  static std::string resolved(const std::string& path);
  File* find(const std::string& asked);
  const std::string* folderOf(const std::string& path);
  const IncludeText& scan(File& file);
  const std::vector<Target>& lookUp(const std::string& name, const SearchPaths& paths, View& view);
  /// True if there is such a file.
  bool resolve(const IncludeText::Include& include, const std::string& folder,
               const SearchPaths& paths, View& view, Edges& edges);
  const Edges& edgesOf(File& file, const SearchPaths& paths, View& view);

  const Vocabulary& vocabulary_;
  std::deque<File> files_;
  std::unordered_map<std::string, File*> byPath_; ///< nullptr: no such file
  std::unordered_set<std::string> folders_;
  std::unordered_map<std::string_view, std::vector<MacroPlace>> macros_; ///< of scanned files
  std::map<SearchPaths, View> views_;
};

} // namespace session_tidy::driver
