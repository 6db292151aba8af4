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

/// Units linted and reported together. A run has several when fixes stood in each other's way.
struct Round {
  report::Report report;
  SourceCache sources;
  std::map<std::string, std::uint64_t> fingerprints; ///< of the files as the compiler saw them
  std::vector<Unit> unitsWithFindings;
};

constexpr int maxRounds = 10;

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
    UnitList const list = findUnits(options_.units);
    if (!list.error.empty()) return fail(list.error);
    if (resourceFolder().empty())
      return fail("clang's own headers are not installed; install libclang-common-" +
                  std::to_string(SESSION_TIDY_LLVM_MAJOR) + "-dev");
    for (const std::string& path : list.withoutCommand) skip(path);
    Round round = lintAll(list.units);
    if (!configErrors_.empty()) {
      for (const std::string& error : configErrors_) std::cerr << error << '\n';
      return exit_code::trouble;
    }
    const int code = options_.fix ? fix(round) : exit_code::clean;
    if (const std::size_t failed = round.report.unitsFailed.size(); failed != 0)
      note(std::to_string(failed) + " of " + std::to_string(list.units.size()) +
           " did not compile; findings may be missing");
    if (options_.diff) return std::max(code, exitCode(round.report));
    return std::max({code, exitCode(round.report), writeReports(round)});
  }

private:
  int fail(const std::string& message) {
    std::cerr << "session-tidy: " << message << '\n';
    return exit_code::trouble;
  }

  void note(const std::string& text) const {
    if (!options_.quiet) std::cerr << "session-tidy: " << text << '\n';
  }

  bool checkRuleNames() {
    const auto rules = makeAllRules();
    const bool any = std::ranges::any_of(
        rules, [&](const auto& rule) { return checks_.contains(rule->info().name); });
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

  Round lintAll(const std::vector<Unit>& units) {
    std::vector<UnitFindings> results(units.size());
    unsigned jobs = options_.jobs != 0 ? options_.jobs : std::thread::hardware_concurrency();
    jobs = std::max(jobs, 1U);
    const bool color = wantsColor(options_.color, STDERR_FILENO);
    forEachInParallel(units.size(), jobs,
                      [&](std::size_t i) { results[i] = lintUnit(units[i], color); });
    Round round;
    report::ReportBuilder builder;
    for (std::size_t i = 0; i < units.size(); ++i) collect(units[i], results[i], builder, round);
    std::vector<std::string> notices;
    round.report = builder.finish(round.sources, notices);
    for (const std::string& notice : notices) note(notice);
    return round;
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

  void collect(const Unit& unit, UnitFindings& result, report::ReportBuilder& builder,
               Round& round) {
    if (!result.configError.empty()) {
      configErrors_.insert(result.configError);
      return;
    }
    if (diagnostics_.insert(result.outcome.diagnostics).second)
      std::cerr << result.outcome.diagnostics;
    builder.countUnit();
    if (result.outcome.status != UnitStatus::Compiled) builder.countFailedUnit(unit.file);
    crashed_ |= result.outcome.status == UnitStatus::Crashed;
    for (std::size_t i = 0; i < result.outcome.fingerprints.size() && i < result.files.size(); ++i)
      round.fingerprints.try_emplace(result.files[i], result.outcome.fingerprints[i]);
    if (!result.findings.empty()) round.unitsWithFindings.push_back(unit);
    builder.add(result.files, std::move(result.findings));
  }

  /// Applies fixes, or shows them as a diff. Leaves in `round` what is not fixed: what is left
  /// after some fixes is looked at again, for its new place and since some may have stood in each
  /// other's way.
  int fix(Round& round) {
    for (int count = 1;; ++count) {
      Fixer fixer(round.report, round.sources, round.fingerprints, folder_);
      fixer.plan(options_.unsafeFixes);
      int code = exit_code::clean;
      if (options_.diff)
        fixer.writeDiff(std::cout);
      else
        for (const std::string& error : fixer.apply()) code = fail(error);
      const bool rest = fixer.fixedFindings().size() < round.report.findings.size();
      if (!options_.diff && code == exit_code::clean && fixer.madeSome() && rest &&
          count < maxRounds) {
        round = lintAgain(round);
        continue;
      }
      for (const std::string& notice : fixer.notices()) note(notice);
      if (!options_.diff) dropFixed(round.report, fixer.fixedFindings());
      return code;
    }
  }

  Round lintAgain(const Round& before) {
    Round round = lintAll(before.unitsWithFindings);
    round.report.unitsChecked = before.report.unitsChecked;
    const std::set<std::string> again(round.report.unitsFailed.begin(),
                                      round.report.unitsFailed.end());
    for (const std::string& unit : before.report.unitsFailed)
      if (!again.contains(unit)) round.report.unitsFailed.push_back(unit);
    return round;
  }

  static void dropFixed(report::Report& report, const std::set<std::size_t>& fixed) {
    std::vector<Finding> rest;
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      if (!fixed.contains(i)) rest.push_back(std::move(report.findings[i]));
    report.findings = std::move(rest);
  }

  int writeReports(Round& round) {
    int code = exit_code::clean;
    const auto rules = makeAllRules();
    for (const OutputTarget& target : options_.outputs) {
      const bool toFile = !target.file.empty();
      report::Context context{.sources = round.sources,
                              .currentFolder = folder_,
                              .root = root_,
                              .color = !toFile && wantsColor(options_.color, STDOUT_FILENO),
                              .rules = {}};
      for (const auto& rule : rules) {
        const RuleInfo& info = rule->info();
        context.rules.push_back({.name = info.name,
                                 .summary = info.summary,
                                 .severity = info.severity,
                                 .page = driver::rulePage(info.name).value_or("")});
      }
      std::ofstream file;
      if (toFile) file.open(target.file, std::ios::binary);
      std::ostream& out = toFile ? file : std::cout;
      report::makeWriter(target.format)->write(round.report, context, out);
      out.flush();
      if (!out) code = fail("cannot write " + (toFile ? target.file : std::string("to stdout")));
    }
    return code;
  }

  [[nodiscard]] int exitCode(const report::Report& report) const {
    if (crashed_ || (skipped_ && options_.strict)) return exit_code::trouble;
    if (!report.unitsFailed.empty()) return exit_code::notCompiled;
    const bool fails = std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return options_.failOn && finding.severity >= *options_.failOn;
    });
    if (fails) return exit_code::findings;
    return exit_code::clean;
  }

  const CheckOptions& options_;
  driver::GlobList checks_;
  std::string folder_;
  std::string root_;
  driver::SetupCache setups_;
  std::set<std::string> configErrors_;
  std::set<std::string> diagnostics_; ///< printed already
  bool crashed_ = false;
  bool skipped_ = false;
};

} // namespace

int run(const CheckOptions& options) {
  return CheckRun(options).run();
}

} // namespace session_tidy::cli
