// The editor against the command where they see different things: clangd skips the bodies of
// functions in headers, the command does not.
#pragma once

#include "harness/Fixture.h"

#include <memory>
#include <vector>

namespace session_tidy::test {

/// Registers the suite Agreement: each fixture that has findings, with all but its last function
/// moved into a header. What the editor then finds, the command must find as well.
void registerAgreement(const std::vector<std::shared_ptr<const Fixture>>& fixtures);

} // namespace session_tidy::test
