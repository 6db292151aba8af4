// Severities and confidences as words, for options, reports and configuration files.
#pragma once

#include "analysis/Finding.h"
#include "checks/Rule.h"

#include <optional>
#include <string_view>

namespace session_tidy::driver {

std::string_view word(Severity severity);     ///< "style", "warning", "error"
std::string_view word(Confidence confidence); ///< "possible", "likely", "certain"
std::string_view word(Fixes fixes);           ///< "none", "safe", "unsafe", "safe or unsafe"

std::optional<Severity> readSeverity(std::string_view text);
std::optional<Confidence> readConfidence(std::string_view text);

} // namespace session_tidy::driver
