// Threads and queued tasks: which sessions are handed to them, and where they are known to have
// ended.
#include "lower/ClangCompat.h"
#include "lower/FunctionLowering.h"
#include "lower/Mentions.h"
#include "model/ShapeNames.h"

namespace session_tidy::lower {

namespace {

/// Classes whose objects run what their constructor is given.
bool isThread(std::optional<model::Helper> helper) {
  return helper == model::Helper::Thread || helper == model::Helper::JoiningThread;
}

bool isFuture(std::optional<model::Helper> helper) {
  return helper == model::Helper::Future || helper == model::Helper::JoiningFuture;
}

/// Sessions with static storage that a body names, also through the functions it calls.
void staticSessions(const clang::Stmt& stmt, TypeFacts& types, unsigned depth,
                    std::set<const clang::VarDecl*>& found) {
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&stmt)) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (variable && variable->hasGlobalStorage() &&
        variable->getTLSKind() == clang::VarDecl::TLS_None && types.held(variable->getType()))
      found.insert(variable);
  }
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt); call && depth > 0) {
    const clang::FunctionDecl* body = nullptr;
    if (call->getDirectCallee() && call->getDirectCallee()->hasBody(body) &&
        types.held(body->getReturnType()))
      staticSessions(*body->getBody(), types, depth - 1, found);
  }
  for (const clang::Stmt* child : stmt.children()) {
    if (child) staticSessions(*child, types, depth, found);
  }
}

/// Whether a body guards what it does by a mutex.
bool locks(const clang::Stmt& stmt) {
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(&stmt)) {
    const clang::CXXRecordDecl* record = made->getConstructor()->getParent();
    const std::string name = record->getIdentifier() ? record->getName().lower() : std::string();
    if (name.find("lock") != std::string::npos) return true;
  }
  return llvm::any_of(stmt.children(),
                      [](const clang::Stmt* child) { return child && locks(*child); });
}

/// Whether a body names a variable where it has not locked anything.
bool namesUnlocked(const clang::Stmt* stmt, const clang::VarDecl& variable, bool locked) {
  if (!stmt || locked) return false;
  if (names(llvm::dyn_cast<clang::Expr>(stmt), variable)) return true;
  for (const clang::Stmt* child : stmt->children()) {
    if (namesUnlocked(child, variable, locked)) return true;
    locked = locked || (child && llvm::isa<clang::DeclStmt>(child) && locks(*child));
  }
  return false;
}

/// `std::async(std::launch::deferred, ...)` runs in the thread that asks for its result.
bool isDeferred(llvm::ArrayRef<const clang::Expr*> arguments) {
  const auto* policy =
      arguments.empty()
          ? nullptr
          : llvm::dyn_cast<clang::DeclRefExpr>(arguments.front()->IgnoreParenImpCasts());
  const auto* value = policy ? llvm::dyn_cast<clang::EnumConstantDecl>(policy->getDecl()) : nullptr;
  return value && value->getName() == "deferred";
}

/// Whether a method waits for a thread or task.
bool waits(const clang::CXXMethodDecl& method, TypeFacts& types) {
  if (!method.getDeclName().isIdentifier()) return false;
  const auto owner = types.helper(*method.getParent());
  const llvm::StringRef name = method.getName();
  if (isThread(owner)) return name == "join";
  return isFuture(owner) &&
         (name == "get" || name == "wait" || name == "result" || name == "waitForFinished");
}

bool waitsInside(const clang::Stmt& stmt, TypeFacts& types) {
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&stmt);
  if (call && call->getMethodDecl() && waits(*call->getMethodDecl(), types)) return true;
  return llvm::any_of(stmt.children(), [&](const clang::Stmt* child) {
    return child && waitsInside(*child, types);
  });
}

/// ... by the name of what it calls.
bool waitsByName(const clang::Stmt& stmt) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt);
  const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
  if (callee && callee->getDeclName().isIdentifier() &&
      model::waitsForTasks(callee->getName().str()))
    return true;
  return llvm::any_of(stmt.children(),
                      [](const clang::Stmt* child) { return child && waitsByName(*child); });
}

/// The members of the object itself that a body names.
void collectMembers(const clang::Stmt& stmt, std::set<const clang::FieldDecl*>& fields) {
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&stmt);
      member && llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()))
    if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl()))
      fields.insert(field);
  for (const clang::Stmt* child : stmt.children())
    if (child) collectMembers(*child, fields);
}

} // namespace

