// Parses one translation unit and hands its session IR on. The only part of the command that runs
// Clang.
#pragma once

#include "cli/FileRecord.h"
#include "cli/Unit.h"
#include "ir/Ir.h"
#include "model/ModelSet.h"
#include "model/Waits.h"
#include "support/UnitTexts.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace session_tidy::cli {

struct UnitOutcome {
  UnitStatus status = UnitStatus::Compiled;
  std::string diagnostics;                 ///< the compiler's errors, in its own words
  std::vector<std::uint64_t> fingerprints; ///< of the files in the unit, as they were when parsed
  FileRecord record;                       ///< what was asked of the file system
};

/// What is done with the IR; its files are absolute, normal paths. Not called if there is no usable
/// AST.
using UseUnit = std::function<void(const ir::Unit&, const UnitTexts&)>;

/// What crashes in here ends the process: the command runs it in a worker of its own.
UnitOutcome runUnit(const Unit& unit, const model::ModelSet& models, const model::Waits& waits,
                    bool color, const UseUnit& use);

/// The command as Clang gets to see it.
std::vector<std::string> parseCommand(const Unit& unit);

/// Where the compiler's own headers are; empty if they are not installed.
std::string resourceFolder();

} // namespace session_tidy::cli
