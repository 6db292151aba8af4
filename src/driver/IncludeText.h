// What one file says about includes, read off its text without a preprocessor.
//
// Everything that stands there counts, whatever #if it is in: too much rather than too little.
#pragma once

#include "driver/Vocabulary.h"

#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::driver {

struct IncludeText {
  struct Include {
    std::string name;
    bool quoted = false;
    friend bool operator==(const Include&, const Include&) = default;
  };
  /// #define NAME "file", <file>, or another macro.
  struct PathMacro {
    std::string name;
    Include path;        ///< if it is one
    std::string other;   ///< else this macro, if it is one
    bool opaque = false; ///< anything else
  };

  std::vector<Include> includes;
  std::vector<std::string> includedMacros; ///< #include MACRO
  std::vector<PathMacro> macros;           ///< all object-like and function-like macros, in brief
  bool opaque = false; ///< an include that only a preprocessor can tell (trigraphs, expressions)
  bool pastes = false; ///< has ##: words may come to be that stand nowhere
  WordSet words;
};

/// Reads the whole text, comments and strings included.
IncludeText readIncludeText(std::string_view text, const Vocabulary& vocabulary);

} // namespace session_tidy::driver
