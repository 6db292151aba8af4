// Names for what a fix declares.
#pragma once

#include "ir/Ir.h"

#include <set>
#include <string>

namespace session_tidy {

/// A name for a new local in the function: `wanted`, or with a number where that is taken ("tr",
/// "tr2", "tr3"). `given`: names that other fixes of the function declare.
std::string freshName(const ir::Function& function, const std::string& wanted,
                      const std::set<std::string>& given = {});

} // namespace session_tidy
