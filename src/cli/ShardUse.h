// A run's part of the units, and the times by which they are divided.
#pragma once

#include "cli/Options.h"
#include "cli/UnitChoice.h"
#include "report/Shards.h"

#include <string>
#include <vector>

namespace session_tidy::cli {

/// Leaves in `choice` what this run is to do. What is counted or told once only is left to the
/// first part. `root`: that of the repository.
report::Shard takeShard(UnitChoice& choice, const CheckOptions& options, const std::string& root);

/// Keeps the times of all parts for the next time. Returns why it could not, if a file was named
/// for them; the cache is none of the run's business.
std::string keepTimes(const std::vector<report::ShardFile>& parts, const CheckOptions& options);

} // namespace session_tidy::cli
