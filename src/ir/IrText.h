// The readable text form of the session IR: printed by `session-tidy dump-ir`, read by the engine's
// tests.
//
//   file shop.cpp
//   kind soci.session session display="soci::session" destruction=close
//   function reserve @10:6
//     slot sql : soci.session reference parameter @10:29
//     var `seats < wanted`
//   block 0 unwind=4:
//     begin sql @11:5 throws
//     use sql read throws
//     branch `seats < wanted` != 0 ? 1 : 2
//   block 1:
//     leave "return" @15:29; return
//   block 2 unwind=4:
//     commit sql throws; return
//   ...
//
// Defaults are left out. A place is `@line:column`, `@line:column-column` or
// `@line:column-line:column`, then
// `/file` when it is not the main file and `!` inside a macro. A name that is not one plain word
// stands in backquotes; nameless or ambiguous things are called by number (`#3`). Texts stand in
// double quotes. Blocks may have any label; one that ends without saying how goes on to the next.
// `;` ends a line, `//` starts a comment. The call models inside a kind (constructors, methods) are
// the model's business and not printed.
#pragma once

#include "ir/Ir.h"

#include <optional>
#include <string>
#include <string_view>

namespace session_tidy::ir {

std::string print(const Unit& unit);
std::string print(const Unit& unit, const Function& function);

struct ParseError {
  Position position;
  std::string message;

  /// "3:9: unknown operation 'comit'"
  [[nodiscard]] std::string text() const;
};

struct ParseResult {
  std::optional<Unit> unit; ///< nothing when there is an error
  ParseError error;
};

ParseResult parse(std::string_view text);

} // namespace session_tidy::ir
