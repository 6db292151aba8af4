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
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
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
  std::vector<const std::string*> files; ///< absolute, normal paths
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

  Reach reach(const std::string& mainFile, const SearchPaths& paths);

private:
  struct File {
    std::string path;
    std::string folder;
    IncludeText text;
    std::uint64_t bytes = 0;
    bool scanned = false;
  };
  struct Target {
    File* file = nullptr;
    bool system = false;
  };
  using Lookups = std::unordered_map<std::string, std::vector<Target>>;
  class Walk;

  static std::string resolved(const std::string& path);
  File* find(const std::filesystem::path& asked);
  const IncludeText& scan(File& file);
  const std::vector<Target>& lookUp(const std::string& name, const SearchPaths& paths,
                                    Lookups& known);

  const Vocabulary& vocabulary_;
  std::deque<File> files_;
  std::unordered_map<std::string, File*> byPath_; ///< nullptr: no such file
  std::map<SearchPaths, Lookups> lookups_;
};

} // namespace session_tidy::driver
