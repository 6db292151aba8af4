#include "lower/HandleShapes.h"

#include "lower/Shapes.h"
#include "model/ShapeNames.h"

#include <algorithm>
#include <utility>

namespace session_tidy::lower {

namespace {

using How = HandleTouch::How;
using model::Op;
using model::Operand;

Operand argument(const HandleTouch& touch) {
  return {Operand::Base::Argument, touch.index, touch.how == How::Fills};
}

/// What a function makes: its result, or what it fills in.
Operand product(const HandleTouch& touch) {
  return touch.how == How::Returns ? Operand{Operand::Base::Result, 0, false} : argument(touch);
}

model::Effect effect(Op op, Operand subject) {
  model::Effect made;
  made.op = op;
  made.subject = subject;
  return made;
}

model::Effect effect(Op op, Operand subject, Operand on, const std::string& kind) {
  model::Effect made = effect(op, subject);
  made.on = on;
  made.kind = kind;
  return made;
}

/// Whether it hands out a handle, besides those that it takes.
bool makesAnother(const HandleFunction& function) {
  return std::any_of(function.touches.begin(), function.touches.end(),
                     [](const HandleTouch& touch) { return touch.how != How::Takes; });
}

/// C++ functions whose results do not tell how it went.
bool mayThrow(const clang::FunctionDecl& function) {
  return !function.isExternC() && !isNoexcept(function) &&
         !function.getReturnType()->isIntegralOrEnumerationType() &&
         !function.getReturnType()->isPointerType();
}

} // namespace

// ---------------------------------------------------------------- what is asked

const model::Kind* HandleShapes::kindOf(const clang::RecordDecl& record) {
  if (!isOpaque(record, ast_.getSourceManager())) return nullptr;
  readSpace(record);
  const auto found = byRecord_.find(record.getCanonicalDecl());
  return found != byRecord_.end() ? found->second : nullptr;
}

const model::CallModel* HandleShapes::function(const clang::FunctionDecl& function) {
  for (const HandleTouch& touch : handleTouches(function, ast_.getSourceManager()))
    readSpace(*touch.record);
  const auto found = byFunction_.find(function.getCanonicalDecl());
  return found != byFunction_.end() ? found->second : nullptr;
}

const model::Kind* HandleShapes::kindById(const std::string& id) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(),
                                  [&](const model::Kind& kind) { return kind.id == id; });
  return found != kinds_.end() ? &*found : nullptr;
}

void HandleShapes::readSpace(const clang::RecordDecl& record) {
  const clang::DeclContext* space =
      record.getDeclContext()->getRedeclContext()->getPrimaryContext();
  if (!read_.insert(space).second) return;
  HandleFunctions functions = handleFunctions(*space, ast_.getSourceManager());
  functions.erase(
      std::remove_if(functions.begin(), functions.end(),
                     [&](const HandleFunction& one) { return known_.function(*one.function); }),
      functions.end());
  std::unordered_set<const clang::Decl*> seen;
  for (const HandleFunction& function : functions) {
    for (const HandleTouch& touch : function.touches) {
      if (!seen.insert(touch.record).second || known_.record(*touch.record)) continue;
      if (const auto family = sessionFamily(*touch.record, functions, results_))
        describeSession(*family, functions);
    }
  }
}

// ---------------------------------------------------------------- kinds

model::Kind HandleShapes::base(const HandleFamily& family, model::Role role) const {
  model::Kind kind;
  const clang::NamedDecl* named = family.record;
  const clang::QualType handle = family.closer->function->getParamDecl(0)->getType();
  const clang::QualType shown = handle->isPointerType() ? handle->getPointeeType() : handle;
  if (const auto* typedefed = shown->getAs<clang::TypedefType>()) named = typedefed->getDecl();
  kind.display = known_.nameOf(named);
  kind.id = "shape." + known_.nameOf(family.record);
  kind.library = "shape";
  kind.role = role;
  kind.types = {known_.nameOf(family.record)};
  kind.handle = true;
  kind.closer = known_.nameOf(family.closer->function);
  kind.temporaryName = family.type.size() > 1 ? family.type.back() : "handle";
  kind.guessed = true;
  return kind;
}

const model::Kind& HandleShapes::keep(const HandleFamily& family, model::Kind kind) {
  const model::Kind& kept = kinds_.emplace_back(std::move(kind));
  byRecord_[family.record->getCanonicalDecl()] = &kept;
  return kept;
}

