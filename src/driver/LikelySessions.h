// Which classes of a project may be sessions or transactions, judged by their words alone; for
// proposals to a reader, never for findings.
#pragma once

#include "driver/CodeSkim.h"
#include "model/Model.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace session_tidy::driver {

struct LikelyKind {
  std::string type; ///< qualified name of the class
  model::Role role = model::Role::Session;
  std::vector<std::pair<std::string, model::Op>> methods; ///< those that open, begin, commit, ...
};

/// What a method of this name would do to a session; nothing for most.
std::optional<model::Op> likelyOp(const std::string& method);

/// A class that begins, commits and rolls back, or opens and closes and is named like a session; or
/// a guard that is named like a transaction and commits.
std::optional<LikelyKind> likelyKind(const SkimmedClass& skimmed);

} // namespace session_tidy::driver
