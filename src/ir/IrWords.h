// The words of the IR's text form, shared by its printer and its parser.
#pragma once

#include "ir/Ir.h"

#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

namespace session_tidy::ir::words {

template <class T>
using Word = std::pair<T, std::string_view>;

inline constexpr std::array opWords{Word<Op>{Op::Make, "make"},
                                    Word<Op>{Op::Bind, "bind"},
                                    Word<Op>{Op::Move, "move"},
                                    Word<Op>{Op::Null, "null"},
                                    Word<Op>{Op::Forget, "forget"},
                                    Word<Op>{Op::Open, "open"},
                                    Word<Op>{Op::Close, "close"},
                                    Word<Op>{Op::GiveBack, "giveback"},
                                    Word<Op>{Op::Delete, "delete"},
                                    Word<Op>{Op::Begin, "begin"},
                                    Word<Op>{Op::Commit, "commit"},
                                    Word<Op>{Op::Rollback, "rollback"},
                                    Word<Op>{Op::Savepoint, "savepoint"},
                                    Word<Op>{Op::ReleaseSavepoint, "release-savepoint"},
                                    Word<Op>{Op::RollbackToSavepoint, "rollback-to-savepoint"},
                                    Word<Op>{Op::Flush, "flush"},
                                    Word<Op>{Op::Use, "use"},
                                    Word<Op>{Op::Refresh, "refresh"},
                                    Word<Op>{Op::Remove, "remove"},
                                    Word<Op>{Op::Harmless, "harmless"},
                                    Word<Op>{Op::End, "end"},
                                    Word<Op>{Op::Discard, "discard"},
                                    Word<Op>{Op::Escape, "escape"},
                                    Word<Op>{Op::Store, "store"},
                                    Word<Op>{Op::Return, "hand"},
                                    Word<Op>{Op::Share, "share"},
                                    Word<Op>{Op::Join, "join"},
                                    Word<Op>{Op::Yield, "yield"},
                                    Word<Op>{Op::Exhaust, "exhaust"},
                                    Word<Op>{Op::Set, "set"},
                                    Word<Op>{Op::Copy, "copy"},
                                    Word<Op>{Op::Havoc, "havoc"},
                                    Word<Op>{Op::Add, "add"},
                                    Word<Op>{Op::Measure, "measure"},
                                    Word<Op>{Op::Call, "call"},
                                    Word<Op>{Op::Attempt, "attempt"},
                                    Word<Op>{Op::Catch, "catch"},
                                    Word<Op>{Op::Leave, "leave"}};

inline constexpr std::array holdingWords{
    Word<Holding>{Holding::Value, "value"}, Word<Holding>{Holding::Owner, "owner"},
    Word<Holding>{Holding::Shared, "shared"}, Word<Holding>{Holding::Raw, "raw"},
    Word<Holding>{Holding::Reference, "reference"}};

inline constexpr std::array storageWords{
    Word<Storage>{Storage::Local, "local"},         Word<Storage>{Storage::Parameter, "parameter"},
    Word<Storage>{Storage::Temporary, "temporary"}, Word<Storage>{Storage::Member, "member"},
    Word<Storage>{Storage::Global, "global"},       Word<Storage>{Storage::Capture, "capture"}};

inline constexpr std::array originWords{
    Word<Origin>{Origin::Constructed, "constructed"}, Word<Origin>{Origin::New, "new"},
    Word<Origin>{Origin::Factory, "factory"},         Word<Origin>{Origin::Opened, "opened"},
    Word<Origin>{Origin::Leased, "leased"},           Word<Origin>{Origin::Derived, "derived"}};

inline constexpr std::array accessWords{Word<Access>{Access::Read, "read"},
                                        Word<Access>{Access::Write, "write"}};

inline constexpr std::array throwsWords{Word<Throws>{Throws::Modelled, "throws"},
                                        Word<Throws>{Throws::Perhaps, "throws?"}};

inline constexpr std::array successWords{Word<model::Success>{model::Success::IfTrue, "true"},
                                         Word<model::Success>{model::Success::IfZero, "zero"},
                                         Word<model::Success>{model::Success::IfNonNull, "nonnull"},
                                         Word<model::Success>{model::Success::IfValue, "is"}};

inline constexpr std::array exitWords{
    Word<Exit>{Exit::Jump, "jump"},       Word<Exit>{Exit::Branch, "branch"},
    Word<Exit>{Exit::Switch, "switch"},   Word<Exit>{Exit::Choose, "choose"},
    Word<Exit>{Exit::Throw, "throw"},     Word<Exit>{Exit::Return, "return"},
    Word<Exit>{Exit::Unwound, "unwound"}, Word<Exit>{Exit::Never, "never"}};

inline constexpr std::array functionWords{
    Word<FunctionKind>{FunctionKind::Plain, "plain"},
    Word<FunctionKind>{FunctionKind::Method, "method"},
    Word<FunctionKind>{FunctionKind::Constructor, "constructor"},
    Word<FunctionKind>{FunctionKind::Destructor, "destructor"},
    Word<FunctionKind>{FunctionKind::Lambda, "lambda"},
    Word<FunctionKind>{FunctionKind::Conversion, "conversion"}};

inline constexpr std::array roleWords{Word<model::Role>{model::Role::Session, "session"},
                                      Word<model::Role>{model::Role::Transaction, "transaction"},
                                      Word<model::Role>{model::Role::Pool, "pool"},
                                      Word<model::Role>{model::Role::Dependent, "dependent"},
                                      Word<model::Role>{model::Role::Scope, "scope"},
                                      Word<model::Role>{model::Role::Generator, "generator"}};

inline constexpr std::array destructionWords{
    Word<model::Destruction>{model::Destruction::Nothing, "nothing"},
    Word<model::Destruction>{model::Destruction::Close, "close"},
    Word<model::Destruction>{model::Destruction::GiveBack, "giveback"},
    Word<model::Destruction>{model::Destruction::Rollback, "rollback"},
    Word<model::Destruction>{model::Destruction::Commit, "commit"},
    Word<model::Destruction>{model::Destruction::Free, "free"}};

inline constexpr std::array dirtyReturnWords{
    Word<model::DirtyReturn>{model::DirtyReturn::Unknown, "unknown"},
    Word<model::DirtyReturn>{model::DirtyReturn::Kept, "kept"},
    Word<model::DirtyReturn>{model::DirtyReturn::RolledBack, "rolledback"}};

/// The yes-or-no facts of a kind.
inline constexpr std::array kindFlags{
    Word<bool model::Kind::*>{&model::Kind::handle, "handle"},
    Word<bool model::Kind::*>{&model::Kind::shared, "shared"},
    Word<bool model::Kind::*>{&model::Kind::nests, "nests"},
    Word<bool model::Kind::*>{&model::Kind::implicitBegin, "implicitbegin"},
    Word<bool model::Kind::*>{&model::Kind::freedWithParent, "freedwithparent"},
    Word<bool model::Kind::*>{&model::Kind::view, "view"},
    Word<bool model::Kind::*>{&model::Kind::rollsBackOnUnwind, "rollsbackonunwind"},
    Word<bool model::Kind::*>{&model::Kind::throws, "throws"},
    Word<bool model::Kind::*>{&model::Kind::threadSafe, "threadsafe"},
    Word<bool model::Kind::*>{&model::Kind::readOnly, "readonly"},
    Word<bool model::Kind::*>{&model::Kind::savepoint, "savepoint"},
    Word<bool model::Kind::*>{&model::Kind::ownsData, "ownsdata"},
    Word<bool model::Kind::*>{&model::Kind::reusable, "reusable"},
    Word<bool model::Kind::*>{&model::Kind::beginsOnConstruction, "begins"}};

inline constexpr std::array kindTexts{
    Word<std::string model::Kind::*>{&model::Kind::display, "display"},
    Word<std::string model::Kind::*>{&model::Kind::library, "library"},
    Word<std::string model::Kind::*>{&model::Kind::closer, "closer"},
    Word<std::string model::Kind::*>{&model::Kind::guard, "guard"},
    Word<std::string model::Kind::*>{&model::Kind::guardHeader, "guardheader"},
    Word<std::string model::Kind::*>{&model::Kind::inner, "inner"},
    Word<std::string model::Kind::*>{&model::Kind::innerHeader, "innerheader"},
    Word<std::string model::Kind::*>{&model::Kind::innerCommit, "innercommit"},
    Word<std::string model::Kind::*>{&model::Kind::temporaryName, "name"}};

inline constexpr std::array slotFlags{Word<bool Slot::*>{&Slot::takesOver, "takesover"},
                                      Word<bool Slot::*>{&Slot::found, "found"},
                                      Word<bool Slot::*>{&Slot::releasedByOwner, "released"},
                                      Word<bool Slot::*>{&Slot::watched, "watched"},
                                      Word<bool Slot::*>{&Slot::rebound, "rebound"},
                                      Word<bool Slot::*>{&Slot::inherited, "inherited"},
                                      Word<bool Slot::*>{&Slot::borrows, "borrows"}};

inline constexpr std::array functionFlags{
    Word<bool Function::*>{&Function::coroutine, "coroutine"},
    Word<bool Function::*>{&Function::isNoexcept, "noexcept"},
    Word<bool Function::*>{&Function::isMain, "main"},
    Word<bool Function::*>{&Function::instantiation, "instantiation"}};

inline constexpr std::array eventFlags{Word<bool Event::*>{&Event::heldOnFailure, "held"},
                                       Word<bool Event::*>{&Event::detached, "detached"},
                                       Word<bool Event::*>{&Event::opaque, "opaque"},
                                       Word<bool Event::*>{&Event::prepares, "prepares"},
                                       Word<bool Event::*>{&Event::mayFinish, "finishing"},
                                       Word<bool Event::*>{&Event::selective, "selective"},
                                       Word<bool Event::*>{&Event::setup, "setup"},
                                       Word<bool Event::*>{&Event::implicit, "implicit"}};

/// Between an event's subject and its other slot.
inline constexpr std::array prepositions{std::string_view("of"), std::string_view("on"),
                                         std::string_view("to"), std::string_view("from")};

template <class T, std::size_t N>
std::string_view wordOf(const std::array<Word<T>, N>& table, T value) {
  for (const auto& [candidate, word] : table)
    if (candidate == value) return word;
  return "";
}

template <class T, std::size_t N>
std::optional<T> valueOf(const std::array<Word<T>, N>& table, std::string_view text) {
  for (const auto& [value, word] : table)
    if (word == text) return value;
  return std::nullopt;
}

inline bool isPreposition(std::string_view text) {
  for (auto word : prepositions)
    if (word == text) return true;
  return false;
}

/// Whether an event line gives this word a meaning of its own, so that a name spelled so needs
/// quotes.
inline bool isEventWord(std::string_view text) {
  return valueOf(originWords, text) || valueOf(accessWords, text) || valueOf(throwsWords, text) ||
         valueOf(successWords, text) || valueOf(eventFlags, text) || isPreposition(text);
}

/// Whether a name can stand without backquotes.
inline bool isPlainName(std::string_view name) {
  if (name.empty() || isEventWord(name) || name == "null" || name == "in") return false;
  const auto first = static_cast<unsigned char>(name.front());
  if (!std::isalpha(first) && first != '_' && first != '*' && first != '&' && first != '~')
    return false;
  for (const char c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) &&
        std::string_view("_.:>-*&()[]~<").find(c) == std::string_view::npos)
      return false;
  return name.back() != ':';
}

inline bool isVariableOp(Op op) {
  return op == Op::Set || op == Op::Copy || op == Op::Havoc || op == Op::Add || op == Op::Measure;
}

} // namespace session_tidy::ir::words
