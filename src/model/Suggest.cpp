// Nearest words by edit distance with transpositions, ignoring case.
#include "model/Suggest.h"

#include <algorithm>
#include <cctype>

namespace session_tidy::model {

namespace {

// Long words are never slips of a short keyword, and a fuzzer must not buy quadratic time.
constexpr std::size_t longestWord = 64;
// A longer list would say less than the documentation does.
constexpr std::size_t longestList = 12;

bool sameLetter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

} // namespace

std::size_t editDistance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> beforeLast(to.size() + 1);
  std::vector<std::size_t> last(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const bool same = sameLetter(from[i - 1], to[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && sameLetter(from[i - 1], to[j - 2]) &&
          sameLetter(from[i - 2], to[j - 1]))
        row[j] = std::min(row[j], beforeLast[j - 2] + 1);
    }
    std::swap(beforeLast, last);
    std::swap(last, row);
  }
  return last[to.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > longestWord) return {};
  std::string_view best;
  std::size_t bestDistance = word.size() / 3 + 2;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = editDistance(word, candidate);
    // Two short words that share no letter are not each other's misspelling.
    if (distance >= bestDistance || distance >= std::max(word.size(), candidate.size())) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest(word, candidates);
  if (!near.empty()) return "did you mean '" + std::string(near) + "'?";
  if (candidates.empty() || candidates.size() > 2 * longestList) return {};
  return "expected " + oneOf(candidates);
}

std::string oneOf(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += "'" + std::string(words[i]) + "'";
  }
  return out;
}

} // namespace session_tidy::model
