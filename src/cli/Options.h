// What the user asked for.
#pragma once

#include "analysis/Finding.h"
#include "driver/Sharding.h"

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

/// Which lines a finding must touch to count, when only changes are looked at.
enum class Touching : std::uint8_t { Finding, Path, Function };

/// Only what changed.
struct ChangeOptions {
  std::string since;
  bool staged = false;
  std::string patch; ///< a file or "-"
  std::string lineFilter;
  Touching touching = Touching::Path;

  [[nodiscard]] bool any() const {
    return staged || !since.empty() || !patch.empty() || !lineFilter.empty();
  }
};

enum class BaselineMode : std::uint8_t { Use, Update, Prune };

/// Known findings.
struct BaselineOptions {
  std::string file; ///< empty: the one in the repository's root, if there is one
  bool ignore = false;
  BaselineMode mode = BaselineMode::Use;
};

/// Results from earlier runs.
struct CacheOptions {
  bool off = false;
  std::string folder;        ///< empty: the usual one
  unsigned mebibytes = 1024; ///< at most
};

/// One part of the work, for one of several machines.
struct ShardOptions {
  std::optional<driver::ShardNumber> number; ///< none: all of it
  std::string times;                         ///< a file; empty: the one in the cache
};

struct CheckOptions {
  UnitOptions units;
  ChangeOptions changes;
  BaselineOptions baseline;
  CacheOptions cache;
  ShardOptions shard;
  bool statistics = false;         ///< say what was done
  bool requireReason = false;      ///< of NOLINT comments
  bool unusedSuppressions = false; ///< are reported
  /// Units with less text, in KiB, headers included, are parsed without asking whether a session
  /// can occur in them: that costs no more than the question, and tells whether they compile.
  unsigned parseBelow = 256;
  bool parseAll = false;  ///< all of them
  unsigned jobs = 0;      ///< 0: as many as there are cores
  unsigned timeout = 300; ///< seconds for one unit; 0: none
  std::string checks = "*";
  std::optional<Confidence> minConfidence;
  std::optional<Severity> failOn = Severity::Style; ///< none: findings never fail the run
  std::vector<OutputTarget> outputs;
  Color color = Color::Auto;
  bool quiet = false;
  bool preCommit = false; ///< look at what pre-commit asks about
  bool strict = false;
  bool fix = false;
  bool unsafeFixes = false;
  bool diff = false;
};

struct ListOptions {
  bool markdown = false; ///< the page docs/rules.md
};

struct ExplainOptions {
  std::string rule;
};

struct DumpIrOptions {
  UnitOptions units;
  std::string function;
};

struct MergeOptions {
  std::vector<std::string> files;
  CheckOptions check; ///< what becomes of the report
};

struct BaselineShowOptions {
  BaselineOptions baseline;
};

struct CacheCommandOptions {
  CacheOptions cache;
  bool clean = false; ///< else statistics
};

struct ModelsOptions {
  std::string checkFile; ///< empty: list them
};

struct InitOptions {
  UnitOptions units;
  bool yes = false;    ///< change files that are there without asking
  bool dryRun = false; ///< write nothing
};

using Command =
    std::variant<CheckOptions, ListOptions, ExplainOptions, DumpIrOptions, ModelsOptions,
                 MergeOptions, BaselineShowOptions, CacheCommandOptions, InitOptions>;

} // namespace session_tidy::cli
