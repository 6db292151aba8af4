// The path of a finding as a picture: the session's life drawn along the lines of code.
#pragma once

#include "report/Report.h"
#include "support/SourceText.h"

#include <cstddef>
#include <string>
#include <vector>

namespace session_tidy::report {

/// One step of the life.
struct LifelineStep {
  enum class Event : unsigned char { Opened, Begun, Used, Committed, RolledBack, Closed, Other };
  Event event = Event::Other;
  std::string file; ///< as shown
  std::uint32_t line = 0;
  std::string code;
  std::string message;
  bool wrong = false; ///< where it goes wrong
};

std::vector<LifelineStep> lifelineOf(const Finding& finding, const Report& report,
                                     SourceCache& sources, const std::string& root);

/// An SVG element that uses the style sheet of the page it is in. `id` is for its title.
std::string drawLifeline(const std::vector<LifelineStep>& steps, const std::string& id);

} // namespace session_tidy::report