/// What a text is that lies in a row.
const model::Kind& HandleShapes::textView() {
  if (!textView_) {
    model::Kind view;
    view.id = "shape.text";
    view.display = "text";
    view.library = "shape";
    view.role = model::Role::Dependent;
    view.view = true;
    view.guessed = true;
    textView_ = &kinds_.emplace_back(std::move(view));
  }
  return *textView_;
}

// ---------------------------------------------------------------- calls

model::CallModel& HandleShapes::add(const HandleFunction& function,
                                    std::optional<HandleResult> result) {
  model::CallModel& call = calls_.emplace_back();
  call.name = known_.nameOf(function.function);
  call.throws = mayThrow(*function.function);
  if (result) call.success = result->success;
  if (result) call.successValue = result->value;
  byFunction_[function.function->getCanonicalDecl()] = &call;
  return call;
}

void HandleShapes::describeSession(const HandleFamily& family, const HandleFunctions& functions) {
  model::Kind session = base(family, model::Role::Session);
  // What has transactions with handles of their own has several at once.
  session.nests = session.threadSafe =
      std::any_of(functions.begin(), functions.end(), [&](const HandleFunction& function) {
        return family.has(function) && family.isSubject(function) &&
               family.operation(function) == Op::Begin && makesAnother(function);
      });
  const model::Kind& kind = keep(family, std::move(session));
  // Where it cannot be told whether a begin worked, nothing is said about transactions.
  const bool transactions =
      std::all_of(functions.begin(), functions.end(), [&](const HandleFunction& function) {
        return !family.has(function) || !family.isSubject(function) ||
               family.operation(function) != Op::Begin || family.result(function);
      });
  for (const HandleFunction& function : functions) {
    if (!family.has(function)) continue;
    const HandleTouch* takes = family.taken(function);
    const HandleTouch* made = function.made(*family.record);
    const auto op = family.operation(function);
    const auto result = family.result(function);
    if (made && !takes && op == Op::Open && result) {
      model::CallModel& call = add(function, result);
      call.effects = {effect(Op::Open, product(*made))};
      call.effects.front().kind = kind.id;
    } else if (takes && &function == family.closer) {
      model::CallModel& call = add(function);
      call.effects = {effect(Op::Close, argument(*takes))};
      call.throws = false;
    } else if (family.isSubject(function) && transactions && result && op == Op::Begin &&
               makesAnother(function)) {
      describeTransaction(family, function, functions);
    } else if (takes && transactions && function.touches.size() == 1 &&
               (op == Op::Begin || op == Op::Commit || op == Op::Rollback)) {
      addTransactionCall(family, function, *op);
    }
  }
  describeDependents(family, functions);
  for (const HandleFunction& function : functions) {
    if (family.has(function)) addWork(family, function);
  }
}

void HandleShapes::addTransactionCall(const HandleFamily& family, const HandleFunction& function,
                                      Op op) {
  const auto result = family.result(function);
  if (!result && op != Op::Rollback) return;
  model::CallModel& call = add(function, op == Op::Rollback ? std::nullopt : result);
  call.effects = {effect(op, argument(*family.taken(function)))};
}

/// What does not open, close, begin or end anything.
void HandleShapes::addWork(const HandleFamily& family, const HandleFunction& function) {
  const HandleTouch* takes = family.taken(function);
  if (!takes || byFunction_.count(function.function->getCanonicalDecl()) != 0) return;
  const model::NameWords words = family.words(function);
  const auto op = model::handleOperation(words);
  const bool transacts = op && *op != Op::Open && *op != Op::Close;
  std::string name;
  for (const std::string& word : words) name += word + "_";
  const bool dependent =
      byRecord_.at(family.record->getCanonicalDecl())->role == model::Role::Dependent;
  if (!dependent && (transacts || (!op && model::soundsLikeFinishing(name)))) return;
  const Operand subject = argument(*takes);
  const auto sql = dependent || op ? std::nullopt : sqlParameter(function, words);
  model::CallModel& call = add(function, sql ? family.result(function) : std::nullopt);
  if (dependent && &function == family.closer) {
    call.effects = {effect(Op::Close, subject)};
    call.throws = false;
    return;
  }
  if (sql) {
    call.effects = {effect(Op::Sql, subject)};
    call.effects.front().sqlArgument = sql;
  } else if (dependent && returnsMemory(*function.function)) {
    call.effects = {effect(Op::Read, subject),
                    effect(Op::Derive, {Operand::Base::Result, 0, false}, subject, textView().id)};
  } else if (dependent && model::leavesRow(words)) {
    call.effects = {effect(Op::Refresh, subject)};
  } else {
    call.effects = {effect(takes->constant ? Op::Read : Op::Use, subject)};
  }
}

