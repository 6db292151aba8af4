#include "lower/IrBuilder.h"

#include <iterator>
#include <utility>

namespace session_tidy::lower {

IrBuilder::IrBuilder(ir::Function& function, std::size_t maxEvents)
    : function_(function), maxEvents_(maxEvents) {
  current_ = newBlock();
}

ir::BlockId IrBuilder::newBlock() {
  function_.blocks.emplace_back();
  return static_cast<ir::BlockId>(function_.blocks.size() - 1);
}

void IrBuilder::add(ir::Event event) {
  if (!reachable() || overBudget()) return;
  ++events_;
  if (event.throws != ir::Throws::Never) {
    const ir::BlockId way = landing();
    if (block().unwind != ir::none && block().unwind != way) {
      const ir::BlockId next = newBlock();
      jump(next);
      setBlock(next);
    }
    block().unwind = way;
  }
  block().events.push_back(std::move(event));
}

void IrBuilder::finish(ir::Exit exit) {
  block().exit = exit;
  current_ = ir::none;
}

void IrBuilder::jump(ir::BlockId target, SourceRange range) {
  if (!reachable()) return;
  if (range.isValid()) block().range = range;
  block().targets = {target};
  finish(ir::Exit::Jump);
}

void IrBuilder::branch(ir::Condition condition, ir::BlockId whenTrue, ir::BlockId whenFalse) {
  if (!reachable()) return;
  block().condition = std::move(condition);
  block().targets = {whenTrue, whenFalse};
  finish(ir::Exit::Branch);
}

void IrBuilder::choose(std::vector<ir::BlockId> targets) {
  if (!reachable()) return;
  block().targets = std::move(targets);
  finish(ir::Exit::Choose);
}

void IrBuilder::switchOn(ir::Condition condition, std::vector<ir::SwitchCase> cases,
                         ir::BlockId otherwise) {
  if (!reachable()) return;
  block().condition = std::move(condition);
  block().cases = std::move(cases);
  block().targets = {otherwise};
  finish(ir::Exit::Switch);
}

void IrBuilder::raise(SourceRange range) {
  if (reachable()) raiseTo(landing(), range);
}

void IrBuilder::raiseTo(ir::BlockId way, SourceRange range) {
  if (!reachable()) return;
  if (block().unwind != ir::none && block().unwind != way) {
    const ir::BlockId next = newBlock();
    jump(next);
    setBlock(next);
  }
  block().unwind = way;
  block().range = range;
  finish(ir::Exit::Throw);
}

void IrBuilder::stop() {
  if (reachable()) finish(ir::Exit::Never);
}

void IrBuilder::pushCleanup(Emit emit) {
  cleanups_.push_back({std::move(emit), ir::none, ir::none});
}

void IrBuilder::pushHandler(ir::BlockId dispatch) {
  cleanups_.push_back({nullptr, dispatch, ir::none});
}

void IrBuilder::pushBarrier() {
  const ir::BlockId end = newBlock();
  function_.blocks[end].exit = ir::Exit::Never;
  pushHandler(end);
}

void IrBuilder::popTo(std::size_t depth) {
  while (cleanups_.size() > depth) {
    const Cleanup cleanup = std::move(cleanups_.back());
    cleanups_.pop_back();
    if (cleanup.emit && reachable()) cleanup.emit(false);
  }
}

void IrBuilder::leaveTo(std::size_t depth, bool unwinding) {
  // Each cleanup runs with the scopes inside it already gone; afterwards they are put back.
  std::vector<Cleanup> inner;
  while (cleanups_.size() > depth) {
    inner.push_back(std::move(cleanups_.back()));
    cleanups_.pop_back();
    if (inner.back().emit && reachable()) inner.back().emit(unwinding);
  }
  std::move(inner.rbegin(), inner.rend(), std::back_inserter(cleanups_));
}

ir::BlockId IrBuilder::handlerBelow(std::size_t& depth) const {
  while (depth > 0) {
    --depth;
    if (cleanups_[depth].handler != ir::none) return cleanups_[depth].handler;
  }
  return ir::none;
}

ir::BlockId IrBuilder::landingAt(std::size_t depth) {
  if (depth == 0) {
    if (unwound_ == ir::none) {
      unwound_ = newBlock();
      function_.blocks[unwound_].exit = ir::Exit::Unwound;
    }
    return unwound_;
  }
  if (cleanups_[depth - 1].handler != ir::none) return cleanups_[depth - 1].handler;
  if (cleanups_[depth - 1].landing != ir::none) return cleanups_[depth - 1].landing;

  const ir::BlockId start = newBlock();
  cleanups_[depth - 1].landing = start;
  const ir::BlockId resume = std::exchange(current_, start);
  std::vector<Cleanup> inner(
      std::make_move_iterator(cleanups_.begin() + static_cast<std::ptrdiff_t>(depth) - 1),
      std::make_move_iterator(cleanups_.end()));
  cleanups_.resize(depth - 1);
  inner.front().emit(true);
  jump(landingAt(depth - 1));
  std::move(inner.begin(), inner.end(), std::back_inserter(cleanups_));
  current_ = resume;
  return start;
}

ir::SlotId IrBuilder::addSlot(ir::Slot slot) {
  function_.slots.push_back(std::move(slot));
  return static_cast<ir::SlotId>(function_.slots.size() - 1);
}

ir::VarId IrBuilder::addVariable(std::string name) {
  function_.variables.push_back({std::move(name), std::nullopt});
  return static_cast<ir::VarId>(function_.variables.size() - 1);
}

} // namespace session_tidy::lower
