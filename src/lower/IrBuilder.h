// Writes one IR function: blocks, slots, variables, and the stack of things to do when a scope is
// left.
//
// The stack works as in a code generator: every way out of a scope (end, break, return, goto,
// exception) runs the cleanups between here and there, newest first. Exceptions get landing blocks,
// one per stack height, made on demand.
#pragma once

#include "ir/Ir.h"

#include <functional>
#include <string>
#include <vector>

namespace session_tidy::lower {

class IrBuilder {
public:
  /// Emits what happens when a scope is left; `unwinding` when an exception does it.
  using Emit = std::function<void(bool unwinding)>;

  IrBuilder(ir::Function& function, std::size_t maxEvents);

  // blocks
  [[nodiscard]] ir::BlockId newBlock();
  void setBlock(ir::BlockId block) { current_ = block; }
  [[nodiscard]] ir::BlockId currentBlock() const { return current_; }
  [[nodiscard]] bool reachable() const { return current_ != ir::none; }
  [[nodiscard]] bool overBudget() const { return events_ > maxEvents_; }

  /// Appends an event; one that may throw gets the way out that fits the present scopes.
  void add(ir::Event event);

  // ends of blocks; afterwards there is no current block
  void jump(ir::BlockId target, SourceRange range = {});
  void branch(ir::Condition condition, ir::BlockId whenTrue, ir::BlockId whenFalse);
  void choose(std::vector<ir::BlockId> targets);
  void switchOn(ir::Condition condition, std::vector<ir::SwitchCase> cases, ir::BlockId otherwise);
  void raise(SourceRange range);
  /// The same, with the way out already known.
  void raiseTo(ir::BlockId way, SourceRange range);
  void stop();

  // scopes
  [[nodiscard]] std::size_t depth() const { return cleanups_.size(); }
  void pushCleanup(Emit emit);
  /// From here inwards, exceptions go to `dispatch`.
  void pushHandler(ir::BlockId dispatch);
  /// From here inwards, an exception ends the program.
  void pushBarrier();
  /// Leaves the scopes above `depth` for good.
  void popTo(std::size_t depth);
  /// Forgets the scopes above `depth` without leaving them: someone else is in charge now.
  void dropTo(std::size_t depth) { cleanups_.resize(depth); }
  /// Writes what leaving the scopes above `depth` does, for a jump out; they stay open for the code
  /// that follows.
  void leaveTo(std::size_t depth, bool unwinding = false);
  /// The innermost handler below `depth` and the height it stands at; none when there is none.
  [[nodiscard]] ir::BlockId handlerBelow(std::size_t& depth) const;
  /// Where an exception thrown here goes.
  [[nodiscard]] ir::BlockId landing() { return landingAt(cleanups_.size()); }
  /// Where an exception goes that is not caught at the present innermost handler or cleanup.
  [[nodiscard]] ir::BlockId landingAt(std::size_t depth);

  // tables
  ir::SlotId addSlot(ir::Slot slot);
  ir::VarId addVariable(std::string name);
  ir::Function& function() { return function_; }

private:
  struct Cleanup {
    Emit emit;
    ir::BlockId handler = ir::none;
    ir::BlockId landing = ir::none;
  };

  void finish(ir::Exit exit);
  ir::Block& block() { return function_.blocks[current_]; }

  ir::Function& function_;
  std::size_t maxEvents_;
  std::size_t events_ = 0;
  ir::BlockId current_ = ir::none;
  ir::BlockId unwound_ = ir::none;
  std::vector<Cleanup> cleanups_;
};

} // namespace session_tidy::lower
