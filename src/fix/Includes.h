// Where an include belongs that a fix needs.
#pragma once

#include "support/SourceText.h"

#include <cstddef>
#include <optional>
#include <string>

namespace session_tidy::fix {

struct IncludePlace {
  std::size_t offset = 0;
  std::string text; ///< the line, with the file's kind of line end
};

/// Where `#include <header>` (as given, with its marks) goes: in the order of its block if the file
/// has a block of its kind, otherwise after the last include at the top; none if it is included
/// already.
std::optional<IncludePlace> placeOfInclude(const SourceText& text, const std::string& header);

} // namespace session_tidy::fix
