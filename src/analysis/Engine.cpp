// The typestate engine's worklist: walks every path, merging where states agree.
#include "analysis/Engine.h"

#include "analysis/Graph.h"
#include "analysis/Machine.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <queue>
#include <unordered_set>

namespace session_tidy::analysis {
namespace {

using ir::Exit;

struct CoreHash {
  std::size_t operator()(const Core& core) const { return core.hash(); }
};

class Engine {
public:
  Engine(const ir::Unit& unit, const ir::Function& function, const EngineOptions& options)
      : unit_(unit), function_(function), options_(options), graph_(function) {
    result_.function = &function;
  }

  FunctionResult run() {
    if (function_.blocks.empty()) return std::move(result_);
    if (!graph_.liveKnown()) {
      result_.gaveUp = true;
      return std::move(result_);
    }
    findRepeats();
    if (!walk({})) {
      forget();
      walkApart();
    }
    if (result_.partly) keepWhatEachPathShows();
    order();
    return std::move(result_);
  }

private:
  /// One state at the entry of a block.
  struct Entry {
    const Core* core = nullptr;
    Facts facts;
    TraceId trace = emptyTrace;
    bool pending = true;
  };

  /// Walks all paths, looking at these slots only (none given: at all). False when there are too
  /// many states.
  bool walk(std::vector<ir::SlotId> slots) {
    Machine machine(unit_, function_, graph_, result_, options_.throws);
    machine.restrictTo(std::move(slots));
    machine_ = &machine;
    entries_.assign(function_.blocks.size(), {});
    cores_.clear();
    queue_ = {};
    full_ = false;
    std::size_t steps = 0;
    arrive(0, machine.entry());
    while (!queue_.empty() && !full_) {
      const ir::BlockId block = graph_.blockAt(queue_.top());
      queue_.pop();
      for (std::size_t i = 0; i < entries_[block].size() && !full_; ++i) {
        if (!entries_[block][i].pending) continue;
        entries_[block][i].pending = false;
        if (++steps > options_.maxSteps) full_ = true;
        const Entry& entry = entries_[block][i];
        runBlock(block, Path{*entry.core, entry.facts, entry.trace});
      }
    }
    result_.steps += steps;
    for (const auto& list : entries_) result_.states = std::max(result_.states, list.size());
    if (!full_) machine.settle();
    machine_ = nullptr;
    return !full_;
  }

  /// Sessions that have nothing to do with each other are looked at one by one: no product of their
  /// states.
  void walkApart() {
    auto groups = slotGroups();
    if (groups.size() < 2) groups = {{}};
    std::vector<FunctionResult> parts;
    partly_ = true;
    for (const auto& group : groups) {
      FunctionResult whole = std::move(result_);
      forget();
      if (walk(group))
        parts.push_back(std::move(result_));
      else
        whole.gaveUp = true;
      whole.steps = result_.steps;
      result_ = std::move(whole);
    }
    join(parts);
  }

  /// Not all paths were walked: what was seen on one of them holds, what none of them did does not
  /// count.
  void keepWhatEachPathShows() {
    std::erase_if(result_.observations, [](const Observation& observation) {
      return observation.what == What::GuardRolledBack ||
             observation.what == What::EndWithoutBegin || observation.what == What::OpenAtClose;
    });
  }

  void forget() {
    FunctionResult empty;
    empty.function = &function_;
    empty.steps = result_.steps;
    empty.gaveUp = false;
    result_ = std::move(empty);
  }

  /// Puts the results of separate walks together: object numbers are moved up.
  void join(std::vector<FunctionResult>& parts) {
    for (auto& part : parts) {
      const auto shift = static_cast<ObjectId>(result_.objects.size());
      const auto moved = [shift](ObjectId id) { return id == noObject ? noObject : id + shift; };
      for (auto& object : part.objects) {
        object.parent = moved(object.parent);
        result_.objects.push_back(object);
      }
      for (auto& observation : part.observations) {
        observation.object = moved(observation.object);
        observation.other = moved(observation.other);
        for (auto& step : observation.trace) step.object = moved(step.object);
        result_.observations.push_back(std::move(observation));
      }
      for (auto& begin : part.begins) result_.begins.push_back(std::move(begin));
      result_.states = std::max(result_.states, part.states);
      result_.partly |= part.partly;
    }
  }

