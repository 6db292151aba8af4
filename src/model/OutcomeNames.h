// What classes are called whose objects tell whether a call worked ("Status", "Expected"), and how
// they are asked.
#pragma once

#include <optional>
#include <string_view>

namespace session_tidy::model {

// All of these take names as written.
/// Of a class: "DbStatus", "expected", "error_code".
bool soundsLikeOutcome(std::string_view className);

/// Of a class, or of a function that makes an outcome: it stands for what went wrong ("DbError",
/// "unexpected", "makeFailure").
bool soundsLikeFailure(std::string_view name);

/// Of a function that makes an outcome: nothing went wrong ("Ok", "Success").
bool soundsLikeSuccess(std::string_view function);

/// Of a method that returns bool: whether true means that it worked ("ok") or failed ("hasError");
/// nothing where the name tells neither.
std::optional<bool> asksForSuccess(std::string_view method);

} // namespace session_tidy::model
