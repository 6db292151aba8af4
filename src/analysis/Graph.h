// The shape of a function's graph: order of visits, loops, where variables still matter, what comes
// after what.
#pragma once

#include "analysis/Engine.h"

#include <vector>

namespace session_tidy::analysis {

/// All blocks that control can go to from a block, the exceptional one last.
std::vector<ir::BlockId> successors(const ir::Block& block, bool withUnwind);

class Graph {
public:
  explicit Graph(const ir::Function& function);

  /// Place in reverse postorder; ir::none for blocks that nothing reaches.
  [[nodiscard]] std::uint32_t order(ir::BlockId block) const { return order_[block]; }
  [[nodiscard]] ir::BlockId blockAt(std::uint32_t order) const { return blocks_[order]; }
  [[nodiscard]] std::size_t reachable() const { return blocks_.size(); }
  /// Whether the edge goes back to the head of a loop.
  [[nodiscard]] bool isBackEdge(ir::BlockId from, ir::BlockId to) const {
    return order_[to] <= order_[from];
  }

  /// Variables whose facts may still decide something after the start of the block. Sorted.
  [[nodiscard]] const std::vector<ir::VarId>& live(ir::BlockId block) const { return live_[block]; }
  /// False when there is too much of it to be kept.
  [[nodiscard]] bool liveKnown() const { return liveKnown_; }

  /// Whether every round of the innermost loop around the block passes it.
  [[nodiscard]] bool inEveryRound(ir::BlockId block) const;

  /// Whether the innermost of these loops (`inner`) lies in `outer`, or is it. `none` lies in
  /// nothing but `none`.
  [[nodiscard]] bool loopWithin(ir::LoopId inner, ir::LoopId outer) const;

private:
  void number();
  void findLive();
  [[nodiscard]] std::vector<bool> inLoops() const;
  void walkLive(ir::VarId variable, const std::vector<std::vector<ir::BlockId>>& predecessors,
                std::size_t& budget);

  const ir::Function& function_;
  std::vector<std::uint32_t> order_;
  std::vector<ir::BlockId> blocks_;
  std::vector<std::vector<ir::VarId>> live_;
  std::vector<std::vector<ir::BlockId>>
      readers_; ///< per variable: blocks that read it before they change it
  std::vector<std::vector<ir::BlockId>> killers_; ///< ... that change it before they read it
  bool liveKnown_ = true;
};

/// Immediate postdominators over normal edges; the virtual end is `function.blocks.size()`.
std::vector<std::uint32_t> postdominators(const ir::Function& function);

} // namespace session_tidy::analysis
