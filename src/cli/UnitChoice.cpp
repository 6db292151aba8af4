// Choosing units.
#include "cli/UnitChoice.h"

#include "cli/UnitReach.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

class Chooser {
public:
  Chooser(UnitList list, const CheckOptions& options, const Changes& changes, UnitLinter& linter,
          driver::ReachMemory* memory)
      : list_(std::move(list)), options_(options), changes_(changes),
        reach_(linter, all(), memory) {}

  UnitChoice choose() {
    choice_.withoutCommand = std::move(list_.withoutCommand);
    choice_.units = std::move(list_.units);
    if (!list_.headers.empty() || !list_.headersBelow.empty()) addUnitsOfHeaders();
    if (options_.changes.any()) dropUnchanged();
    if (!options_.parseAll) {
      const std::size_t before = choice_.units.size();
      const std::uint64_t small = std::uint64_t{options_.parseBelow} * 1024;
      std::erase_if(choice_.units,
                    [&](const Unit& unit) { return !reach_.canHaveSessions(unit, small); });
      choice_.withoutSessions = before - choice_.units.size();
    }
    return std::move(choice_);
  }

private:
  [[nodiscard]] std::vector<Unit> all() const {
    std::vector<Unit> units = list_.units;
    units.insert(units.end(), list_.others.begin(), list_.others.end());
    return units;
  }

  /// A header is linted as part of the units that include it; one that nobody includes, as the
  /// source most like it would be if it was named itself.
  void addUnitsOfHeaders() {
    std::set<std::string> lonely(list_.headers.begin(), list_.headers.end());
    std::vector<std::string> headers = list_.headers;
    headers.insert(headers.end(), list_.headersBelow.begin(), list_.headersBelow.end());
    std::multimap<std::string, std::string> byName;
    for (const std::string& header : headers)
      byName.emplace(fs::path(header).filename().string(), header);
    const auto findIn = [&](const Unit& unit) {
      bool found = false;
      reach_.reads(unit, [&](const std::string& file) {
        const auto sameName = byName.equal_range(fs::path(file).filename().string());
        for (auto at = sameName.first; at != sameName.second; ++at) {
          std::error_code ignored; // by another path, perhaps
          if (at->second != file && !fs::equivalent(at->second, file, ignored)) continue;
          found = true;
          lonely.erase(at->second);
        }
        return false;
      });
      return found;
    };
    for (const Unit& unit : choice_.units) findIn(unit);
    for (Unit& unit : list_.others) {
      if (!findIn(unit)) continue;
      unit.onlyIn = headers;
      choice_.units.push_back(std::move(unit));
    }
    for (const std::string& header : lonely) {
      if (auto unit = unitOfHeader(list_.database, header))
        choice_.units.push_back(std::move(*unit));
      else
        choice_.withoutCommand.push_back(header);
    }
  }

  void dropUnchanged() {
    const auto isChanged = [&](const std::string& file) { return changes_.concerns(file); };
    std::erase_if(choice_.units, [&](const Unit& unit) {
      return !isChanged(unit.file) && !reach_.reads(unit, isChanged);
    });
  }

  UnitList list_;
  const CheckOptions& options_;
  const Changes& changes_;
  UnitReach reach_;
  UnitChoice choice_;
};

} // namespace

UnitChoice chooseUnits(UnitList list, const CheckOptions& options, const Changes& changes,
                       UnitLinter& linter, driver::ReachMemory* memory) {
  return Chooser(std::move(list), options, changes, linter, memory).choose();
}

} // namespace session_tidy::cli
