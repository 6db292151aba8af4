// Findings as a front end showed them, and clang's text format, in which two of the three show
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::test {

struct ShownNote {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string message;
};

struct ShownFinding {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string rule; ///< what stands in the brackets; "error" for an error without
  std::string message;
  bool isError = false;
  std::vector<ShownNote> notes;
};

/// Reads `file:line:column: warning: message [rule]`, its notes, and skips quoted source.
std::vector<ShownFinding> parseClangText(std::string_view text);

} // namespace session_tidy::test
