// `session-tidy check` and `fix`: lints all units, reports, applies fixes.
#include "cli/Commands.h"
#include "cli/Fixer.h"
#include "cli/Parallel.h"
#include "cli/UnitRunner.h"
#include "cli/UnitSearch.h"

#include "driver/Linter.h"
#include "driver/RulePages.h"
#include "driver/RuleSet.h"
#include "driver/Setup.h"
#include "report/Paths.h"
#include "report/ReportBuilder.h"
#include "report/Writer.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <utility>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

/// What came of one unit.
struct UnitFindings {
  UnitOutcome outcome;
  std::vector<std::string> files;
  std::vector<Finding> findings;
  std::string configError;
};

bool wantsColor(Color color, int file) {
  if (color != Color::Auto) return color == Color::Always;
  const char* noColor = std::getenv("NO_COLOR");
  return (noColor == nullptr || *noColor == '\0') && ::isatty(file) == 1;
}

/// The folder of the repository that `folder` is in, or `folder`.
std::string repositoryRoot(const fs::path& folder) {
  std::error_code ignored;
  for (fs::path at = folder; at.has_relative_path(); at = at.parent_path())
    if (fs::exists(at / ".git", ignored)) return at.string();
  return folder.string();
}

Confidence minConfidence(const CheckOptions& options, const model::Config& config) {
  if (options.minConfidence) return *options.minConfidence;
  if (config.minConfidence == "possible") return Confidence::Possible;
  return config.minConfidence == "certain" ? Confidence::Certain : Confidence::Likely;
}

class CheckRun {
public:
  explicit CheckRun(const CheckOptions& options)
      : options_(options), checks_(options.checks), folder_(fs::current_path().string()),
        root_(repositoryRoot(folder_)) {}

  int run() {
    if (!checkRuleNames()) return exit_code::trouble;
    UnitList list = findUnits(options_.units);
    if (!list.error.empty()) return fail(list.error);
    if (resourceFolder().empty())
      return fail("clang's own headers are not installed; install libclang-common-" +
                  std::to_string(SESSION_TIDY_LLVM_MAJOR) + "-dev");
    for (const std::string& path : list.withoutCommand) skip(path);
    lintAll(list.units);
    if (!configErrors_.empty()) {
      for (const std::string& error : configErrors_) std::cerr << error << '\n';
      return exit_code::trouble;
    }
    const report::Report report = builder_.finish(sources_, notices_);
    const int code = show(report);
    for (const std::string& notice : notices_) note(notice);
    return std::max(exitCode(report), code);
  }

private:
  int fail(const std::string& message) {
    std::cerr << "session-tidy: " << message << '\n';
    return exit_code::trouble;
  }

  void note(const std::string& text) {
    if (!options_.quiet) std::cerr << "session-tidy: " << text << '\n';
  }

  bool checkRuleNames() {
    const auto rules = makeAllRules();
    const bool any = std::any_of(rules.begin(), rules.end(), [&](const auto& rule) {
      return checks_.contains(rule->info().name);
    });
    if (!any) fail("no rule fits --checks '" + options_.checks + "'; see session-tidy list");
    return any;
  }

  void skip(const std::string& path) {
    skipped_ = true;
    const std::string shown = report::relativePath(path, folder_);
    if (options_.strict)
      fail("no compile command for " + shown);
    else
      note("skipped, no compile command for " + shown);
  }

  void lintAll(const std::vector<Unit>& units) {
    std::vector<UnitFindings> results(units.size());
    unsigned jobs = options_.jobs != 0 ? options_.jobs : std::thread::hardware_concurrency();
    jobs = std::max(jobs, 1U);
    const bool color = wantsColor(options_.color, STDERR_FILENO);
    forEachInParallel(units.size(), jobs,
                      [&](std::size_t i) { results[i] = lintUnit(units[i], color); });
    for (std::size_t i = 0; i < units.size(); ++i) collect(units[i], results[i]);
  }

