// Reading a file's include lines.
#include "fix/Includes.h"

#include <string_view>
#include <vector>

namespace session_tidy::fix {

namespace {

struct Line {
  std::uint32_t number = 0;
  std::string_view header; ///< with its marks
};

std::string_view trimmed(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t") - begin + 1);
}

/// `<vector>`, `<cstdio>`: the standard library's, without folder and suffix.
bool isStandard(std::string_view header) {
  return header.starts_with('<') && header.find_first_of("/.") == std::string_view::npos;
}

class Reader {
public:
  explicit Reader(const SourceText& text) : text_(text) {}

  void run(const std::string& wanted) {
    for (std::uint32_t number = 1; number <= text_.lineCount(); ++number) {
      std::string_view line = trimmed(text_.line(number));
      if (number == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
      if (skipsComment(line) || line.empty() || line.starts_with("//")) continue;
      if (!line.starts_with('#')) {
        code_ = true;
        continue;
      }
      directive(number, trimmed(line.substr(1)), wanted);
    }
  }

  [[nodiscard]] bool found() const { return found_; }
  [[nodiscard]] const std::vector<Line>& includes() const { return includes_; }
  /// The line after which the first include of a file without any goes; 0 for its start.
  [[nodiscard]] std::uint32_t start() const { return start_; }

private:
  bool skipsComment(std::string_view line) {
    if (!comment_ && line.starts_with("/*")) {
      comment_ = true;
      line.remove_prefix(2);
    }
    if (!comment_) return false;
    if (line.find("*/") != std::string_view::npos) comment_ = false;
    return true;
  }

  void directive(std::uint32_t number, std::string_view word, const std::string& wanted) {
    if (word.starts_with("if")) {
      // An include guard is no condition.
      const bool guard = word.starts_with("ifndef") && depth_ == 0 && includes_.empty() && !code_ &&
                         trimmed(text_.line(number + 1)).starts_with("#define");
      if (guard)
        start_ = number + 1;
      else
        ++depth_;
    } else if (word.starts_with("endif")) {
      if (depth_ > 0) --depth_;
    } else if (word.starts_with("pragma once") && start_ == 0) {
      start_ = number;
    } else if (word.starts_with("include")) {
      const std::string_view header = trimmed(word.substr(7));
      if (header.starts_with(wanted)) found_ = found_ || depth_ == 0;
      // What comes after code may be there for a reason.
      if (depth_ == 0 && (!code_ || includes_.empty())) includes_.push_back({number, header});
    }
  }

  const SourceText& text_;
  std::vector<Line> includes_;
  std::uint32_t start_ = 0;
  unsigned depth_ = 0;
  bool comment_ = false;
  bool code_ = false;
  bool found_ = false;
};

/// The line after which the header goes in the block of the standard library's; 0 without one.
/// Before a block's first line is after the line above it, which may be line 0.
std::optional<std::uint32_t> inStandardBlock(const std::vector<Line>& includes,
                                             const std::string& header) {
  std::optional<std::uint32_t> after;
  std::uint32_t previous = 0;
  for (const Line& line : includes) {
    if (!isStandard(line.header)) continue;
    if (after && line.number != previous + 1) break; // the first block of them
    if (line.header < header)
      after = line.number;
    else if (!after)
      after = line.number - 1;
    previous = line.number;
  }
  return after;
}

} // namespace

std::optional<IncludePlace> placeOfInclude(const SourceText& text, const std::string& header) {
  Reader reader(text);
  reader.run(header);
  if (reader.found()) return std::nullopt;
  std::uint32_t after =
      reader.includes().empty() ? reader.start() : reader.includes().back().number;
  bool ownBlock = false;
  if (isStandard(header)) {
    if (const auto place = inStandardBlock(reader.includes(), header)) {
      after = *place;
    } else if (!reader.includes().empty()) {
      // After project headers in quotes the standard ones are a block of their own.
      ownBlock = reader.includes().back().header.starts_with('"');
    }
  }
  const bool windows = text.text().find("\r\n") != std::string::npos;
  const std::string end = windows ? "\r\n" : "\n";
  const bool bom = text.text().starts_with("\xef\xbb\xbf");
  const std::size_t at =
      after == 0 ? (bom ? 3 : 0)
                 : text.offset({.line = after + 1, .column = 1}).value_or(text.text().size());
  const bool openEnd = at > 0 && at == text.text().size() && text.text().back() != '\n';
  return IncludePlace{.offset = at,
                      .text = (openEnd ? end : "") + (ownBlock ? end : "") + "#include " + header +
                              end};
}

} // namespace session_tidy::fix
