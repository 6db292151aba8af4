// Laying out Markdown tables.
#include "bench/Table.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace session_tidy::bench {

namespace {

std::string fixed(double value, int digits) {
  std::ostringstream stream;
  stream << std::fixed << std::setprecision(digits) << value;
  return stream.str();
}

std::string padded(const std::string& text, std::size_t width, bool left) {
  const std::string space(width - text.size(), ' ');
  return left ? text + space : space + text;
}

} // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 3);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());

  std::string result;
  for (std::size_t number = 0; number < rows_.size(); ++number) {
    for (std::size_t i = 0; i < rows_[number].size(); ++i)
      result += "| " + padded(rows_[number][i], widths[i], i == 0) + " ";
    result += "|\n";
    if (number > 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i)
      result += "| " + std::string(widths[i] - 1, '-') + (i == 0 ? "- " : ": ");
    result += "|\n";
  }
  return result;
}

std::string inSeconds(double seconds) {
  return fixed(seconds, seconds < 0.1 ? 3 : 2) + " s";
}

std::string asRatio(double ratio) {
  return fixed(ratio, 2);
}

std::string inMegabytes(double megabytes) {
  return fixed(megabytes, 0) + " MB";
}

} // namespace session_tidy::bench
