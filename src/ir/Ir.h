// The session IR: what a function does to its sessions, as a small graph. No Clang in here.
//
// The lowering (src/lower) writes it, the engine (src/analysis) reads it. It is complete in itself:
// kinds travel with it, destructors and unwinding are spelled out as events, small callees are
// already written in place. Text form: IrText.h (unit tests and `session-tidy dump-ir`).
#pragma once

#include "model/Model.h"
#include "support/Source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace session_tidy::ir {

using SlotId = std::uint32_t;
using VarId = std::uint32_t;
using BlockId = std::uint32_t;
using KindId = std::uint32_t;
using LoopId = std::uint32_t;
using FrameId = std::uint32_t;
inline constexpr std::uint32_t none = 0xffffffff;

// ---------------------------------------------------------------- slots: what can hold a session

/// How a slot holds its object, hence what happens to the object when the slot's life ends.
enum class Holding : std::uint8_t {
  Value,     ///< is the object: its destructor runs
  Owner,     ///< unique_ptr, optional, a scope: ends the object it holds, if any
  Shared,    ///< shared_ptr or a shared kind: ends it with the last holder, which we do not count
  Raw,       ///< pointer or C handle: nothing happens
  Reference, ///< another name for what it is bound to
};

enum class Storage : std::uint8_t { Local, Parameter, Temporary, Member, Global, Capture };

/// A variable, parameter, member path or temporary that can hold or name a modelled object.
/// At entry, parameters, members, globals and captures hold an object of their own that this
/// function does not own.
struct Slot {
  std::string name; ///< as a reader would write it: "sql", "this->db_"; temporaries: the text of
                    ///< their expression
  KindId kind = none;
  Holding holding = Holding::Raw;
  Storage storage = Storage::Local;
  SourceRange declared;
  std::string database;   ///< of a session found by its name: that name, as written
  bool takesOver = false; ///< a parameter that the callee owns (by value, &&, unique_ptr)
  bool found = false;     ///< a local name for what a call that is not seen has shown
  bool releasedByOwner =
      false;            ///< a member whose class releases it in its destructor or another method
  bool watched = false; ///< something unseen that lives on has the variable by reference and may
                        ///< end what it holds
  bool borrows = false; ///< a member that is annotated to leave what it holds to somebody else
  bool rebound =
      false; ///< some callee gets the variable itself, by reference, and may fill it anew
  bool inherited =
      false; ///< a member of a base class: its destructor runs even when our constructor throws

  /// A parameter, a member of one, or what this very function asked for.
  [[nodiscard]] bool isGiven() const {
    return storage == Storage::Parameter || found ||
           (storage == Storage::Member && !name.starts_with("this->"));
  }
};

/// A plain variable, condition or call result that branches depend on.
struct Variable {
  std::string name;                    ///< "rc", "n > 0", or empty for an unnamed call result
  std::optional<std::int64_t> initial; ///< of a member: what each constructor leaves in it
  bool outlives = false;               ///< of an object that is there after the function
  bool noted = false;                  ///< a condition on what a handler has written down
};

// ---------------------------------------------------------------- events

enum class Op : std::uint8_t {
  // a new object
  Make, ///< `subject` now holds a fresh object (see Origin), which may hang on `other`
  // names
  Bind,   ///< `subject` names what `other` holds (reference, pointer copy, view)
  Move,   ///< `subject` takes over what `other` held; `other` is left empty
  Null,   ///< `subject` holds nothing
  Forget, ///< `subject` holds something unknown
  // the life of the object that `subject` holds
  Open,
  Close,
  GiveBack,
  Delete, ///< `delete`: the object that `subject` points to is destroyed and its memory freed
  Begin,
  Commit,
  Rollback,
  Savepoint,
  ReleaseSavepoint,
  RollbackToSavepoint,
  Flush,
  Use,      ///< needs it alive; `access` says whether it writes
  Refresh,  ///< a use after which what was read from it before is gone
  Remove,   ///< the session that `subject` holds or `database` names leaves its library's register
  Harmless, ///< touches it, in any state
  // where it goes
  End,     ///< the storage of `subject` ends: destructors run, if it has one
  Discard, ///< `subject` is an unnamed temporary guard that dies at once
  Escape,  ///< code we cannot see may keep or end it
  Store,   ///< kept in something that outlives this function (`text` says in what)
  Return,  ///< handed (or, for a reference or view, shown) to the caller
  Share,   ///< handed to another thread or a queued task (`text` says how); `detached` when nobody
           ///< waits for it
  Join,    ///< the thread or task that shares `subject` has ended
  Yield,   ///< the coroutine suspends and shows `subject` (or nothing) to its consumer
  Exhaust, ///< the loop over the generator `subject` ran to its end, so the code after its last
           ///< co_yield ran
  // plain values
  Set,     ///< `variable` becomes `value`
  Copy,    ///< `variable` becomes `otherVariable`
  Havoc,   ///< `variable` becomes unknown
  Add,     ///< `variable` grows by `value` (`++n` is 1, `--n` is -1)
  Measure, ///< `variable` becomes whether `otherVariable` is at least `value`, if that is known
  // landmarks, for traces
  Call,    ///< a call with nothing modelled about it; may throw
  Attempt, ///< a try block starts; `value` counts the function's try blocks from 1
  Catch,   ///< a handler starts; `value` as in its Attempt
  Leave, ///< control is about to leave the function: return, co_return or the closing brace (`text`
         ///< says which)
};

/// How a Make came by its object.
enum class Origin : std::uint8_t {
  Constructed, ///< by a constructor, in place
  New,         ///< by `new`
  Factory,     ///< a call returned it (owning)
  Opened,      ///< a C open call filled it in
  Leased,      ///< taken from a pool
  Derived,     ///< a dependent of `other`
};

