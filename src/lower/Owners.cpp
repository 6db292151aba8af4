// Calls of what everybody knows: owners (unique_ptr and its like), generators, and the standard
// library's movers.
#include "lower/FunctionLowering.h"
#include "lower/Outcomes.h"

namespace session_tidy::lower {

/// Iterating a generator by hand: the iterator stands for the generator, and what it points to
/// lives in its frame.
std::optional<Value> FunctionLowering::generatorCall(const clang::CallExpr& call,
                                                     const std::string& name, const Value& object) {
  const ir::SlotId generator = slotOf(object);
  if (generator == ir::none || kindOf(generator).role != model::Role::Generator)
    return std::nullopt;
  if (name == "operator++") add(ir::Op::Exhaust, call.getSourceRange(), generator);
  if (name == "begin" && slot(generator).storage == ir::Storage::Temporary) {
    // The iterator still points there when the generator is gone with its statement.
    const ir::SlotId iterator = temporarySlot(kindOf(generator), ir::Holding::Reference, call);
    add(ir::Op::Bind, call.getSourceRange(), iterator, generator);
    return Value::inSlot(iterator);
  }
  if (name == "begin" || name == "operator++" || name == "begin_") return Value::inSlot(generator);
  if (name != "operator*" && name != "operator->" && name != "value" && name != "get" &&
      name != "next")
    return std::nullopt;
  const model::Kind* yielded = unit_.types().yieldedBy(kindOf(generator));
  if (!yielded) return std::nullopt;
  const ir::SlotId shown = temporarySlot(*yielded, ir::Holding::Reference, call);
  ir::Event made = event(ir::Op::Make, call.getSourceRange(), shown);
  made.origin = ir::Origin::Derived;
  made.other = generator;
  builder_.add(std::move(made));
  return Value::inSlot(shown);
}

/// `d_->db`: what a member owns is followed as if it were the member itself.
std::optional<Value> FunctionLowering::ownedObject(const clang::CXXMethodDecl& method,
                                                   const Value& object, clang::QualType type) {
  const clang::CXXRecordDecl* owned = unit_.types().ownedClass(type.getNonReferenceType());
  if (object.is != Value::Is::Place || !owned || storageOf(object.place) == ir::Storage::Local ||
      storageOf(object.place) == ir::Storage::Temporary || unit_.types().kindOf(owned) ||
      !relevance_.isSessionClass(*owned))
    return std::nullopt;
  if (method.getOverloadedOperator() == clang::OO_Star) return object;
  const bool pointer = method.getOverloadedOperator() == clang::OO_Arrow ||
                       (method.getDeclName().isIdentifier() && method.getName() == "get");
  return pointer ? std::optional<Value>(Value::addressOf(object.place)) : std::nullopt;
}

std::optional<Value> FunctionLowering::ownerCall(const clang::CallExpr& call,
                                                 const clang::CXXMethodDecl& method,
                                                 const Value& object, clang::QualType objectType,
                                                 llvm::ArrayRef<const clang::Expr*> arguments) {
  const clang::RecordDecl* record =
      TypeFacts::recordOf(objectType->isPointerType() ? objectType->getPointeeType() : objectType);
  if (!record || unit_.types().kindOf(record)) return std::nullopt;
  if (auto inside = ownedObject(method, object, objectType)) return inside;
  const Held held =
      unit_.types().held(objectType->isPointerType() ? objectType->getPointeeType()
                                                     : objectType.getNonReferenceType());
  const ir::SlotId owner = slotOf(object);
  if (!held || owner == ir::none) return std::nullopt;
  const std::string name = method.getNameAsString();
  const clang::SourceRange range = call.getSourceRange();
  if (name == "get" || name == "data" || name == "value" || name == "operator->" ||
      name == "operator*" || name == "get_ptr")
    return Value::inSlot(owner);
  if (llvm::isa<clang::CXXConversionDecl>(method) || name == "has_value" ||
      asksForSuccess(method) == true)
    return Value::inSlot(owner);
  if (name == "release" || name == "take") {
    const ir::SlotId out = temporarySlot(*held.kind, ir::Holding::Raw, call);
    add(ir::Op::Move, range, out, owner);
    return Value::inSlot(out);
  }
  if (name == "reset" || name == "emplace" || name == "operator=") {
    std::vector<const clang::Expr*> given;
    for (const clang::Expr* argument : arguments) {
      if (!llvm::isa<clang::CXXDefaultArgExpr>(argument)) given.push_back(argument);
    }
    const std::vector<Value> values = emitArguments(given);
    if (slot(owner).holding == ir::Holding::Reference && !given.empty()) {
      // The owner that it names is another slot: what that holds now is lost from sight here.
      if (slot(owner).storage != ir::Storage::Temporary) add(ir::Op::End, range, owner);
      for (const Value& value : values)
        if (const ir::SlotId source = slotOf(value); source != ir::none)
          add(ir::Op::Escape, range, source);
      add(ir::Op::Forget, range, owner);
      return Value::inSlot(owner);
    }
    add(ir::Op::End, range, owner);
    const ir::SlotId first = values.size() == 1 ? slotOf(values.front()) : ir::none;
    const bool moved = first != ir::none && values.front().moved && &kindOf(first) == held.kind;
    if (name == "emplace" && !moved) {
      ModelledCall made;
      made.expr = &call;
      made.kind = held.kind;
      made.object = Value::inSlot(owner);
      made.arguments = given;
      made.values = &values;
      made.destination = owner;
      made.callee = held.kind->display;
      std::vector<const model::CallModel*> overloads;
      for (const model::CallModel& model : held.kind->constructors) overloads.push_back(&model);
      made.model = pick(overloads, given);
      applyConstructor(made, true);
    } else if (given.empty()) {
      add(ir::Op::Null, range, owner);
    } else {
      take(owner, values.front(), range);
    }
    return Value::inSlot(owner);
  }
  if (name == "swap") {
    for (const Value& value : emitArguments(arguments)) {
      const ir::SlotId other = slotOf(value);
      if (other != ir::none) add(ir::Op::Forget, range, other);
    }
    add(ir::Op::Forget, range, owner);
    return Value{};
  }
  return std::nullopt;
}

std::optional<Value> FunctionLowering::standardCall(const clang::CallExpr& call,
                                                    const clang::FunctionDecl& function,
                                                    bool wanted, ir::SlotId destination) {
  if (!function.isInStdNamespace() && function.getDeclName().isIdentifier() &&
      function.getName() != "make_unique" && function.getName() != "current_exception")
    return std::nullopt;
  if (!function.getDeclName().isIdentifier()) return std::nullopt;
  const llvm::StringRef name = function.getName();
  if (name == "current_exception" && function.isInStdNamespace())
    return Value::of(1); // asked for in a handler: there is one
  if ((name == "uncaught_exceptions" || name == "uncaught_exception") &&
      !llvm::isa<clang::CXXDestructorDecl>(root_))
    return Value::of(unwinding_ ? 1 : 0);
  if ((name == "move" || name == "forward") && call.getNumArgs() == 1) {
    Value value = emit(call.getArg(0), wanted, ir::none);
    value.moved = name == "move" || call.isXValue();
    return value;
  }
  if ((name == "ref" || name == "cref" || name == "addressof" || name == "as_const" ||
       name == "launder") &&
      call.getNumArgs() == 1) {
    Value value = emit(call.getArg(0));
    if (name == "addressof" && value.is == Value::Is::Place) value.is = Value::Is::Address;
    return value;
  }
  if (name == "make_unique" || name == "make_shared" || name == "make_optional") {
    const Held held = unit_.types().held(call.getType());
    if (!held) return std::nullopt;
    std::vector<const clang::Expr*> arguments(call.arg_begin(), call.arg_end());
    const std::vector<Value> values = emitArguments(arguments);
    const bool here = destination != ir::none && &kindOf(destination) == held.kind;
    const ir::SlotId target = here ? destination : temporarySlot(*held.kind, held.holding, call);
    const ir::SlotId given =
        values.size() == 1 && values.front().moved ? slotOf(values.front()) : ir::none;
    const bool takesOver = given != ir::none && &kindOf(given) == held.kind;
    ModelledCall made;
    made.expr = &call;
    made.kind = held.kind;
    made.object = Value::inSlot(target);
    made.arguments = arguments;
    made.values = &values;
    made.destination = target;
    made.callee = held.kind->display;
    std::vector<const model::CallModel*> overloads;
    for (const model::CallModel& model : held.kind->constructors) overloads.push_back(&model);
    made.model = pick(overloads, arguments);
    if (takesOver)
      take(target, values.front(), call.getSourceRange());
    else
      applyConstructor(made, true);
    if (!here) {
      pushCleanup([this, target, range = call.getSourceRange()](bool) {
        ir::Event end = event(ir::Op::End, range, target);
        end.implicit = true;
        builder_.add(std::move(end));
      });
    }
    Value value = Value::inSlot(target);
    value.moved = true;
    return value;
  }
  if (name == "exchange" && call.getNumArgs() == 2) {
    const Value object = emit(call.getArg(0));
    const Value next = emit(call.getArg(1));
    const ir::SlotId from = object.is == Value::Is::Place ? slotOf(object) : ir::none;
    if (from == ir::none) {
      if (object.is == Value::Is::Place && isTracked(typeOf(object.place))) {
        const ir::VarId before = builder_.addVariable("");
        setVariable(before, object);
        Value given = Value::inVariable(before);
        if (const auto led = pointees_.find(object.place); led != pointees_.end())
          given.leadsTo = led->second;
        assign(object.place, next);
        return given;
      }
      return Value{};
    }
    const ir::SlotId out = temporarySlot(kindOf(from), slot(from).holding, call);
    if (next.is == Value::Is::Null && slot(from).holding == ir::Holding::Raw) {
      // What is done with the old value at once is done before anybody looks for it.
      add(ir::Op::Bind, call.getSourceRange(), out, from);
      pushCleanup(
          [this, from, range = call.getSourceRange()](bool) { add(ir::Op::Null, range, from); });
      return Value::inSlot(out);
    }
    add(ir::Op::Move, call.getSourceRange(), out, from);
    take(from, next, call.getSourceRange());
    Value value = Value::inSlot(out);
    value.moved = true;
    return value;
  }
  if (name == "swap" && call.getNumArgs() == 2) {
    for (const clang::Expr* argument : call.arguments()) {
      const Value value = emit(argument);
      const ir::SlotId known = slotOf(value);
      if (known != ir::none)
        add(ir::Op::Forget, call.getSourceRange(), known);
      else if (value.is == Value::Is::Place)
        changedBelow(value.place);
    }
    return Value{};
  }
  return std::nullopt;
}

} // namespace session_tidy::lower
