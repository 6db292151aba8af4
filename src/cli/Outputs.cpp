// From a report to stdout and files.
#include "cli/Outputs.h"

#include "checks/Rule.h"
#include "driver/RulePages.h"
#include "report/Writer.h"
#include "support/AtomicFile.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <sstream>

namespace session_tidy::cli {

namespace {

bool isSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

} // namespace

bool wantsColor(Color color, int file) {
  if (color != Color::Auto) return color == Color::Always;
  if (isSet("NO_COLOR")) return false;
  return isSet("FORCE_COLOR") || ::isatty(file) == 1;
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
      std::cout.flush();
      if (!std::cout) errors.emplace_back("cannot write to stdout");
    }
  }
  return errors;
}

} // namespace session_tidy::cli
