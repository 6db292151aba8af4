// From a report to stdout and files.
#include "cli/Outputs.h"

#include "checks/Rule.h"
#include "driver/RulePages.h"
#include "report/SuppressionPolicy.h"
#include "report/Writer.h"
#include "support/AtomicFile.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>

namespace session_tidy::cli {

namespace {

bool isSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

/// The folder of the repository that `folder` is in, or `folder`.
std::string repositoryRoot(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (std::filesystem::path at = folder; at.has_relative_path(); at = at.parent_path())
    if (std::filesystem::exists(at / ".git", ignored)) return at.string();
  return folder.string();
}

} // namespace

OutputPlaces currentPlaces() {
  const std::filesystem::path folder = std::filesystem::current_path();
  return {.folder = folder.string(), .root = repositoryRoot(folder)};
}

int exitCodeOf(const report::Report& report, const CheckOptions& options) {
  if (!report.unitsFailed.empty()) return exit_code::notCompiled;
  const bool fails = std::ranges::any_of(report.findings, [&](const Finding& finding) {
    return options.failOn && finding.severity >= *options.failOn;
  });
  return fails ? exit_code::findings : exit_code::clean;
}

bool wantsColor(Color color, int file) {
  if (color != Color::Auto) return color == Color::Always;
  if (isSet("NO_COLOR")) return false;
  return isSet("FORCE_COLOR") || ::isatty(file) == 1;
}

std::string whyNotWritable(const std::vector<OutputTarget>& targets) {
  for (const OutputTarget& target : targets)
    if (!target.file.empty())
      if (std::string error = session_tidy::whyNotWritable(target.file); !error.empty())
        return error;
  return {};
}

std::vector<std::string> writeReports(const report::Report& report, SourceCache& sources,
                                      const CheckOptions& options, const OutputPlaces& places) {
  const auto rules = makeAllRules();
  report::Context context{.sources = sources,
                          .currentFolder = places.folder,
                          .root = places.root,
                          .color = false,
                          .links = false,
                          .rules = {}};
  for (const auto& rule : rules) {
    const RuleInfo& info = rule->info();
    context.rules.push_back({.name = info.name,
                             .summary = info.summary,
                             .severity = info.severity,
                             .page = driver::rulePage(info.name).value_or("")});
  }
  context.rules.push_back({.name = report::suppressionRule,
                           .summary = "A NOLINT comment gives no reason or silences nothing.",
                           .severity = Severity::Style,
                           .page = ""});
  std::vector<std::string> errors;
  for (const OutputTarget& target : options.outputs) {
    const bool toFile = !target.file.empty();
    context.color = !toFile && wantsColor(options.color, STDOUT_FILENO);
    context.links = context.color && ::isatty(STDOUT_FILENO) == 1;
    const auto writer = report::makeWriter(target.format);
    if (toFile) {
      std::ostringstream text;
      writer->write(report, context, text);
      if (std::string error = writeAtomically(target.file, text.str()); !error.empty())
        errors.push_back(std::move(error));
    } else {
      writer->write(report, context, std::cout);
      std::cout.flush(); // main looks whether that went well
    }
  }
  return errors;
}

} // namespace session_tidy::cli
