// Splits the IR's text form into lines of tokens.
#pragma once

#include "support/Source.h"

#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::ir {

struct Token {
  enum class Type : std::uint8_t { Word, Name, Text };
  Type type = Type::Word;
  std::string text; ///< without quotes
  Position position;
  bool glued = false; ///< no space before it: belongs to the `key=` in front

  [[nodiscard]] bool isWord(std::string_view word) const {
    return type == Type::Word && text == word;
  }
};

/// One statement: what stands between line ends and semicolons. Never empty.
using TokenLine = std::vector<Token>;

struct LexResult {
  std::vector<TokenLine> lines;
  Position errorAt; ///< valid when a quote is not closed
};

LexResult lex(std::string_view text);

} // namespace session_tidy::ir
