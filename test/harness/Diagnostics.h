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

/// clang-tidy keeps a fix that may change more than the defect in a note before those of the path;
/// `others` are the same findings without such notes.
void dropFixNotes(std::vector<ShownFinding>& findings, const std::vector<ShownFinding>& others);

/// Findings and notes as sorted lines: what two front ends have to agree on.
std::string allThatIsSaid(const std::vector<ShownFinding>& findings);

} // namespace session_tidy::test
