// The typestate engine: what can happen to the sessions of one function, path by path.
//
// Property simulation over the session IR: a path's state is what every slot holds, how every
// object stands and which branch facts are known; paths merge where bindings and typestates agree.
// The result is plain data: objects, and observations with the path that led to them. Which of them
// are worth a word, and which words, is for the rules in checks/.
#pragma once

#include "ir/Ir.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace session_tidy::analysis {

struct EngineOptions {
  ir::Throws throws = ir::Throws::Modelled; ///< the least sure kind of throw that is followed
  unsigned maxStatesPerBlock = 160;
  unsigned maxSteps = 400000; ///< blocks visited, in all; more is given up
};

using ObjectId = std::uint32_t;
inline constexpr ObjectId noObject = ir::none;

/// Names one event of the function.
struct EventRef {
  ir::BlockId block = ir::none;
  std::uint32_t index = 0;

  [[nodiscard]] bool isValid() const { return block != ir::none; }
  friend bool operator==(const EventRef&, const EventRef&) = default;
  friend auto operator<=>(const EventRef&, const EventRef&) = default;
};

/// One step of a path that somebody may want to hear of.
struct Step {
  enum class Kind : std::uint8_t {
    Event,  ///< something happened to an object: `at`
    Failed, ///< the event reported failure by its result
    Throws, ///< the event left by an exception
    Branch, ///< `choice`-th target of the block's exit was taken
    Throw,  ///< the block ends in an explicit throw
  };
  Kind kind = Kind::Event;
  EventRef at; ///< for Branch and Throw only the block counts
  std::uint32_t choice = 0;
  ObjectId object = noObject; ///< whom the event is about

  friend bool operator==(const Step&, const Step&) = default;
};

using Trace = std::vector<Step>;

/// Something the function's paths can hold: made at one event, or there when it starts.
struct Object {
  ir::KindId kind = ir::none;
  EventRef made;              ///< for objects made here
  EventRef opened;            ///< ... and opened by a call of its own, which says of what
  ir::SlotId slot = ir::none; ///< where it was first held; at entry: the slot it came in
  ObjectId parent = noObject; ///< what it hangs on: session, pool, result, generator

  // What happens to it anywhere in the function, on whatever path.
  bool committed = false;
  bool rolledBack = false; ///< on purpose, not by a destructor
  bool wrote = false;      ///< surely, by a write that the model or the SQL text tells
  bool used = false;       ///< statements ran through it
  bool closedByHand = false;
  bool owned = false; ///< an owner held it at some time
  bool escaped = false;
  bool releasedAfterEscape = false; ///< so whoever saw it did not take it over
  bool handedOut = false;           ///< returned or stored
  bool generatorRan = false;
  bool reading = false; ///< a transaction that was begun for reading only

  [[nodiscard]] bool isEntry() const { return !made.isValid(); }
};

/// How control leaves.
enum class Leaving : std::uint8_t { Inside, Normally, ByException };

enum class What : std::uint8_t {
  // release
  Leaked,      ///< `object` is still open and nobody can release it when the function is left
  Overwritten, ///< its last name is given to something else (`event`) while it is open
  // transactions
  OpenAtExit,      ///< `object` (session or raw transaction) leaves with the transaction begun at
                   ///< `cause`
  OpenAtGiveBack,  ///< ... goes back to its pool with it
  OpenAtClose,     ///< ... is closed with it: the server rolls back
  GuardRolledBack, ///< the guard `object` ended at `event` without a commit: its destructor rolls
                   ///< back
  SecondCommit,    ///< `event` commits session `object` again after `cause`
  NestedBegin,     ///< `event` begins on `object` while the transaction of `cause` is active
  SwallowedCommit, ///< the handler at `cause` swallowed an exception of the transaction that
                   ///< `event` commits
  CommitReached,   ///< a commit in a destructor
  // life
  UsedAfterEnd, ///< `event` uses `object` after `cause` ended it (or `parent`, on which it hangs)
  UsedAfterRemoval, ///< `event` uses `object`, whose session `cause` took out of its register
  RemovedWhileHeld, ///< `event` takes `object` out of its register while `other`, or its own name,
                    ///< is in use
  HandedOutDead,    ///< returned or stored at `event`, but over when the function is left
  SecondEnd,        ///< `event` commits, rolls back, closes or frees what `cause` had ended so
  EndWithoutBegin,  ///< `event` rolls back or commits where nothing was begun
  PooledClose,      ///< `event` closes a lease that its owner gives back to the pool
  // sharing
  SharedWhileUsed, ///< handed to a thread at `cause`, used here at `event` before anyone waited
  SharedAtEnd,     ///< ... ended here at `event`
  SharedTwice,     ///< handed over at `cause` and again at `event`
  SharedDetached,  ///< a borrowed session handed to something that nobody waits for
  // several sessions
  SecondSession, ///< `object` is written although `other`, of the same pool, was written too
  Bypass,        ///< `event` writes through `object` while a transaction is open on `other`
  // waiting
  HeldAcrossWait, ///< `object` (session, lease or transaction, had since `cause`) is held at
                  ///< `event`, a call that waits for something outside
  UsedAfterWait,  ///< `event` uses session `object`, opened here, after the wait at `cause`
  // generators
  GeneratorLeft, ///< the loop over generator `object` is left before its end
};

