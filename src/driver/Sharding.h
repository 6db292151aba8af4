// Units divided among machines that do not talk to each other: each works out the same division and
// takes its part of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::driver {

/// One of `count` parts, from 1 on.
struct ShardNumber {
  unsigned index = 1;
  unsigned count = 1;
};

struct ReadShardNumber {
  ShardNumber number;
  std::string error; ///< not empty: nothing else counts
};

/// Gives a variable's value, or nullptr.
using Environment = std::function<const char*(const char*)>;

/// "2/8", or "auto": from the variables of a Slurm job array or of a CI service.
ReadShardNumber readShardNumber(std::string_view text, const Environment& environment);

/// How long units took, in milliseconds, by path relative to the root of the repository.
using UnitTimes = std::map<std::string, std::uint32_t>;

/// The times in a file that `writeUnitTimes` has written; none in any other.
UnitTimes readUnitTimes(std::string_view text);
std::string writeUnitTimes(const UnitTimes& times);

/// For each of the files, in their order, the part that it belongs to, from 1 on. Depends on what
/// the files are and on the times alone, so that all machines come to the same result. A file
/// without a time counts like the average of the others.
std::vector<unsigned> divide(const std::vector<std::string>& files, const UnitTimes& times,
                             unsigned count);

} // namespace session_tidy::driver
