// A source file as fixes see it: text, tokens, matching brackets, indentation.
#pragma once

#include "analysis/Finding.h"
#include "fix/Tokens.h"
#include "support/SourceText.h"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::fix {

inline constexpr std::size_t noToken = static_cast<std::size_t>(-1);

/// Bytes [begin, end) of the text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool contains(const Span& other) const {
    return begin <= other.begin && other.end <= end;
  }
  friend bool operator==(const Span&, const Span&) = default;
};

class Code {
public:
  Code(std::uint32_t file, const std::string& text, const IsMacro& isMacro);

  [[nodiscard]] const SourceText& source() const { return source_; }
  [[nodiscard]] std::string_view text() const { return source_.text(); }
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }

  [[nodiscard]] std::string_view text(const Span& span) const {
    return text().substr(span.begin, span.end - span.begin);
  }
  /// The text of a token; empty beyond the ends.
  [[nodiscard]] std::string_view word(std::size_t token) const;
  [[nodiscard]] bool is(std::size_t token, std::string_view what) const {
    return word(token) == what;
  }
  [[nodiscard]] bool isWord(std::size_t token) const {
    return token < tokens_.size() && tokens_[token].kind == Token::Kind::Word;
  }
  [[nodiscard]] bool isMacro(std::size_t token) const {
    return token < tokens_.size() && tokens_[token].macro;
  }
  /// The bracket that belongs to this one, in either direction; noToken if there is none.
  [[nodiscard]] std::size_t partner(std::size_t token) const { return partners_[token]; }

  /// The first token that starts at or after an offset.
  [[nodiscard]] std::size_t tokenAt(std::size_t offset) const;
  [[nodiscard]] std::optional<Span> span(const SourceRange& range) const;
  [[nodiscard]] Span spanOf(std::size_t first, std::size_t last) const {
    return {tokens_[first].begin, tokens_[last].end};
  }

  /// The white space at the start of the line that holds an offset.
  [[nodiscard]] std::string_view indentAt(std::size_t offset) const;
  [[nodiscard]] std::size_t lineBegin(std::size_t offset) const;
  /// After the line's end mark.
  [[nodiscard]] std::size_t lineEnd(std::size_t offset) const;
  /// Whether nothing but white space stands in these bytes.
  [[nodiscard]] bool isBlank(std::size_t begin, std::size_t end) const;
  /// One step of indentation, as the file has it.
  [[nodiscard]] const std::string& indentUnit() const { return unit_; }

  /// `wanted`, or with a number, so that it is none of the (sorted) names taken and no macro's.
  /// `scope` names a function, in which no two things get the same name; the thing named at one
  /// `place` gets the same one again.
  [[nodiscard]] std::string freeName(const std::string& wanted,
                                     const std::vector<std::string>& taken, std::size_t scope,
                                     std::size_t place) const;
  [[nodiscard]] bool uses(const std::string& name) const { return words_.count(name) != 0; }

  [[nodiscard]] Edit edit(const Span& span, std::string text) const;
  [[nodiscard]] Edit insert(std::size_t offset, std::string text) const {
    return edit({offset, offset}, std::move(text));
  }

private:
  void matchBrackets();
  void findUnit();

  std::uint32_t file_;
  SourceText source_;
  std::vector<Token> tokens_;
  std::vector<std::size_t> partners_;
  std::set<std::string, std::less<>> words_;
  std::set<std::string, std::less<>> macroWords_; ///< what preprocessor lines speak of
  /// Names that fixes introduce: by function, then by the place of what is named.
  mutable std::map<std::size_t, std::map<std::pair<std::size_t, std::string>, std::string>> given_;
  std::string unit_ = "  ";
};

} // namespace session_tidy::fix
