// Loops, and what their rounds mean for facts about plain values.
#include "lower/FunctionLowering.h"
#include "model/ShapeNames.h"

namespace session_tidy::lower {

FunctionLowering::LoopStart FunctionLowering::beginLoop(clang::SourceLocation keyword,
                                                        bool draining) {
  const LoopStart start{loop_, builder_.currentBlock(), changes_.size()};
  ir::Loop loop;
  loop.parent = loop_;
  loop.draining = draining;
  loop.range = event(ir::Op::Call, keyword).range;
  builder_.function().loops.push_back(std::move(loop));
  loop_ = static_cast<ir::LoopId>(builder_.function().loops.size() - 1);
  return start;
}

bool FunctionLowering::changedBetween(std::size_t from, std::size_t to, const Place& place) const {
  constexpr std::size_t tooMany = 2000; // to look through for every value of a huge loop
  if (to - from > tooMany) return true;
  const auto first = changes_.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = changes_.begin() + static_cast<std::ptrdiff_t>(to);
  return std::any_of(first, last,
                     [&](const Place& one) { return one.within(place) || place.within(one); });
}

/// What the body changes before it first asks about it was not known to matter when the change was
/// written: the next round must not go by the answer of the round before.
void FunctionLowering::endLoop(const LoopStart& start) {
  loop_ = start.outer;
  std::vector<ir::Event> stale;
  const auto check = [&](ir::VarId variable, const std::vector<Place>& reads) {
    const std::size_t born = born_[variable];
    const auto changed = [&](const Place& read) {
      return changedBetween(start.changes, born, read);
    };
    if (born <= start.changes || std::none_of(reads.begin(), reads.end(), changed)) return;
    stale.push_back(event(ir::Op::Havoc, {}));
    stale.back().variable = variable;
  };
  for (const auto& [place, variable] : variables_) check(variable, {place});
  for (const auto& [text, opaque] : conditions_) check(opaque.variable, opaque.reads);
  auto& events = builder_.function().blocks[start.head].events;
  events.insert(events.begin(), stale.begin(), stale.end());
}

void FunctionLowering::loopBody(const clang::Stmt* body, ir::BlockId onContinue,
                                ir::BlockId onBreak, std::size_t breakDepth) {
  breaks_.push_back({onBreak, breakDepth});
  continues_.push_back({onContinue, builder_.depth()});
  branchBody(body);
  breaks_.pop_back();
  continues_.pop_back();
  builder_.jump(onContinue);
}

namespace {

/// `attempt < maxRetries`: nobody configures no try at all.
bool countsTries(const clang::Expr* condition) {
  const auto* compared =
      condition ? llvm::dyn_cast<clang::BinaryOperator>(condition->IgnoreParenImpCasts()) : nullptr;
  if (!compared || !compared->isComparisonOp()) return false;
  const auto counts = [](const clang::Expr* side) {
    const clang::Expr* plain = side->IgnoreParenImpCasts();
    const clang::NamedDecl* named = nullptr;
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(plain))
      named = reference->getDecl();
    else if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(plain))
      named = member->getMemberDecl();
    return named && named->getIdentifier() && model::soundsLikeTries(named->getName().str());
  };
  return counts(compared->getLHS()) || counts(compared->getRHS());
}

} // namespace

/// A loop's test. One that counts tries is passed the first time.
void FunctionLowering::loopTest(const clang::Expr& test, ir::VarId tried, ir::BlockId body,
                                ir::BlockId after) {
  if (tried == ir::none) return condition(&test, body, after);
  const ir::BlockId again = builder_.newBlock();
  ir::Condition first;
  first.variable = tried;
  builder_.branch(std::move(first), body, again);
  builder_.setBlock(again);
  condition(&test, body, after);
}

/// The variable that tells the first round of a loop that counts tries.
ir::VarId FunctionLowering::firstTry(const clang::Expr* test) {
  if (!countsTries(test)) return ir::none;
  const ir::VarId tried = builder_.addVariable("");
  setVariable(tried, Value::of(0));
  return tried;
}

