// Finding NOLINT comments and pairing their blocks.
#include "driver/Suppressions.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace session_tidy::driver {

namespace {

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace

Suppressions::Suppressions(const SourceText& text) : text_(text) {
  findComments();
  pairBlocks();
}

// clang-tidy looks for the word anywhere in the text, comment or not; so do we.
void Suppressions::findComments() {
  static constexpr std::string_view word = "NOLINT";
  const std::string_view text = text_.text();
  std::uint32_t line = 1;
  for (std::size_t at = text.find(word); at != std::string_view::npos;) {
    std::size_t end = at + word.size();
    while (end < text.size() && isLetter(text[end])) ++end;
    const std::string_view name = text.substr(at + word.size(), end - at - word.size());
    std::optional<Form> form;
    if (name.empty()) form = Form::Line;
    if (name == "NEXTLINE") form = Form::NextLine;
    if (name == "BEGIN") form = Form::Begin;
    if (name == "END") form = Form::End;
    if (form) {
      while (line < text_.lineCount() && *text_.offset({line + 1, 1}) <= at) ++line;
      std::optional<std::string_view> checks;
      if (end < text.size() && text[end] == '(') {
        const std::size_t close = text.find_first_of("\n)", end + 1);
        if (close != std::string_view::npos && text[close] == ')') {
          checks = text.substr(end + 1, close - end - 1);
          end = close + 1;
        }
      }
      std::string written(checks.value_or(""));
      written.erase(0, written.find_first_not_of(" \t"));
      written.erase(written.find_last_not_of(" \t") + 1);
      comments_.push_back({*form, line, at, std::move(written),
                           GlobList(checks.value_or("*"), GlobList::Negatives::Ignore)});
    }
    at = text.find(word, end);
  }
}

// Blocks nest: an END closes the innermost open BEGIN, and only if both name the same checks.
void Suppressions::pairBlocks() {
  std::vector<const Comment*> open;
  const auto report = [this](const Comment& comment) {
    const auto column =
        static_cast<std::uint32_t>(comment.offset - *text_.offset({comment.line, 1})) + 1;
    unmatched_.push_back({{comment.line, column}, comment.form == Form::Begin});
  };
  for (const Comment& comment : comments_) {
    if (comment.form == Form::Begin) {
      open.push_back(&comment);
    } else if (comment.form == Form::End) {
      if (!open.empty() && open.back()->checks == comment.checks) {
        blocks_.push_back({open.back()->offset, comment.offset, open.back()->rules});
        open.pop_back();
      } else {
        report(comment);
      }
    }
  }
  for (const Comment* comment : open) report(*comment);
}

bool Suppressions::lineSilences(std::uint32_t line, Form form, std::string_view rule) const {
  return std::any_of(comments_.begin(), comments_.end(), [&](const Comment& comment) {
    return comment.line == line && comment.form == form && comment.rules.contains(rule);
  });
}

bool Suppressions::silences(std::string_view rule, Position position) const {
  if (lineSilences(position.line, Form::Line, rule)) return true;
  if (position.line > 1 && lineSilences(position.line - 1, Form::NextLine, rule)) return true;
  const auto offset = text_.offset(position);
  return offset && std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
           return block.begin < *offset && *offset < block.end && block.rules.contains(rule);
         });
}

} // namespace session_tidy::driver