  std::vector<std::vector<ir::SlotId>> slotGroups() const {
    std::vector<ir::SlotId> leader(function_.slots.size());
    std::iota(leader.begin(), leader.end(), 0);
    const auto find = [&leader](ir::SlotId id) {
      while (leader[id] != id) id = leader[id] = leader[leader[id]];
      return id;
    };
    const auto isPool = [this](ir::SlotId id) {
      const ir::KindId kind = function_.slots[id].kind;
      return kind != ir::none && unit_.kinds[kind].role == model::Role::Pool;
    };
    for (const auto& block : function_.blocks)
      for (const auto& event : block.events)
        if (event.subject != ir::none && event.other != ir::none && !isPool(event.other))
          leader[find(event.subject)] = find(event.other);
    std::vector<std::vector<ir::SlotId>> groups(leader.size());
    for (ir::SlotId id = 0; id < leader.size(); ++id) groups[find(id)].push_back(id);
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
    return groups;
  }

  void arrive(ir::BlockId block, Path path) {
    if (block == ir::none || full_) return;
    path.facts.keepOnly(graph_.live(block));
    const Core* core = &*cores_.insert(std::move(path.core)).first;
    auto& list = entries_[block];
    const auto known = std::find_if(list.begin(), list.end(),
                                    [core](const Entry& entry) { return entry.core == core; });
    if (known == list.end()) {
      if (list.size() >= options_.maxStatesPerBlock) {
        full_ = !partly_;
        result_.partly = true;
        return;
      }
      list.push_back({core, std::move(path.facts), path.trace, true});
    } else {
      if (!known->facts.meet(path.facts) || known->pending) return;
      known->pending = true;
    }
    queue_.push(graph_.order(block));
  }

  void go(ir::BlockId from, ir::BlockId to, Path path) {
    if (to == ir::none) return;
    if (graph_.isBackEdge(from, to)) machine_->nextRound(path, to);
    arrive(to, std::move(path));
  }

  /// Several effects of one call: it throws once, at the first of them.
  static bool sameCall(const ir::Event& before, const ir::Event& event) {
    return before.throws == event.throws && before.range.isValid() && before.range == event.range &&
           before.text == event.text && before.frame == event.frame &&
           before.inner == event.inner && !event.text.empty();
  }

  /// The first events of blocks that go on with the call that the block before them began.
  void findRepeats() {
    for (const auto& block : function_.blocks) {
      if (block.exit != Exit::Jump || block.events.empty() || block.targets.empty()) continue;
      const ir::Block& next = function_.blocks[block.targets[0]];
      if (!next.events.empty() && sameCall(block.events.back(), next.events.front()))
        repeating_.insert(block.targets[0]);
    }
  }

  [[nodiscard]] bool repeats(EventRef at) const {
    const auto& events = function_.blocks[at.block].events;
    return at.index > 0 ? sameCall(events[at.index - 1], events[at.index])
                        : repeating_.count(at.block) != 0;
  }

  void runBlock(ir::BlockId id, Path start) {
    const ir::Block& block = function_.blocks[id];
    std::vector<std::pair<Path, std::uint32_t>> todo;
    todo.emplace_back(std::move(start), 0);
    std::vector<Path> forks;
    while (!todo.empty() && !full_) {
      auto [path, index] = std::move(todo.back());
      todo.pop_back();
      for (; index < block.events.size(); ++index) {
        const EventRef at{id, index};
        const ir::Event& event = block.events[index];
        const bool throws = event.throws != ir::Throws::Never && block.unwind != ir::none &&
                            !repeats(at) &&
                            (event.throws <= options_.throws || Machine::followsPerhaps(path));
        if (!throws) {
          machine_->apply(path, at, forks);
        } else {
          const Path before = path;
          machine_->apply(path, at, forks);
          Path thrown = machine_->thrown(before, path, at);
          thrown.core.collect();
          go(id, block.unwind, std::move(thrown));
        }
        for (auto& fork : forks) todo.emplace_back(std::move(fork), index + 1);
        forks.clear();
      }
      path.core.collect();
      leaveBlock(id, block, std::move(path));
    }
  }

  void leaveBlock(ir::BlockId id, const ir::Block& block, Path path) {
    switch (block.exit) {
    case Exit::Jump:
      if (block.range.isValid())
        machine_->addStep(
            path, {.kind = Step::Kind::Branch, .at = {id, 0}, .choice = 0, .object = noObject});
      if (!block.targets.empty()) go(id, block.targets[0], std::move(path));
      break;
    case Exit::Branch:
      branch(id, block, path);
      break;
    case Exit::Switch:
      choose(id, block, path);
      break;
    case Exit::Choose:
      for (const ir::BlockId target : chosen(block, path)) go(id, target, path);
      break;
    case Exit::Throw:
      machine_->addStep(
          path, {.kind = Step::Kind::Throw, .at = {id, 0}, .choice = 0, .object = noObject});
      path.core.unwinding = true;
      path.core.thrownBy = id;
      if (block.unwind != ir::none)
        go(id, block.unwind, std::move(path));
      else
        machine_->finish(path, Leaving::ByException);
      break;
    case Exit::Return:
      machine_->finish(path, Leaving::Normally);
      break;
    case Exit::Unwound:
      path.core.unwinding = true;
      machine_->finish(path, Leaving::ByException);
      break;
    case Exit::Never:
      break;
    }
  }

