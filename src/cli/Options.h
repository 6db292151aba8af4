// What the user asked for.
#pragma once

#include "analysis/Finding.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace session_tidy::cli {

/// What a run ends with.
namespace exit_code {
inline constexpr int clean = 0;
inline constexpr int findings = 1;
inline constexpr int trouble = 2;     ///< of usage, configuration, or our own
inline constexpr int notCompiled = 3; ///< so that findings may be missing
} // namespace exit_code

enum class Color : std::uint8_t { Auto, Always, Never };

struct OutputTarget {
  std::string format;
  std::string file; ///< empty: stdout
};

/// How to find and parse the units; for all commands that do.
struct UnitOptions {
  std::vector<std::string> paths;
  std::string database;                          ///< -p
  std::optional<std::vector<std::string>> flags; ///< what follows "--"
  std::string configFile;
};

struct CheckOptions {
  UnitOptions units;
  unsigned jobs = 0;      ///< 0: as many as there are cores
  unsigned timeout = 300; ///< seconds for one unit; 0: none
  std::string checks = "*";
  std::optional<Confidence> minConfidence;
  std::optional<Severity> failOn = Severity::Style; ///< none: findings never fail the run
  std::vector<OutputTarget> outputs;
  Color color = Color::Auto;
  bool quiet = false;
  bool strict = false;
  bool fix = false;
  bool unsafeFixes = false;
  bool diff = false;
};

struct ListOptions {};

struct ExplainOptions {
  std::string rule;
};

struct DumpIrOptions {
  UnitOptions units;
  std::string function;
};

struct ModelsOptions {
  std::string checkFile; ///< empty: list them
};

using Command =
    std::variant<CheckOptions, ListOptions, ExplainOptions, DumpIrOptions, ModelsOptions>;

} // namespace session_tidy::cli
