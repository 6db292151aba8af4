// Splits the IR's text form into lines of tokens.
#include "ir/IrLexer.h"

#include <cctype>

namespace session_tidy::ir {
namespace {

class Lexer {
public:
  explicit Lexer(std::string_view text) : text_(text) {}

  LexResult run() {
    while (at_ < text_.size() && !result_.errorAt.isValid()) step();
    endLine();
    return std::move(result_);
  }

private:
  void step() {
    const char c = text_[at_];
    if (c == '\n' || c == ';') {
      endLine();
      advance();
      spaced_ = true;
    } else if (std::isspace(static_cast<unsigned char>(c))) {
      advance();
      spaced_ = true;
    } else if (text_.substr(at_, 2) == "//") {
      while (at_ < text_.size() && text_[at_] != '\n') advance();
    } else if (c == '"' || c == '`') {
      quoted(c);
    } else {
      word();
    }
  }

  void advance() {
    if (text_[at_] == '\n')
      here_ = {here_.line + 1, 1};
    else
      ++here_.column;
    ++at_;
  }

  void endLine() {
    if (!line_.empty()) result_.lines.push_back(std::move(line_));
    line_.clear();
  }

  void add(Token token) {
    token.glued = !spaced_;
    spaced_ = false;
    line_.push_back(std::move(token));
  }

  void quoted(char quote) {
    Token token{quote == '"' ? Token::Type::Text : Token::Type::Name, "", here_};
    advance();
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        advance();
        token.text += text_[at_] == 'n' ? '\n' : text_[at_];
      } else {
        token.text += text_[at_];
      }
      advance();
    }
    if (at_ == text_.size()) {
      result_.errorAt = token.position;
      return;
    }
    advance();
    add(std::move(token));
  }

  void word() {
    Token token{Token::Type::Word, "", here_};
    while (at_ < text_.size() && !endsWord(text_[at_])) {
      token.text += text_[at_];
      advance();
      if (token.text.back() == '=' && at_ < text_.size() && text_[at_] != '=') break;
    }
    const bool colon = token.text.size() > 1 && token.text.back() == ':';
    if (colon) token.text.pop_back();
    Token colonToken{Token::Type::Word, ":", token.position};
    colonToken.position.column += static_cast<std::uint32_t>(token.text.size());
    add(std::move(token));
    if (colon) add(std::move(colonToken));
  }

  static bool endsWord(char c) {
    return std::isspace(static_cast<unsigned char>(c)) || c == ';' || c == '"' || c == '`';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Position here_{1, 1};
  bool spaced_ = true;
  TokenLine line_;
  LexResult result_;
};

} // namespace

LexResult lex(std::string_view text) {
  return Lexer(text).run();
}

} // namespace session_tidy::ir
