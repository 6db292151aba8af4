// Libraries' headers parsed once per LLVM, not once per fixture: most of a run's time is theirs.
#pragma once

#include "harness/Fixture.h"

#include <string>
#include <vector>

namespace session_tidy::test {

/// Flags that make the compiler read the standard library and the fixture's libraries from a
/// precompiled header, which is built on first use; none for C, and where that compiler is not
/// installed.
std::vector<std::string> precompiledFlags(const Fixture& fixture, int llvm);

} // namespace session_tidy::test
