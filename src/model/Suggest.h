// "Did you mean ...?": the known word that is nearest to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::model {

/// How many insertions, removals, replacements or swaps of neighbours turn one word into the other.
std::size_t editDistance(std::string_view from, std::string_view to);

/// The nearest candidate, if it is near enough to be a slip of the finger; otherwise empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// "did you mean 'commit'?", or "expected 'a', 'b' or 'c'" when nothing is near.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates);

/// "'a', 'b' or 'c'".
std::string oneOf(const std::vector<std::string_view>& words);

} // namespace session_tidy::model
