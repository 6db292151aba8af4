// The source lines under a diagnostic with their numbers, the caret and the edit, as clang 22 draws
// them.
#pragma once

#include "support/Source.h"
#include "support/SourceText.h"

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace session_tidy::report {

/// A text that a fix would put at a position.
struct Insertion {
  Position at;
  std::string text;
};

struct Snippet {
  Position caret;
  Position rangeBegin; ///< underlined; empty range: nothing is
  Position rangeEnd;
  std::vector<Insertion> insertions; ///< in this file
};

void drawSnippet(const Snippet& snippet, const SourceText& text, bool color, std::ostream& out);

} // namespace session_tidy::report
