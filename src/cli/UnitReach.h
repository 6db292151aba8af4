// What the units of a run may read, and whether a session can occur in it at all.
#pragma once

#include "cli/ResultCache.h"
#include "cli/SearchFolders.h"
#include "cli/Unit.h"
#include "cli/UnitLinter.h"
#include "driver/IncludeGraph.h"
#include "driver/ReachMemory.h"
#include "driver/Vocabulary.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace session_tidy::cli {

class UnitReach {
public:
  /// `units`: all that will be asked about; their models are the words to look for. `memory`:
  /// nullptr for none.
  UnitReach(UnitLinter& linter, const std::vector<Unit>& units, driver::ReachMemory* memory);

  /// Whether the unit may read a file that `isMeant`.
  bool reads(const Unit& unit, const std::function<bool(const std::string&)>& isMeant);

  /// Whether there is anything to look for. A unit with less than `small` bytes of text is always
  /// worth looking at.
  bool canHaveSessions(const Unit& unit, std::uint64_t small);

private:
  /// ... without asking the memory, and what that hangs on.
  std::pair<bool, driver::Reach> look(const Unit& unit, const driver::SearchPaths& folders,
                                      std::size_t models, std::uint64_t small);

  UnitLinter& linter_;
  driver::ReachMemory* memory_;
  FileAnswers answers_;
  driver::Vocabulary vocabulary_;
  std::map<const driver::Setup*, std::size_t> models_;
  SearchFolders folders_;
  driver::IncludeGraph graph_{vocabulary_};
};

} // namespace session_tidy::cli