/// `x_tx* x_begin(x_session*)`: commit and rollback free the handle.
void HandleShapes::describeTransaction(const HandleFamily& session, const HandleFunction& begin,
                                       const HandleFunctions& functions) {
  const HandleTouch* made = nullptr;
  for (const HandleTouch& touch : begin.touches) {
    if (touch.record == session.record->getCanonicalDecl()) continue;
    if (touch.how == How::Takes || touch.constant || made) return; // inside another one, perhaps
    made = &touch;
  }
  if (!made || known_.record(*made->record)) return;
  HandleFamily family = session.sister(*made->record, functions);
  if (family.closer) return; // what is freed on its own is not followed
  std::vector<std::pair<const HandleFunction*, Op>> enders;
  bool commits = false;
  for (const HandleFunction& function : functions) {
    if (!family.has(function) || !family.taken(function)) continue;
    const auto op = family.operation(function);
    if (op != Op::Commit && op != Op::Rollback) continue;
    if (op == Op::Commit && !family.result(function)) return;
    commits |= op == Op::Commit;
    if (op == Op::Rollback && function.function->getNumParams() == 1) family.closer = &function;
    enders.emplace_back(&function, *op);
  }
  if (!commits || !family.closer) return;
  if (byRecord_.count(made->record) == 0) {
    model::Kind kind = base(family, model::Role::Transaction);
    kind.temporaryName = "tx";
    keep(family, std::move(kind));
    for (const auto& [ender, op] : enders) addTransactionCall(family, *ender, op);
  }
  const model::Kind& kind = *byRecord_.at(made->record);
  const Operand on = argument(*session.taken(begin));
  model::CallModel& call = add(begin, session.result(begin));
  if (made->how == How::Returns)
    call.effects.push_back(effect(Op::Derive, product(*made), on, kind.id));
  call.effects.push_back(effect(Op::Begin, product(*made), on, kind.id));
}

// ---------------------------------------------------------------- what hangs on a session

void HandleShapes::describeDependents(const HandleFamily& session,
                                      const HandleFunctions& functions) {
  bool more = true;
  while (more) { // a result of a statement of a session
    more = false;
    for (const HandleFunction& function : functions) {
      if (!session.has(function) || byFunction_.count(function.function->getCanonicalDecl()) != 0)
        continue;
      for (const HandleTouch& touch : function.touches) {
        if (touch.how != How::Takes && !touch.constant &&
            touch.record != session.record->getCanonicalDecl() &&
            describeDependent(session, *touch.record, function, functions)) {
          more = true;
          break;
        }
      }
    }
  }
  for (const HandleFunction& function : functions) {
    if (!session.has(function)) continue;
    for (const HandleTouch& touch : function.touches) {
      if (touch.how == How::Takes && touch.record != session.record->getCanonicalDecl() &&
          byRecord_.count(touch.record) != 0)
        addWork(session.sister(*touch.record, functions), function);
    }
  }
}

/// A function that hands out what has a releaser of its own, and is given a session or something
/// that hangs on one.
bool HandleShapes::describeDependent(const HandleFamily& session, const clang::RecordDecl& record,
                                     const HandleFunction& producer,
                                     const HandleFunctions& functions) {
  const HandleTouch* parent = nullptr;
  for (const HandleTouch& touch : producer.touches) {
    if (touch.how == How::Takes && byRecord_.count(touch.record) != 0 && !parent) parent = &touch;
  }
  if (!parent) return false;
  const HandleFamily family = session.sister(record, functions);
  const model::NameWords words = family.words(producer);
  if (!family.closer || model::showsOnly(words, family.type)) return false;
  auto known = byRecord_.find(record.getCanonicalDecl());
  if (known == byRecord_.end()) {
    if (known_.record(record) || model::namesPool(family.type) ||
        model::namesSession(family.type) || model::namesTransaction(family.type))
      return false;
    model::Kind kind = base(family, model::Role::Dependent);
    kind.ownsData = model::holdsRows(family.type);
    keep(family, std::move(kind));
    known = byRecord_.find(record.getCanonicalDecl());
  }
  if (known->second->role != model::Role::Dependent) return false;
  const HandleTouch& made = *producer.made(record);
  const auto sql = sqlParameter(producer, words);
  model::CallModel& call = add(producer, session.result(producer));
  call.effects = {effect(Op::Derive, product(made), argument(*parent), known->second->id)};
  if (!sql) return true;
  if (model::runsText(words)) {
    call.effects.push_back(effect(Op::Sql, argument(*parent)));
    call.effects.back().sqlArgument = sql;
  } else {
    call.effects.front().sqlArgument = sql;
  }
  return true;
}

} // namespace session_tidy::lower
