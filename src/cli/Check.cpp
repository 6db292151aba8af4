// `session-tidy check` and `fix`: lints all units, reports, applies fixes.
#include "cli/BaselineUse.h"
#include "cli/CacheKeys.h"
#include "cli/Changes.h"
#include "cli/Commands.h"
#include "cli/Fixer.h"
#include "cli/Interrupt.h"
#include "cli/Outputs.h"
#include "cli/PreCommit.h"
#include "cli/ResultCache.h"
#include "cli/RuleNames.h"
#include "cli/ShardUse.h"
#include "cli/Statistics.h"
#include "cli/UnitChoice.h"
#include "cli/UnitLinter.h"
#include "cli/UnitPass.h"
#include "cli/UnitRunner.h"
#include "cli/UnitSearch.h"
#include "driver/ReachMemory.h"
#include "report/Paths.h"
#include "report/ReportBuilder.h"
#include "support/AtomicFile.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace session_tidy::cli {

namespace {

/// Units linted and reported together. A run has several when fixes stood in each other's way.
struct Round {
  report::Report report;
  SourceCache sources;
  std::map<std::string, std::uint64_t> fingerprints; ///< of the files as the compiler saw them
  std::vector<Unit> unitsWithFindings;
  BaselineUse::Scope scope;
  std::size_t stale = 0; ///< entries of the baseline that are not found any more
};

constexpr int maxRounds = 8;

class CheckRun {
public:
  explicit CheckRun(const CheckOptions& options)
      : options_(options), checks_(options.checks), places_(currentPlaces()),
        folder_(places_.folder), linter_(options, wantsColor(options.color, STDERR_FILENO)),
        changes_(options.changes, folder_), baseline_(options.baseline, places_.root) {
    const std::filesystem::path folder = cacheFolder(options.cache.folder);
    if (!options.cache.off && !folder.empty()) cache_.emplace(folder, places_.root);
  }

  int run() {
    if (!checkRuleNames()) return exit_code::trouble;
    UnitList list = findUnits(options_.units);
    if (const std::string error = obstacle(list); !error.empty()) return fail(error);
    if (options_.baseline.mode == BaselineMode::Prune && !baseline_.exists()) {
      note("there is no baseline " + baseline_.file().string() + ", so nothing to prune");
      return exit_code::clean;
    }
    UnitChoice choice = choose(std::move(list));
    if (options_.shard.number) shard_ = takeShard(choice, options_, places_.root);
    for (const std::string& path : choice.withoutCommand) skip(path);
    Round round = lintAll(choice.units);
    round.report.unitsChecked += choice.withoutSessions;
    statistics_.countUnits(choice.units.size() + choice.withoutSessions, choice.withoutSessions,
                           choice.withoutCommand.size());
    if (!configErrors_.empty()) {
      for (const std::string& error : configErrors_) std::cerr << error << '\n';
      return exit_code::trouble;
    }
    if (options_.baseline.mode != BaselineMode::Use) {
      const int code = writeBaseline(round);
      tellStatistics(round);
      return code;
    }
    if (round.stale != 0)
      note(std::to_string(round.stale) + (round.stale == 1 ? " entry" : " entries") +
           " of the baseline not found any more; session-tidy baseline prune drops what is gone");
    int code = options_.fix ? fix(round) : exit_code::clean;
    if (const std::size_t failed = round.report.unitsFailed.size(); failed != 0)
      note(std::to_string(failed) + " of " + std::to_string(round.report.unitsChecked) +
           " units could not be checked whole; findings may be missing");
    if (options_.diff) {
      tellStatistics(round);
      return std::max(code, exitCode(round.report));
    }
    round.report.shard = shard_;
    code = std::max({code, exitCode(round.report), writeReports(round)});
    tellStatistics(round);
    return code;
  }

private:
  int fail(const std::string& message) {
    std::cerr << "session-tidy: " << message << '\n';
    return exit_code::trouble;
  }

  void note(const std::string& text) const {
    if (!options_.quiet) std::cerr << "session-tidy: " << text << '\n';
  }

  void tellStatistics(const Round& round) const {
    if (!options_.statistics) return;
    std::cout << std::flush; // after the results, wherever both go
    statistics_.write(std::cerr, round.report, folder_);
  }

