// The comment that silences a finding, put where clang-tidy reads it and nothing else changes.
#pragma once

#include "analysis/Finding.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace session_tidy::fix {

/// An edit that silences `rule` at `place` by a NOLINT comment: on the place's line, or on a line
/// of its own before it where that line ends in a string, a comment or a backslash; or one more
/// name in a comment that is there. None where no comment can stand.
std::optional<Edit> silence(const std::string& text, const SourceRange& place,
                            std::string_view rule);

} // namespace session_tidy::fix
