// Loops: their blocks, their scopes, and what a range-for takes out of a session.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

ir::LoopId FunctionLowering::beginLoop(clang::SourceLocation keyword, bool draining) {
  ir::Loop loop;
  loop.parent = loop_;
  loop.draining = draining;
  loop.range = event(ir::Op::Call, keyword).range;
  builder_.function().loops.push_back(std::move(loop));
  return loop_ = static_cast<ir::LoopId>(builder_.function().loops.size() - 1);
}

void FunctionLowering::loopBody(const clang::Stmt* body, ir::BlockId onContinue, ir::BlockId onBreak, std::size_t breakDepth) {
  breaks_.push_back({onBreak, breakDepth});
  continues_.push_back({onContinue, builder_.depth()});
  branchBody(body);
  breaks_.pop_back();
  continues_.pop_back();
  builder_.jump(onContinue);
}

void FunctionLowering::whileLoop(const clang::WhileStmt& stmt) {
  const ir::BlockId head = builder_.newBlock();
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId done = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const ir::LoopId outer = loop_;
  builder_.jump(head);
  builder_.setBlock(head);
  beginLoop(stmt.getWhileLoc(), true);
  const std::size_t before = builder_.depth();
  if (stmt.getConditionVariable())
    declaration(*stmt.getConditionVariable());
  condition(stmt.getCond(), body, done);
  builder_.setBlock(body);
  const ir::BlockId again = builder_.newBlock();
  loopBody(stmt.getBody(), again, after, before);
  builder_.setBlock(again);
  builder_.leaveTo(before); // the condition's variable
  builder_.jump(head);
  builder_.setBlock(done);
  builder_.popTo(before);
  builder_.jump(after);
  loop_ = outer;
  builder_.setBlock(after);
}

void FunctionLowering::doLoop(const clang::DoStmt& stmt) {
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId test = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const ir::LoopId outer = loop_;
  builder_.jump(body);
  builder_.setBlock(body);
  // `do { ... } while (false)` is a macro's or a cleanup's idiom, not a loop.
  const auto constant = constantOf(*stmt.getCond());
  if (!constant || *constant != 0)
    beginLoop(stmt.getDoLoc(), true);
  loopBody(stmt.getBody(), test, after, builder_.depth());
  builder_.setBlock(test);
  condition(stmt.getCond(), body, after);
  loop_ = outer;
  builder_.setBlock(after);
}

void FunctionLowering::forLoop(const clang::ForStmt& stmt) {
  const std::size_t before = builder_.depth();
  statement(stmt.getInit());
  const ir::BlockId head = builder_.newBlock();
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId next = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const ir::LoopId outer = loop_;
  builder_.jump(head);
  builder_.setBlock(head);
  beginLoop(stmt.getForLoc(), stmt.getInc() == nullptr);
  if (stmt.getCond())
    condition(stmt.getCond(), body, after);
  else
    builder_.jump(body);
  builder_.setBlock(body);
  loopBody(stmt.getBody(), next, after, builder_.depth());
  builder_.setBlock(next);
  if (stmt.getInc())
    expressionStatement(stmt.getInc(), false);
  builder_.jump(head);
  loop_ = outer;
  builder_.setBlock(after);
  builder_.popTo(before);
}

void FunctionLowering::rangeFor(const clang::CXXForRangeStmt& stmt) {
  const std::size_t before = builder_.depth();
  statement(stmt.getInit());
  // The range lives as long as the loop; a generator's session ends with it.
  const auto* range = llvm::cast<clang::VarDecl>(stmt.getRangeStmt()->getSingleDecl());
  declaration(*range);
  const ir::BlockId head = builder_.newBlock();
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId done = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const ir::LoopId outer = loop_;
  builder_.jump(head);
  builder_.setBlock(head);
  beginLoop(stmt.getForLoc(), false);
  const ir::SlotId source = slotOf(valueAt(placeOf(*range)));
  if (source != ir::none) {
    ir::Event use = event(ir::Op::Use, stmt.getRangeInit()->getSourceRange(), source);
    use.access = ir::Access::Read;
    use.implicit = true;
    builder_.add(std::move(use));
  }
  builder_.choose({body, done});
  builder_.setBlock(body);
  const clang::VarDecl& variable = *stmt.getLoopVariable();
  const Held held = unit_.types().held(variable.getType());
  if (held) {
    const Place place = placeOf(variable);
    const auto known = slots_.find(place);
    const ir::SlotId target = known != slots_.end() ? known->second : makeSlot(place, held, variable.getLocation());
    if (source != ir::none) {
      ir::Event made = event(ir::Op::Make, variable.getLocation(), target);
      made.origin = ir::Origin::Derived;
      made.other = source;
      builder_.add(std::move(made));
    } else {
      add(ir::Op::Forget, variable.getLocation(), target); // another one each time
    }
  }
  loopBody(stmt.getBody(), head, after, before);
  builder_.setBlock(done);
  loop_ = outer;
  // The consumer asked for the next session and there was none: a generator has run to its end.
  if (source != ir::none && kindOf(source).role == model::Role::Generator) {
    ir::Event finished = event(ir::Op::Exhaust, stmt.getForLoc(), source);
    finished.implicit = true;
    builder_.add(std::move(finished));
  }
  builder_.popTo(before);
  builder_.jump(after);
  builder_.setBlock(after);
}

} // namespace session_tidy::lower