/// The sessions inside an object of the user's own class that another thread gets to see.
std::vector<ir::SlotId> FunctionLowering::sessionsInside(const Place& place, clang::QualType type,
                                                         unsigned depth) {
  if (type.isNull()) return {};
  type = type.getNonReferenceType();
  const auto* record =
      isAggregate(type)
          ? llvm::cast<clang::CXXRecordDecl>(TypeFacts::recordOf(type))->getDefinition()
          : nullptr;
  if (!record || depth == 0 || hasMutex(*record)) return {};
  std::vector<ir::SlotId> inside;
  for (const clang::FieldDecl* field : record->fields()) {
    const Place member = place.member(field);
    if (const Held held = unit_.types().held(field->getType());
        held &&
        (held.kind->role == model::Role::Session || held.kind->role == model::Role::Transaction)) {
      if (const ir::SlotId seen = slotOf(valueAt(member)); seen != ir::none) inside.push_back(seen);
    } else if (!held && !field->getType()->isReferenceType()) {
      const std::vector<ir::SlotId> deeper = sessionsInside(member, field->getType(), depth - 1);
      inside.insert(inside.end(), deeper.begin(), deeper.end());
    }
  }
  return inside;
}

/// `workers.emplace_back([&] { ... })`: a container whose elements are threads.
bool FunctionLowering::makesThreadInside(const clang::FunctionDecl& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  const auto* container =
      method ? llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(method->getParent())
             : nullptr;
  if (!container || !method->getDeclName().isIdentifier() ||
      !compat::startsWith(method->getName(), "emplace") ||
      container->getTemplateArgs().size() == 0 ||
      container->getTemplateArgs()[0].getKind() != clang::TemplateArgument::Type)
    return false;
  const clang::RecordDecl* element =
      TypeFacts::recordOf(container->getTemplateArgs()[0].getAsType());
  return element && isThread(unit_.types().helper(*element));
}

/// `workers.submit([&] { ... })`: of a class of which only the declaration is seen, that lives
/// longer than this function, and that nobody here waits for.
bool FunctionLowering::queuesTask(const clang::Expr& call, const clang::FunctionDecl& function) {
  const auto* written = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call);
  const clang::CXXMethodDecl* method = written ? written->getMethodDecl() : nullptr;
  if (!method || function.hasBody() || !method->getDeclName().isIdentifier() ||
      !method->getParent()->getIdentifier() ||
      !model::runsLater(method->getParent()->getName().str(), method->getName().str()))
    return false;
  const auto* runner = llvm::dyn_cast<clang::DeclRefExpr>(
      written->getImplicitObjectArgument()->IgnoreParenImpCasts());
  const auto* variable = runner ? llvm::dyn_cast<clang::VarDecl>(runner->getDecl()) : nullptr;
  const bool passing = variable && variable->isLocalVarDecl() && !variable->isStaticLocal() &&
                       !variable->getType()->isReferenceType();
  const bool takes = llvm::any_of(method->parameters(), [&](const clang::ParmVarDecl* parameter) {
    return unit_.types().isHelper(parameter->getType().getNonReferenceType(),
                                  model::Helper::Callable);
  });
  return takes && !passing && !waitsByName(*now_->function->getBody());
}

bool FunctionLowering::startsThread(const clang::Expr& call, const clang::FunctionDecl* function) {
  if (!function) return false;
  if (makesThreadInside(*function)) return true;
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(function))
    return !constructor->isCopyOrMoveConstructor() && constructor->getNumParams() > 0 &&
           isThread(unit_.types().helper(*constructor->getParent()));
  const auto helper = unit_.types().helper(*function);
  return helper == model::Helper::Task || helper == model::Helper::Spawner ||
         queuesTask(call, *function);
}

