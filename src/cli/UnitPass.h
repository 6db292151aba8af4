// Lints many units, several at a time, each in a process of its own.
#pragma once

#include "cli/Options.h"
#include "cli/Unit.h"
#include "cli/UnitLinter.h"
#include "cli/UnitResult.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace session_tidy::cli {

/// Thrown when the user stopped the run; nothing has been written then.
struct Interrupted {
  std::size_t done = 0;
  std::size_t total = 0;
  std::size_t findings = 0;
};

class UnitPass {
public:
  UnitPass(const CheckOptions& options, UnitLinter& linter) : options_(options), linter_(linter) {}

  /// A result for every unit, in their order. One that crashes or takes too long has a result that
  /// says so.
  std::vector<UnitResult> run(const std::vector<Unit>& units);

private:
  [[nodiscard]] UnitResult failure(const Unit& unit, bool timedOut, const std::string& cause) const;

  const CheckOptions& options_;
  UnitLinter& linter_;
};

} // namespace session_tidy::cli
