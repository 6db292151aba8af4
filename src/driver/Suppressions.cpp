// Finding NOLINT comments and pairing their blocks.
#include "driver/Suppressions.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace session_tidy::driver {

namespace {

constexpr std::string_view word = "NOLINT";

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The checks between brackets at the start of `text`, which must close on the same line.
std::optional<std::string_view> bracketed(std::string_view text) {
  if (!text.starts_with('(')) return std::nullopt;
  const std::size_t close = text.find_first_of("\n)");
  if (close == std::string_view::npos || text[close] != ')') return std::nullopt;
  return text.substr(1, close - 1);
}

/// Whether words follow on the line: `// NOLINT(session-leak): the pool owns it`.
bool isReason(std::string_view rest) {
  rest = rest.substr(0, rest.find_first_of("\r\n"));
  rest = rest.substr(0, rest.find("*/"));
  constexpr std::ptrdiff_t fewest = 3; // letters
  return std::ranges::count_if(rest, [](char c) {
           return isLetter(c) || static_cast<unsigned char>(c) >= 0x80;
         }) >= fewest;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

} // namespace

Suppressions::Suppressions(const SourceText& text) : text_(text) {
  findComments();
  pairBlocks();
}

std::optional<Suppressions::Form> Suppressions::formOf(std::string_view ending) {
  if (ending.empty()) return Form::Line;
  if (ending == "NEXTLINE") return Form::NextLine;
  if (ending == "BEGIN") return Form::Begin;
  if (ending == "END") return Form::End;
  return std::nullopt;
}

// clang-tidy looks for the word anywhere in the text, comment or not; so do we.
void Suppressions::findComments() {
  const std::string_view text = text_.text();
  for (std::size_t at = text.find(word); at != std::string_view::npos;) {
    std::size_t end = at + word.size();
    while (end < text.size() && isLetter(text[end])) ++end;
    if (const auto form = formOf(text.substr(at + word.size(), end - at - word.size()))) {
      const auto checks = bracketed(text.substr(end));
      if (checks) end += checks->size() + 2;
      comments_.push_back({.form = *form,
                           .at = text_.position(at),
                           .offset = at,
                           .checks = trimmed(checks.value_or("")),
                           .rules = GlobList(checks.value_or("*"), GlobList::Negatives::Ignore),
                           .hasReason = isReason(text.substr(end))});
    }
    at = text.find(word, end);
  }
}

// Blocks nest: an END closes the innermost open BEGIN, and only if both name the same checks.
void Suppressions::pairBlocks() {
  std::vector<const Comment*> open;
  const auto report = [this](const Comment& comment) {
    unmatched_.push_back({.position = comment.at, .isBegin = comment.form == Form::Begin});
  };
  for (const Comment& comment : comments_) {
    if (comment.form == Form::Begin) {
      open.push_back(&comment);
    } else if (comment.form == Form::End) {
      if (!open.empty() && open.back()->checks == comment.checks) {
        blocks_.push_back({.comment = static_cast<std::size_t>(open.back() - comments_.data()),
                           .begin = open.back()->offset,
                           .end = comment.offset,
                           .rules = open.back()->rules});
        open.pop_back();
      } else {
        report(comment);
      }
    }
  }
  for (const Comment* comment : open) report(*comment);
}

std::optional<std::size_t> Suppressions::onLine(std::uint32_t line, Form form,
                                                std::string_view rule) const {
  for (std::size_t i = 0; i < comments_.size(); ++i)
    if (comments_[i].at.line == line && comments_[i].form == form &&
        comments_[i].rules.contains(rule))
      return i;
  return std::nullopt;
}

std::optional<std::size_t> Suppressions::silencer(std::string_view rule, Position position) const {
  if (auto comment = onLine(position.line, Form::Line, rule)) return comment;
  if (position.line > 1)
    if (auto comment = onLine(position.line - 1, Form::NextLine, rule)) return comment;
  const auto offset = text_.offset(position);
  if (!offset) return std::nullopt;
  for (const Block& block : blocks_)
    if (block.begin < *offset && *offset < block.end && block.rules.contains(rule))
      return block.comment;
  return std::nullopt;
}

std::vector<Suppressions::Written> Suppressions::written() const {
  std::vector<Written> all;
  all.reserve(comments_.size());
  for (const Comment& comment : comments_)
    all.push_back({.at = comment.at,
                   .checks = comment.checks,
                   .hasReason = comment.hasReason,
                   .isEnd = comment.form == Form::End});
  return all;
}

} // namespace session_tidy::driver