/// How an object's life or transaction ended, for UsedAfterEnd and SecondEnd.
enum class Ending : std::uint8_t {
  None,
  Closed,
  GivenBack,
  Deleted,
  ScopeEnded,
  Moved,
  Committed,
  RolledBack,
  Refreshed ///< a view: what it looks into has been replaced
};

/// What a path has found when it asked for what a handler wrote down.
enum class Answer : std::uint8_t { NotAsked, True, False };

/// The strongest thing that ran in a transaction. Unknown: statements whose text is not seen.
enum class Work : std::uint8_t { None, Read, Unknown, Write };

struct Observation {
  What what = What::Leaked;
  ObjectId object = noObject;
  ObjectId other = noObject; ///< the second party, where there is one
  EventRef event;            ///< where it shows; invalid at an exit
  EventRef cause;            ///< the earlier event that makes it wrong
  Leaving leaving = Leaving::Inside;
  EventRef caught; ///< OpenAtExit: the handler that went by without a rollback
  Ending ending = Ending::None;
  bool afterFailure = false; ///< Leaked: it is the failed open's own handle
  bool commitFailed = false; ///< the transaction is open because a commit reported failure
  bool insideCallee = false; ///< Leaked, OpenAtExit: in a callee that never came back with it
  bool escaped = false;      ///< unseen code may keep it or end it
  bool unclear =
      false; ///< statements ran whose text is not seen: one may have ended the transaction
  bool endThrew = false;            ///< the event that ended it threw on this path
  bool byOwner = false;             ///< SecondEnd: the cause is the end of the owner's scope
  bool neverBegun = false;          ///< EndWithoutBegin: nothing was begun on this path at all
  bool failedAttempt = false;       ///< Leaked, OpenAtExit: after an error that the code noticed
  Work work = Work::None;           ///< what is at stake
  Work workBefore = Work::None;     ///< SecondCommit: of the first one
  bool usedBetween = false;         ///< SecondCommit, SecondEnd: work between the two
  Answer answer = Answer::NotAsked; ///< SwallowedCommit
  bool begunBetween = false;        ///< SecondCommit: the second one had a begin of its own
  bool overlaps = false;            ///< SecondSession: both were alive at once
  bool rightAfter = false;          ///< SecondSession: nothing was called between the two
  bool always = true;               ///< every path to `event` has it so
  Trace trace;                      ///< from the entry, in order
};

/// What became of the transactions begun at one event.
struct BeginFacts {
  EventRef begin;
  bool endedHere = false;          ///< some path of this function commits or rolls it back by hand
  std::vector<ir::FrameId> enders; ///< outermost frames of the events that did
};

struct FunctionResult {
  const ir::Function* function = nullptr;
  std::vector<Object> objects;
  std::vector<Observation> observations; ///< by event, in the order of the blocks
  std::vector<BeginFacts> begins;
  bool gaveUp = false;    ///< too many steps: observations are empty
  bool partly = false;    ///< too many states: some paths were not walked
  std::size_t steps = 0;  ///< blocks visited
  std::size_t states = 0; ///< states kept at block entries, for tests of scaling

  [[nodiscard]] const ir::Event& event(EventRef ref) const {
    return function->blocks[ref.block].events[ref.index];
  }
};

FunctionResult analyse(const ir::Unit& unit, const ir::Function& function,
                       const EngineOptions& options = {});

} // namespace session_tidy::analysis
