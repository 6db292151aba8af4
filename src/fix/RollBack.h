// How a transaction is rolled back in a function's own words.
#pragma once

#include "fix/Planner.h"

#include <optional>
#include <string>

namespace session_tidy::fix {

/// An expression that rolls back what the remedy's object has begun, as the function itself would
/// write it at `place`; none if that is not known or the object is out of scope there.
std::optional<std::string> rollbackText(const Site& site, StatementId place);

/// A call with its SQL text ("BEGIN ...") replaced; none if no string of it begins so.
std::optional<std::string> withSql(const Code& code, const Span& call, std::string_view word,
                                   std::string_view sql);

/// Whether a variable declared in the function can be named at a statement.
bool isVisible(const Site& site, StatementId place);

} // namespace session_tidy::fix
