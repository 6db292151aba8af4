// What one event does to one path's state, and what can be observed on the way.
#pragma once

#include "analysis/Engine.h"
#include "analysis/Graph.h"
#include "analysis/State.h"
#include "analysis/Trace.h"

#include <map>
#include <set>
#include <vector>

namespace session_tidy::analysis {

/// One path at one point.
struct Path {
  Core core;
  Facts facts;
  TraceId trace = emptyTrace;
};

class Machine {
public:
  Machine(const ir::Unit& unit, const ir::Function& function, const Graph& graph,
          FunctionResult& result, ir::Throws throws);

  /// Looks only at slots of this set from now on (sorted); empty: at all.
  void restrictTo(std::vector<ir::SlotId> slots) { slots_ = std::move(slots); }

  [[nodiscard]] Path entry();
  /// Runs an event; a second way on (the operation failed) goes to `forks`.
  void apply(Path& path, EventRef at, std::vector<Path>& forks);
  /// The state in which the event leaves by an exception.
  [[nodiscard]] Path thrown(const Path& before, const Path& after, EventRef at);
  /// Takes a path to the normal or exceptional end of the function.
  void finish(Path& path, Leaving leaving);
  /// A path goes back to the head of a loop.
  void nextRound(Path& path, ir::BlockId head) const;
  /// Whether a call that may perhaps throw is worth following: work after a commit whose handler
  /// may roll back.
  [[nodiscard]] static bool followsPerhaps(const Path& path);

  /// Whether a condition on a slot can be so; narrows the path when it is.
  void answered(Path& path, ir::VarId condition, bool holds) const;
  bool clearsClosed(Path& path, EventRef at);
  bool assumeSlot(Path& path, ir::SlotId slot, bool isNull);

  void addStep(Path& path, const Step& step) { path.trace = traces_.add(path.trace, step); }
  /// Puts the observations in order once all paths are walked.
  void settle();

private:
  using Object = ObjectState;

  // ---- Machine.cpp, MachineNames.cpp: names and values
  [[nodiscard]] bool concerns(const ir::Event& event) const;
  [[nodiscard]] Object* held(Path& path, ir::SlotId slot) const;
  [[nodiscard]] Binding bindingOf(const Path& path, ir::SlotId slot) const;
  [[nodiscard]] const model::Kind& kindOf(const Object& object) const;
  void survey(const ir::Block& block);
  [[nodiscard]] const ir::Slot& slot(ir::SlotId id) const { return function_.slots[id]; }
  [[nodiscard]] const ir::Event& event(EventRef ref) const { return result_.event(ref); }
  [[nodiscard]] analysis::Object& site(const Object& object) { return result_.objects[object.id]; }
  /// The object made here; or, `earlier`, by an earlier round of the loop.
  ObjectId objectOf(EventRef made, ir::SlotId slot, ir::KindId kind, bool earlier = false);
  bool becomesEarlier(Path& path, const Object& old, EventRef at, ir::SlotId subject);
  Object& fresh(Path& path, EventRef at, const ir::Event& event);
  void bind(Path& path, EventRef at, ir::SlotId slot, Binding to);
  void leaveName(Path& path, EventRef at, ir::SlotId slot);
  void step(Path& path, EventRef at, const Object* object = nullptr);
  void fork(const Path& before, EventRef at, std::vector<Path>& forks, Path failed);
  void worked(Path& path, const ir::Event& event, bool good) const;
  void noteResult(Path& path, const ir::Event& event) const;
  [[nodiscard]] ObjectId justEnded(const Path& path) const;
  void make(Path& path, EventRef at, std::vector<Path>& forks);
  void takeName(Path& path, EventRef at);
  void moveName(Path& path, EventRef at);
  [[nodiscard]] bool isBookkeeping(const ir::Event& event) const;
  void values(Path& path, const ir::Event& event) const;

