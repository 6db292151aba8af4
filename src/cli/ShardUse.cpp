// Dividing the units that were chosen.
#include "cli/ShardUse.h"

#include "cli/FileRecord.h"
#include "cli/ResultCache.h"
#include "report/Paths.h"
#include "support/AtomicFile.h"
#include "support/SourceText.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <system_error>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

/// Where the times are; empty if there is no such place.
fs::path timesFile(const CheckOptions& options) {
  if (!options.shard.times.empty()) return options.shard.times;
  const fs::path cache = cacheFolder(options.cache.folder);
  return cache.empty() ? cache : cache / "times.json";
}

driver::UnitTimes knownTimes(const CheckOptions& options) {
  const fs::path file = timesFile(options);
  const auto text = file.empty() ? std::nullopt : readFile(file.string());
  return text ? driver::readUnitTimes(*text) : driver::UnitTimes();
}

/// None that can be read are as good as none; but a file that was named is missed.
driver::UnitTimes timesToDivideBy(const CheckOptions& options) {
  driver::UnitTimes times = knownTimes(options);
  if (times.empty() && !options.shard.times.empty() && !options.quiet)
    std::cerr << "session-tidy: no times in " << options.shard.times
              << "; the units are divided as if all took the same\n";
  return times;
}

std::string digestOf(const std::set<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += name + '\n';
  char text[17]{};
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(contentHash(all)));
  return text;
}

} // namespace

report::Shard takeShard(UnitChoice& choice, const CheckOptions& options, const std::string& root) {
  const auto nameOf = [&](const Unit& unit) { return report::relativePath(unit.file, root); };
  std::set<std::string> names; // a file that is compiled several ways goes to one part
  for (const Unit& unit : choice.units) names.insert(nameOf(unit));
  const driver::ShardNumber number = options.shard.number.value_or(driver::ShardNumber());
  report::Shard shard{
      .number = number, .allUnits = digestOf(names), .countOfUnits = names.size(), .units = {}};
  const std::vector<std::string> files(names.begin(), names.end());
  const std::vector<unsigned> parts = driver::divide(files, timesToDivideBy(options), number.count);
  for (std::size_t i = 0; i < files.size(); ++i)
    if (parts[i] == number.index) shard.units.emplace(files[i], 0);
  std::erase_if(choice.units,
                [&](const Unit& unit) { return !shard.units.contains(nameOf(unit)); });
  if (number.index != 1) {
    choice.withoutSessions = 0;
    choice.withoutCommand.clear();
  }
  return shard;
}

std::string keepTimes(const std::vector<report::ShardFile>& parts, const CheckOptions& options) {
  const fs::path file = timesFile(options);
  if (parts.empty() || file.empty()) return {};
  driver::UnitTimes times = knownTimes(options);
  for (const report::ShardFile& part : parts)
    for (const auto& [unit, time] : part.shard.units) times[unit] = time;
  std::error_code ignored;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), ignored);
  const std::string error = writeAtomically(file.string(), driver::writeUnitTimes(times));
  return options.shard.times.empty() ? std::string() : error;
}

} // namespace session_tidy::cli
