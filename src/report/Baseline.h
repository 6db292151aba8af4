// Findings that are known and left for later: a file that a team commits, so that only new ones
// count.
//
// Each is known by its fingerprint, not by its line and not by a number per file: lines may move,
// and a new finding does not hide behind one that went away.
#pragma once

#include "model/ModelError.h"
#include "report/Report.h"
#include "support/SourceText.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::report {

inline constexpr std::string_view baselineFileName = ".session-tidy-baseline.json";

class Baseline {
public:
  struct Entry {
    std::string rule;
    std::string file; ///< relative to the root
    std::string function;
    std::string message;
    std::string fingerprint;

    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  /// Reads a baseline's text; `file` is its name, for the message.
  static model::Result<Baseline> read(std::string_view text, const std::string& file);

  /// All findings of a report.
  static Baseline of(const Report& report, SourceCache& sources, const std::string& root);

  [[nodiscard]] std::string text() const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  /// Drops the findings that are known from the report. Returns the entries that were not found,
  /// of the files that were looked at.
  std::vector<Entry> apply(Report& report, SourceCache& sources, const std::string& root,
                           const std::function<bool(const std::string&)>& wasLookedAt) const;

  void remove(const std::vector<Entry>& entries);
  void add(const std::vector<Entry>& entries);

private:
  std::vector<Entry> entries_; ///< sorted
};

} // namespace session_tidy::report