  UnitChoice choose(UnitList list) {
    if (!cache_ || options_.parseAll) // then nobody asks
      return chooseUnits(std::move(list), options_, changes_, linter_, nullptr);
    driver::ReachMemory memory(cache_->reachFile(toolText()));
    UnitChoice choice = chooseUnits(std::move(list), options_, changes_, linter_, &memory);
    memory.save();
    return choice;
  }

  /// Why the work need not be begun.
  [[nodiscard]] std::string obstacle(const UnitList& list) const {
    const bool lost = options_.preCommit && list.database.empty();
    if (!list.error.empty()) return list.error + (lost ? preCommitHint() : "");
    if (!changes_.error().empty()) return changes_.error();
    if (!baseline_.error().empty()) return baseline_.error();
    if (resourceFolder().empty())
      return "clang's own headers are not installed; install libclang-common-" +
             std::to_string(SESSION_TIDY_LLVM_MAJOR) + "-dev";
    return whyNotWritable();
  }

  [[nodiscard]] std::string whyNotWritable() const {
    if (options_.baseline.mode != BaselineMode::Use)
      return session_tidy::whyNotWritable(baseline_.file().string());
    return cli::whyNotWritable(options_.outputs);
  }

  bool checkRuleNames() {
    const auto rules = makeAllRules();
    if (!checkSpelling(rules)) return false;
    const bool any = std::ranges::any_of(
        rules, [&](const auto& rule) { return checks_.contains(rule->info().name); });
    if (!any) fail("no rule fits --checks '" + options_.checks + "'; see session-tidy list");
    return any;
  }

  /// Names of clang-tidy's own checks may stand there, too: the list is often the same.
  bool checkSpelling(const std::vector<std::unique_ptr<Rule>>& rules) {
    std::vector<std::string_view> known = namesOf(rules);
    known.push_back(report::suppressionRule);
    for (const driver::GlobList::Item& item : checks_.items()) {
      const bool isName =
          item.pattern.starts_with("session-") && item.pattern.find('*') == std::string::npos;
      if (!isName || std::ranges::find(known, item.pattern) != known.end()) continue;
      fail("--checks: no rule '" + item.pattern + "'" + didYouMean(item.pattern, known) +
           "; see session-tidy list");
      return false;
    }
    return true;
  }

  void skip(const std::string& path) {
    skipped_ = true;
    const std::string shown = report::relativePath(path, folder_);
    std::error_code ignored;
    const std::string why = std::filesystem::is_directory(path, ignored)
                                ? "no file with a compile command, and no header, in " + shown
                                : "no compile command for " + shown;
    if (options_.strict)
      fail(why);
    else
      note("skipped, " + why);
  }

  Round lintAll(const std::vector<Unit>& units) {
    UnitPass pass(options_, linter_, cache_ ? &*cache_ : nullptr);
    std::vector<UnitResult> results = pass.run(units);
    statistics_.startRound(pass.statistics());
    if (const std::string& error = pass.cacheError(); !error.empty() && !toldOfCache_) {
      toldOfCache_ = true;
      note("results are not kept for the next run: " + error +
           " (--cache-dir names another place, --no-cache does without)");
    }
    Round round;
    report::ReportBuilder builder(
        {.requireReason = options_.requireReason,
         .reportUnused = options_.unusedSuppressions,
         .isActive = [&](std::string_view rule) { return checks_.contains(rule); }});
    for (std::size_t i = 0; i < units.size(); ++i) collect(units[i], results[i], builder, round);
    std::vector<std::string> notices;
    round.report = builder.finish(round.sources, notices);
    round.scope.all = options_.units.paths.empty() && !options_.changes.any();
    for (const driver::SessionUse& use : round.report.uses)
      round.scope.files.insert(round.report.files[use.range.file]);
    const std::size_t found = round.report.findings.size();
    if (options_.baseline.mode == BaselineMode::Use)
      round.stale = baseline_.apply(round.report, round.sources, round.scope);
    const std::size_t fresh = round.report.findings.size();
    if (options_.changes.any()) changes_.filter(round.report);
    statistics_.countHidden(found - fresh, fresh - round.report.findings.size());
    for (const std::string& notice : notices) note(notice);
    return round;
  }

