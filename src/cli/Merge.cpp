// `session-tidy merge`, `baseline show` and `cache`: what earlier runs wrote.
#include "cli/BaselineUse.h"
#include "cli/Commands.h"
#include "cli/Outputs.h"
#include "cli/ResultCache.h"
#include "cli/ShardUse.h"
#include "report/JsonForm.h"
#include "report/ReportBuilder.h"
#include "support/SourceText.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <utility>

namespace session_tidy::cli {

namespace {

int fail(const std::string& message) {
  std::cerr << "session-tidy: " << message << '\n';
  return exit_code::trouble;
}

/// What several runs have written, brought together.
class Gathering {
public:
  /// Returns why it cannot be read.
  std::string add(const std::string& file, const std::string& root) {
    const auto text = readFile(file);
    if (!text) return "cannot read " + file;
    auto read = report::readJsonReport(*text, file, root);
    if (!read) return read.error().text();
    const auto& shard = read->shard;
    if (!shard || counted_.insert(shard->number.index).second) checked_ += read->unitsChecked;
    if (shard) parts_.push_back({.file = file, .shard = *shard});
    failed_.insert(read->unitsFailed.begin(), read->unitsFailed.end());
    builder_.add(read->files, std::move(read->findings), std::move(read->uses));
    for (const auto& [path, count] : read->silenced) // a header's are told by several parts
      silenced_[path] = std::max(silenced_[path], count);
    return {};
  }

  report::Report finish(SourceCache& sources) {
    std::vector<std::string> notices;
    report::Report report = builder_.finish(sources, notices);
    report.unitsChecked = checked_;
    for (const auto& [path, count] : silenced_) report.silenced[path] += count;
    report.unitsFailed.assign(failed_.begin(), failed_.end());
    return report;
  }

  [[nodiscard]] const std::vector<report::ShardFile>& parts() const { return parts_; }

private:
  report::ReportBuilder builder_;
  std::set<std::string> failed_;
  std::map<std::string, std::size_t> silenced_; ///< findings, by file
  std::size_t checked_ = 0;
  std::vector<report::ShardFile> parts_;
  std::set<unsigned> counted_; ///< a part that was made twice is the same part
};

} // namespace

int run(const MergeOptions& options) {
  const OutputPlaces places = currentPlaces();
  if (const std::string error = whyNotWritable(options.check.outputs); !error.empty())
    return fail(error);
  Gathering gathering;
  for (const std::string& file : options.files)
    if (const std::string error = gathering.add(file, places.root); !error.empty())
      return fail(error);
  if (const std::string missing = report::whatIsMissing(gathering.parts()); !missing.empty())
    return fail(missing + "; nothing was written");
  SourceCache sources;
  report::Report report = gathering.finish(sources);
  const BaselineUse baseline(options.check.baseline, places.root);
  if (!baseline.error().empty()) return fail(baseline.error());
  baseline.apply(report, sources, {});
  int code = exitCodeOf(report, options.check);
  for (const std::string& error : writeReports(report, sources, options.check, places))
    code = fail(error);
  if (const std::string error = keepTimes(gathering.parts(), options.check); !error.empty())
    code = fail(error);
  return code;
}

int run(const BaselineShowOptions& options) {
  const BaselineUse use(options.baseline, currentPlaces().root);
  if (!use.error().empty()) return fail(use.error());
  if (!use.exists())
    std::cerr << "session-tidy: there is no baseline " << use.file().string() << '\n';
  for (const report::Baseline::Entry& entry : use.baseline().entries()) {
    std::cout << entry.file << ": " << entry.message << " [" << entry.rule << "]";
    if (!entry.function.empty()) std::cout << " in " << entry.function;
    std::cout << '\n';
  }
  return exit_code::clean;
}

int run(const CacheCommandOptions& options) {
  const std::filesystem::path folder = cacheFolder(options.cache.folder);
  if (folder.empty()) return fail("there is no place for a cache; name one with --cache-dir");
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored))
    return fail(folder.string() + " is no folder");
  const ResultCache cache(folder, currentPlaces().root);
  if (options.clean) cache.shrink(0);
  const ResultCache::Size size = cache.size();
  constexpr std::uintmax_t kibibyte = 1024;
  std::cout << folder.string() << ": " << size.entries
            << (size.entries == 1 ? " unit, " : " units, ")
            << (size.bytes + kibibyte - 1) / kibibyte << " KiB\n";
  if (options.clean && size.entries != 0) return fail("not all of it could be removed");
  return exit_code::clean;
}

} // namespace session_tidy::cli
