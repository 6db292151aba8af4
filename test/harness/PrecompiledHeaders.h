// Libraries' headers parsed once per LLVM, not once per fixture: most of a run's time is theirs.
#pragma once

#include "harness/Fixture.h"

#include <string>
#include <vector>

namespace session_tidy::test {

/// Flags that make the compiler read the fixture's libraries from a precompiled header, which is
/// built on first use; none where it has no large libraries, or where that compiler is not
/// installed. The front ends of the oldest LLVM read the headers themselves, so that both ways are
/// tested.
std::vector<std::string> precompiledFlags(const Fixture& fixture, int llvm);

} // namespace session_tidy::test
