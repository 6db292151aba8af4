// Exceptions: where they are thrown, which handlers take them, and what escapes.
#include "lower/ClangCompat.h"
#include "lower/FunctionLowering.h"
#include "lower/Mentions.h"
#include "lower/Shapes.h"

namespace session_tidy::lower {

namespace {

const clang::NamespaceDecl* namespaceOf(const clang::CXXRecordDecl& record) {
  return llvm::dyn_cast<clang::NamespaceDecl>(
      record.getDeclContext()->getEnclosingNamespaceContext());
}

/// Whether a class is the root of the exceptions of its namespace: soci::soci_error,
/// SQLite::Exception.
bool isRootOfItsNamespace(const clang::CXXRecordDecl& record) {
  if (!record.hasDefinition()) return false;
  const auto* space = namespaceOf(record);
  return llvm::none_of(record.bases(), [&](const clang::CXXBaseSpecifier& base) {
    const clang::CXXRecordDecl* parent = base.getType()->getAsCXXRecordDecl();
    const auto* other = parent ? namespaceOf(*parent) : nullptr;
    if (!space || !other) return parent && space == other;
    return other->getCanonicalDecl() == space->getCanonicalDecl();
  });
}

bool isStandard(const clang::CXXRecordDecl& record, llvm::StringRef name) {
  return record.isInStdNamespace() && record.getName() == name;
}

/// "pqxx::sql_error", where it is declared.
const clang::CXXRecordDecl* findClass(const clang::ASTContext& ast, llvm::StringRef name) {
  const clang::DeclContext* context = ast.getTranslationUnitDecl();
  while (context) {
    const auto [first, rest] = name.split("::");
    const auto found = context->lookup(&ast.Idents.get(first));
    const clang::NamedDecl* decl = found.empty() ? nullptr : found.front();
    if (rest.empty()) {
      const auto* record = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(decl);
      return record ? record->getDefinition() : nullptr;
    }
    context = llvm::dyn_cast_or_null<clang::NamespaceDecl>(decl);
    name = rest;
  }
  return nullptr;
}

} // namespace

/// Whether nothing that matters escapes such a handler.
bool FunctionLowering::isCatchAll(const clang::CXXCatchStmt& handler) {
  const clang::VarDecl* variable = handler.getExceptionDecl();
  if (!variable) return true;
  const clang::CXXRecordDecl* record =
      variable->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (!record) return false;
  // What libraries and applications throw when the world fails them derives from these.
  if (isStandard(*record, "exception") || isStandard(*record, "runtime_error")) return true;
  // The library or application whose sessions are used here throws nothing else.
  const auto* space = namespaceOf(*record);
  const std::string within = space ? unit_.types().qualifiedName(space) + "::" : "";
  const bool root = isRootOfItsNamespace(*record);
  return llvm::any_of(slotKinds_, [&](const model::Kind* kind) {
    if (root && (space ? compat::startsWith(kind->display, within)
                       : kind->display.find("::") == std::string::npos))
      return true;
    return llvm::any_of(unit_.models().errorsOf(kind->library), [&](const std::string& name) {
      const clang::CXXRecordDecl* error = findClass(unit_.ast(), name);
      return error && (error == record->getDefinition() ||
                       (record->hasDefinition() && error->isDerivedFrom(record)));
    });
  });
}

/// Who catches knows that something throws: where nothing else does, or nothing that this handler
/// takes, the calls of which it is not known. The try starts in block `start` with `event`; its
/// other blocks and its calls are those from `first` and `calls` on.
FunctionLowering::Belief FunctionLowering::believeHandlers(const TryState& state, ir::BlockId start,
                                                           std::size_t event, ir::BlockId first,
                                                           std::size_t calls) {
  Belief belief;
  if (perhaps_.size() == calls) return belief;
  const auto surely = [](const ir::Event& one) { return one.throws == ir::Throws::Modelled; };
  const auto& before = function_.blocks[start].events;
  if (std::any_of(before.begin() + static_cast<std::ptrdiff_t>(event), before.end(), surely))
    return belief;
  bool seen = false;
  for (ir::BlockId block = first; block < function_.blocks.size(); ++block) {
    if (llvm::any_of(function_.blocks[block].events, surely)) return belief;
    seen = seen || function_.blocks[block].exit == ir::Exit::Throw;
  }
  if (seen) {
    for (unsigned index = 0; index < state.ways.size(); ++index)
      if (state.reached.count(index) == 0) belief.ways.push_back(state.ways[index]);
    if (belief.ways.empty()) return {};
    belief.thrown = markBelieved(calls);
  }
  belief.inAll = !seen;
  for (std::size_t at = calls; at < perhaps_.size(); ++at)
    function_.blocks[perhaps_[at].first].events[perhaps_[at].second].throws = ir::Throws::Modelled;
  return belief;
}

/// A variable that is set while one of the calls of which it is not known whether they throw runs.
ir::VarId FunctionLowering::markBelieved(std::size_t calls) {
  const ir::VarId thrown = builder_.addVariable("");
  std::map<ir::BlockId, std::size_t> added;
  for (std::size_t at = calls; at < perhaps_.size(); ++at) {
    auto& [block, index] = perhaps_[at];
    auto& events = function_.blocks[block].events;
    index += added[block];
    ir::Event set = event(ir::Op::Set, {});
    set.variable = thrown;
    const auto call = events.begin() + static_cast<std::ptrdiff_t>(index);
    events.insert(call + 1, set);
    set.value = 1;
    events.insert(events.begin() + static_cast<std::ptrdiff_t>(index), set);
    ++index;
    added[block] += 2;
  }
  return thrown;
}

/// Whether an exception of a type that is not known certainly comes to the handlers around here, or
/// there are none.
bool FunctionLowering::isCaughtByAllOrNone() {
  std::size_t depth = builder_.depth();
  const ir::BlockId dispatch = builder_.handlerBelow(depth);
  const auto around = dispatch == ir::none ? tries_.end() : tries_.find(dispatch);
  if (around == tries_.end()) return dispatch == ir::none;
  for (unsigned index = 0; index < around->second.stmt->getNumHandlers(); ++index)
    if (isCatchAll(*around->second.stmt->getHandler(index))) return true;
  return false;
}

/// `try { one statement } catch (...) {}`: whether it works does not matter.
bool FunctionLowering::isMeantToFail(const clang::CXXTryStmt& stmt, unsigned handler) {
  const auto* body =
      llvm::dyn_cast<clang::CompoundStmt>(stmt.getHandler(handler)->getHandlerBlock());
  std::size_t works = 0;
  for (const clang::Stmt* one : stmt.getTryBlock()->body()) works += llvm::isa<clang::Expr>(one);
  return body && body->body_empty() && works == 1 && !stmt.getHandler(handler)->getExceptionDecl();
}

void FunctionLowering::tryStatement(const clang::CXXTryStmt& stmt) {
  const ir::BlockId dispatch = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  std::vector<ir::BlockId> ways;
  for (unsigned index = 0; index < stmt.getNumHandlers(); ++index)
    ways.push_back(builder_.newBlock());
  tries_[dispatch] = {&stmt, ways, {}};
  const auto number = static_cast<std::int64_t>(tries_.size());
  ir::Event attempt = event(ir::Op::Attempt, {});
  attempt.value = number;
  builder_.add(std::move(attempt));
  builder_.pushHandler(dispatch);
  const std::size_t inside = builder_.depth();
  const ir::BlockId start = builder_.currentBlock();
  const std::size_t event = start == ir::none ? 0 : function_.blocks[start].events.size();
  const auto first = static_cast<ir::BlockId>(function_.blocks.size());
  const std::size_t calls = perhaps_.size();
  statement(stmt.getTryBlock());
  const Belief belief =
      start == ir::none ? Belief{} : believeHandlers(tries_[dispatch], start, event, first, calls);
  builder_.dropTo(inside - 1);
  builder_.jump(after);

  bool all = false;
  for (unsigned index = 0; index < stmt.getNumHandlers(); ++index)
    all = all || isCatchAll(*stmt.getHandler(index));
  std::vector<ir::BlockId> others = ways;
  if (!all && !belief.inAll) others.push_back(builder_.landing());
  builder_.setBlock(dispatch);
  if (belief.thrown != ir::none) {
    const ir::BlockId believed = builder_.newBlock();
    const ir::BlockId rest = builder_.newBlock();
    ir::Condition one;
    one.variable = belief.thrown;
    one.equal = false;
    builder_.branch(std::move(one), believed, rest);
    builder_.setBlock(believed);
    builder_.choose(belief.ways);
    builder_.setBlock(rest);
  }
  builder_.choose(std::move(others));
  for (unsigned index = 0; index < stmt.getNumHandlers(); ++index)
    handler(*stmt.getHandler(index), number, ways[index], after, isMeantToFail(stmt, index));
  builder_.setBlock(after);
}

namespace {

/// `if (error.code != duplicate) throw;`: the error that is taken is one that was meant.
bool isSelective(const clang::Stmt* stmt, const clang::VarDecl& error) {
  if (!stmt) return false;
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(stmt);
      branch && mentions(branch->getCond(), error) &&
      throwsWithin(branch->getThen()) != throwsWithin(branch->getElse()))
    return true;
  return llvm::any_of(stmt->children(),
                      [&](const clang::Stmt* child) { return isSelective(child, error); });
}

} // namespace