  /// The ways on from a choice: where it is between handlers and the exception is known, the one
  /// that it takes.
  [[nodiscard]] std::vector<ir::BlockId> chosen(const ir::Block& block, const Path& path) const {
    if (path.core.thrownBy == ir::none) return block.targets;
    const auto& types = function_.blocks[path.core.thrownBy].thrown;
    if (types.empty()) return block.targets;
    std::vector<ir::BlockId> outward;
    for (const ir::BlockId target : block.targets) {
      const auto& events = function_.blocks[target].events;
      if (events.empty() || events.front().op != ir::Op::Catch)
        outward.push_back(target);
      else if (events.front().text == "..." ||
               std::find(types.begin(), types.end(), events.front().text) != types.end())
        return {target};
    }
    return outward;
  }

  void branch(ir::BlockId id, const ir::Block& block, const Path& path) {
    const ir::Condition& condition = block.condition;
    for (std::uint32_t side = 0; side < block.targets.size() && side < 2; ++side) {
      Path taken = path;
      const bool holds = side == 0;
      if (condition.variable != ir::none) {
        const auto truth = taken.facts.ask(condition.variable, condition.equal, condition.value);
        if (truth == (holds ? Facts::Truth::No : Facts::Truth::Yes)) continue;
        taken.facts.assume(condition.variable, condition.equal == holds, condition.value);
        machine_->answered(taken, condition.variable, condition.equal == holds);
      } else if (condition.slot != ir::none) {
        if (!machine_->assumeSlot(taken, condition.slot, condition.equal == holds)) continue;
      }
      machine_->addStep(
          taken, {.kind = Step::Kind::Branch, .at = {id, 0}, .choice = side, .object = noObject});
      go(id, block.targets[side], std::move(taken));
    }
  }

  void choose(ir::BlockId id, const ir::Block& block, const Path& path) {
    Path rest = path;
    bool restPossible = true;
    const ir::VarId variable = block.condition.variable;
    for (const auto& entry : block.cases) {
      Path taken = path;
      if (variable != ir::none) {
        const auto truth = taken.facts.ask(variable, true, entry.value);
        if (truth == Facts::Truth::No) continue;
        if (truth == Facts::Truth::Yes) restPossible = false;
        taken.facts.assume(variable, true, entry.value);
        if (truth != Facts::Truth::Yes) rest.facts.assume(variable, false, entry.value);
      }
      go(id, entry.target, std::move(taken));
    }
    if (restPossible && !block.targets.empty()) go(id, block.targets[0], std::move(rest));
  }

  /// By place in the function, so that reports come in the order of the code.
  void order() {
    const auto place = [this](const Observation& observation) {
      const EventRef ref = observation.event.isValid() ? observation.event : observation.cause;
      return ref.isValid() ? result_.event(ref).range.begin : Position{};
    };
    std::vector<std::size_t> index(result_.observations.size());
    std::iota(index.begin(), index.end(), 0);
    std::sort(index.begin(), index.end(), [&](std::size_t left, std::size_t right) {
      return std::pair(place(result_.observations[left]), left) <
             std::pair(place(result_.observations[right]), right);
    });
    std::vector<Observation> sorted;
    sorted.reserve(index.size());
    for (const std::size_t i : index) sorted.push_back(std::move(result_.observations[i]));
    result_.observations = std::move(sorted);
  }

  const ir::Unit& unit_;
  const ir::Function& function_;
  const EngineOptions options_;
  Graph graph_;
  FunctionResult result_;
  Machine* machine_ = nullptr;
  std::vector<std::vector<Entry>> entries_;
  std::unordered_set<Core, CoreHash> cores_; ///< each state once; nodes stay where they are
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> queue_;
  std::unordered_set<ir::BlockId> repeating_;
  bool full_ = false;
  bool partly_ = false; ///< go on without the states that there is no room for
};

} // namespace

FunctionResult analyse(const ir::Unit& unit, const ir::Function& function,
                       const EngineOptions& options) {
  return Engine(unit, function, options).run();
}

} // namespace session_tidy::analysis
