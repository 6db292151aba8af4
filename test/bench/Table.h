// Results as a Markdown table.
#pragma once

#include <string>
#include <vector>

namespace session_tidy::bench {

class Table {
public:
  explicit Table(std::vector<std::string> head) : rows_{std::move(head)} {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// Columns in line; the first left, the others right.
  [[nodiscard]] std::string text() const;

private:
  std::vector<std::vector<std::string>> rows_;
};

/// "0.53 s"
std::string inSeconds(double seconds);
/// "1.07"
std::string asRatio(double ratio);
/// "123 MB"
std::string inMegabytes(double megabytes);

} // namespace session_tidy::bench
