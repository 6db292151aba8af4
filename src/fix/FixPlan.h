// Chooses which fixes to make, and makes them on texts: no file is touched here.
#pragma once

#include "analysis/Finding.h"
#include "support/SourceText.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace session_tidy::fix {

/// Bytes [begin, end) of a text give way to another text.
struct Replacement {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  std::string once{}; ///< see Edit

  friend bool operator==(const Replacement&, const Replacement&) = default;
};

/// A fix that was not made, and why.
struct HeldBack {
  std::size_t finding = 0; ///< index into the findings
  std::string reason;
};

struct FixPlan {
  std::map<std::uint32_t, std::vector<Replacement>> byFile; ///< in order, without overlaps
  std::vector<std::size_t> fixed;                           ///< indices of findings
  std::vector<HeldBack> heldBack;

  [[nodiscard]] bool empty() const { return byFile.empty(); }
};

/// One fix for each finding that has one: the first safe one, or with `unsafe` the first at all. A
/// fix that several findings bring is made once; one that overlaps another is held back.
FixPlan planFixes(const std::vector<Finding>& findings, const std::vector<std::string>& files,
                  SourceCache& sources, bool unsafe);

/// The text with all replacements made. They must be in order and must not overlap.
std::string apply(const std::string& text, const std::vector<Replacement>& replacements);

} // namespace session_tidy::fix
