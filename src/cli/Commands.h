// The commands; each returns the program's exit code.
#pragma once

#include "cli/Options.h"

namespace session_tidy::cli {

int run(const CheckOptions& options);
int run(const ListOptions& options);
int run(const ExplainOptions& options);
int run(const DumpIrOptions& options);
int run(const ModelsOptions& options);
int run(const MergeOptions& options);
int run(const BaselineShowOptions& options);
int run(const CacheCommandOptions& options);
int run(const InitOptions& options);

} // namespace session_tidy::cli
