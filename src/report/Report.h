// What a run found, ready to be shown: findings of all units over one table of files.
#pragma once

#include "analysis/Finding.h"
#include "driver/SessionUses.h"
#include "report/Shards.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::report {

struct Report {
  std::vector<std::string> files;              ///< absolute paths; the findings' ranges index them
  std::vector<Finding> findings;               ///< in the order in which they are shown
  std::vector<driver::SessionUse> uses;        ///< by place; each function once
  std::map<std::string, std::size_t> silenced; ///< by file: findings that comments have silenced
  std::size_t unitsChecked = 0;
  /// Those that did not compile, crashed or took too long: findings may be missing.
  std::vector<std::string> unitsFailed;
  std::optional<Shard> shard; ///< if this is a part of a whole
};

/// What a format may say about a rule.
struct RuleText {
  std::string_view name;
  std::string_view summary;
  Severity severity = Severity::Warning;
  std::string_view page; ///< Markdown; empty if there is none
};

} // namespace session_tidy::report
