// What classes and methods are called that look like sessions, though no model names them.
//
// The lowering recognises such classes by it; the command's scan of includes asks whether a unit
// can have one.
#pragma once

#include "model/Model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::model {

/// A name in lower case without underscores: "beginTransaction" and "begin_transaction" are one.
std::string plainName(std::string_view name);

/// "beginTransaction", "begin_transaction" and "BeginTransaction" are the words begin, transaction.
std::vector<std::string> nameWords(std::string_view name);

/// What is called by `db->inTransaction` or `shop::open`, without its object or namespace.
std::string_view calledName(std::string_view callee);

// All of these take plain names.
bool looksLikeSession(std::string_view className);
bool looksLikeTransaction(std::string_view className);
bool looksLikePool(std::string_view className);
bool looksLikeStatement(std::string_view className);
/// Of a class, namespace or method: whether databases speak that way.
bool soundsLikeDatabase(std::string_view name);
/// Of a method that takes a text, or of that text's own name: whether it is a statement.
bool speaksSql(std::string_view name);

/// What a method of such a name does, if the name says it.
std::optional<Op> operationNamed(std::string_view method);

// These take names as written.
/// Of a function whose code is not seen: whether its name says that it ends the transaction it is
/// given
/// ("undo", "rollbackQuietly", "finish_transaction"; not "cancelOrder").
bool soundsLikeFinishing(std::string_view function);
/// ... that it writes down what went wrong ("logFailure").
bool soundsLikeRecording(std::string_view function);

/// ... that it only tells somebody ("reportError", "warn", "print").
bool soundsLikeTelling(std::string_view function);

/// ... that what it gives is somebody's already ("currentDb", "instance"). Takes the name's words.
bool soundsLent(const std::vector<std::string>& words);

/// ... that it gives the one that the whole program uses ("defaultSession", "Connection::main").
/// Takes the name's words.
bool soundsEverybodys(const std::vector<std::string>& words);

/// ... that it has to do with whether a transaction is active.
bool speaksOfTransaction(std::string_view function);
/// ... that it tells whether one is ("inTransaction", "get_autocommit").
bool asksForTransaction(std::string_view function);
/// ... that it tells whether something is going on, which is so while a transaction is.
bool asksWhetherLive(std::string_view function);
/// ... and its answer is zero while one is ("get_autocommit").
bool zeroWhileActive(std::string_view function);

/// ... that the program does not go on after it ("fatalError", "die").
bool soundsLikeDying(std::string_view function);

/// Whether a class of this name runs what this method of it is given in another thread, later
/// ("WorkerPool", "submit").
bool runsLater(std::string_view className, std::string_view method);
/// Whether a function of this name waits for such tasks ("wait", "drain").
bool waitsForTasks(std::string_view function);

/// Whether a variable's name says that it counts or bounds tries ("attempt", "maxRetries").
bool soundsLikeTries(std::string_view variable);

} // namespace session_tidy::model
