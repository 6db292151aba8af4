// Matching names against clang-tidy's kind of pattern lists.
#include "driver/Globs.h"

#include <algorithm>

namespace session_tidy::driver {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\n\v\f\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\v\f\r") - begin + 1);
}

} // namespace

bool globMatches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos; // the last '*' seen, and where its text ends for now
  std::size_t starEnd = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      starEnd = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++starEnd;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

GlobList::GlobList(std::string_view text, Negatives negatives) {
  // An empty text is one empty pattern, which fits nothing that has a name.
  do {
    const std::size_t end = text.find_first_of(",\n");
    std::string_view pattern = trimmed(text.substr(0, end));
    const bool positive = !pattern.starts_with('-');
    if (!positive) pattern = trimmed(pattern.substr(1));
    if (positive || negatives == Negatives::Keep)
      items_.push_back({.positive = positive, .pattern = std::string(pattern)});
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  } while (!text.empty());
}

bool GlobList::contains(std::string_view name) const {
  bool contained = false;
  for (const Item& item : items_)
    if (globMatches(item.pattern, name)) contained = item.positive;
  return contained;
}

bool GlobList::names(std::string_view name) const {
  return contains(name) && std::ranges::any_of(items_, [&](const Item& item) {
           return item.positive && item.pattern == name;
         });
}

} // namespace session_tidy::driver
