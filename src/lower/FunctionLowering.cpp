#include "lower/FunctionLowering.h"

#include <utility>

namespace session_tidy::lower {

namespace {

/// Every identifier in the source text of a body, and the members its class has: none of them is
/// free.
void collectNames(const UnitContext& unit, clang::SourceRange range, std::set<std::string>& names) {
  const clang::SourceManager& sources = unit.sources();
  const clang::SourceLocation begin = sources.getExpansionLoc(range.getBegin());
  const clang::SourceLocation end = sources.getExpansionLoc(range.getEnd());
  const auto [file, offset] = sources.getDecomposedLoc(begin);
  const auto [endFile, endOffset] = sources.getDecomposedLoc(end);
  if (file != endFile) return;
  bool invalid = false;
  const llvm::StringRef buffer = sources.getBufferData(file, &invalid);
  if (invalid) return;
  clang::Lexer lexer(sources.getLocForStartOfFile(file), unit.ast().getLangOpts(), buffer.begin(),
                     buffer.begin() + offset, buffer.end());
  clang::Token token;
  while (!lexer.LexFromRawLexer(token) && sources.getFileOffset(token.getLocation()) <= endOffset) {
    if (token.is(clang::tok::raw_identifier)) names.insert(token.getRawIdentifier().str());
  }
}

ir::FunctionKind kindOfFunction(const clang::FunctionDecl& function) {
  if (llvm::isa<clang::CXXConstructorDecl>(function)) return ir::FunctionKind::Constructor;
  if (llvm::isa<clang::CXXDestructorDecl>(function)) return ir::FunctionKind::Destructor;
  if (llvm::isa<clang::CXXConversionDecl>(function)) return ir::FunctionKind::Conversion;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function))
    return method->getParent()->isLambda() ? ir::FunctionKind::Lambda : ir::FunctionKind::Method;
  return ir::FunctionKind::Plain;
}

std::string idOf(const clang::FunctionDecl& function, const SourceRange& range) {
  llvm::SmallString<128> usr;
  if (!clang::index::generateUSRForDecl(&function, usr)) return std::string(usr);
  return "@" + std::to_string(range.begin.line) + ":" + std::to_string(range.begin.column);
}

} // namespace

FunctionLowering::FunctionLowering(UnitContext& unit, Relevance& relevance,
                                   const clang::FunctionDecl& function)
    : unit_(unit), relevance_(relevance), root_(function),
      builder_(function_, unit.options().maxEventsPerFunction) {}

void FunctionLowering::describe() {
  function_.kind = kindOfFunction(root_);
  const bool lambda = function_.kind == ir::FunctionKind::Lambda;
  function_.name = lambda ? "lambda" : unit_.types().qualifiedName(&root_);
  function_.range = unit_.rangeOf(root_.getNameInfo().getSourceRange());
  function_.body = unit_.rangeOf(root_.getBody()->getSourceRange());
  function_.id = idOf(root_, function_.body);
  function_.coroutine = llvm::isa<clang::CoroutineBodyStmt>(root_.getBody());
  function_.isNoexcept = !throws(&root_);
  function_.isMain = root_.isMain();
  function_.instantiation = root_.isTemplateInstantiation();
  std::set<std::string> names;
  collectNames(unit_, root_.getSourceRange(), names);
  for (const clang::DeclContext* context = root_.getParent(); context;
       context = context->getParent()) {
    const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(context);
    if (!record || !record->hasDefinition()) continue;
    for (const clang::Decl* member : record->getDefinition()->decls()) {
      if (const auto* named = llvm::dyn_cast<clang::NamedDecl>(member);
          named && named->getDeclName().isIdentifier())
        names.insert(named->getNameAsString());
    }
  }
  function_.takenNames.assign(names.begin(), names.end());
}

void FunctionLowering::pushCleanup(IrBuilder::Emit emit) {
  builder_.pushCleanup([this, home = now_, inLoop = loop_, emit = std::move(emit)](bool unwinding) {
    Activation* const from = std::exchange(now_, home);
    const ir::LoopId loop = std::exchange(loop_, unwinding ? inLoop : loop_);
    const bool before = std::exchange(unwinding_, unwinding_ || unwinding);
    emit(unwinding);
    unwinding_ = before;
    now_ = from;
    loop_ = loop;
  });
}

void FunctionLowering::parameters() {
  for (const clang::ParmVarDecl* parameter : root_.parameters()) {
    const Held held = unit_.types().held(parameter->getType());
    if (!held) continue;
    const Place place = placeOf(*parameter);
    const ir::SlotId made = makeSlot(place, held, parameter->getLocation());
    const ir::Holding holding = slot(made).holding;
    if (holding == ir::Holding::Value || holding == ir::Holding::Owner)
      pushCleanup([this, place, type = parameter->getType()](bool unwinding) {
        destroy(place, type, unwinding);
      });
  }
}

void FunctionLowering::forgetUnseenOutcomes() {
  std::set<ir::VarId> unseen;
  for (const auto& [slot, outcome] : outcomes_) {
    if (seenOutcomes_.count(outcome) == 0) unseen.insert(outcome);
  }
  for (ir::Block& block : function_.blocks) {
    for (ir::Event& event : block.events) {
      if (event.op != ir::Op::Havoc && unseen.count(event.variable) != 0) event.variable = ir::none;
    }
  }
}

std::optional<ir::Function> FunctionLowering::run() {
  describe();
  exit_ = builder_.newBlock();
  function_.blocks[exit_].exit = ir::Exit::Return;
  Activation& root = activations_.emplace_back();
  root.instance = ++instances_;
  root.function = &root_;
  now_ = &root;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&root_)) {
    const clang::CXXRecordDecl* record = method->getParent();
    if (!record->isLambda()) {
      Place self;
      self.rootKind = Place::Root::This;
      self.root = record->getCanonicalDecl();
      root.thisObject = Value::addressOf(self);
    }
  }
  parameters();
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&root_))
    memberInitialisers(root.thisObject.place, *constructor);
  if (function_.isNoexcept) builder_.pushBarrier();
  statement(root_.getBody());
  const clang::Stmt* body = root_.getBody();
  leaveFunction(body->getEndLoc(), "end");
  if (builder_.overBudget()) return std::nullopt;
  forgetUnseenOutcomes();
  endReplacedViews();
  if (watchMembers_)
    for (ir::Slot& slot : function_.slots)
      slot.watched = slot.watched || slot.storage == ir::Storage::Member;
  return std::move(function_);
}

} // namespace session_tidy::lower
