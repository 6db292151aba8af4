// Handing units to workers.
#include "cli/UnitPass.h"

#include "cli/CacheKeys.h"
#include "cli/Progress.h"
#include "cli/Workers.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

namespace session_tidy::cli {

namespace {

void keepAskedFor(const Unit& unit, UnitResult& result) {
  if (unit.onlyIn.empty()) return;
  std::erase_if(result.findings, [&](const Finding& finding) {
    return std::ranges::find(unit.onlyIn, result.files[finding.range.file]) == unit.onlyIn.end();
  });
}

} // namespace

UnitResult UnitPass::failure(const Unit& unit, bool timedOut, const std::string& cause) const {
  UnitResult result;
  result.status = timedOut ? UnitStatus::TimedOut : UnitStatus::Crashed;
  result.diagnostics = timedOut
                           ? "error: session-tidy gave up on " + unit.file + " after " +
                                 std::to_string(options_.timeout) + " s (see --timeout)\n"
                           : "error: session-tidy crashed on " + unit.file + " (" + cause + ")\n";
  return result;
}

std::vector<UnitResult> UnitPass::run(const std::vector<Unit>& units) {
  results_.assign(units.size(), {});
  keys_.assign(units.size(), "");
  statistics_ = {};
  FileAnswers answers;
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < units.size(); ++i)
    if (!recall(units[i], i, answers)) todo.push_back(i);
  lintAll(units, todo);
  for (std::size_t i = 0; i < units.size(); ++i) keepAskedFor(units[i], results_[i]);
  if (cache_ && !todo.empty()) {
    std::vector<std::string> written;
    for (const std::size_t index : todo) written.push_back(keys_[index]);
    cacheError_ =
        cache_->keepBelow(std::uintmax_t{options_.cache.mebibytes} * 1024 * 1024, written);
  }
  return std::move(results_);
}

/// Whether the result of a unit is known already: its configuration is wrong, or nothing has
/// changed since an earlier run.
bool UnitPass::recall(const Unit& unit, std::size_t index, FileAnswers& answers) {
  UnitResult& result = results_[index];
  result.configError = linter_.prepare(unit);
  if (!result.configError.empty()) return true;
  if (!cache_) return false;
  keys_[index] =
      cache_->keyOf(cacheText(unit, *linter_.setupOf(unit), options_, linter_.color(), answers));
  auto found = cache_->find(keys_[index], answers);
  if (!found) return false;
  result = std::move(*found);
  ++statistics_.recalled;
  return true;
}

/// In a worker.
std::string UnitPass::work(const Unit& unit, const std::string& key) {
  const auto start = std::chrono::steady_clock::now();
  UnitLinter::Linted linted = linter_.lint(unit);
  linted.result.milliseconds =
      static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                     std::chrono::steady_clock::now() - start)
                                     .count());
  // Without any file read, something else went wrong than what the record tells.
  if (cache_ && !linted.record.contents.empty()) cache_->store(key, linted.record, linted.result);
  return encode(linted.result);
}

void UnitPass::lintAll(const std::vector<Unit>& units, const std::vector<std::size_t>& todo) {
  Progress progress(todo.size(), options_.quiet);
  Interrupted count{.done = 0, .total = todo.size()};
  const TaskCalls calls{
      .work = [&](std::size_t task) { return work(units[todo[task]], keys_[todo[task]]); },
      .finished =
          [&](std::size_t task, TaskEnd end) {
            const Unit& unit = units[todo[task]];
            std::optional<UnitResult> result;
            if (end.how == TaskEnd::How::Finished) result = decodeUnitResult(end.bytes);
            if (!result)
              result = failure(unit, end.how == TaskEnd::How::TimedOut,
                               end.cause.empty() ? "no result" : end.cause);
            ++count.done;
            ++statistics_.linted;
            statistics_.milliseconds += result->milliseconds;
            if (result->milliseconds >= statistics_.longest) {
              statistics_.longest = result->milliseconds;
              statistics_.longestUnit = unit.file;
            }
            progress.step(result->findings.size(), unit.file);
            results_[todo[task]] = std::move(*result);
          },
      .waiting = [&] { progress.refresh(); }};
  const unsigned jobs = options_.jobs != 0 ? options_.jobs : std::thread::hardware_concurrency();
  const TaskLimits limits{.jobs = std::max(jobs, 1U),
                          .time = std::chrono::seconds(options_.timeout)};
  if (!runTasks(todo.size(), limits, calls)) throw count;
}

} // namespace session_tidy::cli
