// Results of units, kept from run to run.
//
// An entry stands under a key of all that is known beforehand: this program, the unit's command and
// text, configuration, options. It holds what the compilation asked of the file system, and counts
// only while all of that would be answered the same: contents, files that are not there, listings.
// Paths in the repository are stored relative to it, so checkouts share entries. Entries are
// written aside and renamed, and carry a hash of themselves: any number of processes may use the
// folder, and be killed while they do.
#pragma once

#include "cli/FileRecord.h"
#include "cli/UnitResult.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

namespace session_tidy::cli {

/// What the file system answers now; asked once for each path.
class FileAnswers {
public:
  /// Whether it would answer everything as it did then.
  bool agree(const FileRecord& record);

  /// The hash of a regular file; none if there is none.
  std::optional<std::uint64_t> content(const std::string& path);

private:
  bool exists(const std::string& path);

  std::unordered_map<std::string, std::optional<std::uint64_t>> contents_;
  std::unordered_map<std::string, bool> exists_;
  std::unordered_map<std::string, std::uint64_t> listings_;
};

class ResultCache {
public:
  /// `root`: paths in there are stored relative to it.
  ResultCache(std::filesystem::path folder, std::string root)
      : folder_(std::move(folder)), root_(std::move(root)) {}

  /// The name of an entry: `about` is everything that the result hangs on, file contents aside.
  [[nodiscard]] std::string keyOf(const std::string& about) const;

  [[nodiscard]] std::optional<UnitResult> find(const std::string& key, FileAnswers& answers) const;

  /// A failure to write is none of the run; `keepBelow` tells of it.
  void store(const std::string& key, const FileRecord& record, const UnitResult& result) const;

  struct Size {
    std::size_t entries = 0;
    std::uintmax_t bytes = 0;
  };
  [[nodiscard]] Size size() const;

  /// Drops the entries that were not used for longest once there are more bytes than `limit`.
  /// `written`: the keys that were stored just now. Returns why nothing can be written there, if
  /// so.
  std::string keepBelow(std::uintmax_t limit, const std::vector<std::string>& written) const;
  /// The same without trusting the sum that is kept; returns what is left.
  std::uintmax_t shrink(std::uintmax_t limit) const;

  /// Where a ReachMemory of this tool is kept for what is below the root.
  [[nodiscard]] std::filesystem::path reachFile(const std::string& tool) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
  [[nodiscard]] std::filesystem::path pathOf(const std::string& key) const;

  std::filesystem::path folder_;
  std::string root_;
};

/// Where the cache is: the option, SESSION_TIDY_CACHE_DIR, XDG_CACHE_HOME or ~/.cache; empty if
/// there is no such place.
std::filesystem::path cacheFolder(const std::string& option);

} // namespace session_tidy::cli