/// The sessions that reach another thread through these values: captured, pointed to, wrapped in
/// std::ref.
std::vector<ir::SlotId> FunctionLowering::handedOver(llvm::ArrayRef<const clang::Expr*> arguments,
                                                     const std::vector<Value>& values) {
  std::vector<ir::SlotId> slots;
  const auto addSlot = [&](const Value& value) {
    const ir::SlotId seen = slotOf(value);
    // What is moved in belongs to the thread from now on.
    if (seen == ir::none || (value.moved && slot(seen).holding != ir::Holding::Raw)) return;
    const model::Role role = kindOf(seen).role;
    const bool dependent = role == model::Role::Dependent && !kindOf(seen).ownsData;
    if (role == model::Role::Session || role == model::Role::Transaction || dependent)
      slots.push_back(seen);
  };
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (values[index].is != Value::Is::Lambda) {
      const bool byCopy = values[index].is == Value::Is::Place && index < arguments.size() &&
                          !llvm::isa<clang::CallExpr>(arguments[index]->IgnoreImplicit());
      const ir::SlotId seen = byCopy ? slotOf(values[index]) : ir::none;
      if (seen != ir::none && slot(seen).holding == ir::Holding::Value)
        continue; // a copy of its own
      addSlot(values[index]);
      // `std::ref(wrapper)`: what is inside of it.
      const bool shown =
          values[index].is == Value::Is::Place || values[index].is == Value::Is::Address;
      if (shown && !byCopy && !values[index].moved && slotOf(values[index]) == ir::none)
        for (const ir::SlotId inside :
             sessionsInside(values[index].place, typeOf(values[index].place), 2))
          addSlot(Value::inSlot(inside));
      continue;
    }
    const clang::LambdaExpr& lambda = *values[index].lambda;
    for (const clang::LambdaCapture& capture : lambda.captures()) {
      if (capture.capturesThis())
        for (const ir::SlotId member : membersUsed(lambda)) addSlot(Value::inSlot(member));
      if (!capture.capturesVariable()) continue;
      const auto* variable = llvm::cast<clang::VarDecl>(capture.getCapturedVar());
      Value value = valueAt(placeOf(*variable));
      const ir::SlotId seen = slotOf(value);
      if (capture.getCaptureKind() == clang::LCK_ByRef && value.is == Value::Is::Place &&
          isTracked(variable->getType()))
        changed(value.place); // by the thread
      const bool byCopy = capture.getCaptureKind() == clang::LCK_ByCopy;
      if (seen != ir::none && byCopy && keepsItsOwn(*variable, seen)) continue;
      if (!namesUnlocked(lambda.getBody(), *variable, false)) continue; // one at a time
      addSlot(value);
      const bool points = value.is == Value::Is::Address;
      if (seen == ir::none && ((!byCopy && value.is == Value::Is::Place) || points)) {
        for (const ir::SlotId inside : sessionsInside(value.place, typeOf(value.place), 2))
          addSlot(Value::inSlot(inside));
      }
    }
    std::set<const clang::VarDecl*> statics;
    staticSessions(*lambda.getBody(), unit_.types(), 2, statics);
    for (const clang::VarDecl* variable : statics) addSlot(Value::at(placeOf(*variable)));
  }
  return slots;
}

/// The sessions among the members of this object that a lambda's body names, unless somebody locks.
std::vector<ir::SlotId> FunctionLowering::membersUsed(const clang::LambdaExpr& lambda) {
  std::vector<ir::SlotId> used;
  if (locks(*lambda.getBody()) || locks(*now_->function->getBody())) return used;
  std::set<const clang::FieldDecl*> fields;
  collectMembers(*lambda.getBody(), fields);
  Place self;
  self.rootKind = Place::Root::This;
  if (now_->thisObject.is == Value::Is::Place || now_->thisObject.is == Value::Is::Address)
    self = now_->thisObject.place;
  for (const clang::FieldDecl* field : fields) {
    const Held held = unit_.types().held(field->getType());
    if (!held || held.kind->role != model::Role::Session) continue;
    const ir::SlotId seen = slotOf(valueAt(self.member(field)));
    if (seen != ir::none) used.push_back(seen);
  }
  return used;
}

/// A captured copy that is a session of its own, or takes the session over.
bool FunctionLowering::keepsItsOwn(const clang::VarDecl& captured, ir::SlotId seen) {
  const ir::Holding holding = slot(seen).holding;
  if (holding == ir::Holding::Value) return true;
  if (!captured.isInitCapture()) return false;
  // `[h = db.get()]` looks at what stays behind, `[h = db.release()]` does not.
  const auto* call =
      captured.getInit()
          ? llvm::dyn_cast<clang::CXXMemberCallExpr>(captured.getInit()->IgnoreImplicit())
          : nullptr;
  const bool released = call && call->getMethodDecl() &&
                        call->getMethodDecl()->getDeclName().isIdentifier() &&
                        call->getMethodDecl()->getName() == "release";
  return released || (holding != ir::Holding::Raw && holding != ir::Holding::Reference);
}

