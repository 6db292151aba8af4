// What a compilation asked of the file system: everything that its result hangs on.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace session_tidy::cli {

/// Paths are absolute, as they were asked for.
struct FileRecord {
  std::map<std::string, std::uint64_t> contents; ///< of files that were read: hash of what was seen
  std::set<std::string> present;                 ///< files that had to be there, but were not read
  std::set<std::string> absent; ///< not there: a header that appears here would shadow another
  std::map<std::string, std::uint64_t> listings; ///< folders that were listed: hash of the names

  /// Adds what is the case for a folder's listing now.
  void addListing(const std::string& folder);
};

/// Of a text; the same everywhere.
std::uint64_t contentHash(std::string_view text);

/// Of the names in a folder.
std::uint64_t listingHash(const std::string& folder);

} // namespace session_tidy::cli
