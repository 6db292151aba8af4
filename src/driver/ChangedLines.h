// Lines that a change touched: read from unified diffs or given outright.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace session_tidy::driver {

class ChangedLines {
public:
  static constexpr std::uint32_t lastLine = 0xffffffff;

  /// Lines `first` to `last` of a file, by the name that it is asked for.
  void add(const std::string& file, std::uint32_t first, std::uint32_t last);
  void addWhole(const std::string& file) { add(file, 1, lastLine); }

  [[nodiscard]] bool touches(const std::string& file, std::uint32_t first,
                             std::uint32_t last) const;
  [[nodiscard]] bool hasFile(const std::string& file) const { return lines_.contains(file); }
  [[nodiscard]] bool empty() const { return lines_.empty(); }

  struct Lines {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  [[nodiscard]] const std::map<std::string, std::vector<Lines>>& files() const { return lines_; }

private:
  std::map<std::string, std::vector<Lines>> lines_;
};

/// One stretch of a file that a diff replaces; a count of 0 is a place between lines: after `from`.
struct Hunk {
  std::uint32_t oldFrom = 0;
  std::uint32_t oldCount = 0;
  std::uint32_t newFrom = 0;
  std::uint32_t newCount = 0;
};

/// The hunks of a unified diff without context lines, by the new file's name ("b/" taken away).
/// Files that are deleted are left out.
struct DiffFile {
  std::string name;
  std::vector<Hunk> hunks;
};

/// Reads any unified diff, with context lines or without; none if it is no diff.
std::optional<std::vector<DiffFile>> readDiff(std::string_view text);

/// What a hunk touches in the new file: the new lines, or the lines around what is gone.
ChangedLines::Lines newLines(const Hunk& hunk);

/// Where lines of the old file are in the new one: those that are replaced, at their replacement.
ChangedLines::Lines moved(ChangedLines::Lines lines, const std::vector<Hunk>& hunks);

/// clang-tidy's --line-filter: [{"name": "shop.cpp", "lines": [[1, 3], [7, 7]]}]. A name fits every
/// path that ends in it.
struct LineFilter {
  struct Item {
    std::string name;
    std::vector<ChangedLines::Lines> lines;
  };
  std::vector<Item> items;
  std::string error; ///< not empty: the text is no such filter
};
LineFilter readLineFilter(std::string_view text);

/// Whether `path` is `name` or ends in "/name".
bool endsInPath(std::string_view path, std::string_view name);

} // namespace session_tidy::driver
