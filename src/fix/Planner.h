// From remedies to edits: reads the source text around a finding and plans its fixes.
#pragma once

#include "analysis/Finding.h"
#include "fix/Statements.h"
#include "support/UnitTexts.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace session_tidy::fix {

/// A fix, or why there is none.
struct Plan {
  Fix fix;
  std::string obstacle;

  static Plan no(std::string why) { return {.fix = {}, .obstacle = std::move(why)}; }
};

/// What one remedy is planned with.
struct Site {
  const Remedy& remedy;
  const Code& code;
  const Body& body;
  const UnitTexts& texts;
  long cplusplus = 0;
};

Plan rollBackInHandler(const Site& site);
Plan own(const Site& site);
Plan guard(const Site& site);
Plan dropCommit(const Site& site);
Plan moveEnd(const Site& site);
Plan nest(const Site& site);
Plan finishGenerator(const Site& site);

class Planner {
public:
  explicit Planner(const UnitTexts& texts) : texts_(texts) {}

  /// Gives findings the fixes of their remedies, or the word why there are none.
  void run(std::vector<Finding>& findings);

private:
  const Code* codeOf(std::uint32_t file);
  Plan plan(const Remedy& remedy);

  const UnitTexts& texts_;
  IsMacro isMacro_;
  std::map<std::uint32_t, std::unique_ptr<Code>> codes_;
};

} // namespace session_tidy::fix
