// Bytes to columns.
#include "report/SourceColumns.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace session_tidy::report {

namespace {

constexpr std::size_t tabStop = 8; // as clang has it

struct Span {
  char32_t first;
  char32_t last;
};

// The scripts that matter in source code; not all of Unicode.
constexpr std::array<Span, 10> zeroWidth{{{.first = 0x0300, .last = 0x036f},
                                          {.first = 0x0483, .last = 0x0489},
                                          {.first = 0x0591, .last = 0x05bd},
                                          {.first = 0x0610, .last = 0x061a},
                                          {.first = 0x064b, .last = 0x065f},
                                          {.first = 0x1ab0, .last = 0x1aff},
                                          {.first = 0x1dc0, .last = 0x1dff},
                                          {.first = 0x20d0, .last = 0x20ff},
                                          {.first = 0xfe00, .last = 0xfe0f},
                                          {.first = 0xfe20, .last = 0xfe2f}}};
constexpr std::array<Span, 14> doubleWidth{{{.first = 0x1100, .last = 0x115f},
                                            {.first = 0x231a, .last = 0x231b},
                                            {.first = 0x23e9, .last = 0x23ec},
                                            {.first = 0x2705, .last = 0x2705},
                                            {.first = 0x2e80, .last = 0x303e},
                                            {.first = 0x3041, .last = 0x33ff},
                                            {.first = 0x3400, .last = 0x4dbf},
                                            {.first = 0x4e00, .last = 0x9fff},
                                            {.first = 0xa000, .last = 0xa4cf},
                                            {.first = 0xac00, .last = 0xd7a3},
                                            {.first = 0xf900, .last = 0xfaff},
                                            {.first = 0xfe30, .last = 0xfe6f},
                                            {.first = 0xff00, .last = 0xff60},
                                            {.first = 0x1f300, .last = 0x3fffd}}};

template <std::size_t Size>
bool isIn(const std::array<Span, Size>& spans, char32_t c) {
  return std::any_of(spans.begin(), spans.end(),
                     [c](const Span& span) { return span.first <= c && c <= span.last; });
}

bool isPrintable(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  const bool invisible = c == 0xad || (c >= 0x200b && c <= 0x200f) ||
                         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
                         c == 0xfeff || (c >= 0xe000 && c <= 0xf8ff);
  return !control && !invisible;
}

std::size_t widthOf(char32_t c) {
  if (isIn(zeroWidth, c)) return 0;
  return isIn(doubleWidth, c) ? 2 : 1;
}

std::string spelled(std::string_view prefix, char32_t value, int digits) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string text = ">";
  for (; digits > 0 || value != 0; --digits, value >>= 4) text += hex[value & 15];
  std::ranges::reverse(text);
  return "<" + std::string(prefix) + text;
}

} // namespace

CodePoint codePointAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  if (lead < 0x80) return {.value = lead, .length = 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) return {.value = lead, .length = 0};
  char32_t value = lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {.value = lead, .length = 0};
    value = value << 6 | (byte(at + i) & 0x3f);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    return {.value = lead, .length = 0};
  return {.value = value, .length = length};
}

std::size_t displayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = codePointAt(text, at);
    width += c.length == 0 ? 1 : widthOf(c.value);
    at += std::max<std::size_t>(c.length, 1);
  }
  return width;
}

SourceColumns::SourceColumns(std::string_view line) {
  columns_.reserve(line.size() + 1);
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = codePointAt(line, at);
    const std::size_t length = std::max<std::size_t>(c.length, 1);
    columns_.insert(columns_.end(), length, column);
    if (c.length != 0 && c.value != '\t' && isPrintable(c.value)) {
      shown_ += line.substr(at, length);
      column += widthOf(c.value);
    } else {
      const std::string text = c.value == '\t' ? std::string(tabStop - column % tabStop, ' ')
                               : c.length == 0 ? spelled("", c.value, 2)
                                               : spelled("U+", c.value, 4);
      shown_ += text;
      column += text.size();
    }
    at += length;
  }
  columns_.push_back(column);
}

std::size_t SourceColumns::columnOf(std::size_t byte) const {
  if (byte < columns_.size()) return columns_[byte];
  return columns_.back() + (byte - (columns_.size() - 1));
}

} // namespace session_tidy::report
