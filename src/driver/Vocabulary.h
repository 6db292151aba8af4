// The words that have to occur in a unit's text before a session can.
//
// A modelled name such as soci::session can only be meant where both of its words occur somewhere
// in the unit; a class that looks like a session needs a name and methods that look so. So a unit
// whose files together lack them has nothing to be said about.
#pragma once

#include "model/ModelSet.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace session_tidy::driver {

/// A set of words, by their numbers.
class WordSet {
public:
  void add(std::uint32_t word) {
    if (word / 64 >= bits_.size()) bits_.resize(word / 64 + 1);
    bits_[word / 64] |= std::uint64_t{1} << word % 64;
  }
  [[nodiscard]] bool contains(std::uint32_t word) const {
    return word / 64 < bits_.size() && (bits_[word / 64] >> word % 64 & 1) != 0;
  }
  [[nodiscard]] bool empty() const { return bits_.empty(); }
  /// True if there was anything new.
  bool add(const WordSet& other) {
    if (other.bits_.size() > bits_.size()) bits_.resize(other.bits_.size());
    std::uint64_t added = 0;
    for (std::size_t i = 0; i < other.bits_.size(); ++i) {
      added |= other.bits_[i] & ~bits_[i];
      bits_[i] |= other.bits_[i];
    }
    return added != 0;
  }

private:
  std::vector<std::uint64_t> bits_;
};

class Vocabulary {
public:
  Vocabulary();

  /// Words of the models; the result is what `mentionsSession` is asked with.
  std::size_t add(const model::ModelSet& models);

  /// Adds what an identifier says to a file's words.
  void note(std::string_view identifier, WordSet& words) const;

  /// Whether a session of these models, or one by its looks, can occur in a unit. `all` are the
  /// words of all its files, `users` those of the files that are no system headers.
  [[nodiscard]] bool mentionsSession(std::size_t models, const WordSet& all,
                                     const WordSet& users) const;

private:
  /// A short word that says nothing: most do, and stand in many files.
  struct Plain {
    std::array<char, 23> text{};
    std::uint8_t length = 0;
  };

  using Name = std::vector<std::uint32_t>; ///< all of these

  Plain& placeOf(std::string_view identifier) const;
  std::uint32_t numberOf(std::string_view word);
  void addName(std::string_view qualified, std::vector<Name>& names);

  std::unordered_map<std::string, std::uint32_t> numbers_;
  mutable std::vector<Plain> plain_; ///< the ones met lately, by a hash
  std::vector<std::vector<Name>> models_;
};

} // namespace session_tidy::driver
