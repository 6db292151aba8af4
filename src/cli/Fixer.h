// Makes the fixes of a report: on disk or as a diff.
#pragma once

#include "fix/FixPlan.h"
#include "report/Report.h"
#include "support/SourceText.h"

#include <cstdint>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace session_tidy::cli {

class Fixer {
public:
  /// `fingerprints`: of the files as the compiler saw them.
  Fixer(const report::Report& report, SourceCache& sources,
        const std::map<std::string, std::uint64_t>& fingerprints, std::string folder)
      : report_(report), sources_(sources), fingerprints_(fingerprints),
        folder_(std::move(folder)) {}

  void plan(bool unsafe);
  void writeDiff(std::ostream& out);

  /// Writes the files. Returns what went wrong.
  std::vector<std::string> apply();

  /// Indices of the findings whose fixes were made (or are in the diff).
  [[nodiscard]] const std::set<std::size_t>& fixedFindings() const { return fixed_; }

  [[nodiscard]] bool madeSome() const { return !fixed_.empty(); }

  /// What the user should hear of: fixes held back.
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }

private:
  [[nodiscard]] std::string place(const Finding& finding) const;
  /// Notes why a finding stays as it is.
  void explain(const Finding& finding, bool unsafe);
  /// The fix is not made after all: takes back what was planned for a file.
  void giveUp(std::uint32_t file);

  const report::Report& report_;
  SourceCache& sources_;
  const std::map<std::string, std::uint64_t>& fingerprints_;
  std::string folder_;
  fix::FixPlan plan_;
  std::set<std::size_t> fixed_;
  std::vector<std::string> notices_;
};

} // namespace session_tidy::cli
