// The command line's grammar, with CLI11.
#include "cli/CommandLine.h"

#include "checks/Rule.h"
#include "cli/Completion.h"
#include "cli/HelpFormatter.h"
#include "cli/ManPage.h"
#include "cli/PathSelector.h"
#include "cli/RuleNames.h"
#include "cli/UsageErrors.h"
#include "driver/ChangedLines.h"
#include "driver/Words.h"
#include "report/Baseline.h"
#include "report/Writer.h"
#include "support/SourceText.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

namespace session_tidy::cli {

namespace {

std::string formatList() {
  std::string text;
  for (const std::string_view name : report::formatNames())
    text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

/// "sarif:out.sarif"
OutputTarget readTarget(const std::string& text) {
  const std::size_t colon = text.find(':');
  OutputTarget target{.format = text.substr(0, colon), .file = ""};
  if (colon != std::string::npos) target.file = text.substr(colon + 1);
  if (report::makeWriter(target.format) == nullptr)
    throw CLI::ValidationError("--output-format",
                               "no format '" + target.format + "'" +
                                   didYouMean(target.format, report::formatNames()) +
                                   "; there are " + formatList());
  if (colon != std::string::npos && target.file.empty())
    throw CLI::ValidationError("--output-format", "no file after '" + text + "'");
  return target;
}

// Headings in --help.
constexpr const char* groupOfOutput = "Output";
constexpr const char* groupOfFixes = "Fixes";
constexpr const char* groupOfBaseline = "Known findings";
constexpr const char* groupOfCache = "Cache";

class Grammar {
public:
  Grammar() {
    app_.set_version_flag("--version", "session-tidy " SESSION_TIDY_VERSION " (LLVM " +
                                           std::to_string(SESSION_TIDY_LLVM_MAJOR) + ")");
    app_.failure_message(
        [](const CLI::App* app, const CLI::Error& error) { return usageError(*app, error); });
    app_.formatter(std::make_shared<HelpFormatter>()); // before the commands, which take it over
    app_.require_subcommand(1);
    addCheck("check", "Find misuse of database sessions (the default)", false);
    addCheck("fix", "The same, and apply the safe fixes", true);
    addReport();
    addBaseline();
    addMerge();
    addInit();
    addInformers();
    addCache();
    addScripts();
    app_.footer( // after the commands, which would take it over
        "`check` may be left out: session-tidy src/  is  session-tidy check src/\n"
        "session-tidy COMMAND --help has the options of a command.\n\n"
        "Exit codes: 0 clean, 1 findings, 2 wrong usage or configuration, or trouble of\n"
        "session-tidy's own, 3 something did not compile");
  }

  std::variant<Command, int> read(std::vector<std::string> arguments) {
    const auto separator = std::ranges::find(arguments, "--");
    std::optional<std::vector<std::string>> flags;
    if (separator != arguments.end()) {
      flags.emplace(std::next(separator), arguments.end());
      arguments.erase(separator, arguments.end());
    }
    insertDefault(arguments);
    std::ranges::reverse(arguments); // as CLI11 wants them
    try {
      app_.parse(arguments);
      return command(std::move(flags));
    } catch (const CLI::ParseError& error) {
      return app_.exit(error, std::cout, std::cerr) == 0 ? exit_code::clean : exit_code::trouble;
    }
  }

private:
  void insertDefault(std::vector<std::string>& arguments) {
    static constexpr std::array<std::string_view, 3> rootFlags{"--help", "-h", "--version"};
    const auto isCommand = [&](const std::string& word) {
      return std::ranges::any_of(app_.get_subcommands({}), [&](const CLI::App* command) {
        return command->get_name() == word;
      });
    };
    const bool named = !arguments.empty() &&
                       (isCommand(arguments.front()) ||
                        std::count(rootFlags.begin(), rootFlags.end(), arguments.front()) != 0);
    if (!named) arguments.insert(arguments.begin(), "check");
  }

  /// An option that takes one of a few words.
  CLI::Option* addChoice(CLI::App& app, const std::string& name, std::string& target,
                         const std::string& type, std::vector<std::string> words,
                         const std::string& description) {
    CLI::Option* option =
        app.add_option(name, target, description)->type_name(type)->check(oneOf(words));
    values_[option] = std::move(words);
    return option;
  }

  static CLI::Option* addNumber(CLI::App& app, const std::string& name, unsigned& target,
                                const std::string& type, const std::string& description) {
    return app.add_option(name, target, description)->type_name(type)->check(wholeNumber());
  }

  static void addUnitOptions(CLI::App& app, UnitOptions& options) {
    app.add_option("-p", options.database,
                   "Folder with compile_commands.json (default: looked for upward)")
        ->type_name("DIR");
    app.add_option("--config", options.configFile,
                   "Configuration to use instead of the nearest .session-tidy.json")
        ->type_name("FILE");
    app.footer("Compiler flags may follow --; then no compile database is used.");
  }

  void addCheck(const std::string& name, const std::string& description, bool fixes) {
    CLI::App& app = *app_.add_subcommand(name, description);
    addCheckOptions(app);
    addReportOptions(app);
    addChangeOptions(app, fixes);
    if (!fixes) app.add_flag("--fix", check_.fix, "Apply the safe fixes")->group(groupOfFixes);
    app.add_flag("--unsafe-fixes", check_.unsafeFixes, "Apply fixes that may change behaviour, too")
        ->group(groupOfFixes);
    if (fixes)
      app.add_flag("--diff", check_.diff, "Show what the fixes would change, change nothing")
          ->group(groupOfFixes);
    if (!fixes) addShardOptions(app);
  }

  /// What is looked at, how, and for what.
  void addCheckOptions(CLI::App& app) {
    addUnitOptions(app, check_.units);
    app.add_option("paths", check_.units.paths, "Files, folders or globs (default: all units)");
    addNumber(app, "-j,--jobs", check_.jobs, "N", "Units at a time (default: one per core)");
    addNumber(app, "--timeout", check_.timeout, "SECONDS",
              "After which a unit is given up (default: 300; 0: never)");
    app.add_option("--checks", check_.checks, "Globs of rules, like clang-tidy's")
        ->type_name("GLOBS");
    addChoice(app, "--min-confidence", minConfidence_, "LEVEL", {"possible", "likely", "certain"},
              "possible, likely (default) or certain");
    app.add_flag("--require-reason", check_.requireReason,
                 "Report NOLINT comments that give no reason");
    app.add_flag("--unused-suppressions", check_.unusedSuppressions,
                 "Report NOLINT comments that silence nothing");
    app.add_flag("--strict", check_.strict, "Files without a compile command fail the run");
    app.add_flag("--all-units", check_.parseAll,
                 "Look at units in which no session can occur, too: whether they compile");
    app.add_option("--parse-below", check_.parseBelow)->group(""); // for the proof by test
    app.add_flag("-q,--quiet", check_.quiet, "No notices and no progress on stderr")
        ->group(groupOfOutput);
    app.add_flag("--statistics,--stats", check_.statistics,
                 "Say on stderr what was looked at, what was found, and how long it took")
        ->group(groupOfOutput);
    addBaselineFile(app);
    addCacheFolder(app);
    app.add_flag("--no-cache", check_.cache.off, "Lint everything anew")->group(groupOfCache);
    addNumber(app, "--cache-size", check_.cache.mebibytes, "MIB",
              "At most so much is kept (default: 1024)")
        ->group(groupOfCache);
  }

  void addCacheFolder(CLI::App& app) {
    app.add_option("--cache-dir", check_.cache.folder,
                   "Where results are kept (default: $SESSION_TIDY_CACHE_DIR, else "
                   "~/.cache/session-tidy)")
        ->type_name("DIR")
        ->group(groupOfCache);
  }

  void addChangeOptions(CLI::App& app, bool fixes) {
    ChangeOptions& changes = check_.changes;
    const std::string group = "Only what changed";
    app.add_option("--since", changes.since,
                   "What changed since this branch left REF, with what is not committed")
        ->type_name("REF")
        ->group(group);
    app.add_flag("--staged", changes.staged, "What is staged for the next commit")->group(group);
    if (!fixes)
      app.add_option("--diff", patch_,
                     "Lines that a unified diff changes (a file, or - for standard input); "
                     "without one: show what the fixes would change")
          ->type_name("FILE")
          ->expected(0, 1)
          ->group(group);
    app.add_option("--line-filter", changes.lineFilter,
                   R"(These lines: [{"name":"a.cpp","lines":[[1,9]]}])")
        ->type_name("JSON")
        ->group(group);
    app.add_flag("--pre-commit", check_.preCommit,
                 "What pre-commit asks about: the lines since its --from-ref, else what is "
                 "staged; with --all-files, the files whole")
        ->group(group);
    addChoice(app, "--touching", touching_, "WHAT", {"finding", "path", "function"},
              "What of a finding has to be in changed lines: finding (its place), path (default: "
              "any step of its path), function (any line of its function)")
        ->group(group);
  }

  /// `check --diff` alone asks for a preview of the fixes, `--diff FILE` for the changes in FILE.
  void readPatch() {
    const bool given = app_.get_subcommand("check")->count("--diff") != 0;
    if (!given) return;
    // Only what is named like something to lint can be a path that happens to follow.
    const auto isPatch = [](const std::string& name) {
      std::error_code ignored;
      if (PathSelector::hasWildcard(name) || std::filesystem::is_directory(name, ignored))
        return false;
      if (!PathSelector::isCode(name)) return true;
      const auto text = readFile(name);
      return text && driver::readDiff(*text).has_value();
    };
    if (patch_.empty()) {
      check_.diff = true;
    } else if (isPatch(patch_)) {
      check_.changes.patch = patch_;
    } else {
      check_.diff = true;
      check_.units.paths.insert(check_.units.paths.begin(), patch_);
    }
  }

  void addShardOptions(CLI::App& app) {
    const std::string group = "Several machines";
    app.add_option(
           "--shard", shard_,
           "One of N parts of the units, for session-tidy merge: I/N, or auto in a job array "
           "of Slurm or of a CI service")
        ->type_name("I/N")
        ->group(group);
    app.add_option(
           "--times", check_.shard.times,
           "Times by which units are divided evenly, written by merge; the same for all parts "
           "(default: those in the cache)")
        ->type_name("FILE")
        ->group(group);
  }

  /// What is neither a file nor a folder may be a command that was not understood as one.
  void checkPath(const std::string& path) const {
    std::error_code ignored;
    if (PathSelector::hasWildcard(path) || std::filesystem::exists(path, ignored)) return;
    throw CLI::ParseError("no such file or folder: " + path + commandMeant(app_, path),
                          CLI::ExitCodes::InvalidError);
  }

  /// A part is judged with the others, by `merge`: known findings and severities are its business.
  void readShard() {
    if (shard_.empty()) return;
    const auto complain = [](const std::string& text) {
      throw CLI::ValidationError("--shard", text);
    };
    const auto read = driver::readShardNumber(
        shard_, [](const char* name) -> const char* { return std::getenv(name); });
    if (!read.error.empty()) complain(read.error);
    if (check_.fix) complain("fixes are made on one machine");
    if (std::ranges::none_of(check_.outputs, [](const auto& out) { return out.format == "json"; }))
      complain("needs --output-format json:FILE, which session-tidy merge reads");
    check_.shard.number = read.number;
    check_.baseline.ignore = true;
    check_.failOn.reset();
  }

  void addReport() {
    CLI::App& report = *app_.add_subcommand(
        "report", "Write a report for a team: how each file does, what to do first");
    addChoice(report, "--format", reportFormat_, "FORMAT", {"md", "html"}, "md (default) or html");
    report.add_option("-o,--output", reportFile_, "Where to (default: standard output)")
        ->type_name("FILE");
    addCheckOptions(report);
  }

  void addBaselineFile(CLI::App& app) {
    app.add_option("--baseline", check_.baseline.file,
                   "Known findings, which do not count (default: " +
                       std::string(report::baselineFileName) + " in the repository's root)")
        ->type_name("FILE")
        ->group(groupOfBaseline);
    app.add_flag("--no-baseline", check_.baseline.ignore, "Known findings count")
        ->group(groupOfBaseline);
  }

  void addBaseline() {
    CLI::App& baseline = *app_.add_subcommand("baseline", "Known findings that are left for later");
    baseline.require_subcommand(1);
    addCheckOptions(*baseline.add_subcommand("update", "Take down all findings there are now"));
    addCheckOptions(
        *baseline.add_subcommand("prune", "Drop the entries that are not found any more"));
    addBaselineFile(*baseline.add_subcommand("show", "List the entries"));
  }

  void addMerge() {
    CLI::App& merge = *app_.add_subcommand(
        "merge", "Bring reports of several runs together (of --output-format json)");
    merge.add_option("files", merge_.files, "The reports")->required();
    addReportOptions(merge);
    addBaselineFile(merge);
    addCacheFolder(merge);
    merge
        .add_option("--times", check_.shard.times,
                    "Where times are kept for the next --shard (default: in the cache)")
        ->type_name("FILE")
        ->group(groupOfCache);
  }

  void addInit() {
    CLI::App& app = *app_.add_subcommand(
        "init", "Look at a project, and write the settings files that it needs");
    app.add_option("-p", init_.units.database,
                   "Folder with compile_commands.json (default: looked for upward)")
        ->type_name("DIR");
    app.add_flag("-y,--yes", init_.yes, "Change files that are there without asking");
    app.add_flag("-n,--dry-run", init_.dryRun, "Show what would be written, write nothing");
  }

  void addInformers() {
    addChoice(*app_.add_subcommand("list", "List the rules"), "--format", listFormat_, "FORMAT",
              {"text", "markdown"}, "text (default) or markdown");
    CLI::Option* rule = app_.add_subcommand("explain", "Show a rule's page")
                            ->add_option("rule", explain_.rule, "Its name")
                            ->required();
    for (const auto& known : makeAllRules()) values_[rule].emplace_back(known->info().name);
    CLI::App& models = *app_.add_subcommand("models", "The session libraries that are known");
    models.add_subcommand("list", "List them (the default)");
    models.add_subcommand("check", "Check a model file")
        ->add_option("file", models_.checkFile, "The file")
        ->required();
    CLI::App& dump = *app_.add_subcommand("dump-ir", "Print the session IR of a file");
    addUnitOptions(dump, dump_.units);
    dump.add_option("file", dump_.units.paths, "The file")->required()->expected(1);
    dump.add_option("--function", dump_.function, "Only functions of this name")->type_name("NAME");
  }

  void addCache() {
    CLI::App& cache = *app_.add_subcommand("cache", "Results that are kept from run to run");
    cache.require_subcommand(1);
    addCacheFolder(*cache.add_subcommand("stats", "How many there are, and where"));
    addCacheFolder(*cache.add_subcommand("clean", "Remove them"));
  }

  void addScripts() {
    addChoice(*app_.add_subcommand("completion",
                                   "Print a script that completes this command line in a shell"),
              "shell", shell_, "", {"bash", "zsh", "fish"}, "bash, zsh or fish")
        ->required();
    app_.add_subcommand("man", "Print the manual page, as roff");
  }

  /// What comes of the findings; for `merge` as well.
  void addReportOptions(CLI::App& app) {
    const auto names = report::formatNames();
    CLI::Option* format =
        app.add_option("--output-format", outputs_,
                       "Of the results; again for more, each to its FILE. " + formatList())
            ->type_name("FORMAT[:FILE]")
            ->take_all()
            ->allow_extra_args(false) // paths may follow
            ->group(groupOfOutput);
    values_[format].assign(names.begin(), names.end());
    addChoice(app, "--fail-on", failOn_, "SEVERITY", {"style", "warning", "error", "never"},
              "Least severity that makes the exit code 1: style (default), warning, error, never")
        ->group(groupOfOutput);
    addChoice(app, "--color", color_, "WHEN", {"auto", "always", "never"},
              "auto (default), always or never")
        ->group(groupOfOutput);
  }

  int printCompletion() const {
    std::cout << completionScript(shell_, app_, values_).value_or("");
    return exit_code::clean;
  }

  int printManPage() const {
    std::cout << manPage(app_, SESSION_TIDY_VERSION);
    return exit_code::clean;
  }

  std::variant<Command, int> command(std::optional<std::vector<std::string>> flags) {
    const std::string name = app_.get_subcommands().front()->get_name();
    if (name == "list") return ListOptions{.markdown = listFormat_ == "markdown"};
    if (name == "explain") return explain_;
    if (name == "models") return models_;
    if (name == "completion") return printCompletion();
    if (name == "man") return printManPage();
    if (name == "cache")
      return CacheCommandOptions{
          .cache = check_.cache,
          .clean = app_.get_subcommand("cache")->get_subcommands().front()->get_name() == "clean"};
    if (name == "baseline") {
      const std::string what =
          app_.get_subcommands().front()->get_subcommands().front()->get_name();
      if (what == "show") return BaselineShowOptions{.baseline = check_.baseline};
      check_.baseline.mode = what == "update" ? BaselineMode::Update : BaselineMode::Prune;
    }
    if (name == "init") return init_;
    if (name == "dump-ir") {
      dump_.units.flags = std::move(flags);
      return dump_;
    }
    readOutputs();
    if (name == "report") {
      check_.outputs = {
          {.format = reportFormat_ == "html" ? "html" : "markdown", .file = reportFile_}};
      check_.failOn.reset(); // it tells, and judges nothing
      check_.baseline.ignore |=
          check_.baseline.file.empty(); // what is known is part of the picture
    }
    if (name == "merge") {
      merge_.check = check_;
      return merge_;
    }
    check_.units.flags = std::move(flags);
    if (name == "check") readPatch();
    for (const std::string& path : check_.units.paths) checkPath(path);
    check_.fix |= name == "fix" || check_.unsafeFixes || check_.diff;
    readShard();
    // As for clang-tidy, what is only taken away is taken away from all.
    if (check_.checks.starts_with('-')) check_.checks.insert(0, "*,");
    return check_;
  }

  void readOutputs() {
    readWords();
    for (const std::string& output : outputs_) check_.outputs.push_back(readTarget(output));
    const auto toStandardOutput = [](const OutputTarget& target) { return target.file.empty(); };
    if (std::ranges::count_if(check_.outputs, toStandardOutput) > 1)
      throw CLI::ValidationError("--output-format",
                                 "only one report can go to the standard output; name a file for "
                                 "the others, as in '" +
                                     check_.outputs.back().format + ":FILE'");
    if (check_.outputs.empty()) check_.outputs.push_back({.format = "text", .file = ""});
  }

  void readWords() {
    if (!minConfidence_.empty()) check_.minConfidence = driver::readConfidence(minConfidence_);
    if (!failOn_.empty()) check_.failOn = driver::readSeverity(failOn_); // none: never
    check_.changes.touching = touching_ == "finding"    ? Touching::Finding
                              : touching_ == "function" ? Touching::Function
                                                        : Touching::Path;
    check_.color = color_ == "always"  ? Color::Always
                   : color_ == "never" ? Color::Never
                                       : Color::Auto;
  }

  CLI::App app_{"Finds database-session misuse in C++", "session-tidy"};
  CheckOptions check_;
  ExplainOptions explain_;
  DumpIrOptions dump_;
  ModelsOptions models_;
  MergeOptions merge_;
  std::string shard_;
  std::string shell_;
  std::string listFormat_;
  std::string reportFormat_;
  std::string reportFile_;
  InitOptions init_;
  std::string minConfidence_;
  std::string failOn_;
  std::string color_;
  std::string touching_;
  std::string patch_;
  std::vector<std::string> outputs_;
  OptionValues values_;
};

} // namespace

std::variant<Command, int> readCommandLine(std::vector<std::string> arguments) {
  return Grammar().read(std::move(arguments));
}

} // namespace session_tidy::cli
