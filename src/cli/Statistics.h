// What a run did, for --statistics.
#pragma once

#include "cli/UnitPass.h"
#include "cli/UnitResult.h"
#include "report/Report.h"

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <set>
#include <string>
#include <tuple>

namespace session_tidy::cli {

class Statistics {
public:
  /// `all`: with those that were not even parsed, since no session can occur in them.
  void countUnits(std::size_t all, std::size_t withoutSessions, std::size_t withoutCommand);
  /// What is counted about findings is of the last round.
  void startRound(const UnitPass::Statistics& pass);
  void countFunctions(const UnitResult& result);
  void countHidden(std::size_t known, std::size_t unchanged);

  /// `report`: what is shown. Paths are told as seen from `folder`.
  void write(std::ostream& out, const report::Report& report, const std::string& folder) const;

private:
  void writeFindings(std::ostream& out, const report::Report& report) const;
  void writeTime(std::ostream& out, const std::string& folder) const;

  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  UnitPass::Statistics pass_; ///< of all rounds together
  unsigned round_ = 0;
  std::size_t units_ = 0;
  std::size_t withoutSessions_ = 0;
  std::size_t withoutCommand_ = 0;
  std::size_t functions_ = 0;
  std::set<std::tuple<std::string, std::uint32_t, std::string>> givenUp_; ///< file, line, name
  std::size_t known_ = 0;
  std::size_t unchanged_ = 0;
};

} // namespace session_tidy::cli
