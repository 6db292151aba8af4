// What a team asks of its NOLINT comments.
#pragma once

#include <functional>
#include <string_view>

namespace session_tidy::report {

/// Under this name comments themselves are reported.
inline constexpr std::string_view suppressionRule = "session-suppression";

struct SuppressionPolicy {
  bool requireReason = false; ///< `// NOLINT(session-leak): why`
  bool reportUnused = false;
  std::function<bool(std::string_view)> isActive; ///< rules that could have been silenced
};

} // namespace session_tidy::report
