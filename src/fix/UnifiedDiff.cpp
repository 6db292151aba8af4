// Unified diffs, by Myers' algorithm on lines.
#include "fix/UnifiedDiff.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
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

/// Myers' search for the shortest script: for every number of changes and every diagonal (lines
/// taken of the one text minus lines taken of the other) the furthest point that can be reached.
class ScriptSearch {
public:
  ScriptSearch(const Lines& a, const Lines& b)
      : a_(a), b_(b), n_(std::ssize(a)), m_(std::ssize(b)), middle_(n_ + m_ + 1) {}

  std::vector<Step> run() {
    Table furthest(static_cast<std::size_t>(2 * middle_ + 1), 0);
    do {
      history_.push_back(furthest);
    } while (!extend(furthest, std::ssize(history_) - 1));
    return walkBack();
  }

private:
  using Number = std::ptrdiff_t;
  using Table = std::vector<Number>;

  Number& at(Table& table, Number diagonal) const {
    return table[static_cast<std::size_t>(middle_ + diagonal)];
  }

  /// Whether the best way to diagonal k with d changes ends in an added line.
  bool endsInAddition(Table& table, Number k, Number d) const {
    return k == -d || (k != d && at(table, k - 1) < at(table, k + 1));
  }

  /// One change more. True when the end of both texts is reached.
  bool extend(Table& furthest, Number d) const {
    for (Number k = -d; k <= d; k += 2) {
      Number x = endsInAddition(furthest, k, d) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < n_ && x - k < m_ &&
             a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(x - k)])
        ++x;
      at(furthest, k) = x;
      if (x >= n_ && x - k >= m_) return true;
    }
    return false;
  }

  std::vector<Step> walkBack() {
    std::vector<Step> steps;
    Number x = n_;
    Number y = m_;
    const auto add = [&](char mark) {
      steps.push_back({.mark = mark,
                       .before = static_cast<std::size_t>(x),
                       .after = static_cast<std::size_t>(y)});
    };
    for (Number d = std::ssize(history_) - 1; d >= 0; --d) {
      Table& table = history_[static_cast<std::size_t>(d)];
      const Number from = endsInAddition(table, x - y, d) ? x - y + 1 : x - y - 1;
      const Number fromX = d == 0 ? 0 : at(table, from);
      const Number fromY = d == 0 ? 0 : fromX - from;
      for (; x > fromX && y > fromY; add(' ')) {
        --x;
        --y;
      }
      if (d == 0) break;
      const bool addition = x == fromX;
      --(addition ? y : x);
      add(addition ? '+' : '-');
    }
    std::ranges::reverse(steps);
    return steps;
  }

  const Lines& a_;
  const Lines& b_;
  Number n_;
  Number m_;
  Number middle_;
  std::vector<Table> history_; ///< before each number of changes
};

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
  const std::vector<Step> steps = ScriptSearch(a, b).run();
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
