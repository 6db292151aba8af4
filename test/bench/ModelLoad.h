// What the built-in models add to every run: reading all of them.
#pragma once

namespace session_tidy::bench {

/// Prints the time of one load, and its ratio to parsing one small unit that includes SOCI.
void measureModelLoad(double secondsToParse);

} // namespace session_tidy::bench