  void collect(const Unit& unit, UnitResult& result, report::ReportBuilder& builder, Round& round) {
    if (!result.configError.empty()) {
      configErrors_.insert(result.configError);
      return;
    }
    if (diagnostics_.insert(result.diagnostics).second) std::cerr << result.diagnostics;
    if (shard_) shard_->units[report::relativePath(unit.file, places_.root)] += result.milliseconds;
    builder.countUnit();
    if (result.status != UnitStatus::Compiled)
      builder.countFailedUnit(unit.file);
    else if (unit.onlyIn.empty())
      round.scope.files.insert(unit.file);
    builder.judge(unit.file);
    statistics_.countFunctions(result);
    crashed_ |= result.status == UnitStatus::Crashed || result.status == UnitStatus::TimedOut;
    for (std::size_t i = 0; i < result.fingerprints.size() && i < result.files.size(); ++i)
      round.fingerprints.try_emplace(result.files[i], result.fingerprints[i]);
    if (!result.findings.empty()) round.unitsWithFindings.push_back(unit);
    builder.add(result.files, std::move(result.findings), std::move(result.uses));
  }

  /// Applies fixes, or shows them as a diff. Leaves in `round` what is not fixed: after some fixes
  /// all is looked at again, for the new places of what is left, since some may have stood in each
  /// other's way, and since a defect may have hidden behind another.
  int fix(Round& round) {
    for (int count = 1;; ++count) {
      Fixer fixer(round.report, round.sources, round.fingerprints, folder_);
      fixer.plan(options_.unsafeFixes);
      int code = exit_code::clean;
      if (options_.diff)
        fixer.writeDiff(std::cout);
      else
        for (const std::string& error : fixer.apply()) code = fail(error);
      if (!options_.diff) countFixed(round.report, fixer.fixedFindings());
      if (!options_.diff && code == exit_code::clean && fixer.madeSome() && count < maxRounds) {
        try {
          round = lintAgain(round);
        } catch (const Interrupted&) {
          tellFixed();
          throw;
        }
        continue;
      }
      tellFixed();
      for (const std::string& notice : fixer.notices()) note(notice);
      if (!options_.diff) dropFixed(round.report, fixer.fixedFindings());
      return code;
    }
  }

  void countFixed(const report::Report& report, const std::set<std::size_t>& fixed) {
    for (const std::size_t index : fixed)
      ++fixedIn_[report.files[report.findings[index].range.file]];
  }

  void tellFixed() const {
    for (const auto& [file, fixes] : fixedIn_)
      note("fixed " + std::to_string(fixes) + (fixes == 1 ? " finding in " : " findings in ") +
           report::relativePath(file, folder_));
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
    for (const std::string& error :
         cli::writeReports(round.report, round.sources, options_, places_))
      code = fail(error);
    return code;
  }

  [[nodiscard]] int exitCode(const report::Report& report) const {
    if (crashed_ || (skipped_ && options_.strict)) return exit_code::trouble;
    if (shard_) return exit_code::clean; // what is in it is judged with the other parts
    return exitCodeOf(report, options_);
  }

  int writeBaseline(Round& round) {
    if (!round.report.unitsFailed.empty() || crashed_) {
      fail("the baseline stays as it is: " + std::to_string(round.report.unitsFailed.size()) +
           " units could not be checked whole");
      return crashed_ ? exit_code::trouble : exit_code::notCompiled;
    }
    const std::string said = baseline_.write(std::move(round.report), round.sources, round.scope);
    if (!baseline_.error().empty()) return fail(baseline_.error());
    note(said);
    return exit_code::clean;
  }

  const CheckOptions& options_;
  driver::GlobList checks_;
  OutputPlaces places_;
  std::string folder_;
  UnitLinter linter_;
  Changes changes_;
  BaselineUse baseline_;
  std::optional<ResultCache> cache_;
  std::optional<report::Shard> shard_;
  Statistics statistics_;
  std::set<std::string> configErrors_;
  std::set<std::string> diagnostics_; ///< printed already
  std::map<std::string, std::size_t> fixedIn_;
  bool crashed_ = false;
  bool toldOfCache_ = false;
  bool skipped_ = false;
};

} // namespace

int run(const CheckOptions& options) {
  const Interrupt interrupt;
  CheckOptions resolved = options;
  resolvePreCommit(resolved, currentPlaces().folder);
  try {
    return CheckRun(resolved).run();
  } catch (const Interrupted& at) {
    std::cerr << "session-tidy: interrupted after " << at.done << " of " << at.total << " units; "
              << (options.baseline.mode == BaselineMode::Use ? "no report was written\n"
                                                             : "the baseline stays as it is\n");
  }
  Interrupt::obey();
}

} // namespace session_tidy::cli
