// Walks the tokens of one line of the IR's text form.
#pragma once

#include "ir/IrLexer.h"
#include "ir/IrText.h"

#include <charconv>
#include <string>
#include <string_view>

namespace session_tidy::ir {

/// Walks one line; the first error of the whole text wins and makes every later step do nothing
/// useful.
class Cursor {
public:
  Cursor(const TokenLine& line, ParseError& error) : line_(line), error_(error) {}

  [[nodiscard]] bool done() const { return at_ >= line_.size() || failed(); }
  [[nodiscard]] bool failed() const { return !error_.message.empty(); }
  [[nodiscard]] const Token& peek() const { return line_[at_]; }
  const Token& next() { return line_[at_++]; }
  [[nodiscard]] const Token& previous() const { return line_[at_ - 1]; }

  void failAt(const ParseError& error) {
    if (!failed()) error_ = error;
  }

  bool accept(std::string_view word) {
    if (done() || !peek().isWord(word)) return false;
    ++at_;
    return true;
  }

  void expect(std::string_view word) {
    if (!accept(word)) fail("expected '" + std::string(word) + "'");
  }

  void fail(const std::string& message) {
    if (failed()) return;
    error_.position = at_ < line_.size() ? line_[at_].position : endOfLine();
    error_.message = message;
  }

  template <class T>
  T number(std::string_view what) {
    T value{};
    if (done()) {
      fail("expected " + std::string(what));
      return value;
    }
    const std::string& text = peek().text;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size())
      fail("expected " + std::string(what));
    else
      ++at_;
    return value;
  }

  std::string name(std::string_view what) {
    if (done() || peek().type == Token::Type::Text) {
      fail("expected " + std::string(what));
      return "";
    }
    return next().text;
  }

  /// The value after a `key=` token.
  std::string glued() {
    if (done() || !peek().glued) {
      fail("expected a value right after '='");
      return "";
    }
    return next().text;
  }

  /// Reads `@3:4-9/1!` if it stands here.
  bool acceptPlace(SourceRange& range) {
    if (done() || peek().type != Token::Type::Word || peek().text.front() != '@') return false;
    parsePlace(peek().text, range);
    if (!failed()) ++at_;
    return true;
  }

  void gluedPlace(SourceRange& range) {
    if (done() || !peek().glued || !acceptPlace(range)) fail("expected a place, like @3:4");
  }

private:
  [[nodiscard]] Position endOfLine() const {
    Position position = line_.back().position;
    position.column += static_cast<std::uint32_t>(line_.back().text.size());
    return position;
  }

  void parsePlace(const std::string& text, SourceRange& range) {
    const char* at = text.data() + 1;
    const char* const end = text.data() + text.size();
    const auto digits = [&](std::uint32_t& value) {
      const auto [after, code] = std::from_chars(at, end, value);
      at = after;
      return code == std::errc();
    };
    const auto skip = [&](char c) { return at != end && *at == c && (++at, true); };
    bool good = digits(range.begin.line) && skip(':') && digits(range.begin.column);
    range.end = range.begin;
    if (good && skip('-')) {
      good = digits(range.end.column);
      if (good && skip(':')) {
        range.end.line = range.end.column;
        good = digits(range.end.column);
      }
    }
    if (good && skip('/')) good = digits(range.file);
    range.inMacro = good && skip('!');
    if (!good || at != end) fail("this is no place; write @line:column-line:column/file!");
  }

  const TokenLine& line_;
  ParseError& error_;
  std::size_t at_ = 0;
};

} // namespace session_tidy::ir
