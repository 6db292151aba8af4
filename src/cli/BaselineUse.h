// The baseline of a run: found, applied, brought up to date.
#pragma once

#include "cli/Options.h"
#include "report/Baseline.h"

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>

namespace session_tidy::cli {

class BaselineUse {
public:
  /// Loads the file that the options name, or the one in the root of the repository if there is
  /// one. Afterwards `error` says what is wrong, if anything is.
  BaselineUse(const BaselineOptions& options, std::string root);

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] bool exists() const { return exists_; }
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const report::Baseline& baseline() const { return baseline_; }

  /// What a run has looked at: whether an entry that was not found is gone.
  struct Scope {
    bool all = false;
    std::set<std::string> files; ///< absolute
  };

  /// Drops what is known. Returns how many entries are stale.
  std::size_t apply(report::Report& report, SourceCache& sources, const Scope& scope) const;

  /// Writes the findings of `report` (Update), or what is left of the entries (Prune). What was not
  /// looked at stays. Returns what the user should hear; `error` says if it failed.
  std::string write(report::Report report, SourceCache& sources, const Scope& scope);

private:
  [[nodiscard]] bool wasLookedAt(const std::string& relative, const Scope& scope) const;

  BaselineMode mode_;
  std::string root_;
  std::filesystem::path file_;
  bool exists_ = false;
  report::Baseline baseline_;
  std::string error_;
};

} // namespace session_tidy::cli
