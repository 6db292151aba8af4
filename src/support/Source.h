// Places in source files: plain values that the whole core shares. No Clang.
//
// Lines and columns count from 1; columns count bytes, as Clang does.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

namespace session_tidy {

/// A point in one file.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  [[nodiscard]] bool isValid() const { return line != 0; }
  friend bool operator==(const Position&, const Position&) = default;
  friend auto operator<=>(const Position&, const Position&) = default;
};

/// A half-open stretch of one file. `file` indexes the file table of the unit it belongs to.
struct SourceRange {
  std::uint32_t file = 0;
  Position begin;
  Position end;
  bool inMacro = false; ///< spelled by a macro expansion: shown at its use, never edited

  [[nodiscard]] bool isValid() const { return begin.isValid(); }
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

} // namespace session_tidy
