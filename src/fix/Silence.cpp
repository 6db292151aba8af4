// Looks for a place for a NOLINT comment.
#include "fix/Silence.h"

#include "fix/Code.h"

#include <algorithm>

namespace session_tidy::fix {

namespace {

class Silencer {
public:
  Silencer(const std::string& text, const SourceRange& place, std::string_view rule)
      : code_(place.file, text, {}), rule_(rule), line_(place.begin.line) {}

  std::optional<Edit> run() {
    if (!begin(line_)) return std::nullopt;
    if (auto edit = nameIn("NOLINT(", line_)) return edit;
    if (line_ > 1)
      if (auto edit = nameIn("NOLINTNEXTLINE(", line_ - 1)) return edit;
    if (auto edit = behind()) return edit;
    return before();
  }

private:
  [[nodiscard]] std::optional<std::size_t> begin(std::uint32_t line) const {
    return code_.source().offset({.line = line, .column = 1});
  }

  /// One more name in the brackets of a comment that is there.
  [[nodiscard]] std::optional<Edit> nameIn(std::string_view word, std::uint32_t line) const {
    const std::string_view text = code_.source().line(line);
    const auto at = text.find(word);
    if (at == text.npos) return std::nullopt;
    const auto close = text.find(')', at);
    if (close == text.npos) return std::nullopt;
    if (!isInComment(*begin(line) + at)) return std::nullopt;
    const bool isEmpty = close == at + word.size();
    return code_.insert(*begin(line) + close, (isEmpty ? "" : ", ") + std::string(rule_));
  }

  [[nodiscard]] std::optional<Edit> behind() const {
    const std::string_view text = code_.source().line(line_);
    const auto last = text.find_last_not_of(" \t");
    if (last == text.npos || text[last] == '\\') return std::nullopt;
    const std::size_t end = *begin(line_) + last + 1;
    if (!isFree(end)) return std::nullopt;
    const Span rest{end, *begin(line_) + text.size()};
    return code_.edit(rest, " // NOLINT(" + std::string(rule_) + ")");
  }

  [[nodiscard]] std::optional<Edit> before() const {
    const std::size_t at = *begin(line_);
    if (!isFree(at)) return std::nullopt;
    if (line_ > 1) {
      const std::string_view previous = code_.source().line(line_ - 1);
      if (previous.ends_with('\\') || previous.find("NOLINTNEXTLINE") != previous.npos)
        return std::nullopt;
    }
    const std::string_view text = code_.text();
    const auto end = text.find('\n', at);
    const bool carriage = end != text.npos && end > at && text[end - 1] == '\r';
    return code_.insert(at, std::string(code_.indentAt(at)) + "// NOLINTNEXTLINE(" +
                                std::string(rule_) + ")" + (carriage ? "\r\n" : "\n"));
  }

  /// Whether an offset is in no token and in no comment of several lines: a line may end there in a
  /// comment.
  [[nodiscard]] bool isFree(std::size_t offset) const {
    const auto& tokens = code_.tokens();
    const auto next = std::ranges::lower_bound(tokens, offset, {}, &Token::begin);
    const std::size_t gap = next == tokens.begin() ? 0 : std::prev(next)->end;
    if (gap > offset) return false;
    return !leavesCommentOpen(code_.text({gap, offset}));
  }

  [[nodiscard]] bool isInComment(std::size_t offset) const {
    const auto& tokens = code_.tokens();
    const auto next = std::ranges::lower_bound(tokens, offset, {}, &Token::begin);
    return next == tokens.begin() || std::prev(next)->end <= offset;
  }

  /// Of text between tokens: white space and comments.
  static bool leavesCommentOpen(std::string_view text) {
    while (true) {
      const auto at = text.find('/');
      if (at == text.npos || at + 1 == text.size()) return false;
      const bool block = text[at + 1] == '*';
      const auto end = text.find(block ? "*/" : "\n", at + 2);
      if (end == text.npos) return block;
      text.remove_prefix(end + (block ? 2 : 1));
    }
  }

  Code code_;
  std::string_view rule_;
  std::uint32_t line_;
};

} // namespace

std::optional<Edit> silence(const std::string& text, const SourceRange& place,
                            std::string_view rule) {
  return Silencer(text, place, rule).run();
}

} // namespace session_tidy::fix
