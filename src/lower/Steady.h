// How a local variable changes over its function: not at all, or only upward.
#pragma once

#include "lower/ClangHeaders.h"

namespace session_tidy::lower {

/// Whether the variable means the same wherever its name is read in its function.
bool isSteady(const clang::VarDecl& variable);

/// Whether the variable is never below zero: unsigned, or a number that only grows or is set anew.
bool isCounter(const clang::VarDecl& variable);

} // namespace session_tidy::lower
