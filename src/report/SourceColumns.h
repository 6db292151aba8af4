// One source line as a terminal shows it: tabs stretched, UTF-8 by its width, the rest spelled out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::report {

/// The code point at `at` and its length in bytes; length 0 for invalid UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
CodePoint codePointAt(std::string_view text, std::size_t at);

/// Columns that a text takes on a terminal.
std::size_t displayWidth(std::string_view text);

/// Maps bytes of a line to columns of what is shown for it. Columns and bytes count from 0.
class SourceColumns {
public:
  explicit SourceColumns(std::string_view line);

  [[nodiscard]] const std::string& shown() const { return shown_; }

  /// The column at which the character starts that contains the byte; past the end: one for each
  /// byte.
  [[nodiscard]] std::size_t columnOf(std::size_t byte) const;

private:
  std::string shown_;
  std::vector<std::size_t> columns_; ///< by byte, and one more for the end
};

} // namespace session_tidy::report