  // ---- MachineLife.cpp: open, close, use, where things go
  void open(Path& path, EventRef at, std::vector<Path>& forks);
  void close(Path& path, EventRef at, std::vector<Path>& forks);
  void end(Path& path, EventRef at);
  void freedTwice(Path& path, EventRef at, Object& object);
  void endValue(Path& path, EventRef at, Object& object, ir::Holding holding);
  void over(Path& path, EventRef at, Object& object, Ending ending);
  [[nodiscard]] std::size_t countNames(const Path& path, ObjectId id, bool lasting = false) const;
  [[nodiscard]] std::size_t countOwners(const Path& path, ObjectId id) const;
  [[nodiscard]] bool inDestructor(EventRef at) const;
  void use(Path& path, EventRef at);
  void refresh(Path& path, EventRef at);
  void ask(Path& path, EventRef at);
  bool askTransaction(Path& path, const ir::Event& event, Object& object) const;
  /// False, and observed, when the object or what it hangs on is over.
  bool checkAlive(Path& path, EventRef at, Object& object, bool wantsTransaction);
  void checkMoved(Path& path, EventRef at, ir::SlotId slot);
  void handOut(Path& path, EventRef at);
  void escape(Path& path, EventRef at);
  static void askTransactionOf(Path& path, Object& guard);
  static void perhapsFinished(Path& path, Object& object);
  void forget(Path& path, EventRef at);
  void caught(Path& path, EventRef at);
  [[nodiscard]] bool isCommittedForOthers(const Object& object) const;

  // ---- MachineAcross.cpp: several sessions of one database, sessions in several hands
  void removed(Path& path, EventRef at);
  void checkRemoved(Path& path, EventRef at, Object& object);
  [[nodiscard]] std::string nameInRegister(const Object& object) const;
  [[nodiscard]] bool isNamedHere(const Path& path, ObjectId id) const;
  void didWork(Path& path, Object& object, ir::Access access, bool setup = false);
  /// Work began that may have failed: the try blocks around it have something to lose.
  void triedWork(Path& path, Object& object);
  /// Calls `visit` with the object, what it hangs on, and the guards of these.
  template <typename Visit>
  void onChain(Path& path, Object& object, Visit visit);
  static std::uint64_t bitOf(std::int64_t attempt) {
    return attempt <= 0 ? 0 : std::uint64_t{1} << ((attempt - 1) % 64);
  }
  [[nodiscard]] bool sameDatabase(const Object& left, const Object& right) const;
  void lookAcross(Path& path, EventRef at, Object& object);
  Object& sessionOf(Path& path, Object& object) const;
  void lookBeside(Path& path, EventRef at, Object& object);
  void beganBeside(Path& path, EventRef at, const Object& guard);
  void wroteBeside(Path& path, const Object& guard);
  void checkShared(Path& path, EventRef at, Object& object);
  void share(Path& path, EventRef at);

  // ---- MachineWaits.cpp
  void waits(Path& path, EventRef at);
  void usedAfterWait(Path& path, EventRef at, Object& object);
  [[nodiscard]] bool waitsForOwn(const Object& object, const Path& path, EventRef at) const;
  [[nodiscard]] bool isRoundOfLongerLife(const Object& object, EventRef at) const;

