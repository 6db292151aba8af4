// The words of the model language: enumerators as models, messages and listings spell them.
#pragma once

#include "model/Model.h"

#include <optional>
#include <string_view>
#include <vector>

namespace session_tidy::model {

std::string_view name(Role role);
std::string_view name(Op op);
std::string_view name(Destruction destruction);
std::string_view name(DirtyReturn dirtyReturn);
std::string_view name(Helper helper);
std::string_view name(Success success); ///< IfValue has no word: models write the number

/// The enumerator of a word, if it is one.
template <class Enum>
std::optional<Enum> fromName(std::string_view word);

/// All words of an enumeration, in the order of its declaration.
template <class Enum>
const std::vector<std::string_view>& allNames();

} // namespace session_tidy::model