enum class Access : std::uint8_t { Unknown, Read, Write };

/// Who says that an event may throw.
enum class Throws : std::uint8_t {
  Never,
  Modelled, ///< the library reports trouble by exception here
  Perhaps,  ///< some call that is not noexcept
};

/// One thing that happens. Which fields mean something depends on `op`.
struct Event {
  Op op = Op::Call;
  SlotId subject = none;
  SlotId other = none;
  Origin origin = Origin::Constructed;
  Access access = Access::Unknown;
  Throws throws = Throws::Never;
  bool heldOnFailure = false; ///< Make that fails by result still leaves something to release
  bool detached = false;
  bool implicit = false; ///< not written by the programmer (destructor, conversion)
  bool setup = false;    ///< Use that changes the schema or a setting, and no rows
  bool prepares = false; ///< Use that readies a statement; `access` is what it will do when it runs
  bool opaque = false;   ///< Use by code we cannot see: it may also begin, commit or roll back (but
                         ///< not keep or end it)
  bool selective = false; ///< Catch: a handler that looks at the error and throws others on
  bool mayFinish = false; ///< with `opaque`: it is likely to commit or roll back

  VarId variable =
      none; ///< Set, Copy, Havoc; for operations: where the result is seen, when anyone looks
  VarId otherVariable = none;
  std::int64_t value = 0;
  model::Success success =
      model::Success::Always; ///< with `variable`: which results mean that it worked
  std::int64_t successValue = 0;
  std::optional<std::int64_t> otherSuccess; ///< another result that is no failure

  SourceRange range;    ///< in the function itself; for events of a callee: the call
  FrameId frame = none; ///< the callee it was copied from
  SourceRange inner;    ///< where it stands in that callee
  LoopId loop = none;   ///< innermost loop around it
  std::string
      database; ///< Make of a session: what says which database, as written ("dsn"); empty: unknown
  std::string text;  ///< callee or operator as written: "sql.commit", "parse"
  std::string waits; ///< Call: the function in which it waits for something outside, itself or one
                     ///< that it calls: "sleep", "co_await"; empty: none that anybody asked for
};

// ---------------------------------------------------------------- graph

/// `variable (==|!=) value`, or `slot (==|!=) null`; without either: nothing known.
struct Condition {
  VarId variable = none;
  SlotId slot = none;
  bool equal = true;
  std::int64_t value = 0;
  std::string text; ///< as written, for the trace
  SourceRange range;
};

struct SwitchCase {
  std::int64_t value = 0;
  BlockId target = none;
};

enum class Exit : std::uint8_t {
  Jump,    ///< to `targets[0]`
  Branch,  ///< `condition` ? `targets[0]` : `targets[1]`
  Switch,  ///< on `condition.variable` over `cases`; otherwise `targets[0]`
  Choose,  ///< any of `targets` (handlers of a try)
  Throw,   ///< an explicit throw or rethrow: to `unwind`
  Return,  ///< the function is left normally
  Unwound, ///< the function is left by an exception
  Never,   ///< does not go on (abort, exit)
};

struct Block {
  std::vector<Event> events;
  Exit exit = Exit::Never;
  Condition condition;
  std::vector<BlockId> targets;
  std::vector<SwitchCase> cases;
  std::vector<std::string> thrown; ///< Throw: the exception's class and its bases, spelled as
                                   ///< handlers spell them in Catch.text; empty: unknown
  BlockId unwind =
      none; ///< where a throwing event of this block goes; none: nothing can be thrown here
  SourceRange range; ///< of the statement that ends the block (throw, goto, ...)
};

struct Loop {
  LoopId parent = none;
  bool draining = false; ///< goes on until nothing is left to do: no count and no container says
                         ///< how often
  SourceRange range;     ///< of the loop's keyword
};

/// A callee whose events were copied into this function.
struct Frame {
  FrameId parent = none;
  std::string callee; ///< "run", "lambda"
  SourceRange call;
  bool own = false; ///< a lambda of the function itself, that a callee calls back
};

// ---------------------------------------------------------------- functions and units

enum class FunctionKind : std::uint8_t {
  Plain,
  Method,
  Constructor,
  Destructor,
  Lambda,
  Conversion
};

struct Function {
  std::string name; ///< for messages: "shop::reserve"; lambdas: "lambda"
  std::string id;   ///< unique in the program (Clang's USR, or path and position for lambdas)
  FunctionKind kind = FunctionKind::Plain;
  bool coroutine = false;
  bool isNoexcept = false;
  bool isMain = false;
  bool instantiation = false; ///< of a template: reported once, never edited
  SourceRange range;          ///< of the name
  SourceRange body;           ///< with braces
  std::vector<Slot> slots;
  std::vector<Variable> variables;
  std::vector<Loop> loops;
  std::vector<Frame> frames;
  std::vector<Block> blocks;           ///< blocks[0] is the entry
  std::vector<std::string> takenNames; ///< identifiers that mean something in the body; sorted
};

/// The outermost callee that code of this frame was copied from; none for the function's own code,
/// its lambdas' among it.
inline FrameId outerFrame(const Function& function, FrameId frame) {
  FrameId outer = none;
  for (; frame != none && !function.frames[frame].own; frame = function.frames[frame].parent)
    outer = frame;
  return outer;
}

struct Unit {
  std::vector<std::string> files; ///< files[0] is the main file
  std::vector<model::Kind> kinds; ///< the kinds in use
  std::vector<Function> functions;
};

} // namespace session_tidy::ir
