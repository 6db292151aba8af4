// Lists of name patterns as clang-tidy reads them: "session-*,-session-leak".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::driver {

/// Whether `name` fits `pattern`, in which `*` stands for any text.
bool globMatches(std::string_view pattern, std::string_view name);

/// Patterns separated by commas or line ends, a leading '-' takes away; the last one that fits
/// decides.
class GlobList {
public:
  enum class Negatives { Keep, Ignore };

  explicit GlobList(std::string_view text, Negatives negatives = Negatives::Keep);

  [[nodiscard]] bool contains(std::string_view name) const;
  /// Whether it contains the name, and one pattern is that very name.
  [[nodiscard]] bool names(std::string_view name) const;

  struct Item {
    bool positive = true;
    std::string pattern;
  };
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }

private:
  std::vector<Item> items_;
};

} // namespace session_tidy::driver
