// `--pre-commit`: what a run under pre-commit is about.
#pragma once

#include "cli/Options.h"

#include <string>

namespace session_tidy::cli {

/// Says in the other options what `--pre-commit` stands for: the lines since the commit that
/// pre-commit names, else what is staged; the given files whole where they are not what is staged
/// (`pre-commit run --all-files`). Options that the user gave himself stay.
void resolvePreCommit(CheckOptions& options, const std::string& folder);

/// What to do without a compile database, for people who did not type the command themselves.
std::string preCommitHint();

} // namespace session_tidy::cli
