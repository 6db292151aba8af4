// The tokens of a source text, as far as fixes need them: no preprocessing, no keywords.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace session_tidy::fix {

struct Token {
  enum class Kind : std::uint8_t {
    Word, ///< identifiers and keywords
    Number,
    String, ///< with its prefix; raw ones too
    Character,
    Sign,      ///< operators and brackets, the longest that fits ("->", "::", "<<=")
    Directive, ///< a preprocessor line from its '#' to its end, continuation lines included
  };
  Kind kind = Kind::Sign;
  bool macro = false; ///< a word that names a macro
  std::size_t begin = 0;
  std::size_t end = 0;
};

using IsMacro = std::function<bool(std::string_view)>;

/// Comments and white space lie between the tokens.
std::vector<Token> tokenize(std::string_view text, const IsMacro& isMacro = {});

} // namespace session_tidy::fix
