// Which units are to be linted: the compile database, narrowed to the paths that the user named.
#pragma once

#include "cli/Unit.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace session_tidy::cli {

struct UnitList {
  std::vector<Unit> units;
  std::vector<std::string>
      withoutCommand;                    ///< files and folders of which the database knows nothing
  std::vector<std::string> headers;      ///< named headers, which no database knows
  std::vector<std::string> headersBelow; ///< of folders and globs in which there is no unit
  std::vector<Unit> others;              ///< units that were not asked for
  std::filesystem::path database;        ///< empty: there is none
  std::string error;                     ///< not empty: nothing else counts
};

/// The units of a compile database: all of them, or those that the paths name: files, folders,
/// globs.
UnitList unitsOfDatabase(const std::filesystem::path& path, const std::vector<std::string>& paths);

/// A header as the file most like it would be compiled; none if there is no such file.
std::optional<Unit> unitOfHeader(const std::filesystem::path& database, const std::string& header);

/// The files themselves, each compiled in the current folder with the same flags.
UnitList unitsWithFlags(const std::vector<std::string>& paths,
                        const std::vector<std::string>& flags);

} // namespace session_tidy::cli
