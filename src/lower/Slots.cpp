// Names: from variables and members to the IR's slots and variables, and the events about them.
#include "lower/Annotations.h"
#include "lower/FunctionLowering.h"

#include <algorithm>
#include <set>

namespace session_tidy::lower {

Place FunctionLowering::placeOf(const clang::VarDecl& variable) const {
  Place place;
  place.root = variable.getCanonicalDecl();
  if (!variable.isLocalVarDeclOrParm() || variable.isStaticLocal()) return place;
  const auto* owner =
      llvm::dyn_cast_or_null<clang::FunctionDecl>(variable.getParentFunctionOrMethod());
  for (const Activation* activation = now_; activation; activation = activation->caller) {
    if (owner && activation->function->getCanonicalDecl() == owner->getCanonicalDecl()) {
      place.instance = activation->instance;
      return place;
    }
  }
  return place; // captured by the lambda that is the root
}

clang::QualType FunctionLowering::typeOf(const Place& place) const {
  if (!place.path.empty()) return place.path.back()->getType();
  switch (place.rootKind) {
  case Place::Root::Variable:
    return place.variable()->getType();
  case Place::Root::This:
    return {}; // asked for by class, not by type: see slotAt
  case Place::Root::Temporary:
    return static_cast<const clang::Expr*>(place.root)->getType();
  }
  return {};
}

std::string FunctionLowering::nameOf(const Place& place) const {
  std::string name;
  if (place.rootKind == Place::Root::Variable && place.variable()->isImplicit() &&
      place.variable()->getInit())
    name =
        unit_.textOf(place.variable()->getInit()->getSourceRange()); // the unnamed range of a for
  else if (place.rootKind == Place::Root::Variable)
    name = place.variable()->getNameAsString();
  else if (place.rootKind == Place::Root::This && place.path.empty())
    name = "*this";
  for (const clang::FieldDecl* field : place.path)
    name += (name.empty() ? "" : ".") + field->getNameAsString();
  return name;
}

ir::Storage FunctionLowering::storageOf(const Place& place) const {
  if (place.rootKind == Place::Root::This) return ir::Storage::Member;
  if (place.rootKind == Place::Root::Temporary) return ir::Storage::Temporary;
  const clang::VarDecl& variable = *place.variable();
  // Behind a pointer lies an object that is not ours, wherever the pointer itself lives.
  if (!place.path.empty() && variable.getType().getNonReferenceType()->isPointerType())
    return ir::Storage::Member;
  if (!variable.isLocalVarDeclOrParm() || variable.isStaticLocal()) return ir::Storage::Global;
  if (place.instance == 0) return ir::Storage::Capture;
  const bool ofRoot = place.instance == activations_.front().instance;
  if (llvm::isa<clang::ParmVarDecl>(variable) && ofRoot)
    return place.path.empty() ? ir::Storage::Parameter : ir::Storage::Member;
  return ir::Storage::Local;
}

/// Whether a member of `this` belongs to a base of the class whose function this is.
bool FunctionLowering::isInherited(const Place& place) const {
  if (place.rootKind != Place::Root::This || place.path.empty()) return false;
  const auto* owner = llvm::dyn_cast<clang::CXXRecordDecl>(place.path.front()->getParent());
  return owner && owner->getCanonicalDecl() != place.root;
}

ir::SlotId FunctionLowering::makeSlot(const Place& place, const Held& held,
                                      clang::SourceRange declared) {
  ir::Slot slot;
  slot.name = nameOf(place);
  slot.kind = unit_.kindId(*held.kind);
  slot.holding = held.holding;
  slot.storage = storageOf(place);
  slot.declared = unit_.rangeOf(declared);
  if (slot.storage == ir::Storage::Parameter) {
    const clang::QualType type = typeOf(place);
    slot.takesOver = type->isRValueReferenceType() || held.holding == ir::Holding::Value ||
                     held.holding == ir::Holding::Owner;
  }
  if (slot.storage == ir::Storage::Member && !place.path.empty())
    slot.inherited = isInherited(place);
  if (slot.storage == ir::Storage::Member && !place.path.empty())
    slot.releasedByOwner =
        held.holding != ir::Holding::Raw || relevance_.releasedByClass(*place.path.back());
  if (slot.storage == ir::Storage::Member && !place.path.empty())
    slot.borrows = annotationsOf(*place.path.back()).borrows;
  const ir::SlotId id = builder_.addSlot(std::move(slot));
  slotKinds_.push_back(held.kind);
  slots_[place] = id;
  return id;
}

ir::SlotId FunctionLowering::slotAt(const Place& place) {
  const auto known = slots_.find(place);
  if (known != slots_.end()) return known->second;
  Held held;
  if (place.rootKind == Place::Root::This && place.path.empty())
    held = {unit_.types().kindOf(static_cast<const clang::CXXRecordDecl*>(place.root)),
            ir::Holding::Reference};
  else
    held = unit_.types().held(typeOf(place));
  if (!held) return ir::none;
  clang::SourceRange declared;
  if (!place.path.empty())
    declared = place.path.back()->getLocation();
  else if (const clang::VarDecl* variable = place.variable())
    declared = variable->getLocation();
  return makeSlot(place, held, declared);
}

ir::SlotId FunctionLowering::temporarySlot(const model::Kind& kind, ir::Holding holding,
                                           const clang::Expr& expr) {
  ir::Slot slot;
  slot.name = unit_.textOf(expr.getSourceRange());
  slot.kind = unit_.kindId(kind);
  slot.holding = holding;
  slot.storage = ir::Storage::Temporary;
  slot.declared = unit_.rangeOf(expr.getSourceRange());
  const ir::SlotId id = builder_.addSlot(std::move(slot));
  slotKinds_.push_back(&kind);
  return id;
}

ir::SlotId FunctionLowering::slotOf(const Value& value) {
  switch (value.is) {
  case Value::Is::Slot:
    return value.slot;
  case Value::Is::Place:
  case Value::Is::Address:
    return slotAt(value.place);
  default:
    return ir::none;
  }
}

bool FunctionLowering::isTracked(clang::QualType type) {
  if (type.isNull()) return false;
  type = type.getCanonicalType().getNonReferenceType();
  if (type->isIntegralOrEnumerationType() || type->isPointerType()) return true;
  // Kept for later: is there one or not.
  const auto* record = type->getAsCXXRecordDecl();
  if (!record || !record->getDeclName().isIdentifier()) return false;
  return record->getName() == "exception_ptr" || isOutcomeValue(type);
}

/// What a member holds once its object is made, where all constructors agree and the value is
/// written.
std::optional<std::int64_t> FunctionLowering::initialOf(const clang::FieldDecl& field) const {
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(field.getParent());
  std::optional<std::int64_t> common;
  bool first = true;
  for (const clang::CXXConstructorDecl* constructor : record->ctors()) {
    if (constructor->isCopyOrMoveConstructor() || constructor->isDeleted()) continue;
    const clang::Expr* init = field.getInClassInitializer();
    const clang::FunctionDecl* body = nullptr;
    if (constructor->hasBody(body)) {
      for (const clang::CXXCtorInitializer* given :
           llvm::cast<clang::CXXConstructorDecl>(body)->inits()) {
        if (given->getMember() == &field && given->isWritten()) init = given->getInit();
      }
    } else if (!constructor->isImplicit() && !constructor->isDefaulted()) {
      return std::nullopt;
    }
    const auto value = init ? constantOf(*init->IgnoreImplicit()) : std::nullopt;
    if (!first && value != common) return std::nullopt;
    common = value;
    first = false;
  }
  if (first && field.getInClassInitializer())
    return constantOf(*field.getInClassInitializer()->IgnoreImplicit());
  return common;
}

ir::VarId FunctionLowering::variableAt(const Place& place) {
  const auto known = variables_.find(place);
  if (known != variables_.end()) return known->second;
  const ir::VarId id = builder_.addVariable(nameOf(place));
  if (function_.kind == ir::FunctionKind::Destructor && place.rootKind == Place::Root::This &&
      place.path.size() == 1)
    function_.variables[id].initial = initialOf(*place.path.front());
  const ir::Storage storage = storageOf(place);
  function_.variables[id].outlives =
      storage == ir::Storage::Member || storage == ir::Storage::Global;
  variables_[place] = id;
  born_[id] = changes_.size();
  return id;
}

Value FunctionLowering::valueAt(const Place& place) {
  const auto alias = aliases_.find(place);
  if (alias != aliases_.end()) return alias->second;
  return Value::at(place);
}

void FunctionLowering::changed(const Place& place) {
  const auto known = variables_.find(place);
  if (known != variables_.end()) setVariable(known->second, {});
  changedConditions(place);
}

void FunctionLowering::changedConditions(const Place& place) {
  changes_.push_back(place);
  if (handlers_ != 0) noted_.push_back(place);
  for (const auto& [text, opaque] : conditions_) {
    const bool touched =
        std::any_of(opaque.reads.begin(), opaque.reads.end(),
                    [&](const Place& read) { return read.within(place) || place.within(read); });
    if (touched) setVariable(opaque.variable, {});
  }
}

void FunctionLowering::changedBelow(const Place& place) {
  for (const auto& [known, variable] : variables_) {
    if (known.within(place)) setVariable(variable, {});
  }
  changedConditions(place);
}

void FunctionLowering::changedMembers() {
  std::vector<Place> members;
  for (const auto& [known, variable] : variables_) {
    if (known.rootKind == Place::Root::This || storageOf(known) == ir::Storage::Global)
      members.push_back(known);
  }
  for (const auto& [text, opaque] : conditions_) {
    for (const Place& read : opaque.reads) {
      if (read.rootKind == Place::Root::This || storageOf(read) == ir::Storage::Global)
        members.push_back(read);
    }
  }
  for (const Place& member : members) changed(member);
}

ir::Event FunctionLowering::event(ir::Op op, clang::SourceRange range, ir::SlotId subject) {
  ir::Event event;
  event.op = op;
  event.subject = subject;
  event.loop = loop_;
  if (now_ && now_->frame != ir::none) {
    event.frame = now_->frame;
    event.inner = unit_.rangeOf(range);
    event.range = now_->writtenInRoot && event.inner.isValid() ? event.inner : now_->call;
  } else {
    event.range = unit_.rangeOf(range);
  }
  return event;
}

void FunctionLowering::add(ir::Op op, clang::SourceRange range, ir::SlotId subject,
                           ir::SlotId other) {
  ir::Event made = event(op, range, subject);
  made.other = other;
  builder_.add(std::move(made));
}

namespace {

/// The standard containers throw where memory runs out, which is not counted, and where a position
/// is checked.
bool onlyRunsOutOfMemory(const clang::FunctionDecl& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  const clang::CXXRecordDecl* record = method ? method->getParent() : nullptr;
  if (!record || !record->isInStdNamespace() || !record->getIdentifier()) return false;
  static const std::set<llvm::StringRef> containers = {"vector",
                                                       "basic_string",
                                                       "deque",
                                                       "list",
                                                       "forward_list",
                                                       "map",
                                                       "multimap",
                                                       "set",
                                                       "multiset",
                                                       "unordered_map",
                                                       "unordered_set",
                                                       "unordered_multimap",
                                                       "unordered_multiset",
                                                       "queue",
                                                       "stack",
                                                       "priority_queue"};
  if (containers.count(record->getName()) == 0) return false;
  static const std::set<llvm::StringRef> checked = {"at", "substr", "replace", "compare"};
  return !method->getDeclName().isIdentifier() || checked.count(method->getName()) == 0;
}

} // namespace

bool FunctionLowering::throws(const clang::FunctionDecl* function) const {
  if (!unit_.ast().getLangOpts().CXXExceptions) return false;
  if (!function) return true;
  if (function->isExternC() || function->getBuiltinID() != 0 || onlyRunsOutOfMemory(*function))
    return false;
  const auto* type = function->getType()->getAs<clang::FunctionProtoType>();
  if (!type) return true;
  const clang::ExceptionSpecificationType specification = type->getExceptionSpecType();
  if (clang::isUnresolvedExceptionSpec(specification))
    return !llvm::isa<clang::CXXDestructorDecl>(function);
  return type->canThrow() != clang::CT_Cannot;
}

void FunctionLowering::callEvent(const clang::Expr& call, const clang::FunctionDecl* function,
                                 std::string text, bool worksWithSession) {
  ir::Event made = event(ir::Op::Call, call.getSourceRange());
  made.text = std::move(text);
  const bool surely = worksWithSession ||
                      (function && isCaughtByAllOrNone() && relevance_.isSeenToThrow(*function));
  made.throws = !throws(function) ? ir::Throws::Never
                : surely          ? ir::Throws::Modelled
                                  : ir::Throws::Perhaps;
  made.waits = unit_.waitingCalls().in(call, function);
  const bool callable = !function || function->getOverloadedOperator() == clang::OO_Call;
  const bool perhaps = made.throws == ir::Throws::Perhaps &&
                       (callable || !unit_.inSystemCode(function->getLocation()));
  builder_.add(std::move(made));
  if (perhaps && builder_.reachable())
    perhaps_.emplace_back(builder_.currentBlock(),
                          function_.blocks[builder_.currentBlock()].events.size() - 1);
}

} // namespace session_tidy::lower
