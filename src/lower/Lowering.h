// From Clang's AST to the session IR: the only door between Clang and the core.
//
// Walks down the functions of a translation unit once; a function in which nothing modelled occurs
// costs a look at its calls and types and nothing more.
#pragma once

#include "ir/Ir.h"
#include "model/ModelSet.h"
#include "model/Waits.h"

#include <clang/Basic/SourceLocation.h>

#include <vector>

namespace clang {
class ASTContext;
}

namespace session_tidy::lower {

struct LoweringOptions {
  unsigned inlineDepth = 4;  ///< how deep small callees are written in place
  unsigned inlineSize = 400; ///< the largest callee, in expressions, that is
  unsigned maxEventsPerFunction = 200000;
  model::Waits waits{}; ///< the calls that are marked as waiting
};

/// A unit of IR together with the way back to Clang's locations.
struct LoweredUnit {
  ir::Unit unit;
  std::vector<clang::FileID> fileIds; ///< parallel to unit.files

  /// The Clang location of a place in the IR.
  [[nodiscard]] clang::SourceLocation locationOf(const clang::ASTContext& context,
                                                 std::uint32_t file, Position position) const;
};

LoweredUnit lowerUnit(clang::ASTContext& context, const model::ModelSet& models,
                      const LoweringOptions& options = {});

} // namespace session_tidy::lower
