// A report for those who lead a team: how each file does, which rules matter most, what to do
// first.
//
// Computed once, written by the formats `html` and `markdown`.
#pragma once

#include "report/Report.h"
#include "report/Writer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace session_tidy::report {

enum class Grade : std::uint8_t { Issues, Caution, Good };

struct FileAssessment {
  std::string path; ///< relative to the root
  Grade grade = Grade::Good;
  std::size_t functions = 0;         ///< with sessions
  std::vector<std::size_t> findings; ///< indices into the report
  std::vector<std::string> reasons;  ///< why good; what to be careful of
};

struct RuleSummary {
  std::string name;
  std::string summary;
  Severity severity = Severity::Warning;
  std::size_t count = 0;
  std::size_t certain = 0;
  std::string risk;    ///< what happens in production, in a sentence or two
  std::string advice;  ///< what to do about it
  std::string example; ///< code that does it right; empty if the page has none
};

struct TeamReport {
  std::vector<FileAssessment> files; ///< the worst first
  std::vector<RuleSummary> rules;    ///< those with findings, what to do first first
  std::vector<std::string> summary;  ///< sentences
  std::size_t functions = 0;         ///< with sessions
};

TeamReport assess(const Report& report, const Context& context);

std::string_view word(Grade grade);

/// What to do about a finding: its fix, or else what its rule advises.
std::string recommendation(const Finding& finding, const TeamReport& team);

} // namespace session_tidy::report
