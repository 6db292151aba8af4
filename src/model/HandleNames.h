// What the functions of an interface in the style of C do to a handle, by the words of their names.
//
// "vdb_session_open", "VdbBeginTx": the library's prefix and the type's own words taken away, what
// is left has to say the operation and nothing else.
#pragma once

#include "model/Model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::model {

using NameWords = std::vector<std::string>;

/// Those of a struct, without what only says that it is one: "_vdb_session_t" is vdb, session.
NameWords typeWords(std::string_view name);

/// What a function does, by the words that are left of its name; makers are Open, releasers Close.
std::optional<Op> handleOperation(const NameWords& words);

/// Of two releasers, the one with the higher number frees the handle; the other one only
/// disconnects it. Nothing for what is no releaser.
unsigned releaseRank(const NameWords& words);

/// Whether a function runs the text that it is given.
bool runsText(const NameWords& words);
/// Whether it goes on to the next row, or away from this one.
bool leavesRow(const NameWords& words);
/// Whether what it hands out belongs to somebody else already: the current one, the parent; what it
/// only gets, unless the type has rows.
bool showsOnly(const NameWords& words, const NameWords& type);

/// Of a handle that hangs on a session: whether it holds its rows by itself.
bool holdsRows(const NameWords& type);

/// Whether a struct of this name may be a database session, if its functions speak SQL.
bool namesSession(const NameWords& type);
bool namesTransaction(const NameWords& type);
bool namesPool(const NameWords& type);
/// Whether the name of a function says that it is about transactions.
bool speaksOfTransactions(const NameWords& words);
/// Whether databases are called so.
bool namesDatabase(const NameWords& words);

/// Of the enumerators of a result: how sure its name says success, 0 for not at all.
unsigned successRank(std::string_view enumerator);

} // namespace session_tidy::model
