// Texts that are written in the code, however they are wrapped: `QStringLiteral("...")`,
// `u"..."_s`, `QString::fromUtf8("...")`.
#pragma once

#include "lower/TypeFacts.h"

#include <optional>
#include <string>

namespace session_tidy::lower {

/// A literal's text; what is not ASCII in a wide one becomes '?'.
std::string textOf(const clang::StringLiteral& literal);

/// The text of a call that makes a string of one literal and does nothing else; nothing for all
/// others.
std::optional<std::string> literalText(const clang::CallExpr& call, TypeFacts& types);

} // namespace session_tidy::lower
