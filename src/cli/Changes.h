// Which lines the user's change touched: --since, --staged, --diff, --line-filter.
#pragma once

#include "cli/Options.h"
#include "driver/ChangedLines.h"
#include "report/Report.h"

#include <string>

namespace session_tidy::cli {

class Changes {
public:
  /// Reads what the options ask for. Afterwards `error` says what is wrong, if anything is.
  Changes(const ChangeOptions& options, const std::string& folder);

  [[nodiscard]] const std::string& error() const { return error_; }

  /// Whether a file has changed lines. The path is absolute and normal.
  [[nodiscard]] bool concerns(const std::string& file) const;

  /// Drops the findings that the change has nothing to do with.
  void filter(report::Report& report) const;

private:
  void readSince(const std::string& folder);
  void readStaged(const std::string& folder);
  void readPatch(const std::string& folder);
  void readLineFilter();
  /// `later`: what happened to the file after the diff.
  void add(const std::string& path, const driver::DiffFile& file,
           const std::vector<driver::Hunk>& later);
  [[nodiscard]] bool touches(const report::Report& report, const Finding& finding) const;
  [[nodiscard]] bool losesLines(const report::Report& report, const Finding& finding,
                                const SourceRange& body) const;
  [[nodiscard]] bool touches(const report::Report& report, const SourceRange& range) const;
  [[nodiscard]] const std::string& realPath(const std::string& file) const;

  const ChangeOptions& options_;
  driver::ChangedLines lines_; ///< by real path
  driver::ChangedLines gone_;  ///< those of them where old lines were
  driver::LineFilter filter_;  ///< by the ends of paths
  std::string error_;
  mutable std::map<std::string, std::string> realPaths_;
};

} // namespace session_tidy::cli
