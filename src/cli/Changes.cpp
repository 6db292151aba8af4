// Getting diffs and asking them.
#include "cli/Changes.h"

#include "cli/Git.h"
#include "support/SourceText.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <system_error>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

std::string real(const fs::path& path) {
  std::error_code error;
  const fs::path found = fs::weakly_canonical(path, error);
  return error ? path.lexically_normal().string() : found.string();
}

std::string firstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// What git says against it, in one line.
std::string complaint(const GitOutput& output) {
  const std::string line = firstLine(output.error);
  return line.starts_with("fatal: ") ? line.substr(7) : line;
}

const std::vector<std::string> diffOptions{"diff",           "-U0",          "--no-color",
                                           "--no-ext-diff",  "--no-renames", "--src-prefix=a/",
                                           "--dst-prefix=b/"};

std::vector<std::string> diff(std::vector<std::string> more) {
  std::vector<std::string> arguments = diffOptions;
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

bool isIn(const SourceRange& range, const SourceRange& body) {
  return body.file == range.file && body.begin <= range.begin && range.begin < body.end;
}

} // namespace

Changes::Changes(const ChangeOptions& options, const std::string& folder) : options_(options) {
  if (!options.since.empty()) readSince(folder);
  if (options.staged) readStaged(folder);
  if (!options.patch.empty()) readPatch(folder);
  if (!options.lineFilter.empty()) readLineFilter();
}

void Changes::add(const std::string& path, const driver::DiffFile& file,
                  const std::vector<driver::Hunk>& later) {
  for (const driver::Hunk& hunk : file.hunks) {
    const auto lines = driver::moved(driver::newLines(hunk), later);
    lines_.add(path, lines.first, lines.last);
    if (hunk.oldCount > 0) gone_.add(path, lines.first, lines.last);
  }
}

// Against the commit where this branch left REF, as a pull request shows it; with what is not
// committed and not even added yet.
void Changes::readSince(const std::string& folder) {
  const GitOutput top = runGit(folder, {"rev-parse", "--show-toplevel"});
  if (top.exitCode != 0) {
    error_ = "--since: " + complaint(top);
    return;
  }
  const std::string root = firstLine(top.out);
  const GitOutput base = runGit(folder, {"merge-base", options_.since, "HEAD"});
  const std::string from = base.exitCode == 0 ? firstLine(base.out) : options_.since;
  const GitOutput changed = runGit(folder, diff({from, "--"}));
  if (changed.exitCode != 0) {
    error_ = "--since: " + complaint(changed) +
             " (is it fetched? A shallow clone lacks it: git fetch --unshallow, or fetch-depth: 0)";
    return;
  }
  const auto files = driver::readDiff(changed.out);
  for (const driver::DiffFile& file : files.value_or(std::vector<driver::DiffFile>()))
    add(real(fs::path(root) / file.name), file, {});
  const std::string names = runGit(root, {"ls-files", "-z", "--others", "--exclude-standard"}).out;
  for (std::size_t at = 0; at < names.size();) {
    const std::string name = names.substr(at, names.find('\0', at) - at);
    lines_.addWhole(real(fs::path(root) / name));
    at += name.size() + 1;
  }
}

// The index is what will be committed, the files are what is linted: lines are followed from the
// one to the other.
void Changes::readStaged(const std::string& folder) {
  const GitOutput top = runGit(folder, {"rev-parse", "--show-toplevel"});
  const GitOutput staged = runGit(folder, diff({"--cached", "--"}));
  const GitOutput unstaged = runGit(folder, diff({"--"}));
  for (const GitOutput* output : {&top, &staged, &unstaged})
    if (output->exitCode != 0) {
      error_ = "--staged: " + complaint(*output);
      return;
    }
  const fs::path root = firstLine(top.out);
  std::map<std::string, std::vector<driver::Hunk>> later;
  const auto unstagedFiles = driver::readDiff(unstaged.out);
  for (const driver::DiffFile& file : unstagedFiles.value_or(std::vector<driver::DiffFile>()))
    later[file.name] = file.hunks;
  const auto stagedFiles = driver::readDiff(staged.out);
  for (const driver::DiffFile& file : stagedFiles.value_or(std::vector<driver::DiffFile>()))
    add(real(root / file.name), file, later[file.name]);
}

