// What a piece of SQL text does to the session that runs it, as far as its first words tell.
#pragma once

#include "model/Model.h"

#include <string_view>
#include <vector>

namespace session_tidy::model {

/// One statement of a text. `op` is Begin, Commit, Rollback, Savepoint, ReleaseSavepoint,
/// RollbackToSavepoint, Read, Write, or Use where the words say nothing.
struct SqlStatement {
  Op op = Op::Use;
  std::string_view text; ///< without the semicolon and surrounding space
  bool setup = false;    ///< changes the schema or a setting, and no rows

  friend bool operator==(const SqlStatement&, const SqlStatement&) = default;
};

/// All statements of a text, in order; empty for an empty text.
std::vector<SqlStatement> classifySqlScript(std::string_view text);

/// What one statement does: the first of the text; Use for an empty one.
Op classifySql(std::string_view text);

} // namespace session_tidy::model
