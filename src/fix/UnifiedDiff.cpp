// Unified diffs, by Myers' algorithm on lines.
#include "fix/UnifiedDiff.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace session_tidy::fix {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t context = 3;

/// Lines with their ends, so that a change of the end is a change.
Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// One line of the script that turns the one text into the other.
struct Step {
  char mark = ' '; ///< ' ', '-' or '+'
  std::size_t before = 0;
  std::size_t after = 0;
};

/// The shortest script. Furthest points per diagonal, kept per number of changes to walk back.
std::vector<Step> script(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size());
  const auto m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t middle = n + m + 1;
  std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * middle + 1), 0);
  const auto at = [&](std::vector<std::ptrdiff_t>& table,
                      std::ptrdiff_t diagonal) -> std::ptrdiff_t& {
    return table[static_cast<std::size_t>(middle + diagonal)];
  };
  const auto down = [&](std::vector<std::ptrdiff_t>& table, std::ptrdiff_t k, std::ptrdiff_t d) {
    return k == -d || (k != d && at(table, k - 1) < at(table, k + 1));
  };
  std::vector<std::vector<std::ptrdiff_t>> history;
  for (std::ptrdiff_t d = 0; d <= n + m; ++d) {
    history.push_back(furthest);
    bool done = false;
    for (std::ptrdiff_t k = -d; k <= d && !done; k += 2) {
      std::ptrdiff_t x = down(furthest, k, d) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      at(furthest, k) = x;
      done = x >= n && x - k >= m;
    }
    if (done) break;
  }
  std::vector<Step> steps;
  std::ptrdiff_t x = n;
  std::ptrdiff_t y = m;
  const auto add = [&](char mark) {
    steps.push_back({mark, static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
  };
  for (auto d = static_cast<std::ptrdiff_t>(history.size()) - 1; d >= 0; --d) {
    auto& table = history[static_cast<std::size_t>(d)];
    const std::ptrdiff_t k = x - y;
    const std::ptrdiff_t from = d == 0 ? 0 : down(table, k, d) ? k + 1 : k - 1;
    const std::ptrdiff_t fromX = d == 0 ? 0 : at(table, from);
    const std::ptrdiff_t fromY = d == 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      --x;
      --y;
      add(' ');
    }
    if (d == 0) break;
    if (x == fromX) {
      --y;
      add('+');
    } else {
      --x;
      add('-');
    }
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

void addLine(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  if (!line.ends_with('\n')) diff += "\n\\ No newline at end of file\n";
}

std::string rangeText(std::size_t start, std::size_t count) {
  const std::size_t shown = count == 0 ? start : start + 1;
  return std::to_string(shown) + (count == 1 ? "" : "," + std::to_string(count));
}

/// Writes steps [first, last) as one hunk.
void addHunk(std::string& diff, const std::vector<Step>& steps, std::size_t first, std::size_t last,
             const Lines& a, const Lines& b) {
  std::size_t removed = 0;
  std::size_t added = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (steps[i].mark != '+') ++removed;
    if (steps[i].mark != '-') ++added;
  }
  diff += "@@ -" + rangeText(steps[first].before, removed) + " +" +
          rangeText(steps[first].after, added) + " @@\n";
  for (std::size_t i = first; i < last; ++i)
    addLine(diff, steps[i].mark, steps[i].mark == '+' ? b[steps[i].after] : a[steps[i].before]);
}

} // namespace

std::string unifiedDiff(const std::string& path, const std::string& before,
                        const std::string& after) {
  if (before == after) return {};
  const Lines a = split(before);
  const Lines b = split(after);
  const std::vector<Step> steps = script(a, b);
  const bool absolute = path.starts_with('/');
  std::string diff =
      "--- " + (absolute ? path : "a/" + path) + "\n+++ " + (absolute ? path : "b/" + path) + "\n";
  for (std::size_t at = 0; at < steps.size();) {
    if (steps[at].mark == ' ') {
      ++at;
      continue;
    }
    const std::size_t first = at - std::min(at, context);
    std::size_t last = at; // one past the last change that is near enough
    for (std::size_t i = at; i < steps.size() && i <= last + 2 * context; ++i)
      if (steps[i].mark != ' ') last = i + 1;
    const std::size_t end = std::min(last + context, steps.size());
    addHunk(diff, steps, first, end, a, b);
    at = end;
  }
  return diff;
}

} // namespace session_tidy::fix
