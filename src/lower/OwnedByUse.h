// Whether a function owns what an unseen call gave it: who releases it by hand, on its main way,
// does.
#pragma once

#include "lower/UnitContext.h"

namespace session_tidy::lower {

/// `variable` holds what `call` gave; `body` is that of the function around it.
bool isOwnedByUse(UnitContext& unit, const clang::CallExpr& call, const clang::VarDecl& variable,
                  const clang::Stmt& body);

} // namespace session_tidy::lower
