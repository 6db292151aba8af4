// Calls that a model describes: their effects become events.
#include "lower/FunctionLowering.h"
#include "model/ShapeNames.h"
#include "model/SqlText.h"

namespace session_tidy::lower {

namespace {

std::optional<ir::Op> eventOp(model::Op op) {
  switch (op) {
  case model::Op::Close:
    return ir::Op::Close;
  case model::Op::GiveBack:
    return ir::Op::GiveBack;
  case model::Op::Begin:
    return ir::Op::Begin;
  case model::Op::Commit:
    return ir::Op::Commit;
  case model::Op::Rollback:
    return ir::Op::Rollback;
  case model::Op::Savepoint:
    return ir::Op::Savepoint;
  case model::Op::ReleaseSavepoint:
    return ir::Op::ReleaseSavepoint;
  case model::Op::RollbackToSavepoint:
    return ir::Op::RollbackToSavepoint;
  case model::Op::Flush:
    return ir::Op::Flush;
  case model::Op::Use:
  case model::Op::Read:
  case model::Op::Write:
  case model::Op::Sql:
    return ir::Op::Use;
  case model::Op::Refresh:
    return ir::Op::Refresh;
  case model::Op::Harmless:
    return ir::Op::Harmless;
  default:
    return std::nullopt;
  }
}

ir::Access accessOf(model::Op op) {
  if (op == model::Op::Read) return ir::Access::Read;
  return op == model::Op::Write ? ir::Access::Write : ir::Access::Unknown;
}

} // namespace

const model::CallModel*
FunctionLowering::pick(const std::vector<const model::CallModel*>& overloads,
                       llvm::ArrayRef<const clang::Expr*> arguments,
                       const std::vector<Value>* values) {
  for (const model::CallModel* model : overloads) {
    if (model->arity && *model->arity != arguments.size()) continue;
    if (model->argumentTypes.size() > arguments.size()) continue;
    bool fits = true;
    for (std::size_t index = 0; fits && index < model->argumentTypes.size(); ++index) {
      const std::string& wanted = model->argumentTypes[index];
      fits = wanted.empty() || relevance_.isOfType(arguments[index]->getType(), wanted);
    }
    for (std::size_t index = 0;
         fits && index < model->argumentValues.size() && index < arguments.size(); ++index) {
      const std::string& wanted = model->argumentValues[index];
      const Value known = values && index < values->size() ? (*values)[index] : Value{};
      fits = wanted.empty() || isConstant(*arguments[index], known, wanted);
    }
    if (fits && model->argumentValues.size() <= arguments.size()) return model;
  }
  return nullptr;
}

/// Whether the call was handed an object of the kind that it makes: with nobody asking for the
/// result it makes no other.
bool FunctionLowering::wasGiven(const ModelledCall& call, const model::Kind& kind) {
  const ir::SlotId first =
      call.values && !call.values->empty() ? slotOf(call.values->front()) : ir::none;
  return first != ir::none && &kindOf(first) == &kind;
}

/// Whether an argument is written as this constant: "null", "true", "0".
bool FunctionLowering::isConstant(const clang::Expr& argument, const Value& known,
                                  const std::string& wanted) const {
  if (wanted == "address") {
    const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(argument.IgnoreParenImpCasts());
    return unary && unary->getOpcode() == clang::UO_AddrOf;
  }
  if (known.is == Value::Is::Null || known.is == Value::Is::Constant) {
    const std::int64_t value = known.is == Value::Is::Null ? 0 : known.constant;
    if (wanted == "null" || wanted == "true" || wanted == "false")
      return (value != 0) == (wanted == "true");
    return std::to_string(value) == wanted;
  }
  if (argument.getType()->isPointerType() || argument.getType()->isNullPtrType()) {
    const bool null =
        argument.isNullPointerConstant(unit_.ast(), clang::Expr::NPC_ValueDependentIsNotNull) !=
        clang::Expr::NPCK_NotNull;
    return null == (wanted == "null" || wanted == "0");
  }
  const auto value = constantOf(argument);
  if (!value) return false;
  if (wanted == "true" || wanted == "false") return (*value != 0) == (wanted == "true");
  return std::to_string(*value) == wanted;
}

Value FunctionLowering::operandOf(const ModelledCall& call, const model::Operand& operand,
                                  const Value& result) {
  switch (operand.base) {
  case model::Operand::Base::This:
    return call.object;
  case model::Operand::Base::Result:
    return result;
  case model::Operand::Base::Argument:
    break;
  }
  if (!call.values || operand.index >= call.values->size()) return {};
  Value value = (*call.values)[operand.index];
  if (!operand.pointee) return value;
  if (value.is == Value::Is::Address) return Value::at(value.place);
  // An out-parameter by reference is written like the variable itself: a position, `Session*&`.
  if (value.is == Value::Is::Place && isTracked(typeOf(value.place))) return value;
  // A smart pointer's out-parameter adaptor or a pointer to a pointer from elsewhere: not followed.
  return {};
}

ir::SlotId FunctionLowering::resultSlot(const ModelledCall& call, const model::Kind& kind) {
  if (call.destination != ir::none &&
      (&kindOf(call.destination) == &kind || kindOf(call.destination).id == kind.id))
    return call.destination;
  const Held held = unit_.types().held(call.expr->getType());
  ir::Holding holding = ir::Holding::Raw;
  if (held && !call.expr->isGLValue())
    holding = held.holding;
  else if (call.expr->isGLValue())
    holding = ir::Holding::Reference;
  const ir::SlotId made = temporarySlot(kind, holding, *call.expr);
  if (holding == ir::Holding::Value || holding == ir::Holding::Owner ||
      holding == ir::Holding::Shared) {
    pushCleanup([this, made, range = call.expr->getSourceRange()](bool) {
      ir::Event end = event(ir::Op::End, range, made);
      end.implicit = true;
      builder_.add(std::move(end));
    });
  }
  return made;
}

/// A call that finds a session made elsewhere (QSqlDatabase::database("shop")): the same words find
/// the same one.
Value FunctionLowering::namedElsewhere(const ModelledCall& call, const model::Effect& effect) {
  const model::Kind* kind = effect.kind.empty() ? unit_.types().held(call.expr->getType()).kind
                                                : unit_.types().kindById(effect.kind);
  if (!kind) return {};
  const auto [known, added] =
      named_.try_emplace(unit_.textOf(call.expr->getSourceRange()), ir::none);
  if (added) {
    const std::string name = nameGiven(call, effect);
    known->second =
        temporarySlot(*kind, kind->shared ? ir::Holding::Shared : ir::Holding::Raw, *call.expr);
    builder_.function().slots[known->second].storage = ir::Storage::Global;
    builder_.function().slots[known->second].database = name;
  }
  return Value::inSlot(known->second);
}

/// `Connection::standard()`, `defaultSession()`: always the same one, whoever asks for it.
bool FunctionLowering::isEverybodys(const clang::FunctionDecl& function,
                                    const model::Kind& kind) const {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  return kind.role == model::Role::Session && !kind.shared && (!method || method->isStatic()) &&
         function.getDeclName().isIdentifier() &&
         model::soundsEverybodys(model::nameWords(function.getName().str()));
}

ir::SlotId FunctionLowering::everybodysSlot(const clang::Expr& call,
                                            const clang::FunctionDecl& function,
                                            const model::Kind& kind) {
  const std::string name = unit_.types().qualifiedName(&function);
  const auto [known, added] = named_.try_emplace(name, ir::none);
  if (added) {
    known->second = temporarySlot(kind, ir::Holding::Raw, call);
    ir::Slot& made = builder_.function().slots[known->second];
    made.storage = ir::Storage::Global;
    made.database = name;
  }
  return known->second;
}

/// The argument that says which session of a register is meant.
std::string FunctionLowering::nameGiven(const ModelledCall& call, const model::Effect& effect) {
  if (!effect.nameArgument || *effect.nameArgument >= call.arguments.size()) return "";
  const clang::Expr& name = *call.arguments[*effect.nameArgument];
  const std::string words = llvm::isa<clang::CXXDefaultArgExpr>(name) ? "" : wordsFor(name);
  if (words.empty() && !llvm::isa<clang::CXXDefaultArgExpr>(name))
    return unit_.textOf(name.getSourceRange()); // not to be compared, but not the default one
  return words;
}

/// A session leaves its register: the one of these words, or the one that is asked for its name.
void FunctionLowering::removeNamed(const ModelledCall& call, const model::Effect& effect) {
  if (effect.subject.base != model::Operand::Base::Argument ||
      effect.subject.index >= call.arguments.size())
    return;
  const clang::Expr& name = *call.arguments[effect.subject.index];
  ir::Event removed = event(ir::Op::Remove, call.expr->getSourceRange());
  removed.text = call.callee;
  removed.database = wordsFor(name);
  const clang::Expr* inner = name.IgnoreImplicit();
  if (const auto* asked = llvm::dyn_cast<clang::CXXMemberCallExpr>(inner);
      asked && asked->getNumArgs() == 0) {
    const clang::Expr* object = asked->getImplicitObjectArgument()->IgnoreParenImpCasts();
    if (unit_.types().held(object->getType())) removed.subject = slotOf(emit(object));
  }
  if (removed.subject != ir::none || !removed.database.empty()) builder_.add(std::move(removed));
}

/// What a prepared text will do when it runs.
ir::Access FunctionLowering::accessOfText(const ModelledCall& call,
                                          const model::Effect& effect) const {
  if (!effect.sqlArgument || !call.values || *effect.sqlArgument >= call.values->size())
    return ir::Access::Unknown;
  const Value& text = (*call.values)[*effect.sqlArgument];
  if (text.is != Value::Is::Text) return ir::Access::Unknown;
  ir::Access access = ir::Access::Unknown;
  for (const model::SqlStatement& statement : model::classifySqlScript(text.text)) {
    if (accessOf(statement.op) == ir::Access::Write) return ir::Access::Write;
    access = accessOf(statement.op);
  }
  return access;
}

void FunctionLowering::applySql(const ModelledCall& call, const model::Effect& effect,
                                const ir::Event& base, bool& carrying) {
  const Value text = effect.sqlArgument && call.values && *effect.sqlArgument < call.values->size()
                         ? (*call.values)[*effect.sqlArgument]
                         : Value{};
  if (text.is != Value::Is::Texts)
    return runSql(text.is == Value::Is::Text ? text.text : "", base, carrying);
  const ir::BlockId yes = builder_.newBlock();
  const ir::BlockId no = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  ir::Condition chosen;
  chosen.variable = text.variable;
  chosen.equal = false;
  chosen.range = base.range;
  builder_.branch(std::move(chosen), yes, no);
  bool carried = carrying;
  for (const auto& [block, words] : {std::pair{yes, &text.text}, std::pair{no, &text.otherText}}) {
    carried = carrying;
    builder_.setBlock(block);
    runSql(*words, base, carried);
    builder_.jump(after);
  }
  carrying = carried;
  builder_.setBlock(after);
}

/// What the statements of a text do; of a text that is not seen, that something is done.
void FunctionLowering::runSql(const std::string& text, const ir::Event& base, bool& carrying) {
  const auto emitOne = [&](model::Op op, bool setup) {
    ir::Event made = base;
    made.op = eventOp(op).value_or(ir::Op::Use);
    made.access = accessOf(op);
    made.setup = setup;
    if (!carrying) made.variable = ir::none;
    carrying = false;
    builder_.add(std::move(made));
  };
  const std::vector<model::SqlStatement> statements = model::classifySqlScript(text);
  if (statements.empty()) return emitOne(model::Op::Use, false);
  // Of several, what becomes of the transaction is what the result tells.
  const auto ends = [](const model::SqlStatement& one) {
    return one.op == model::Op::Begin || one.op == model::Op::Commit ||
           one.op == model::Op::Rollback;
  };
  const auto last = std::find_if(statements.rbegin(), statements.rend(), ends);
  const bool tells = carrying;
  for (const model::SqlStatement& statement : statements) {
    carrying = tells && (last == statements.rend() || &statement == &*last);
    emitOne(statement.op, statement.setup);
  }
  carrying = false;
}

void FunctionLowering::applyEffect(const ModelledCall& call, const model::Effect& effect,
                                   ir::Event base, Value& result, bool& carrying) {
  if (effect.op == model::Op::Remove) return removeNamed(call, effect);
  const bool creates = effect.op == model::Op::Derive || effect.op == model::Op::Acquire ||
                       effect.op == model::Op::Open;
  const bool inNewPlace =
      effect.subject.base == model::Operand::Base::Result || effect.subject.pointee;
  const ir::SlotId on = effect.on ? slotOf(operandOf(call, *effect.on, result)) : ir::none;
  if (creates && inNewPlace) {
    const model::Kind* kind = effect.kind.empty() ? unit_.types().held(call.expr->getType()).kind
                                                  : unit_.types().kindById(effect.kind);
    if (effect.subject.base == model::Operand::Base::Result) {
      if (!kind || (!call.wanted && wasGiven(call, *kind))) return;
      base.subject = resultSlot(call, *kind);
      result = Value::inSlot(base.subject);
      result.moved = true;
    } else {
      const Value out = operandOf(call, effect.subject, result);
      base.subject = slotOf(out);
      if (base.subject == ir::none && kind && out.is == Value::Is::Place &&
          storageOf(out.place) == ir::Storage::Local)
        base.subject = positionSlot(out.place, *kind, call.expr->getSourceRange());
    }
    if (base.subject == ir::none) return;
    base.op = ir::Op::Make;
    base.other = on;
    base.access = accessOfText(call, effect);
    base.heldOnFailure = effect.heldOnFailure;
    base.origin = effect.op == model::Op::Derive    ? ir::Origin::Derived
                  : effect.op == model::Op::Acquire ? ir::Origin::Leased
                  : effect.subject.pointee          ? ir::Origin::Opened
                                                    : ir::Origin::Factory;
    if (base.origin != ir::Origin::Derived && base.origin != ir::Origin::Leased)
      base.database = effect.nameArgument
                          ? nameGiven(call, effect)
                          : databaseOf(kindOf(base.subject), call.callee, call.arguments);
    if (!carrying) base.variable = ir::none;
    carrying = false;
    const ir::SlotId made = base.subject;
    const clang::SourceRange range = call.expr->getSourceRange();
    builder_.add(std::move(base));
    if (effect.subject.pointee) stored(made, range);
    return;
  }
  if (effect.op == model::Op::Use && effect.subject.base == model::Operand::Base::Result &&
      result.is == Value::Is::Unknown) {
    result = namedElsewhere(call, effect);
    return;
  }
  base.subject = slotOf(operandOf(call, effect.subject, result));
  if (base.subject == ir::none) return;
  base.other = on;
  if (effect.op == model::Op::Outcome) {
    // Somebody looks: from here on it counts how that call went.
    add(ir::Op::Use, call.expr->getSourceRange(), base.subject);
    const auto outcome = outcomes_.find(base.subject);
    if (outcome == outcomes_.end()) return;
    seenOutcomes_.insert(outcome->second);
    result = Value::inVariable(outcome->second);
    return;
  }
  if (effect.op == model::Op::Begin && (effect.reading || effect.writing))
    base.access = effect.reading ? ir::Access::Read : ir::Access::Write;
  if (effect.op == model::Op::Sql) return applySql(call, effect, base, carrying);
  if (effect.op == model::Op::Take || effect.op == model::Op::Keep)
    return handOver(call, effect.op == model::Op::Take, std::move(base));
  if (effect.op == model::Op::Open) {
    base.op = ir::Op::Open;
    const bool itself = effect.subject.base == model::Operand::Base::Argument;
    if (!itself || effect.subject.index < call.arguments.size()) {
      std::vector<const clang::Expr*> words = call.arguments;
      if (itself) words.erase(words.begin() + static_cast<std::ptrdiff_t>(effect.subject.index));
      base.database = databaseOf(kindOf(base.subject), call.callee, words);
    }
  } else if (effect.op == model::Op::Move) {
    base.op = ir::Op::Move;
  } else if (effect.op == model::Op::Detach) {
    const ir::SlotId out = temporarySlot(kindOf(base.subject), ir::Holding::Raw, *call.expr);
    add(ir::Op::Move, call.expr->getSourceRange(), out, base.subject);
    result = Value::inSlot(out);
    return;
  } else if (const auto op = eventOp(effect.op)) {
    base.op = *op;
    if (effect.op != model::Op::Begin) base.access = accessOf(effect.op);
    base.prepares = effect.op == model::Op::Use && effect.sqlArgument.has_value();
    if (base.prepares) base.access = accessOfText(call, effect);
  } else {
    return;
  }
  const bool asks =
      (base.op == ir::Op::Use && base.access == ir::Access::Read) || base.op == ir::Op::Harmless;
  const std::string_view name = model::calledName(call.callee);
  const bool answered = asks && (model::asksForTransaction(name) ||
                                 (kindOf(base.subject).guessed && model::asksWhetherLive(name)));
  if (!carrying && !answered) base.variable = ir::none;
  carrying = false;
  builder_.add(std::move(base));
}

Value FunctionLowering::applyModel(const ModelledCall& call) {
  const model::CallModel& model = *call.model;
  ir::Event base = event(ir::Op::Use, call.expr->getSourceRange());
  base.text = call.callee;
  const auto* written = llvm::dyn_cast<clang::CallExpr>(call.expr);
  const clang::FunctionDecl* callee = written ? written->getDirectCallee() : nullptr;
  // What the code says of itself is surer than what the model says of all calls.
  const bool throws = model.throws && !(callee && isNoexcept(*callee));
  base.throws = throws ? ir::Throws::Modelled : ir::Throws::Never;
  base.success = model.success;
  base.successValue = model.successValue;
  base.otherSuccess = model.otherSuccess;
  if (model.success == model::Success::Always && isOutcomeValue(call.expr->getType()))
    base.success = model::Success::IfTrue;
  Value result;
  bool carrying = base.success != model::Success::Always;
  const Held returned = unit_.types().held(call.expr->getType());
  const bool byValue = call.wanted && isTracked(call.expr->getType()) && !returned;
  const bool showsOutcome =
      call.wanted && returned && carrying && call.expr->getType()->isPointerType();
  const bool shownLater = showsOutcome && model.success == model::Success::IfValue;
  if (byValue || showsOutcome) {
    base.variable = builder_.addVariable("");
    outcome_ = base.variable;
    if (byValue) result = Value::inVariable(base.variable);
    if (model.effects.empty() || !carrying) setVariable(base.variable, {});
  }
  if (model.effects.empty()) {
    if (throws) callEvent(*call.expr, nullptr, call.callee);
    return result;
  }
  for (const model::Effect& effect : model.effects)
    applyEffect(call, effect, base, result, carrying);
  if (shownLater && slotOf(result) != ir::none) outcomes_[slotOf(result)] = outcome_;
  // C functions that hand back the handle they were given, or null when they fail
  // (mysql_real_connect).
  if (result.is == Value::Is::Unknown && call.wanted && call.expr->getType()->isPointerType()) {
    const Held held = unit_.types().held(call.expr->getType());
    const ir::SlotId first =
        held && call.values && !call.values->empty() ? slotOf(call.values->front()) : ir::none;
    if (first != ir::none && &kindOf(first) == held.kind) return handedBack(call, model, first);
  }
  // A pool's session by its position.
  if (result.is == Value::Is::Unknown && call.wanted && call.expr->isGLValue() && call.values &&
      !call.values->empty()) {
    const Held held = unit_.types().held(call.expr->getType());
    const ir::SlotId first = held ? slotOf(call.values->front()) : ir::none;
    if (first != ir::none && &kindOf(first) == held.kind &&
        isPosition(call.arguments.front()->getType(), call.values->front()))
      return Value::inSlot(first);
  }
  // What an object gives out without a model of its own: the object itself (chains), or something
  // that hangs on it.
  if (result.is == Value::Is::Unknown) {
    const Held held = unit_.types().held(call.expr->getType());
    const ir::SlotId object = slotOf(call.object);
    if (held && object != ir::none && call.wanted) {
      if (call.expr->isGLValue() && held.kind == &kindOf(object)) return call.object;
      if (held.kind->role == model::Role::Dependent) {
        const ir::SlotId made = resultSlot(call, *held.kind);
        ir::Event make = event(ir::Op::Make, call.expr->getSourceRange(), made);
        make.origin = ir::Origin::Derived;
        make.other = object;
        builder_.add(std::move(make));
        result = Value::inSlot(made);
        result.moved = true;
      }
    }
  }
  return result;
}

Value FunctionLowering::handedBack(const ModelledCall& call, const model::CallModel& model,
                                   ir::SlotId first) {
  const ir::SlotId back = temporarySlot(kindOf(first), ir::Holding::Raw, *call.expr);
  if (model.success != model::Success::IfNonNull) {
    add(ir::Op::Bind, call.expr->getSourceRange(), back, first);
    return Value::inSlot(back);
  }
  const ir::BlockId worked = builder_.newBlock();
  const ir::BlockId failed = builder_.newBlock();
  const ir::BlockId after = builder_.newBlock();
  ir::Condition condition;
  condition.variable = outcome_;
  condition.equal = false;
  condition.text = call.callee;
  condition.range = event(ir::Op::Call, call.expr->getSourceRange()).range;
  builder_.branch(std::move(condition), worked, failed);
  builder_.setBlock(worked);
  add(ir::Op::Bind, call.expr->getSourceRange(), back, first);
  builder_.jump(after);
  builder_.setBlock(failed);
  add(ir::Op::Null, call.expr->getSourceRange(), back);
  builder_.jump(after);
  builder_.setBlock(after);
  return Value::inSlot(back);
}

} // namespace session_tidy::lower
