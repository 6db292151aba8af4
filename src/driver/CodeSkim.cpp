// A tokenizer that knows comments, literals and braces, and a stack of the scopes that they open.
#include "driver/CodeSkim.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace session_tidy::driver {

namespace {

bool isWordStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

struct Token {
  std::string_view text; ///< empty at the end of the file
  std::uint32_t line = 0;

  [[nodiscard]] bool isName() const { return !text.empty() && isWordStart(text.front()); }
};

/// Words and single punctuation characters; "::" is one token. Literals are one token each.
class Tokens {
public:
  Tokens(std::string_view text, std::vector<SkimmedInclude>& includes)
      : text_(text), includes_(includes) {}

  Token next() {
    skipSpace();
    const std::size_t begin = at_;
    const std::uint32_t line = line_;
    if (at_ >= text_.size()) return {.text = {}, .line = line};
    const char c = text_[at_];
    if (isWordStart(c)) {
      while (at_ < text_.size() && isWord(text_[at_])) ++at_;
      if (at_ < text_.size() && text_[at_] == '"' && text_[at_ - 1] == 'R') skipRawString();
    } else if (c == '"' || c == '\'') {
      skipLiteral(c);
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      while (at_ < text_.size() && (isWord(text_[at_]) || text_[at_] == '\'' || text_[at_] == '.'))
        ++at_;
    } else {
      at_ += text_.substr(at_).starts_with("::") ? 2 : 1;
    }
    lineStart_ = false;
    return {.text = text_.substr(begin, at_ - begin), .line = line};
  }

private:
  void skipSpace() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.front() == '\n') {
        ++line_;
        ++at_;
        lineStart_ = true;
      } else if (std::isspace(static_cast<unsigned char>(rest.front())) != 0) {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        skipTo(text_.find("*/", at_ + 2), 2);
      } else if (lineStart_ && rest.front() == '#') {
        directive();
      } else {
        return;
      }
    }
  }

  void skipTo(std::size_t end, std::size_t length) {
    end = end == std::string_view::npos ? text_.size() : end + length;
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end),
                                                   '\n'));
    at_ = end;
  }

  void directive() {
    std::size_t end = at_;
    do {
      end = std::min(text_.find('\n', end + 1), text_.size());
    } while (end < text_.size() && text_[end - 1] == '\\');
    include(text_.substr(at_ + 1, end - at_ - 1));
    skipTo(end, 0);
  }

  void include(std::string_view rest) {
    const auto trim = [&rest] {
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    };
    trim();
    if (!rest.starts_with("include")) return;
    rest.remove_prefix(7);
    trim();
    if (rest.empty() || (rest.front() != '"' && rest.front() != '<')) return;
    const bool quoted = rest.front() == '"';
    const std::size_t end = rest.find(quoted ? '"' : '>', 1);
    if (end == std::string_view::npos) return;
    includes_.push_back(
        {.path = std::string(rest.substr(1, end - 1)), .quoted = quoted, .line = line_});
  }

  void skipLiteral(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = std::min(at_ + 1, text_.size());
  }

  void skipRawString() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return;
    const std::string end = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    skipTo(text_.find(end, open), end.size());
  }

  std::string_view text_;
  std::vector<SkimmedInclude>& includes_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool lineStart_ = true;
};

class Skimmer {
public:
  explicit Skimmer(std::string_view text) : tokens_(text, code_.includes) {}

  SkimmedCode read() {
    for (token_ = tokens_.next(); !token_.text.empty(); before_ = token_, token_ = tokens_.next())
      step();
    return std::move(code_);
  }

private:
  struct Scope {
    std::string name;                  ///< of a namespace or class
    std::optional<std::size_t> record; ///< of a class: which
    bool known = false;                ///< a namespace or class, not a body
  };

  void step() {
    if (token_.text == "(") return open();
    if (token_.text == ")") {
      parentheses_ -= parentheses_ > 0 ? 1 : 0;
      return;
    }
    if (parentheses_ > 0) return;
    if (token_.text == "{") return enter();
    if (token_.text == "}") {
      if (!scopes_.empty()) scopes_.pop_back();
      return forget();
    }
    if (token_.text == ";") return forget();
    head(token_);
  }

  /// Collects what stands before a brace: `namespace a::b`, `class X final : public Y`.
  void head(const Token& token) {
    const bool starts =
        token.text == "namespace" || token.text == "class" || token.text == "struct";
    if (starts && keyword_.empty() && before_.text != "enum" && before_.text != "<" &&
        before_.text != ",") {
      keyword_ = token.text;
      return;
    }
    if (token.text == ":" && before_.text == ")") initialisers_ = true;
    if (keyword_.empty()) return;
    if (token.text == ":") bases_ = true;
    if (bases_) {
      if (token.isName()) baseNames_.emplace_back(token.text);
      return;
    }
    if (token.text == "<" || token.text == "=") keyword_.clear(); // a specialisation or an alias
    if (token.text == "::") {
      name_ += "::";
    } else if (token.isName() && token.text != "final" && token.text != "inline") {
      name_ = name_.ends_with("::") ? name_ + std::string(token.text) : std::string(token.text);
      line_ = token.line;
    }
  }

  /// A name before a parenthesis, right in a class, is a method of it.
  void open() {
    if (parentheses_++ > 0 || scopes_.empty() || !scopes_.back().record || !before_.isName())
      return;
    if (!keyword_.empty() || initialisers_)
      return; // a macro with arguments before the class's name
    SkimmedClass& owner = code_.classes[*scopes_.back().record];
    const std::string name(before_.text);
    const std::size_t last = owner.name.rfind("::");
    const bool constructor =
        name == (last == std::string::npos ? owner.name : owner.name.substr(last + 2));
    if (constructor || name == "operator" || name == "noexcept" || name == "decltype" ||
        std::ranges::find(owner.methods, name) != owner.methods.end())
      return;
    owner.methods.push_back(name);
  }

  void enter() {
    Scope scope;
    if (keyword_ == "namespace") {
      scope.name = name_;
      scope.known = true;
    } else if (!keyword_.empty() && !name_.empty() && insideKnown()) {
      scope.name = name_;
      scope.known = true;
      scope.record = code_.classes.size();
      code_.classes.push_back(
          {.name = qualified(name_), .line = line_, .methods = {}, .bases = std::move(baseNames_)});
    } else if (before_.text.starts_with('"')) {
      scope.known = true; // extern "C" {
    }
    scopes_.push_back(std::move(scope));
    forget();
  }

  [[nodiscard]] bool insideKnown() const {
    return std::ranges::all_of(scopes_, [](const Scope& scope) { return scope.known; });
  }

  [[nodiscard]] std::string qualified(const std::string& name) const {
    std::string result;
    for (const Scope& scope : scopes_)
      if (!scope.name.empty()) result += scope.name + "::";
    return result + name;
  }

  void forget() {
    keyword_.clear();
    name_.clear();
    bases_ = false;
    initialisers_ = false;
    baseNames_.clear();
  }

  SkimmedCode code_;
  Tokens tokens_;
  Token token_;
  Token before_;
  std::vector<Scope> scopes_;
  unsigned parentheses_ = 0;
  std::string keyword_; ///< of the head that is being read
  std::string name_;
  std::uint32_t line_ = 0;
  bool bases_ = false;
  bool initialisers_ = false; ///< of a constructor's members
  std::vector<std::string> baseNames_;
};

} // namespace

SkimmedCode skim(std::string_view text) {
  return Skimmer(text).read();
}

} // namespace session_tidy::driver
