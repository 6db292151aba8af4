// The facts that a fix is planned from, gathered from what the engine found.
#pragma once

#include "checks/Story.h"

namespace session_tidy {

/// The handler that an observation is about rolls back first, and hands the exception on if asked.
Remedy rollBackInHandler(const Story& story, const analysis::Observation& observation,
                         const SourceRange& handler, bool rethrow);

/// An owner holds the object, which is made at `at`.
Remedy ownObject(const Story& story, analysis::ObjectId object, const SourceRange& at);

/// A guard in place of the begin at an observation's cause.
Remedy guardTransaction(const ir::Unit& unit, const Story& story,
                        const analysis::Observation& observation);

/// Of two commits the first one goes.
Remedy dropFirstCommit(const ir::Unit& unit, const Story& story,
                       const analysis::Observation& observation);

/// The end at an observation's cause comes after the last use.
Remedy endLater(const Story& story, const analysis::Observation& observation);

/// The generator lives as long as its session, or is resumed to its end; `at`: the statement that
/// takes the session out, or leaves the loop.
Remedy finishGenerator(const Story& story, const SourceRange& at);

} // namespace session_tidy
