// Escaping.
#include "report/Xml.h"

#include "report/SourceColumns.h"

#include <algorithm>

namespace session_tidy::report {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

bool isAllowed(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

} // namespace

std::string escapeXml(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = codePointAt(text, at);
    const std::size_t length = std::max<std::size_t>(c.length, 1);
    if (c.length == 0 || !isAllowed(c.value))
      result += replacement;
    else if (c.value == '&')
      result += "&amp;";
    else if (c.value == '<')
      result += "&lt;";
    else if (c.value == '>')
      result += "&gt;";
    else if (c.value == '"')
      result += "&quot;";
    else if (c.value == '\'')
      result += "&#39;";
    else
      result += text.substr(at, length);
    at += length;
  }
  return result;
}

} // namespace session_tidy::report
