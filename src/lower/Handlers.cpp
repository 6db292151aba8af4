// Exceptions: where they are thrown, which handlers take them, and what escapes.
#include "lower/FunctionLowering.h"

#include <algorithm>

namespace session_tidy::lower {

namespace {

const clang::NamespaceDecl* namespaceOf(const clang::CXXRecordDecl& record) {
  return llvm::dyn_cast<clang::NamespaceDecl>(record.getDeclContext()->getEnclosingNamespaceContext());
}

/// Whether a class is the root of the exceptions of its namespace: soci::soci_error, SQLite::Exception.
bool isRootOfItsNamespace(const clang::CXXRecordDecl& record) {
  const clang::NamespaceDecl* space = namespaceOf(record);
  if (!space || !record.hasDefinition())
    return false;
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* parent = base.getType()->getAsCXXRecordDecl();
    const clang::NamespaceDecl* other = parent ? namespaceOf(*parent) : nullptr;
    if (other && other->getCanonicalDecl() == space->getCanonicalDecl())
      return false;
  }
  return true;
}

} // namespace

/// Whether nothing that matters escapes such a handler.
bool FunctionLowering::isCatchAll(const clang::CXXCatchStmt& handler) {
  const clang::VarDecl* variable = handler.getExceptionDecl();
  if (!variable)
    return true;
  const clang::CXXRecordDecl* record = variable->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (!record)
    return false;
  // What libraries and applications throw derives from std::exception.
  if (record->isInStdNamespace() && record->getName() == "exception")
    return true;
  if (!isRootOfItsNamespace(*record))
    return false;
  // The library whose sessions are used here throws nothing else.
  const std::string space = unit_.types().qualifiedName(namespaceOf(*record)) + "::";
  return std::any_of(slotKinds_.begin(), slotKinds_.end(), [&](const model::Kind* kind) {
    return kind->display.size() > space.size() && kind->display.compare(0, space.size(), space) == 0;
  });
}

void FunctionLowering::tryStatement(const clang::CXXTryStmt& stmt) {
  const ir::BlockId dispatch = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  std::vector<ir::BlockId> ways;
  for (unsigned index = 0; index < stmt.getNumHandlers(); ++index)
    ways.push_back(builder_.newBlock());
  tries_[dispatch] = {&stmt, ways};
  builder_.pushHandler(dispatch);
  const std::size_t inside = builder_.depth();
  statement(stmt.getTryBlock());
  builder_.dropTo(inside - 1);
  builder_.jump(after);

  bool all = false;
  for (unsigned index = 0; index < stmt.getNumHandlers(); ++index)
    all = all || isCatchAll(*stmt.getHandler(index));
  if (!all)
    ways.push_back(builder_.landing());
  builder_.setBlock(dispatch);
  builder_.choose(ways);
  for (unsigned index = 0; index < stmt.getNumHandlers(); ++index)
    handler(*stmt.getHandler(index), ways[index], after);
  builder_.setBlock(after);
}

void FunctionLowering::handler(const clang::CXXCatchStmt& stmt, ir::BlockId start, ir::BlockId after) {
  builder_.setBlock(start);
  ir::Event caught = event(ir::Op::Catch, stmt.getCatchLoc());
  caught.text = stmt.getExceptionDecl() ? stmt.getCaughtType().getNonReferenceType().getUnqualifiedType().getAsString() : "...";
  builder_.add(std::move(caught));
  statement(stmt.getHandlerBlock());
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
  raise(expr.getSubExpr() ? expr.getSubExpr()->getType() : clang::QualType(), expr.getSourceRange());
}

/// Goes where an exception of this type is caught; where the type is not known, to all handlers.
void FunctionLowering::raise(clang::QualType thrown, clang::SourceRange range) {
  if (!builder_.reachable())
    return;
  const SourceRange at = event(ir::Op::Call, range).range;
  std::size_t depth = builder_.depth();
  ir::BlockId target = ir::none;
  while (!thrown.isNull() && target == ir::none) {
    const ir::BlockId handler = builder_.handlerBelow(depth);
    if (handler == ir::none)
      break;
    const auto known = tries_.find(handler);
    if (known == tries_.end())
      return builder_.raise(at); // a barrier
    for (unsigned index = 0; index < known->second.stmt->getNumHandlers() && target == ir::none; ++index) {
      if (catches(*known->second.stmt->getHandler(index), thrown))
        target = known->second.ways[index];
    }
  }
  if (thrown.isNull())
    return builder_.raise(at);
  if (target == ir::none)
    depth = 0; // nobody here catches it
  const ir::BlockId out = builder_.newBlock();
  const ir::BlockId from = builder_.currentBlock();
  builder_.setBlock(out);
  builder_.leaveTo(depth, true);
  builder_.jump(target != ir::none ? target : builder_.landingAt(0));
  builder_.setBlock(from);
  builder_.raiseTo(out, at);
}

bool FunctionLowering::catches(const clang::CXXCatchStmt& handler, clang::QualType thrown) {
  if (!handler.getExceptionDecl())
    return true;
  const clang::QualType caught = handler.getCaughtType().getNonReferenceType().getCanonicalType().getUnqualifiedType();
  thrown = thrown.getCanonicalType().getUnqualifiedType();
  if (caught == thrown)
    return true;
  const auto* base = caught->getAsCXXRecordDecl();
  const auto* derived = thrown->getAsCXXRecordDecl();
  return base && derived && derived->hasDefinition() && base->hasDefinition() && derived->isDerivedFrom(base);
}

} // namespace session_tidy::lower
