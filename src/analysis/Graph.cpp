// The shape of a function's graph: order of visits, loops, where variables still matter, what comes
// after what.
#include "analysis/Graph.h"

#include <algorithm>
#include <functional>

namespace session_tidy::analysis {

std::vector<ir::BlockId> successors(const ir::Block& block, bool withUnwind) {
  std::vector<ir::BlockId> next = block.targets;
  for (const auto& entry : block.cases) next.push_back(entry.target);
  if (withUnwind && block.unwind != ir::none) next.push_back(block.unwind);
  std::erase_if(next, [](ir::BlockId id) { return id == ir::none; });
  return next;
}

namespace {

/// Depth-first numbering without recursion: functions may have very many blocks.
std::vector<std::uint32_t>
postorder(std::size_t count, std::uint32_t start,
          const std::function<std::vector<std::uint32_t>(std::uint32_t)>& next) {
  struct Visit {
    std::uint32_t block;
    std::vector<std::uint32_t> next;
    std::size_t at = 0;
  };
  std::vector<std::uint32_t> order;
  std::vector<bool> seen(count, false);
  std::vector<Visit> stack;
  const auto enter = [&](std::uint32_t block) {
    seen[block] = true;
    stack.push_back({block, next(block)});
  };
  enter(start);
  while (!stack.empty()) {
    Visit& top = stack.back();
    if (top.at == top.next.size()) {
      order.push_back(top.block);
      stack.pop_back();
    } else if (const auto target = top.next[top.at++]; !seen[target]) {
      enter(target);
    }
  }
  return order;
}

} // namespace

Graph::Graph(const ir::Function& function) : function_(function) {
  number();
  findLive();
}

void Graph::number() {
  order_.assign(function_.blocks.size(), ir::none);
  if (function_.blocks.empty()) return;
  blocks_ = postorder(function_.blocks.size(), 0, [this](std::uint32_t id) {
    auto next = successors(function_.blocks[id], true);
    // The exceptional edge and the last target first, so that the straight way is numbered (and
    // walked) first.
    std::reverse(next.begin(), next.end());
    return next;
  });
  std::reverse(blocks_.begin(), blocks_.end());
  for (std::uint32_t i = 0; i < blocks_.size(); ++i) order_[blocks_[i]] = i;
}

void Graph::findLive() {
  live_.resize(function_.blocks.size());
  readers_.resize(function_.variables.size());
  killers_.resize(function_.variables.size());
  std::vector<unsigned> asked(function_.variables.size());
  std::vector<bool> given(function_.variables.size());
  std::vector<std::vector<ir::BlockId>> predecessors(function_.blocks.size());
  for (const ir::BlockId id : blocks_) {
    for (const ir::BlockId next : successors(function_.blocks[id], true))
      predecessors[next].push_back(id);
    std::vector<ir::VarId> changed;
    const auto known = [&changed](ir::VarId variable) {
      return std::find(changed.begin(), changed.end(), variable) != changed.end();
    };
    const auto reads = [&](ir::VarId variable) {
      if (variable != ir::none && !known(variable) &&
          (readers_[variable].empty() || readers_[variable].back() != id))
        readers_[variable].push_back(id);
    };
    for (const auto& event : function_.blocks[id].events) {
      reads(event.otherVariable);
      if (event.otherVariable != ir::none) asked[event.otherVariable] += 2;
      if (event.op == ir::Op::Add || event.op == ir::Op::Measure) reads(event.variable);
      if (event.variable != ir::none && !known(event.variable)) {
        changed.push_back(event.variable);
        killers_[event.variable].push_back(id);
      }
      if (event.variable != ir::none && event.op != ir::Op::Measure && event.op != ir::Op::Havoc)
        given[event.variable] = true;
    }
    const ir::VarId condition = function_.blocks[id].condition.variable;
    reads(condition);
    if (condition != ir::none) ++asked[condition];
  }
  // What is asked once, and never given a value, tells nothing about another branch.
  const std::vector<bool> looped = inLoops();
  for (ir::VarId variable = 0; variable < function_.variables.size(); ++variable)
    if (asked[variable] <= 1 && !given[variable] &&
        std::none_of(readers_[variable].begin(), readers_[variable].end(),
                     [&](ir::BlockId reader) { return looped[reader]; }))
      readers_[variable].clear();
  std::size_t budget = 8'000'000;
  for (ir::VarId variable = 0; variable < function_.variables.size() && liveKnown_; ++variable)
    walkLive(variable, predecessors, budget);
}

/// The blocks that may be passed more than once.
std::vector<bool> Graph::inLoops() const {
  std::vector<int> depth(blocks_.size() + 1);
  for (const ir::BlockId from : blocks_)
    for (const ir::BlockId to : successors(function_.blocks[from], true))
      if (isBackEdge(from, to)) {
        ++depth[order_[to]];
        --depth[order_[from] + 1];
      }
  std::vector<bool> looped(function_.blocks.size());
  int around = 0;
  for (std::size_t at = 0; at < blocks_.size(); ++at) {
    around += depth[at];
    looped[blocks_[at]] = around > 0;
  }
  return looped;
}

void Graph::walkLive(ir::VarId variable, const std::vector<std::vector<ir::BlockId>>& predecessors,
                     std::size_t& budget) {
  std::vector<ir::BlockId> todo = readers_[variable];
  auto& killers = killers_[variable];
  std::sort(killers.begin(), killers.end());
  while (!todo.empty()) {
    const ir::BlockId block = todo.back();
    todo.pop_back();
    // Variables come in ascending order, so one look at the end tells whether this one is there
    // already.
    if (!live_[block].empty() && live_[block].back() == variable) continue;
    if (budget-- == 0) {
      liveKnown_ = false;
      return;
    }
    live_[block].push_back(variable);
    for (const ir::BlockId from : predecessors[block])
      // An exception leaves in the middle of a block, perhaps before the variable changes.
      if (function_.blocks[from].unwind == block ||
          !std::binary_search(killers.begin(), killers.end(), from))
        todo.push_back(from);
  }
}

bool Graph::inEveryRound(ir::BlockId block) const {
  // The innermost loop: the latest head before the block to which a later block that the block
  // reaches goes back.
  const auto reaches = [this](ir::BlockId from, ir::BlockId to, ir::BlockId without,
                              std::uint32_t floor) {
    std::vector<bool> seen(function_.blocks.size(), false);
    std::vector<ir::BlockId> todo{from};
    while (!todo.empty()) {
      const ir::BlockId at = todo.back();
      todo.pop_back();
      for (const ir::BlockId next : successors(function_.blocks[at], false)) {
        if (next == to) return true;
        if (next == without || seen[next] || order_[next] < floor) continue;
        seen[next] = true;
        todo.push_back(next);
      }
    }
    return false;
  };
  for (std::uint32_t at = order_[block] + 1; at-- > 0;) {
    const ir::BlockId head = blocks_[at];
    if (!reaches(block, head, ir::none, at)) continue;
    return head == block || !reaches(head, head, block, at);
  }
  return false;
}

bool Graph::loopWithin(ir::LoopId inner, ir::LoopId outer) const {
  for (ir::LoopId loop = inner; loop != ir::none; loop = function_.loops[loop].parent)
    if (loop == outer) return true;
  return inner == outer;
}

std::vector<std::uint32_t> postdominators(const ir::Function& function) {
  const auto count = static_cast<std::uint32_t>(function.blocks.size());
  std::vector<std::vector<std::uint32_t>> forward(count + 1);
  std::vector<std::vector<std::uint32_t>> backward(count + 1);
  for (std::uint32_t id = 0; id < count; ++id) {
    forward[id] = successors(function.blocks[id], false);
    if (forward[id].empty()) forward[id].push_back(count);
    for (const auto next : forward[id]) backward[next].push_back(id);
  }
  const auto order = postorder(count + 1, count, [&](std::uint32_t id) { return backward[id]; });
  std::vector<std::uint32_t> rank(count + 1, ir::none);
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  std::vector<std::uint32_t> result(count + 1, ir::none);
  result[count] = count;
  const auto meet = [&](std::uint32_t left, std::uint32_t right) {
    while (left != right) {
      while (rank[left] < rank[right]) left = result[left];
      while (rank[right] < rank[left]) right = result[right];
    }
    return left;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      if (*at == count) continue;
      std::uint32_t best = ir::none;
      for (const auto next : forward[*at])
        if (rank[next] != ir::none && result[next] != ir::none)
          best = best == ir::none ? next : meet(next, best);
      if (best != ir::none && result[*at] != best) {
        result[*at] = best;
        changed = true;
      }
    }
  }
  return result;
}

} // namespace session_tidy::analysis
