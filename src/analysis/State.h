// What is known at one point of one path: what every slot holds, how every object stands, which
// facts hold.
#pragma once

#include "analysis/Engine.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace session_tidy::analysis {

/// What a slot holds: an ObjectId or one of these.
using Binding = std::uint32_t;
inline constexpr Binding unset = 0xffffffff;
inline constexpr Binding null = 0xfffffffe;
inline constexpr Binding unknown = 0xfffffffd;
inline constexpr Binding movedFrom = 0xfffffffc;

inline bool isObject(Binding binding) {
  return binding < movedFrom;
}

enum class Life : std::uint8_t { Unknown, Open, Over };

enum class Tx : std::uint8_t { Unknown, None, Active, Done };

/// How one object stands on one path.
struct ObjectState {
  ObjectId id = noObject;
  Life life = Life::Open;
  Ending ending = Ending::None; ///< how the life ended
  Tx tx = Tx::None;
  Ending txEnding = Ending::None;  ///< Committed or RolledBack
  Work work = Work::None;          ///< since the transaction began (or since the last one ended)
  Work workCommitted = Work::None; ///< of the last commit
  ir::Access access = ir::Access::Unknown; ///< statements: what their text does when they run
  bool maybeNull = false;                  ///< a pointer result that nobody has tested yet
  bool openFailed = false;                 ///< what the failed open left behind
  bool escaped = false;
  bool beginFailed = false;  ///< a begin was tried and failed: what is open is not known
  bool beginRefused = false; ///< ... and said so by its result: nothing is open
  bool unclear = false;      ///< statements ran whose text is not seen: one may have begun
  bool commitFailed = false;
  bool muddled = false;      ///< nested begins were reported: say no more about this transaction
  bool earlierRound = false; ///< the last commit was in an earlier round of a loop
  bool nulled = false;       ///< closed by a wrapper's method, which then cleared its handle
  bool endThrew = false;     ///< the call that ended it threw
  bool savedBySavepoint = false; ///< unwinding has gone through a savepoint of this transaction
  bool opaqueSince = false;      ///< unseen code got hold of it since the begin
  bool remembered = false;       ///< the begin is noted in a flag that is there for later calls
  bool calledSince = false;      ///< other code was called since its life was over
  bool detached = false;
  std::uint64_t worked = 0; ///< by the number of a try block: work was tried since it began
  bool ran = false;         ///< generators: resumed at least once
  bool exhausted = false;
  bool hasDatabase = false; ///< the event that made it tells which database it is of
  ObjectId parent = noObject;
  ObjectId follows = noObject; ///< sessions: the one that was given up right before this was taken
  ObjectId holder = noObject;  ///< the guard that runs the session's transaction
  EventRef endedAt;
  EventRef lostAt;  ///< its last name was given to something else while it was open
  EventRef begunAt; ///< the last begin that this function made
  EventRef doneAt;  ///< the commit or rollback that ended the transaction
  EventRef lastCommit;
  EventRef caughtAt;                ///< a handler went by while the transaction was open
  EventRef swallowedAt;             ///< ... and work of the transaction had been done
  Answer answer = Answer::NotAsked; ///< ... and what the code found when it asked what happened
  EventRef sharedAt;
  EventRef handedOutAt;
  EventRef removedAt; ///< from its register
  EventRef waitedAt;  ///< a session opened here: the last wait since it was used

  friend bool operator==(const ObjectState&, const ObjectState&) = default;
};

/// The part of a state that must agree for two paths to merge.
struct Core {
  std::vector<Binding> bindings;
  std::vector<ObjectState> objects; ///< by id
  bool unwinding = false;
  ir::BlockId thrownBy = ir::none; ///< while unwinding: the block whose explicit throw it is
  bool perhaps =
      false; ///< a call threw of which that is not sure: few things are worth a word then

  [[nodiscard]] std::size_t hash() const;
  [[nodiscard]] ObjectState* find(ObjectId id);
  [[nodiscard]] const ObjectState* find(ObjectId id) const {
    return const_cast<Core*>(this)->find(id);
  }
  ObjectState& add(const ObjectState& object);
  void remove(ObjectId id);
  /// Drops objects that are over and that nothing names or hangs on.
  void collect();

  friend bool operator==(const Core&, const Core&) = default;
};

/// `variable == value` or `variable != value`.
struct Fact {
  ir::VarId variable = ir::none;
  bool equal = true;
  std::int64_t value = 0;

  friend bool operator==(const Fact&, const Fact&) = default;
  friend auto operator<=>(const Fact&, const Fact&) = default;
};

/// What branches have told about plain variables. Sorted.
class Facts {
public:
  enum class Truth : std::uint8_t { No, Yes, Open };

  [[nodiscard]] Truth ask(ir::VarId variable, bool equal, std::int64_t value) const;
  void assume(ir::VarId variable, bool equal, std::int64_t value);
  void set(ir::VarId variable, std::int64_t value);
  void copy(ir::VarId to, ir::VarId from);
  /// What grows by something does not wrap, so it is not zero.
  void add(ir::VarId variable, std::int64_t value);
  /// `variable` becomes whether `measured` is at least `limit`; nothing changes where that is open.
  void measure(ir::VarId variable, ir::VarId measured, std::int64_t limit);
  void forget(ir::VarId variable);
  /// Keeps only what both know; true when something was lost.
  bool meet(const Facts& other);
  /// Keeps only facts on these variables (sorted).
  void keepOnly(const std::vector<ir::VarId>& variables);

private:
  std::vector<Fact> facts_;
};

} // namespace session_tidy::analysis
