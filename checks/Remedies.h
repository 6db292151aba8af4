// The facts that a fix is planned from, gathered from what the engine found.
#pragma once

#include "checks/Rule.h"
#include "checks/Story.h"

#include <string>
#include <vector>

namespace session_tidy {

/// The handler that an observation is about rolls back first, and hands the exception on if asked.
Remedy rollBackInHandler(const Story& story, const analysis::Observation& observation,
                         const SourceRange& handler, bool rethrow);

/// An owner holds the object, which is made at `at`.
Remedy ownObject(const Story& story, analysis::ObjectId object, const SourceRange& at);

/// The guard that the project names for libraries without one of their own.
struct ProjectGuard {
  std::string name; ///< empty: none
  std::string header;
  bool commits = false; ///< at its end

  static std::vector<RuleOption> options();
  static ProjectGuard from(const RuleSettings& settings);
};

/// A guard in place of the begin at an observation's cause.
Remedy guardTransaction(const ir::Unit& unit, const Story& story,
                        const analysis::Observation& observation, const ProjectGuard& guard);

/// The transaction begun at an observation's event becomes one inside that of its cause.
Remedy nestInside(const Story& story, const analysis::Observation& observation);

/// Of two commits the first one goes.
Remedy dropFirstCommit(const ir::Unit& unit, const Story& story,
                       const analysis::Observation& observation);

/// The end at an observation's cause comes after the last use.
Remedy endLater(const Story& story, const analysis::Observation& observation);

/// The generator lives as long as its session, or is resumed to its end; `at`: the statement that
/// takes the session out, or leaves the loop.
Remedy finishGenerator(const Story& story, const SourceRange& at);

} // namespace session_tidy
