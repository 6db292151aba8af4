// Lints many units, several at a time, each in a process of its own.
#pragma once

#include "cli/Options.h"
#include "cli/ResultCache.h"
#include "cli/Unit.h"
#include "cli/UnitLinter.h"
#include "cli/UnitResult.h"

#include <cstddef>
#include <string>
#include <vector>

namespace session_tidy::cli {

/// Thrown when the user stopped the run; nothing has been written then.
struct Interrupted {
  std::size_t done = 0;
  std::size_t total = 0;
};

class UnitPass {
public:
  /// `cache`: nullptr for none.
  UnitPass(const CheckOptions& options, UnitLinter& linter, const ResultCache* cache)
      : options_(options), linter_(linter), cache_(cache) {}

  /// A result for every unit, in their order. One that crashes or takes too long has a result that
  /// says so.
  std::vector<UnitResult> run(const std::vector<Unit>& units);

  struct Statistics {
    std::size_t linted = 0;
    std::size_t recalled = 0;       ///< from the cache
    std::uint64_t milliseconds = 0; ///< of all workers together
    std::uint32_t longest = 0;      ///< milliseconds
    std::string longestUnit;
  };
  [[nodiscard]] const Statistics& statistics() const { return statistics_; }

  /// Why the results could not be kept; empty if they were.
  [[nodiscard]] const std::string& cacheError() const { return cacheError_; }

private:
  bool recall(const Unit& unit, std::size_t index, FileAnswers& answers);
  std::string work(const Unit& unit, const std::string& key);
  void lintAll(const std::vector<Unit>& units, const std::vector<std::size_t>& todo);
  [[nodiscard]] UnitResult failure(const Unit& unit, bool timedOut, const std::string& cause) const;

  const CheckOptions& options_;
  UnitLinter& linter_;
  const ResultCache* cache_;
  std::vector<UnitResult> results_;
  std::vector<std::string> keys_;
  Statistics statistics_;
  std::string cacheError_;
};

} // namespace session_tidy::cli
