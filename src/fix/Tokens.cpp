// A small lexer for C++.
#include "fix/Tokens.h"

#include <array>
#include <cctype>
#include <string>

namespace session_tidy::fix {

namespace {

bool startsWord(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool continuesWord(char c) {
  return startsWord(c) || isDigit(c);
}

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

class Lexer {
public:
  Lexer(std::string_view text, const IsMacro& isMacro) : text_(text), isMacro_(isMacro) {}

  std::vector<Token> run() {
    if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
    while (skipTrivia()) next();
    return std::move(tokens_);
  }

private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  [[nodiscard]] bool sees(std::string_view what) const {
    return text_.substr(at_, what.size()) == what;
  }

  /// To the next token; false at the end.
  bool skipTrivia() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n' || c == '\r') {
        lineStart_ = true;
        ++at_;
      } else if (isSpace(c)) {
        ++at_;
      } else if (c == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
        at_ += 2;
      } else if (sees("//")) {
        skipLine();
      } else if (sees("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  /// To the end of the line, which a backslash puts off.
  void skipLine() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_[at_] == '\\') {
        ++at_;
        if (peek() == '\r') ++at_;
      }
      if (at_ < text_.size()) ++at_;
    }
  }

  /// A directive ends with its line; a comment that goes on is part of it.
  void directive() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (sees("//")) return skipLine();
      if (sees("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
        continue;
      }
      if (text_[at_] == '\\') {
        ++at_;
        if (peek() == '\r') ++at_;
      }
      if (at_ < text_.size()) ++at_;
    }
  }

  void next() {
    Token token;
    token.begin = at_;
    const char c = text_[at_];
    if (c == '#' && lineStart_) {
      token.kind = Token::Kind::Directive;
      directive();
    } else if (startsWord(c)) {
      wordOrPrefix(token);
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      token.kind = Token::Kind::Number;
      number();
    } else if (c == '"' || c == '\'') {
      quoted(token, c);
    } else {
      at_ += signLength();
    }
    lineStart_ = false;
    token.end = at_;
    tokens_.push_back(token);
  }

  void wordOrPrefix(Token& token) {
    std::size_t end = at_;
    while (end < text_.size() && continuesWord(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    const char after = end < text_.size() ? text_[end] : '\0';
    if (after == '"' &&
        (word == "R" || word == "u8R" || word == "uR" || word == "UR" || word == "LR")) {
      at_ = end;
      return rawString(token);
    }
    if ((after == '"' || after == '\'') &&
        (word == "u8" || word == "u" || word == "U" || word == "L")) {
      at_ = end;
      return quoted(token, after);
    }
    token.kind = Token::Kind::Word;
    token.macro = isMacro_ && isMacro_(word);
    at_ = end;
  }

  void number() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool exponent = (c == '+' || c == '-') && at_ > 0 &&
                            std::string_view("eEpP").find(text_[at_ - 1]) != std::string_view::npos;
      const bool separator = c == '\'' && continuesWord(peek(1));
      if (!continuesWord(c) && c != '.' && !exponent && !separator) return;
      ++at_;
    }
  }

  void quoted(Token& token, char quote) {
    token.kind = quote == '"' ? Token::Kind::String : Token::Kind::Character;
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = at_ < text_.size() ? at_ + 1 : text_.size();
    while (at_ < text_.size() && continuesWord(text_[at_])) ++at_; // "..."s
  }

  void rawString(Token& token) {
    token.kind = Token::Kind::String;
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      at_ = text_.size();
      return;
    }
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t end = text_.find(close, open);
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
    while (at_ < text_.size() && continuesWord(text_[at_])) ++at_;
  }

  [[nodiscard]] std::size_t signLength() const {
    // ">>" stays apart: it may close two template argument lists.
    static constexpr std::array<std::string_view, 27> signs{
        "<<=", ">>=", "...", "->*", "<=>", "->", "::", "<<", "++", "--", "&&", "||", "==", "!=",
        "<=",  ">=",  "+=",  "-=",  "*=",  "/=", "%=", "&=", "|=", "^=", ".*", "##", "??"};
    for (const std::string_view sign : signs)
      if (sees(sign)) return sign.size();
    return 1;
  }

  std::string_view text_;
  const IsMacro& isMacro_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool lineStart_ = true;
};

} // namespace

std::vector<Token> tokenize(std::string_view text, const IsMacro& isMacro) {
  return Lexer(text, isMacro).run();
}

} // namespace session_tidy::fix
