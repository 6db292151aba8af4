// Compares what a front end showed with what a fixture announces, in words that name file and line.
#pragma once

#include "harness/FrontEnd.h"

#include <string>

namespace session_tidy::test {

/// Empty when all is as announced.
std::string judgeRun(const Fixture& fixture, const RunResult& result, bool subset);
std::string judgeFix(const Fixture& fixture, const FixResult& result);

} // namespace session_tidy::test
