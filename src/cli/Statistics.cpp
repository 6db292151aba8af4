// A few lines: what is nought and says nothing is left out.
#include "cli/Statistics.h"

#include "report/Paths.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <ostream>
#include <string_view>

namespace session_tidy::cli {

namespace {

void line(std::ostream& out, std::string_view what, std::size_t count, std::string_view more = {}) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "  %-34.*s %7zu", static_cast<int>(what.size()),
                what.data(), count);
  out << text.data() << (more.empty() ? "" : "  ") << more << '\n';
}

std::string seconds(double milliseconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f s", milliseconds / 1000);
  return text.data();
}

} // namespace

void Statistics::countUnits(std::size_t all, std::size_t withoutSessions,
                            std::size_t withoutCommand) {
  units_ = all;
  withoutSessions_ = withoutSessions;
  withoutCommand_ = withoutCommand;
}

void Statistics::startRound(const UnitPass::Statistics& pass) {
  ++round_;
  pass_.milliseconds += pass.milliseconds;
  if (pass.longest >= pass_.longest) {
    pass_.longest = pass.longest;
    pass_.longestUnit = pass.longestUnit;
  }
  if (round_ > 1) return; // after fixes: some of the same units once more
  pass_.linted = pass.linted;
  pass_.recalled = pass.recalled;
}

void Statistics::countFunctions(const UnitResult& result) {
  if (round_ > 1) return;
  functions_ += result.functions;
  for (const GivenUp& one : result.givenUp)
    givenUp_.emplace(result.files[one.range.file], one.range.begin.line, one.function);
}

void Statistics::countHidden(std::size_t known, std::size_t unchanged) {
  known_ = known;
  unchanged_ = unchanged;
}

void Statistics::write(std::ostream& out, const report::Report& report,
                       const std::string& folder) const {
  out << "session-tidy: " << units_ << (units_ == 1 ? " unit: " : " units: ") << pass_.linted
      << " linted, " << pass_.recalled << " from the cache, " << withoutSessions_
      << " without sessions\n";
  if (!report.unitsFailed.empty())
    line(out, "could not be checked whole", report.unitsFailed.size());
  if (withoutCommand_ != 0) line(out, "files without a compile command", withoutCommand_);
  line(out, "functions with sessions", functions_);
  line(out, "given up on", givenUp_.size(),
       givenUp_.empty() ? "" : "too many paths; nothing is reported in");
  for (const auto& [file, number, name] : givenUp_)
    out << "    " << report::relativePath(file, folder) << ':' << number << ": " << name << '\n';
  writeFindings(out, report);
  writeTime(out, folder);
}

void Statistics::writeFindings(std::ostream& out, const report::Report& report) const {
  line(out, "findings", report.findings.size());
  std::map<std::string, std::size_t> counts;
  for (const Finding& finding : report.findings) ++counts[finding.rule];
  for (const auto& [rule, count] : counts) line(out, "  " + rule, count);
  std::size_t silenced = 0;
  for (const auto& [file, count] : report.silenced) silenced += count;
  if (silenced != 0) line(out, "silenced by NOLINT", silenced);
  if (known_ != 0) line(out, "known to the baseline", known_);
  if (unchanged_ != 0) line(out, "not touched by the change", unchanged_);
}

void Statistics::writeTime(std::ostream& out, const std::string& folder) const {
  const std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start_;
  out << "  time " << seconds(elapsed.count());
  if (pass_.linted != 0)
    out << "; of the workers together " << seconds(static_cast<double>(pass_.milliseconds))
        << ", the longest " << seconds(pass_.longest) << " for "
        << report::relativePath(pass_.longestUnit, folder);
  out << '\n';
}

} // namespace session_tidy::cli
