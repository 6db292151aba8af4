// Asks Clang's driver where a command's includes are looked for, without compiling anything.
#pragma once

#include "cli/Unit.h"
#include "driver/IncludeGraph.h"

#include <map>
#include <string>
#include <vector>

namespace session_tidy::cli {

class SearchFolders {
public:
  /// The driver is asked once for all units that differ in their file's name only.
  const driver::SearchPaths& of(const Unit& unit);

private:
  std::map<std::pair<std::string, std::vector<std::string>>, driver::SearchPaths> known_;
};

} // namespace session_tidy::cli
