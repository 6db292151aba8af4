// Handing units to workers.
#include "cli/UnitPass.h"

#include "cli/Progress.h"
#include "cli/Workers.h"

#include <algorithm>
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
  std::vector<UnitResult> results(units.size());
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < units.size(); ++i) {
    results[i].configError = linter_.prepare(units[i]);
    if (results[i].configError.empty()) todo.push_back(i);
  }
  Progress progress(todo.size(), options_.quiet);
  Interrupted count{.done = 0, .total = todo.size(), .findings = 0};
  const TaskCalls calls{
      .work = [&](std::size_t task) { return encode(linter_.lint(units[todo[task]])); },
      .finished =
          [&](std::size_t task, TaskEnd end) {
            const Unit& unit = units[todo[task]];
            std::optional<UnitResult> result;
            if (end.how == TaskEnd::How::Finished) result = decodeUnitResult(end.bytes);
            if (!result)
              result = failure(unit, end.how == TaskEnd::How::TimedOut,
                               end.cause.empty() ? "no result" : end.cause);
            keepAskedFor(unit, *result);
            ++count.done;
            count.findings += result->findings.size();
            progress.step(result->findings.size(), unit.file);
            results[todo[task]] = std::move(*result);
          },
      .waiting = [&] { progress.refresh(); }};
  const unsigned jobs = options_.jobs != 0 ? options_.jobs : std::thread::hardware_concurrency();
  const TaskLimits limits{.jobs = std::max(jobs, 1U),
                          .time = std::chrono::seconds(options_.timeout)};
  if (!runTasks(todo.size(), limits, calls)) throw count;
  return results;
}

} // namespace session_tidy::cli
