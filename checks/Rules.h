// The makers of all rules, one per file of this folder, in alphabetical order.
#pragma once

#include "checks/Rule.h"

namespace session_tidy {

std::unique_ptr<Rule> makeTemporaryGuard();

} // namespace session_tidy
