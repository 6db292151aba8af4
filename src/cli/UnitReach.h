// What the units of a run may read, and whether a session can occur in it at all.
#pragma once

#include "cli/SearchFolders.h"
#include "cli/Unit.h"
#include "cli/UnitLinter.h"
#include "driver/IncludeGraph.h"
#include "driver/Vocabulary.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace session_tidy::cli {

class UnitReach {
public:
  /// `units`: all that will be asked about; their models are the words to look for.
  UnitReach(UnitLinter& linter, const std::vector<Unit>& units);

  /// Whether the unit may read a file that `isMeant`.
  bool reads(const Unit& unit, const std::function<bool(const std::string&)>& isMeant);

  /// Whether there is anything to look for. A unit with less than `small` bytes of text is always
  /// worth looking at.
  bool canHaveSessions(const Unit& unit, std::uint64_t small);

private:
  UnitLinter& linter_;
  driver::Vocabulary vocabulary_;
  std::map<const driver::Setup*, std::size_t> models_;
  SearchFolders folders_;
  driver::IncludeGraph graph_{vocabulary_};
};

} // namespace session_tidy::cli
