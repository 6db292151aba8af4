// Lints one unit with the models, configuration and rules that hold for it.
#pragma once

#include "cli/FileRecord.h"
#include "cli/Options.h"
#include "cli/Unit.h"
#include "cli/UnitResult.h"
#include "driver/Globs.h"
#include "driver/Setup.h"

namespace session_tidy::cli {

class UnitLinter {
public:
  UnitLinter(const CheckOptions& options, bool color)
      : options_(options), checks_(options.checks), color_(color) {}

  struct Linted {
    UnitResult result;
    FileRecord record; ///< what was asked of the file system
  };
  Linted lint(const Unit& unit);

  /// Loads what `lint` needs for a unit, once; so that child processes find it there. Returns what
  /// is wrong with the unit's configuration.
  std::string prepare(const Unit& unit);

  /// The models and configuration that hold for a unit.
  driver::SetupPtr setupOf(const Unit& unit) {
    return setups_.find(unit.file, options_.units.configFile).setup;
  }

  [[nodiscard]] bool color() const { return color_; }

private:
  const CheckOptions& options_;
  driver::GlobList checks_;
  driver::SetupCache setups_;
  bool color_;
};

} // namespace session_tidy::cli
