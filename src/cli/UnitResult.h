// What came of linting one unit, and its form as bytes: results travel from worker processes and
// into the cache.
#pragma once

#include "analysis/Finding.h"
#include "cli/Unit.h"
#include "driver/SessionUses.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::cli {

/// A function with more paths than are followed: nothing is found in it.
struct GivenUp {
  SourceRange range; ///< its name
  std::string function;

  friend bool operator==(const GivenUp&, const GivenUp&) = default;
};

struct UnitResult {
  UnitStatus status = UnitStatus::Compiled;
  std::string diagnostics;                 ///< the compiler's errors, in its own words
  std::vector<std::string> files;          ///< absolute, normal; the ranges index them
  std::vector<std::uint64_t> fingerprints; ///< of the files, as they were when parsed
  std::vector<Finding> findings;
  std::vector<driver::SessionUse> uses; ///< what its functions do with sessions
  std::uint32_t functions = 0;          ///< in which sessions occur: analysed
  std::vector<GivenUp> givenUp;         ///< those of them that were too much
  std::uint32_t milliseconds = 0;       ///< that linting took
  std::string configError;              ///< not empty: nothing else counts

  friend bool operator==(const UnitResult&, const UnitResult&) = default;
};

std::string encode(const UnitResult& result);

/// None if the bytes are not a whole result.
std::optional<UnitResult> decodeUnitResult(std::string_view bytes);

} // namespace session_tidy::cli
