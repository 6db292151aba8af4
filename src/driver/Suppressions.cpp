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
                           .rules = GlobList(checks.value_or("*"), GlobList::Negatives::Ignore)});
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
        blocks_.push_back(
            {.begin = open.back()->offset, .end = comment.offset, .rules = open.back()->rules});
        open.pop_back();
      } else {
        report(comment);
      }
    }
  }
  for (const Comment* comment : open) report(*comment);
}

bool Suppressions::lineSilences(std::uint32_t line, Form form, std::string_view rule) const {
  return std::ranges::any_of(comments_, [&](const Comment& comment) {
    return comment.at.line == line && comment.form == form && comment.rules.contains(rule);
  });
}

bool Suppressions::silences(std::string_view rule, Position position) const {
  if (lineSilences(position.line, Form::Line, rule)) return true;
  if (position.line > 1 && lineSilences(position.line - 1, Form::NextLine, rule)) return true;
  const auto offset = text_.offset(position);
  return offset && std::ranges::any_of(blocks_, [&](const Block& block) {
           return block.begin < *offset && *offset < block.end && block.rules.contains(rule);
         });
}

} // namespace session_tidy::driver