void FunctionLowering::handler(const clang::CXXCatchStmt& stmt, std::int64_t attempt,
                               ir::BlockId start, ir::BlockId after, bool meant) {
  builder_.setBlock(start);
  ir::Event caught = event(ir::Op::Catch, stmt.getCatchLoc());
  caught.value = attempt;
  caught.selective = meant || (stmt.getExceptionDecl() &&
                               isSelective(stmt.getHandlerBlock(), *stmt.getExceptionDecl()));
  caught.text = stmt.getExceptionDecl()
                    ? stmt.getCaughtType().getNonReferenceType().getUnqualifiedType().getAsString()
                    : "...";
  builder_.add(std::move(caught));
  ++handlers_;
  statement(stmt.getHandlerBlock());
  --handlers_;
  builder_.jump(after);
}

void FunctionLowering::emitThrow(const clang::CXXThrowExpr& expr) {
  if (const clang::Expr* operand = expr.getSubExpr()) {
    const std::size_t before = builder_.depth();
    throwing_ = true;
    emit(operand);
    throwing_ = false;
    builder_.popTo(before);
  }
  raise(expr.getSubExpr() ? expr.getSubExpr()->getType() : clang::QualType(),
        expr.getSourceRange());
}

/// Goes where an exception of this type is caught; where the type is not known, to all handlers.
void FunctionLowering::raise(clang::QualType thrown, clang::SourceRange range) {
  if (!builder_.reachable()) return;
  const SourceRange at = event(ir::Op::Call, range).range;
  std::size_t depth = builder_.depth();
  ir::BlockId target = ir::none;
  while (!thrown.isNull() && target == ir::none) {
    const ir::BlockId handler = builder_.handlerBelow(depth);
    if (handler == ir::none) break;
    const auto known = tries_.find(handler);
    if (known == tries_.end()) return builder_.raise(at); // a barrier
    for (unsigned index = 0; index < known->second.stmt->getNumHandlers() && target == ir::none;
         ++index) {
      if (catches(*known->second.stmt->getHandler(index), thrown)) {
        target = known->second.ways[index];
        known->second.reached.insert(index);
      }
    }
  }
  if (thrown.isNull()) return builder_.raise(at);
  if (target == ir::none) depth = 0; // nobody here catches it
  const ir::BlockId out = builder_.newBlock();
  const ir::BlockId from = builder_.currentBlock();
  builder_.setBlock(out);
  builder_.leaveTo(depth, true);
  builder_.jump(target != ir::none ? target : builder_.landingAt(0));
  builder_.setBlock(from);
  builder_.raiseTo(out, at);
}

bool FunctionLowering::catches(const clang::CXXCatchStmt& handler, clang::QualType thrown) {
  if (!handler.getExceptionDecl()) return true;
  const clang::QualType caught =
      handler.getCaughtType().getNonReferenceType().getCanonicalType().getUnqualifiedType();
  thrown = thrown.getCanonicalType().getUnqualifiedType();
  if (caught == thrown) return true;
  const auto* base = caught->getAsCXXRecordDecl();
  const auto* derived = thrown->getAsCXXRecordDecl();
  return base && derived && derived->hasDefinition() && base->hasDefinition() &&
         derived->isDerivedFrom(base);
}

} // namespace session_tidy::lower