void FunctionLowering::whileLoop(const clang::WhileStmt& stmt) {
  const ir::BlockId head = builder_.newBlock();
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId done = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const ir::VarId tried = firstTry(stmt.getCond());
  builder_.jump(head);
  builder_.setBlock(head);
  const LoopStart start = beginLoop(stmt.getWhileLoc(), true);
  const std::size_t before = builder_.depth();
  if (stmt.getConditionVariable()) declaration(*stmt.getConditionVariable());
  loopTest(*stmt.getCond(), tried, body, done);
  builder_.setBlock(body);
  if (tried != ir::none) setVariable(tried, Value::of(1));
  const ir::BlockId again = builder_.newBlock();
  loopBody(stmt.getBody(), again, after, before);
  builder_.setBlock(again);
  builder_.leaveTo(before); // the condition's variable
  builder_.jump(head);
  builder_.setBlock(done);
  builder_.popTo(before);
  builder_.jump(after);
  endLoop(start);
  builder_.setBlock(after);
}

void FunctionLowering::doLoop(const clang::DoStmt& stmt) {
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId test = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  builder_.jump(body);
  builder_.setBlock(body);
  // `do { ... } while (false)` is a macro's or a cleanup's idiom, not a loop.
  const auto constant = constantOf(*stmt.getCond());
  std::optional<LoopStart> start;
  if (!constant || *constant != 0) start = beginLoop(stmt.getDoLoc(), true);
  loopBody(stmt.getBody(), test, after, builder_.depth());
  builder_.setBlock(test);
  condition(stmt.getCond(), body, after);
  if (start) endLoop(*start);
  builder_.setBlock(after);
}

void FunctionLowering::forLoop(const clang::ForStmt& stmt) {
  const std::size_t before = builder_.depth();
  statement(stmt.getInit());
  const ir::BlockId head = builder_.newBlock();
  const ir::BlockId body = builder_.newBlock();
  const ir::BlockId next = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  const ir::VarId tried = firstTry(stmt.getCond());
  builder_.jump(head);
  builder_.setBlock(head);
  const LoopStart start = beginLoop(stmt.getForLoc(), stmt.getInc() == nullptr);
  if (stmt.getCond())
    loopTest(*stmt.getCond(), tried, body, after);
  else
    builder_.jump(body);
  builder_.setBlock(body);
  if (tried != ir::none) setVariable(tried, Value::of(1));
  loopBody(stmt.getBody(), next, after, builder_.depth());
  builder_.setBlock(next);
  if (stmt.getInc()) expressionStatement(stmt.getInc(), false);
  builder_.jump(head);
  endLoop(start);
  builder_.setBlock(after);
  joinAfterLoop(stmt.getBody());
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
  builder_.jump(head);
  builder_.setBlock(head);
  const LoopStart start = beginLoop(stmt.getForLoc(), false);
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
    const ir::SlotId target =
        known != slots_.end() ? known->second : makeSlot(place, held, variable.getLocation());
    if (source != ir::none) {
      ir::Event made = event(ir::Op::Make, variable.getLocation(), target);
      made.origin = ir::Origin::Derived;
      made.other = source;
      builder_.add(std::move(made));
    } else {
      add(ir::Op::Forget, variable.getLocation(), target); // another one each time
    }
  } else {
    changedBelow(placeOf(variable));
  }
  loopBody(stmt.getBody(), head, after, before);
  builder_.setBlock(done);
  endLoop(start);
  // The consumer asked for the next session and there was none: a generator has run to its end.
  if (source != ir::none && kindOf(source).role == model::Role::Generator) {
    ir::Event finished = event(ir::Op::Exhaust, stmt.getForLoc(), source);
    finished.implicit = true;
    builder_.add(std::move(finished));
  }
  builder_.popTo(before);
  builder_.jump(after);
  builder_.setBlock(after);
  joinAfterLoop(stmt.getBody());
}

} // namespace session_tidy::lower
