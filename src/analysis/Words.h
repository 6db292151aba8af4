// What a call's name says, where no model tells it.
#pragma once

#include <cctype>
#include <initializer_list>
#include <string>
#include <string_view>

namespace session_tidy::analysis {

/// Whether one of the words, in lower case, occurs in the text.
inline bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  std::string lower;
  for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const std::string_view word : words)
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

} // namespace session_tidy::analysis