  // ---- MachineTransactions.cpp
  void begin(Path& path, EventRef at, std::vector<Path>& forks);
  void beginOn(Path& path, EventRef at, Object& object, ObjectId guard);
  void beginGuard(Path& path, EventRef at, Object& guard);
  [[nodiscard]] bool beginsBelow(const Object& session, EventRef at);
  [[nodiscard]] bool beginsByItself(const Object& session) const;
  [[nodiscard]] bool isInner(const Path& path, const Object& guard) const;
  void nested(Path& path, EventRef at, Object& object, ObjectId guard);
  void commit(Path& path, EventRef at, std::vector<Path>& forks);
  void refuseCommit(Path& path, EventRef at, Object& object);
  void commitGuard(Path& path, EventRef at, Object& guard);
  void endedBehind(Path& path, EventRef at, Object& session, Ending ending);
  void commitSession(Path& path, EventRef at, Object& session);
  void countCommit(Path& path, EventRef at, Object& session, Work work);
  [[nodiscard]] bool isParked(const Object& object) const;
  void rollback(Path& path, EventRef at, std::vector<Path>& forks);
  void rollbackGuard(Path& path, EventRef at, Object& guard);
  void rollbackSession(Path& path, EventRef at, Object& session);
  /// What a BEGIN, COMMIT or ROLLBACK sent through a statement object is about: the session below
  /// it.
  [[nodiscard]] Object* transactionTarget(Path& path, ir::SlotId slot) const;
  void finishTransaction(Object& object, EventRef at, Ending ending);
  void endedByHand(const Object& object, EventRef at);
  void savepoint(Path& path, EventRef at, std::vector<Path>& forks);
  /// Unwinding goes through a savepoint of this transaction.
  void saved(Path& path, Object& outer) const;
  /// The object ends: what happens to the transaction on it.
  void endTransaction(Path& path, EventRef at, Object& object, bool pooled, bool destructor);
  [[nodiscard]] bool begunInCallee(const Object& object) const;
  [[nodiscard]] bool begunInLoop(const Object& object, ir::LoopId loop) const;

  // ---- MachineExit.cpp
  [[nodiscard]] ir::FrameId outerFrame(EventRef at) const;
  [[nodiscard]] bool namedInCalleeOnly(const Path& path, const Object& object, EventRef from,
                                       Leaving leaving) const;
  void checkLeak(Path& path, const Object& object, Leaving leaving);
  [[nodiscard]] bool isWatched(const Path& path, const Object& object) const;
  void checkOpen(Path& path, const Object& object, Leaving leaving);
  void checkHandedOut(Path& path, const Object& object, Leaving leaving);
  [[nodiscard]] bool needsRelease(const Object& object) const;
  [[nodiscard]] bool hangsOnReader(const Object& object) const;
  [[nodiscard]] bool hasKeeper(const Path& path, const Object& object, Leaving leaving) const;
  [[nodiscard]] const Object* deadAncestor(const Path& path, const Object& object) const;

  // ---- observations
  Observation& observe(Path& path, What what, const Object* object, EventRef event, EventRef cause);
  void clean(What what, EventRef event) { clean_.insert({what, event}); }

  const ir::Unit& unit_;
  const ir::Function& function_;
  const Graph& graph_;
  FunctionResult& result_;
  ir::Throws throws_;
  TraceStore traces_;
  std::vector<ir::SlotId> slots_;
  std::map<std::tuple<EventRef, ir::SlotId, bool>, ObjectId> ids_;
  std::map<EventRef, std::size_t> begins_;
  struct Touched {
    ir::FrameId by = ir::none; ///< the callee whose events alone touch the slot, if there is one
    bool byFunction = false;   ///< events of the function itself do
    bool byDestructor = false;
  };
  std::set<ir::SlotId> deleted_;               ///< by `delete` somewhere in the function
  std::set<ir::VarId> flags_;                  ///< asked somewhere, and there after the function
  std::set<ir::SlotId> committedHere_;         ///< what the function itself commits
  std::map<ir::SlotId, Position> firstBegins_; ///< where the function itself begins on it first
  std::map<ir::SlotId, Touched> touched_;
  struct Seen {
    What what;
    ObjectId object;
    EventRef event;
    EventRef cause;
    EventRef caught;
    Leaving leaving;
    bool afterFailure;
    bool escaped;
    bool commitFailed;
    Work work;
    Work workBefore;
    Answer answer;
    friend auto operator<=>(const Seen&, const Seen&) = default;
  };
  std::map<Seen, std::size_t> seen_;
  std::vector<TraceId> observedAt_;
  std::set<std::pair<What, EventRef>> clean_;
  Observation scratch_;
};

} // namespace session_tidy::analysis
