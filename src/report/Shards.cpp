// Looking for gaps.
#include "report/Shards.h"

#include <set>

namespace session_tidy::report {

namespace {

std::string absentParts(const std::vector<ShardFile>& parts) {
  std::set<unsigned> present;
  for (const ShardFile& part : parts) present.insert(part.shard.number.index);
  const unsigned count = parts.front().shard.number.count;
  std::string absent;
  std::size_t absentCount = 0;
  for (unsigned index = 1; index <= count; ++index) {
    if (present.contains(index)) continue;
    absent += (absent.empty() ? "" : ", ") + std::to_string(index) + "/" + std::to_string(count);
    ++absentCount;
  }
  if (absentCount == 0) return {};
  return (absentCount == 1 ? "a part is missing: " : "parts are missing: ") + absent;
}

} // namespace

std::string whatIsMissing(const std::vector<ShardFile>& parts) {
  if (parts.empty()) return {};
  const Shard& first = parts.front().shard;
  std::set<std::string> units;
  for (const auto& [file, shard] : parts) {
    if (shard.number.count != first.number.count)
      return file + " is one of " + std::to_string(shard.number.count) + " parts, " +
             parts.front().file + " one of " + std::to_string(first.number.count);
    if (shard.allUnits != first.allUnits || shard.countOfUnits != first.countOfUnits)
      return file + " is a part of other units than " + parts.front().file +
             ": the machines did not see the same sources, compile database or options";
    for (const auto& [unit, time] : shard.units) units.insert(unit);
  }
  if (std::string absent = absentParts(parts); !absent.empty()) return absent;
  if (units.size() == first.countOfUnits) return {};
  return std::to_string(first.countOfUnits - units.size()) + " of " +
         std::to_string(first.countOfUnits) +
         " units are in no part: the machines knew different times (see --times)";
}

} // namespace session_tidy::report
