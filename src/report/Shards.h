// Parts of a report that several machines made, and whether they make a whole.
#pragma once

#include "driver/Sharding.h"

#include <string>
#include <vector>

namespace session_tidy::report {

/// Which part of the units a report is about.
struct Shard {
  driver::ShardNumber number;
  std::string allUnits;         ///< stands for the names of the units that were divided
  std::size_t countOfUnits = 0; ///< of those
  driver::UnitTimes units;      ///< of this part
};

/// A part, and the file that it was read from.
struct ShardFile {
  std::string file;
  Shard shard;
};

/// Why the parts make no whole; empty if they do, as no parts at all do.
std::string whatIsMissing(const std::vector<ShardFile>& parts);

} // namespace session_tidy::report
