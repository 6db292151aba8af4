// Dividing: the longest first, each to the part that has the least to do so far.
#include "driver/Sharding.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>
#include <tuple>

namespace session_tidy::driver {

namespace {

constexpr int timesVersion = 1;

std::optional<unsigned> readNumber(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

ReadShardNumber failure(std::string error) {
  return {.number = {}, .error = std::move(error)};
}

ReadShardNumber checked(unsigned index, unsigned count, const std::string& from) {
  if (count == 0 || index == 0 || index > count)
    return failure(from + " is no part: parts are 1/N to N/N");
  return {.number = {.index = index, .count = count}, .error = {}};
}

/// Slurm's job arrays: any range of task ids, with steps.
ReadShardNumber ofSlurm(const Environment& environment) {
  const auto number = [&](const char* name) -> std::optional<unsigned> {
    const char* value = environment(name);
    return value == nullptr ? std::nullopt : readNumber(value);
  };
  const auto task = number("SLURM_ARRAY_TASK_ID");
  const auto count = number("SLURM_ARRAY_TASK_COUNT");
  const auto first = number("SLURM_ARRAY_TASK_MIN");
  const unsigned step = number("SLURM_ARRAY_TASK_STEP").value_or(1);
  if (!task || !count || !first || step == 0 || *task < *first)
    return failure("SLURM_ARRAY_TASK_ID needs SLURM_ARRAY_TASK_COUNT and SLURM_ARRAY_TASK_MIN");
  if ((*task - *first) % step != 0 || (*task - *first) / step >= *count)
    return failure("the task ids of this job array have gaps; name the part: --shard I/N");
  return checked((*task - *first) / step + 1, *count, "SLURM_ARRAY_TASK_ID");
}

} // namespace

ReadShardNumber readShardNumber(std::string_view text, const Environment& environment) {
  if (text != "auto") {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto index = readNumber(text.substr(0, slash));
    const auto count = readNumber(text.substr(std::min(slash + 1, text.size())));
    const std::string shown = "'" + std::string(text) + "'";
    if (!index || !count) return failure(shown + " is neither I/N (as in 2/8) nor auto");
    return checked(*index, *count, shown);
  }
  if (environment("SLURM_ARRAY_TASK_ID") != nullptr) return ofSlurm(environment);
  const char* index = environment("CI_NODE_INDEX");
  const char* count = environment("CI_NODE_TOTAL");
  if (index == nullptr || count == nullptr)
    return failure("auto needs the variables of a job array: SLURM_ARRAY_TASK_ID, or CI_NODE_INDEX "
                   "and CI_NODE_TOTAL");
  return checked(readNumber(index).value_or(0), readNumber(count).value_or(0),
                 "CI_NODE_INDEX of CI_NODE_TOTAL");
}

UnitTimes readUnitTimes(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("version") == timesVersion) return json.at("milliseconds").get<UnitTimes>();
    return {};
  } catch (const std::exception&) {
    return {};
  }
}

std::string writeUnitTimes(const UnitTimes& times) {
  return nlohmann::json{{"version", timesVersion}, {"milliseconds", times}}.dump(1) + "\n";
}

std::vector<unsigned> divide(const std::vector<std::string>& files, const UnitTimes& times,
                             unsigned count) {
  std::uint64_t known = 0;
  std::uint64_t sum = 0;
  for (const std::string& file : files)
    if (const auto time = times.find(file); time != times.end()) {
      ++known;
      sum += time->second;
    }
  // Never 0: units that cost nothing are spread, too.
  const std::uint64_t usual = known == 0 ? 1 : sum / known + 1;
  const auto cost = [&](const std::string& file) {
    const auto time = times.find(file);
    return time == times.end() ? usual : std::uint64_t{time->second} + 1;
  };
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::tuple(cost(files[b]), files[a]) < std::tuple(cost(files[a]), files[b]);
  });
  std::vector<std::uint64_t> load(count, 0);
  std::vector<unsigned> parts(files.size());
  for (const std::size_t file : order) {
    const auto least = std::ranges::min_element(load);
    *least += cost(files[file]);
    parts[file] = static_cast<unsigned>(least - load.begin()) + 1;
  }
  return parts;
}

} // namespace session_tidy::driver