void Changes::readPatch(const std::string& folder) {
  std::optional<std::string> text;
  if (options_.patch == "-")
    text = std::string(std::istreambuf_iterator<char>(std::cin), {});
  else
    text = readFile(options_.patch);
  if (!text) {
    error_ = "--diff: cannot read " + options_.patch;
    return;
  }
  const auto files = driver::readDiff(*text);
  if (!files && text->find_first_not_of(" \t\r\n") != std::string::npos) {
    error_ = "--diff: " + (options_.patch == "-" ? "the standard input" : options_.patch) +
             " is no unified diff, as git diff or diff -u writes it";
    return;
  }
  const GitOutput top = runGit(folder, {"rev-parse", "--show-toplevel"});
  const fs::path root = top.exitCode == 0 ? firstLine(top.out) : folder;
  std::error_code ignored;
  for (const driver::DiffFile& file : files.value_or(std::vector<driver::DiffFile>())) {
    // git names files from the repository's root, others from where they are.
    const fs::path inRoot = root / file.name;
    const std::string path =
        real(fs::exists(inRoot, ignored) ? inRoot : fs::path(folder) / file.name);
    add(path, file, {});
  }
}

void Changes::readLineFilter() {
  filter_ = driver::readLineFilter(options_.lineFilter);
  if (!filter_.error.empty()) error_ = filter_.error;
}

const std::string& Changes::realPath(const std::string& file) const {
  const auto [place, isNew] = realPaths_.try_emplace(file);
  if (isNew) place->second = real(file);
  return place->second;
}

bool Changes::concerns(const std::string& file) const {
  if (!lines_.empty() && lines_.hasFile(realPath(file))) return true;
  return std::ranges::any_of(filter_.items, [&](const driver::LineFilter::Item& item) {
    return driver::endsInPath(file, item.name);
  });
}

bool Changes::touches(const report::Report& report, const SourceRange& range) const {
  const std::string& file = report.files[range.file];
  const std::uint32_t last = std::max(range.begin.line, range.end.line);
  if (lines_.touches(realPath(file), range.begin.line, last)) return true;
  return std::ranges::any_of(filter_.items, [&](const driver::LineFilter::Item& item) {
    return driver::endsInPath(file, item.name) &&
           std::ranges::any_of(item.lines, [&](const auto& lines) {
             return lines.first <= last && range.begin.line <= lines.last;
           });
  });
}

bool Changes::touches(const report::Report& report, const Finding& finding) const {
  if (touches(report, finding.range)) return true;
  if (options_.touching == Touching::Finding) return false;
  if (std::ranges::any_of(finding.trace,
                          [&](const Note& note) { return touches(report, note.range); }))
    return true;
  return std::ranges::any_of(report.uses, [&](const driver::SessionUse& use) {
    if (!isIn(finding.range, use.body)) return false;
    return options_.touching == Touching::Function ? touches(report, use.body)
                                                   : losesLines(report, finding, use.body);
  });
}

/// Whether lines were taken away or replaced between the steps of a path: a commit that is not
/// there any more leaves no line to point at.
bool Changes::losesLines(const report::Report& report, const Finding& finding,
                         const SourceRange& body) const {
  std::uint32_t first = finding.range.begin.line;
  std::uint32_t last = first;
  for (const Note& note : finding.trace) {
    if (!isIn(note.range, body)) continue;
    first = std::min(first, note.range.begin.line);
    last = std::max(last, note.range.begin.line);
  }
  return first != last && gone_.touches(realPath(report.files[body.file]), first, last);
}

void Changes::filter(report::Report& report) const {
  std::erase_if(report.findings, [&](const Finding& finding) { return !touches(report, finding); });
}

} // namespace session_tidy::cli
