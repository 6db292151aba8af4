// Drawing source lines.
#include "report/Snippet.h"

#include "report/SourceColumns.h"

#include <algorithm>
#include <iomanip>
#include <ostream>

namespace session_tidy::report {

namespace {

constexpr std::uint32_t maxLines = 16;
constexpr std::size_t maxLineLength = 4096;
constexpr std::string_view caretColor = "\033[0;1;32m";
constexpr std::string_view editColor = "\033[0;32m";
constexpr std::string_view noColor = "\033[0m";

struct Lines {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

std::uint32_t count(Lines lines) {
  return lines.last - lines.first + 1;
}

/// `lines`, grown towards `wanted` as far as the limit allows.
Lines grow(Lines lines, Lines wanted) {
  const Lines whole{.first = std::min(lines.first, wanted.first),
                    .last = std::max(lines.last, wanted.last)};
  if (count(whole) <= maxLines) return whole;
  const bool outOfReach =
      (wanted.first > lines.first &&
       count({.first = lines.first, .last = wanted.first}) > maxLines) ||
      (wanted.last < lines.last && count({.first = wanted.last, .last = lines.last}) > maxLines);
  if (outOfReach) return lines;
  lines.last = std::min(lines.last + (maxLines - count(lines) + 1) / 2, whole.last);
  const std::uint32_t slack = maxLines - count(lines);
  lines.first = std::max(whole.first + slack, lines.first) - slack;
  lines.last = std::min(lines.first + maxLines - 1, whole.last);
  return lines;
}

bool isBlank(char c) {
  return c == ' ' || c == '\t';
}

class Drawing {
public:
  Drawing(const Snippet& snippet, const SourceText& text, bool color, std::ostream& out)
      : snippet_(snippet), text_(text), color_(color), out_(out) {}

  void draw() {
    if (snippet_.caret.column > maxLineLength || snippet_.caret.line > text_.lineCount()) return;
    Lines lines{.first = snippet_.caret.line, .last = snippet_.caret.line};
    if (hasRange())
      lines = grow(lines, {.first = snippet_.rangeBegin.line, .last = snippet_.rangeEnd.line});
    const std::uint32_t first =
        hasRange() ? std::min(snippet_.caret.line, snippet_.rangeBegin.line) : snippet_.caret.line;
    width_ = std::max<std::size_t>(4, std::to_string(first + maxLines).size());
    for (std::uint32_t number = lines.first; number <= lines.last; ++number) {
      if (text_.offset({.line = number, .column = 1}) == text_.text().size()) break;
      if (text_.line(number).size() > maxLineLength) return;
      drawLine(number);
    }
  }

private:
  [[nodiscard]] bool hasRange() const { return snippet_.rangeBegin < snippet_.rangeEnd; }

  void drawLine(std::uint32_t number) {
    const SourceColumns columns(text_.line(number));
    out_ << ' ' << std::setw(static_cast<int>(width_)) << number << " | " << columns.shown()
         << '\n';
    std::string marks;
    if (hasRange()) underline(number, columns, marks);
    if (number == snippet_.caret.line) {
      const std::size_t column = columns.columnOf(snippet_.caret.column - 1);
      marks.resize(std::max(column + 1, marks.size()), ' ');
      marks[column] = '^';
    }
    drawBelow(marks, caretColor);
    drawBelow(insertionLine(number, columns), editColor);
  }

  void drawBelow(const std::string& line, std::string_view lineColor) {
    if (line.empty()) return;
    out_ << std::string(width_ + 2, ' ') << "| ";
    if (color_) out_ << lineColor;
    out_ << line << '\n';
    if (color_) out_ << noColor;
  }

  void underline(std::uint32_t number, const SourceColumns& columns, std::string& marks) const {
    if (number < snippet_.rangeBegin.line || number > snippet_.rangeEnd.line) return;
    const std::string_view line = text_.line(number);
    std::size_t begin = number == snippet_.rangeBegin.line ? snippet_.rangeBegin.column - 1 : 0;
    std::size_t end = number == snippet_.rangeEnd.line ? snippet_.rangeEnd.column - 1 : line.size();
    end = std::min(end, line.size());
    while (begin < line.size() && isBlank(line[begin])) ++begin;
    while (end > 0 && isBlank(line[end - 1])) --end;
    if (begin > end) return;
    const std::size_t from = columns.columnOf(begin);
    const std::size_t to = columns.columnOf(end);
    if (marks.size() < to) marks.resize(to, ' ');
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(from),
              marks.begin() + static_cast<std::ptrdiff_t>(to), '~');
  }

  // What would be inserted stands below the place; one that has no room is pushed to the right.
  [[nodiscard]] std::string insertionLine(std::uint32_t number,
                                          const SourceColumns& columns) const {
    std::string line;
    std::size_t end = 0;
    for (const Insertion& insertion : snippet_.insertions) {
      if (insertion.at.line != number || insertion.text.empty()) continue;
      if (insertion.text.find_first_of("\r\n") != std::string::npos) continue;
      std::size_t column = columns.columnOf(insertion.at.column - 1);
      if (column < end) column = end + 1;
      line.append(column - end, ' ');
      line += insertion.text;
      end = column + displayWidth(insertion.text);
    }
    return line.empty() ? line : SourceColumns(line).shown();
  }

  const Snippet& snippet_;
  const SourceText& text_;
  bool color_;
  std::ostream& out_;
  std::size_t width_ = 4;
};

} // namespace

void drawSnippet(const Snippet& snippet, const SourceText& text, bool color, std::ostream& out) {
  Drawing(snippet, text, color, out).draw();
}

} // namespace session_tidy::report
