// Writes a report in every format that was asked for.
#pragma once

#include "cli/Options.h"
#include "report/Report.h"
#include "support/SourceText.h"

#include <string>
#include <vector>

namespace session_tidy::cli {

/// Whether to write in colour to a file descriptor: by option, NO_COLOR, FORCE_COLOR, and whether
/// it is a terminal.
bool wantsColor(Color color, int file);

struct OutputPlaces {
  std::string folder; ///< people's paths are relative to it
  std::string root;   ///< machines' paths are: the repository
};

/// The current folder and the repository that it is in.
OutputPlaces currentPlaces();

/// Of a run that went well: whether something could not be checked, whether findings fail it.
int exitCodeOf(const report::Report& report, const CheckOptions& options);

/// Of the first of these files that cannot be written; else nothing.
std::string whyNotWritable(const std::vector<OutputTarget>& targets);

/// Files are written whole or not at all. Returns what went wrong.
std::vector<std::string> writeReports(const report::Report& report, SourceCache& sources,
                                      const CheckOptions& options, const OutputPlaces& places);

} // namespace session_tidy::cli
