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
constexpr std::array<Span, 10> zeroWidth{{{0x0300, 0x036f},
                                          {0x0483, 0x0489},
                                          {0x0591, 0x05bd},
                                          {0x0610, 0x061a},
                                          {0x064b, 0x065f},
                                          {0x1ab0, 0x1aff},
                                          {0x1dc0, 0x1dff},
                                          {0x20d0, 0x20ff},
                                          {0xfe00, 0xfe0f},
                                          {0xfe20, 0xfe2f}}};
constexpr std::array<Span, 14> doubleWidth{{{0x1100, 0x115f},
                                            {0x231a, 0x231b},
                                            {0x23e9, 0x23ec},
                                            {0x2705, 0x2705},
                                            {0x2e80, 0x303e},
                                            {0x3041, 0x33ff},
                                            {0x3400, 0x4dbf},
                                            {0x4e00, 0x9fff},
                                            {0xa000, 0xa4cf},
                                            {0xac00, 0xd7a3},
                                            {0xf900, 0xfaff},
                                            {0xfe30, 0xfe6f},
                                            {0xff00, 0xff60},
                                            {0x1f300, 0x3fffd}}};

template <std::size_t size>
bool isIn(const std::array<Span, size>& spans, char32_t c) {
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
  std::reverse(text.begin(), text.end());
  return "<" + std::string(prefix) + text;
}

} // namespace

CodePoint codePointAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) return {lead, 0};
  char32_t value = lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {lead, 0};
    value = value << 6 | (byte(at + i) & 0x3f);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {lead, 0};
  return {value, length};
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