/// Starts a thread or task; what it was given is remembered under `place` until it is joined.
void FunctionLowering::share(const clang::Expr& call, const std::string& how,
                             const std::vector<ir::SlotId>& slots, bool detached) {
  for (const ir::SlotId shared : slots) {
    ir::Event handed = event(ir::Op::Share, call.getSourceRange(), shared);
    handed.text = how;
    handed.detached = detached;
    builder_.add(std::move(handed));
  }
}

void FunctionLowering::join(const Place& thread, clang::SourceRange range) {
  const auto known = threads_.find(thread);
  if (known == threads_.end()) return joinAll(range); // one of several, under another name
  for (const ir::SlotId shared : known->second.sessions) add(ir::Op::Join, range, shared);
}

void FunctionLowering::joinAll(clang::SourceRange range) {
  for (const auto& [place, started] : threads_)
    for (const ir::SlotId shared : started.sessions) add(ir::Op::Join, range, shared);
}

/// `for (auto& worker : workers) worker.join();` waits for all there are, also where that is none.
void FunctionLowering::joinAfterLoop(const clang::Stmt* body) {
  if (body && !threads_.empty() && waitsInside(*body, unit_.types()))
    joinAll(body->getSourceRange());
}

/// The elements of a container wait for their threads as they go.
bool FunctionLowering::holdsJoining(const clang::RecordDecl* record) {
  const auto* container = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  return container && container->getTemplateArgs().size() > 0 &&
         container->getTemplateArgs()[0].getKind() == clang::TemplateArgument::Type &&
         joinsAtEnd(container->getTemplateArgs()[0].getAsType());
}

bool FunctionLowering::emptiesThreads(const clang::CXXMethodDecl& method) {
  return method.getName() == "clear" && holdsJoining(method.getParent());
}

/// A call that starts, joins or detaches; nothing when it is none of these.
std::optional<Value> FunctionLowering::threadCall(const clang::Expr& call,
                                                  const clang::FunctionDecl* function,
                                                  const Value* object,
                                                  llvm::ArrayRef<const clang::Expr*> arguments,
                                                  const std::vector<Value>& values) {
  if (startsThread(call, function) && !isDeferred(arguments)) {
    const std::vector<ir::SlotId> slots = handedOver(arguments, values);
    const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(function);
    const clang::NamedDecl* named =
        constructor ? static_cast<const clang::NamedDecl*>(constructor->getParent()) : function;
    const std::string how = unit_.types().qualifiedName(named);
    const clang::RecordDecl* result = TypeFacts::recordOf(call.getType());
    const bool inside = makesThreadInside(*function);
    const bool waited = constructor || inside ||
                        (result && isFuture(unit_.types().helper(*result)) &&
                         unit_.types().helper(*function) != model::Helper::Spawner);
    // Who runs the task may end what it was given a pointer to.
    for (const ir::SlotId given : slots)
      if (!waited && slot(given).holding == ir::Holding::Raw)
        add(ir::Op::Escape, call.getSourceRange(), given);
    share(call, how, slots, !waited);
    callEvent(call, function, how);
    if (!waited) return Value{};
    Place place;
    place.rootKind = Place::Root::Temporary;
    place.root = &call;
    place.instance = now_->instance;
    threads_[place] = {slots, &call};
    if (inside) return Value{};
    return Value::at(place);
  }
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  if (!method || !object || !method->getDeclName().isIdentifier() ||
      (object->is != Value::Is::Place && object->is != Value::Is::Address))
    return std::nullopt;
  const std::string owner = unit_.types().qualifiedName(method->getParent());
  if (emptiesThreads(*method)) joinAll(call.getSourceRange());
  const auto helper = unit_.types().helper(*method->getParent());
  if (!isThread(helper) && !isFuture(helper)) return std::nullopt;
  if (waits(*method, unit_.types())) {
    join(object->place, call.getSourceRange());
  } else if (method->getName() == "detach") {
    const auto known = threads_.find(object->place);
    if (known != threads_.end()) share(*known->second.start, owner, known->second.sessions, true);
  }
  return std::nullopt;
}

/// A thread object has found its variable.
void FunctionLowering::adoptThread(const Place& place, const Value& value) {
  const auto known = value.is == Value::Is::Place ? threads_.find(value.place) : threads_.end();
  if (known != threads_.end()) threads_[place] = Thread(known->second);
}

bool FunctionLowering::joinsAtEnd(clang::QualType type) {
  return unit_.types().isHelper(type, model::Helper::JoiningThread) ||
         unit_.types().isHelper(type, model::Helper::JoiningFuture);
}

} // namespace session_tidy::lower
