// From an edit to its diagnostics: session-clangd against plain clangd.
#pragma once

namespace session_tidy::bench {

/// Prints a table of times. Does nothing but say so where one of the two is missing.
void compareEditors(unsigned repetitions);

} // namespace session_tidy::bench
