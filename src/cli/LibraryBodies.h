// Bodies of the standard library that are not worth parsing.
//
// Clang parses every constexpr body, even where it skips all others, since a constant may need its
// value. Since C++20 that is most of <algorithm>, <string> and <vector>, which hardly any constant
// does need: a tenth of the time that a unit takes. So the command skips those too, and parses a
// unit once more, with them, in the rare case that this makes an error.
#pragma once

namespace session_tidy::cli {

/// While one lives, bodies are skipped in this thread.
class WithoutLibraryBodies {
public:
  WithoutLibraryBodies();
  ~WithoutLibraryBodies();
  WithoutLibraryBodies(const WithoutLibraryBodies&) = delete;
  WithoutLibraryBodies& operator=(const WithoutLibraryBodies&) = delete;
};

} // namespace session_tidy::cli