  UnitFindings lintUnit(const Unit& unit, bool color) {
    UnitFindings result;
    const auto [setup, error] = setups_.find(unit.file, options_.units.configFile);
    if (!error.empty()) {
      result.configError = error;
      return result;
    }
    const driver::RuleSet rules(checks_, setup->config);
    driver::LintOptions lintOptions;
    lintOptions.config = &setup->config;
    lintOptions.minConfidence = minConfidence(options_, setup->config);
    result.outcome = runUnit(unit, setup->models, color, [&](const ir::Unit& ir) {
      result.findings = driver::lint(ir, rules.rules(), lintOptions);
      result.files = ir.files;
    });
    return result;
  }

  void collect(const Unit& unit, UnitFindings& result) {
    if (!result.configError.empty()) {
      configErrors_.insert(result.configError);
      return;
    }
    std::cerr << result.outcome.diagnostics;
    builder_.countUnit();
    if (result.outcome.status != UnitStatus::Compiled) builder_.countFailedUnit(unit.file);
    crashed_ |= result.outcome.status == UnitStatus::Crashed;
    for (std::size_t i = 0; i < result.outcome.fingerprints.size() && i < result.files.size(); ++i)
      fingerprints_.try_emplace(result.files[i], result.outcome.fingerprints[i]);
    builder_.add(result.files, std::move(result.findings));
  }

  /// Applies fixes or shows them, and writes all reports. Returns an exit code.
  int show(const report::Report& report) {
    int code = exit_code::clean;
    if (options_.fix) {
      Fixer fixer(report, sources_, fingerprints_, folder_);
      fixer.plan(options_.unsafeFixes);
      if (options_.diff) {
        fixer.writeDiff(std::cout);
      } else if (const auto errors = fixer.apply(); !errors.empty()) {
        for (const std::string& error : errors) code = fail(error);
      }
      fixed_ = fixer.fixedFindings();
      for (const std::string& text : fixer.notices()) note(text);
      if (options_.diff) return code;
    }
    return std::max(code, writeReports(remaining(report)));
  }

  /// What is left after the fixes.
  [[nodiscard]] report::Report remaining(const report::Report& report) const {
    report::Report rest = report;
    rest.findings.clear();
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      if (fixed_.count(i) == 0) rest.findings.push_back(report.findings[i]);
    return rest;
  }

  int writeReports(const report::Report& report) {
    int code = exit_code::clean;
    const auto rules = makeAllRules();
    for (const OutputTarget& target : options_.outputs) {
      const bool toFile = !target.file.empty();
      report::Context context{sources_, folder_, root_,
                              !toFile && wantsColor(options_.color, STDOUT_FILENO), {}};
      for (const auto& rule : rules) {
        const RuleInfo& info = rule->info();
        context.rules.push_back(
            {info.name, info.summary, info.severity, driver::rulePage(info.name).value_or("")});
      }
      std::ofstream file;
      if (toFile) file.open(target.file, std::ios::binary);
      std::ostream& out = toFile ? file : std::cout;
      report::makeWriter(target.format)->write(report, context, out);
      out.flush();
      if (!out) code = fail("cannot write " + (toFile ? target.file : std::string("to stdout")));
    }
    return code;
  }

  [[nodiscard]] int exitCode(const report::Report& report) const {
    if (crashed_ || (skipped_ && options_.strict)) return exit_code::trouble;
    if (!report.unitsFailed.empty()) return exit_code::notCompiled;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      const bool gone = fixed_.count(i) != 0 && !options_.diff;
      if (!gone && options_.failOn && report.findings[i].severity >= *options_.failOn)
        return exit_code::findings;
    }
    return exit_code::clean;
  }

  const CheckOptions& options_;
  driver::GlobList checks_;
  std::string folder_;
  std::string root_;
  driver::SetupCache setups_;
  SourceCache sources_;
  report::ReportBuilder builder_;
  std::map<std::string, std::uint64_t> fingerprints_;
  std::set<std::size_t> fixed_;
  std::set<std::string> configErrors_;
  std::vector<std::string> notices_;
  bool crashed_ = false;
  bool skipped_ = false;
};

} // namespace

int run(const CheckOptions& options) { return CheckRun(options).run(); }

} // namespace session_tidy::cli
