// Ends a clang-tidy of another LLVM that loads this plugin, before the two misunderstand each
// other.
#pragma once

namespace session_tidy::tidy {

/// Returns if the host is of the LLVM major version that this was built for; ends the process with
/// 3 if not. Silence would be worse: with a plugin of another version clang-tidy may well find
/// nothing and exit 0.
void requireMatchingHost();

} // namespace session_tidy::tidy
