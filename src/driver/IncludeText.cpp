// A scanner for directives and words.
#include "driver/IncludeText.h"

#include <array>
#include <optional>
#include <utility>

namespace session_tidy::driver {

namespace {

constexpr std::array<bool, 256> makeWordTable() {
  std::array<bool, 256> table{};
  for (int c = 0; c < 256; ++c)
    table[static_cast<std::size_t>(c)] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                         (c >= '0' && c <= '9') || c == '_' || c == '$' ||
                                         c >= 0x80;
  return table;
}

constexpr std::array<bool, 256> wordTable = makeWordTable();

bool isWord(char c) {
  return wordTable[static_cast<unsigned char>(c)];
}

/// Lines that a backslash continues are one.
std::string withoutSplices(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  for (std::size_t found = 0; (found = text.find('\\', found)) != std::string_view::npos;) {
    std::size_t end = found + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
    if (end < text.size() && text[end] == '\n') {
      result.append(text, at, found - at);
      at = end + 1;
    }
    found = end;
  }
  return result.append(text, at);
}

class Scanner {
public:
  Scanner(std::string_view text, const Vocabulary& vocabulary)
      : text_(text), vocabulary_(vocabulary) {}

  IncludeText scan() {
    result_.opaque = text_.find("?\?=") != std::string_view::npos; // a trigraph for '#'
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (isWord(c)) {
        noteWord(word());
      } else if (c == '#' || (c == '%' && next(1) == ':')) {
        at_ += c == '#' ? 1 : 2;
        hash();
      } else {
        ++at_;
      }
    }
    return std::move(result_);
  }

private:
  [[nodiscard]] char next(std::size_t distance = 0) const {
    return at_ + distance < text_.size() ? text_[at_ + distance] : '\0';
  }

  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && isWord(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  /// Most words stand in a file many times: those met lately are known to have been noted.
  void noteWord(std::string_view word) {
    std::size_t hash = word.size();
    for (const char c : word) hash = hash * 31 + static_cast<unsigned char>(c);
    std::string_view& lately = lately_[(hash ^ (hash >> 9)) % lately_.size()];
    if (lately == word) return;
    lately = word;
    vocabulary_.note(word, result_.words);
  }

  /// Blanks and comments, but no line end.
  void skipBlanks() {
    while (at_ < text_.size()) {
      if (next() == ' ' || next() == '\t' || next() == '\v' || next() == '\f') {
        ++at_;
      } else if (next() == '/' && next(1) == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
  }

  void hash() {
    if (next() == '#' || (next() == '%' && next(1) == ':')) {
      result_.pastes = true;
      at_ += next() == '#' ? 1 : 2;
      return;
    }
    skipBlanks();
    const std::size_t begin = at_;
    const std::string_view directive = word();
    if (directive == "include" || directive == "include_next" || directive == "import")
      include();
    else if (directive == "define")
      define();
    else
      at_ = begin; // its words count as all others do
  }

  void include() {
    skipBlanks();
    const std::size_t begin = at_;
    if (auto path = readPath()) {
      result_.includes.push_back(std::move(*path));
    } else if (isWord(next())) {
      result_.includedMacros.emplace_back(word());
      at_ = begin;
    } // else it is no include, but prose
  }

  std::optional<IncludeText::Include> readPath() {
    const char close = next() == '"' ? '"' : next() == '<' ? '>' : '\0';
    if (close == '\0') return std::nullopt;
    const std::size_t end = text_.find_first_of(close == '"' ? "\"\n" : ">\n", at_ + 1);
    if (end == std::string_view::npos || text_[end] != close) return std::nullopt;
    IncludeText::Include path{.name = std::string(text_.substr(at_ + 1, end - at_ - 1)),
                              .quoted = close == '"'};
    at_ = end + 1;
    return path;
  }

  void define() {
    skipBlanks();
    IncludeText::PathMacro macro;
    macro.name = word();
    noteWord(macro.name);
    const std::size_t begin = at_;
    if (next() == '(') {
      macro.opaque = true;
    } else {
      skipBlanks();
      const std::size_t body = at_;
      if (auto path = readPath()) {
        macro.path = std::move(*path);
      } else if (isWord(next())) {
        macro.other = word();
        skipBlanks();
        macro.opaque = next() != '\n' && next() != '\r' && next() != '\0' && next() != '/';
        at_ = body;
      } else {
        macro.opaque = true;
      }
    }
    if (macro.path.name.empty()) at_ = begin; // the body's words count
    result_.macros.push_back(std::move(macro));
  }

  std::string_view text_;
  const Vocabulary& vocabulary_;
  IncludeText result_;
  std::size_t at_ = 0;
  std::array<std::string_view, 64> lately_;
};

} // namespace

IncludeText readIncludeText(std::string_view text, const Vocabulary& vocabulary) {
  if (text.find("\\") == std::string_view::npos) return Scanner(text, vocabulary).scan();
  const std::string joined = withoutSplices(text);
  return Scanner(joined, vocabulary).scan();
}

} // namespace session_tidy::driver
