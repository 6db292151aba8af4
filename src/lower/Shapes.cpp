#include "lower/Shapes.h"

#include "lower/ClangCompat.h"
#include "lower/Outcomes.h"
#include "model/ShapeNames.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace session_tidy::lower {

namespace {

std::string plain(llvm::StringRef name) {
  return model::plainName({name.data(), name.size()});
}

bool oneOf(const std::string& name, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* other) { return name == other; });
}

bool isStateQuery(const std::string& name) {
  return oneOf(name, {"isopen", "isconnected", "connected",     "valid",        "isvalid",
                      "ok",     "lasterror",   "error",         "errormessage", "errorcode",
                      "name",   "id",          "intransaction", "isactive",     "active",
                      "good",   "isok",        "closed",        "isclosed",     "swap"});
}

bool endsWithAny(const std::string& name, std::initializer_list<const char*> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](const char* end) { return compat::endsWith(name, end); });
}

bool takesText(const clang::FunctionDecl& function, const Shapes::IsText& isText) {
  return function.getNumParams() > 0 && isText(function.getParamDecl(0)->getType());
}

/// Whether a method sends the text that it is given as SQL: its name or that of the parameter says
/// so.
bool sendsSql(const clang::CXXMethodDecl& method, const Shapes::IsText& isText) {
  if (!takesText(method, isText)) return false;
  return model::speaksSql(plain(method.getName())) ||
         model::speaksSql(plain(method.getParamDecl(0)->getName()));
}

/// Whether an object of the class connects as it is made and disconnects at its end: `explicit
/// Session(const std::string& url)`.
bool livesConnected(const clang::CXXRecordDecl& record, const Shapes::IsText& isText) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  if (!destructor || destructor->isImplicit()) return false;
  return llvm::any_of(record.ctors(), [&](const clang::CXXConstructorDecl* constructor) {
    return !constructor->isCopyOrMoveConstructor() && takesText(*constructor, isText);
  });
}

const clang::FunctionDecl* functionOf(const clang::Decl& decl) {
  if (const auto* temp = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl))
    return temp->getTemplatedDecl();
  return llvm::dyn_cast<clang::FunctionDecl>(&decl);
}

/// The public methods that a class declares.
std::vector<const clang::CXXMethodDecl*> methodsOf(const clang::CXXRecordDecl& record) {
  std::vector<const clang::CXXMethodDecl*> methods;
  for (const clang::Decl* decl : record.decls()) {
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(functionOf(*decl));
    if (method && !llvm::isa<clang::CXXConstructorDecl>(method) &&
        !llvm::isa<clang::CXXDestructorDecl>(method) && !method->isStatic() &&
        method->getDeclName().isIdentifier() && method->getAccess() != clang::AS_private)
      methods.push_back(method);
  }
  return methods;
}

bool isMaker(const std::string& name) {
  const auto words = {"new", "create", "open", "connect", "make", "alloc"};
  return std::any_of(words.begin(), words.end(), [&](const char* word) {
    return compat::endsWith(name, word) || compat::startsWith(name, word);
  });
}

/// Hands out a session: `Session acquire()`, `Session* acquire()`.
model::CallModel leaseCall(const clang::CXXMethodDecl& method, const model::Kind& leased) {
  model::CallModel call;
  call.name = method.getNameAsString();
  call.throws = !isNoexcept(method);
  model::Effect effect;
  effect.op = model::Op::Acquire;
  effect.subject.base = model::Operand::Base::Result;
  effect.on = model::Operand{};
  effect.kind = leased.id;
  call.effects.push_back(std::move(effect));
  return call;
}

/// Takes one back: `void release(Session*)`.
model::CallModel returnCall(const clang::CXXMethodDecl& method) {
  model::CallModel call;
  call.name = method.getNameAsString();
  model::Effect effect;
  effect.op = model::Op::GiveBack;
  effect.subject.base = model::Operand::Base::Argument;
  effect.on = model::Operand{};
  call.effects.push_back(std::move(effect));
  return call;
}

/// By its own name or that of a namespace around it.
bool speaksOfDatabases(const clang::CXXRecordDecl& record) {
  if (model::soundsLikeDatabase(plain(record.getName()))) return true;
  for (const clang::DeclContext* context = record.getDeclContext(); context;
       context = context->getParent()) {
    const auto* space = llvm::dyn_cast<clang::NamedDecl>(llvm::cast<clang::Decl>(context));
    if (space && space->getIdentifier() && model::soundsLikeDatabase(plain(space->getName())))
      return true;
  }
  return false;
}

model::CallModel callModel(const clang::CXXMethodDecl& method, model::Op op) {
  model::CallModel call;
  call.name = method.getNameAsString();
  call.throws = !isNoexcept(method) && op != model::Op::Harmless;
  if ((method.getReturnType()->isBooleanType() || isOutcome(method.getReturnType())) &&
      op != model::Op::Use && op != model::Op::Harmless)
    call.success = model::Success::IfTrue;
  model::Effect effect;
  effect.op = op;
  if (op == model::Op::Sql) effect.sqlArgument = 0;
  call.effects.push_back(effect);
  return call;
}

/// What a method does that neither begins nor ends anything: `put(key, value)` writes, whatever its
/// text says; the text of `exec(text)` tells.
model::Op workNamed(const clang::CXXMethodDecl& method, const std::string& name,
                    const Shapes::IsText& isText) {
  if (!takesText(method, isText)) return model::Op::Use;
  if (!sendsSql(method, isText)) {
    for (const char* verb : {"put", "store", "save", "erase", "upsert"})
      if (compat::startsWith(name, verb)) return model::Op::Write;
    for (const char* verb : {"get", "load", "scan", "contains", "exists"})
      if (compat::startsWith(name, verb)) return model::Op::Read;
  }
  return model::Op::Sql;
}

/// Whether a class of any name can both commit and roll back.
bool endsTransactions(const clang::CXXRecordDecl& record) {
  bool commits = false;
  bool rollsBack = false;
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const std::string name = plain(method->getName());
    const bool may = name.find("commit") != std::string::npos || name.find("abort") == 0 ||
                     name.find("rollback") != std::string::npos;
    const auto op = may ? model::operationNamed(name) : std::nullopt;
    commits |= op == model::Op::Commit;
    rollsBack |= op == model::Op::Rollback;
  }
  return commits && rollsBack;
}

/// Whether begin and commit say by their results that they failed: then nothing of the class
/// throws, but for what is seen to.
bool tellsByResult(const clang::CXXRecordDecl& record) {
  bool begins = false;
  bool commits = false;
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const std::optional<model::Op> op = model::operationNamed(plain(method->getName()));
    if (op != model::Op::Begin && op != model::Op::Commit) continue;
    if (!method->getReturnType()->isIntegralOrEnumerationType() &&
        !isOutcome(method->getReturnType()))
      return false;
    begins |= op == model::Op::Begin;
    commits |= op == model::Op::Commit;
  }
  return begins && commits;
}

} // namespace

bool isTextType(clang::QualType type) {
  type = type.getNonReferenceType().getCanonicalType();
  if (type->isPointerType()) return type->getPointeeType()->isAnyCharacterType();
  const auto* record = type->getAsCXXRecordDecl();
  return record && record->isInStdNamespace() &&
         (record->getName() == "basic_string" || record->getName() == "basic_string_view");
}

bool isNoexcept(const clang::FunctionDecl& function) {
  const auto* type = function.getType()->getAs<clang::FunctionProtoType>();
  return type && !clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) &&
         type->canThrow() == clang::CT_Cannot;
}

bool throwsWithin(const clang::Stmt* stmt) {
  if (!stmt || llvm::isa<clang::LambdaExpr>(stmt) || llvm::isa<clang::CXXTryStmt>(stmt))
    return false;
  return llvm::isa<clang::CXXThrowExpr>(stmt) || llvm::any_of(stmt->children(), throwsWithin);
}

bool seenToThrow(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = nullptr;
  return function.hasBody(definition) && throwsWithin(definition->getBody());
}

bool hasMutex(const clang::CXXRecordDecl& record) {
  return llvm::any_of(record.fields(), [](const clang::FieldDecl* field) {
    const auto* type = field->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return type && type->getIdentifier() &&
           plain(type->getName()).find("mutex") != std::string::npos;
  });
}

model::Kind Shapes::base(const clang::CXXRecordDecl& record, model::Role role) {
  model::Kind kind;
  kind.display = nameOf_(&record);
  kind.id = "shape." + kind.display;
  kind.library = "shape";
  kind.role = role;
  kind.types = {kind.display};
  kind.guessed = true;
  kind.throws = true;
  return kind;
}

const model::Kind* Shapes::session(const clang::CXXRecordDecl& record, bool byDeeds) {
  if (byDeeds && !endsTransactions(record)) return nullptr;
  bool opens = false;
  bool closes = false;
  bool begins = false;
  bool commits = false;
  bool rollsBack = false;
  bool database = speaksOfDatabases(record);
  bool speaksSql = false;
  model::Kind kind = base(record, model::Role::Session);
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const std::string name = plain(method->getName());
    std::optional<model::Op> op = model::operationNamed(name);
    opens |= op == model::Op::Open;
    closes |= op == model::Op::Close;
    begins |= op == model::Op::Begin && method->getNumParams() == 0;
    commits |= op == model::Op::Commit;
    rollsBack |= op == model::Op::Rollback;
    database |= model::soundsLikeDatabase(name);
    speaksSql |= sendsSql(*method, isText_);
    if (!op && isStateQuery(name)) op = model::Op::Harmless;
    if (!op) op = workNamed(*method, name, isText_);
    kind.methods.push_back(callModel(*method, *op));
  }
  if (tellsByResult(record)) {
    kind.throws = false;
    std::size_t at = 0;
    for (const clang::CXXMethodDecl* method : methodsOf(record)) {
      model::CallModel& call = kind.methods[at++];
      call.throws = call.throws && seenToThrow(*method);
    }
  }
  // What only opens and closes may as well be a socket or a visit to a web site.
  if (byDeeds && !(begins && speaksSql)) return nullptr;
  const bool connects =
      (opens && closes && database) || (speaksSql && livesConnected(record, isText_));
  if (!(begins && commits && rollsBack) && !connects) return nullptr;
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  const bool destroys = destructor && !destructor->isImplicit();
  kind.destruction = destroys ? model::Destruction::Close : model::Destruction::Nothing;
  kind.threadSafe = hasMutex(record);
  kind.temporaryName = "session";
  kind.reusable = opens;
  model::CallModel closed;
  closed.arity = 0;
  model::CallModel open;
  open.effects.push_back({model::Op::Open, {}, std::nullopt, "", std::nullopt, false});
  open.throws = true;
  kind.constructors = {closed, open};
  return keep(std::move(kind));
}

const model::Kind* Shapes::transaction(const clang::CXXRecordDecl& record) {
  const bool savepoint = endsWithAny(plain(record.getName()), {"savepoint", "subtransaction"});
  model::Kind kind = base(record, model::Role::Transaction);
  bool ends = false;
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const std::string name = plain(method->getName());
    std::optional<model::Op> op = model::operationNamed(name);
    if (savepoint && name == "release") op = model::Op::Commit;
    ends |= op == model::Op::Commit;
    if (op == model::Op::Open || op == model::Op::Close) op = std::nullopt;
    if (!op && isStateQuery(name)) op = model::Op::Harmless;
    if (!op) op = takesText(*method, isText_) ? model::Op::Sql : model::Op::Use;
    kind.methods.push_back(callModel(*method, *op));
  }
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  if (!ends || !destructor || destructor->isImplicit()) return nullptr;
  bool onSession = false;
  for (const clang::CXXConstructorDecl* constructor : record.ctors()) {
    if (constructor->isCopyOrMoveConstructor() || constructor->getNumParams() == 0) continue;
    clang::QualType first = constructor->getParamDecl(0)->getType().getNonReferenceType();
    if (first->isPointerType()) first = first->getPointeeType();
    const model::Kind* on = kindOf_(first->getAsRecordDecl());
    onSession = onSession ||
                (on && (on->role == model::Role::Session || on->role == model::Role::Transaction ||
                        on->role == model::Role::Pool));
  }
  if (!onSession) return nullptr;
  kind.savepoint = savepoint;
  kind.destruction = model::Destruction::Rollback;
  kind.beginsOnConstruction = true;
  kind.temporaryName = savepoint ? "sp" : "tx";
  model::CallModel begin;
  begin.throws = true;
  begin.effects.push_back({model::Op::Begin,
                           {},
                           model::Operand{model::Operand::Base::Argument, 0, false},
                           "",
                           std::nullopt,
                           false});
  kind.constructors = {begin};
  return keep(std::move(kind));
}

const model::Kind* Shapes::pool(const clang::CXXRecordDecl& record) {
  model::Kind kind = base(record, model::Role::Pool);
  const auto lent = [](const model::Kind* known) -> const model::Kind* {
    return known && known->role == model::Role::Session && !known->handle ? known : nullptr;
  };
  const auto sessionIn = [&](clang::QualType type) -> const model::Kind* {
    return lent(type->getAsRecordDecl() ? kindOf_(type->getAsRecordDecl()) : nullptr);
  };
  const auto pointed = [&](clang::QualType type) -> const model::Kind* {
    return type->isPointerType() || type->isLValueReferenceType()
               ? sessionIn(type->getPointeeType())
               : nullptr;
  };
  std::vector<const clang::CXXMethodDecl*> lenders;
  std::vector<const clang::CXXMethodDecl*> takers;
  for (const clang::CXXMethodDecl* method : methodsOf(record)) {
    const clang::QualType made = method->getReturnType();
    const model::Kind* leased = made->isReferenceType() ? nullptr : sessionIn(made);
    // `std::unique_ptr<Session> make()` gives a session away, `acquire()` lends it.
    if (!leased && !isMaker(plain(method->getName()))) leased = lent(ownedBy_(made));
    if (leased)
      kind.methods.push_back(leaseCall(*method, *leased));
    else if (pointed(made))
      lenders.push_back(method);
    else if (made->isVoidType() && method->getNumParams() == 1 &&
             pointed(method->getParamDecl(0)->getType()))
      takers.push_back(method);
  }
  // A bare pointer or reference is a lease only where the pool takes it back.
  if (!takers.empty()) {
    for (const clang::CXXMethodDecl* lender : lenders)
      kind.methods.push_back(leaseCall(*lender, *pointed(lender->getReturnType())));
    for (const clang::CXXMethodDecl* taker : takers) kind.methods.push_back(returnCall(*taker));
  }
  if (kind.methods.empty()) return nullptr;
  kind.throws = false;
  return keep(std::move(kind));
}

const model::Kind* Shapes::poolOf(const clang::CXXRecordDecl& record) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  const bool fits = definition && !definition->isDependentContext() &&
                    definition->getIdentifier() &&
                    !sources_.isInSystemHeader(definition->getLocation()) &&
                    model::looksLikePool(plain(definition->getName()));
  return fits ? pool(*definition) : nullptr;
}

const model::Kind* Shapes::kindOf(const clang::CXXRecordDecl& record) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  if (!definition || definition->isDependentContext() || definition->isLambda() ||
      !definition->getIdentifier())
    return nullptr;
  if (sources_.isInSystemHeader(definition->getLocation())) return nullptr;
  const std::string name = plain(definition->getName());
  if (model::looksLikeSession(name)) return session(*definition);
  if (model::looksLikeTransaction(name)) return transaction(*definition);
  if (model::looksLikePool(name)) return pool(*definition);
  return session(*definition, true);
}

// ---------------------------------------------------------------- free functions that make and end
// sessions

namespace {

bool isReleaser(const std::string& name) {
  const auto words = {"free", "close", "destroy", "delete", "disconnect", "release"};
  return std::any_of(words.begin(), words.end(), [&](const char* word) {
    return compat::endsWith(name, word) || compat::startsWith(name, word);
  });
}

const clang::RecordDecl* pointee(clang::QualType type) {
  return type->isPointerType() ? type->getPointeeType()->getAsRecordDecl() : nullptr;
}

} // namespace

const clang::FunctionDecl* Shapes::counterpart(const clang::FunctionDecl& function,
                                               const clang::RecordDecl& made, bool releases) const {
  for (const clang::Decl* decl : function.getDeclContext()->decls()) {
    const auto* other = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (!other || !other->getDeclName().isIdentifier()) continue;
    const std::string name = plain(other->getName());
    const clang::RecordDecl* record = nullptr;
    if (releases && isReleaser(name) && other->getNumParams() == 1)
      record = pointee(other->getParamDecl(0)->getType());
    else if (!releases && isMaker(name))
      record = pointee(other->getReturnType());
    if (record && record->getCanonicalDecl() == made.getCanonicalDecl()) return other;
  }
  return nullptr;
}

const model::CallModel* Shapes::function(const clang::FunctionDecl& function) {
  if (!function.getDeclName().isIdentifier() || llvm::isa<clang::CXXMethodDecl>(function) ||
      function.hasBody() || sources_.isInSystemHeader(function.getLocation()))
    return nullptr;
  auto [known, added] = functions_.try_emplace(function.getCanonicalDecl(), nullptr);
  if (!added) return known->second;
  const std::string name = plain(function.getName());
  const model::CallModel* found = nullptr;
  const clang::RecordDecl* made = pointee(function.getReturnType());
  const clang::RecordDecl* ended =
      function.getNumParams() == 1 ? pointee(function.getParamDecl(0)->getType()) : nullptr;
  const auto isSession = [&](const clang::RecordDecl* record) {
    const model::Kind* kind = record ? kindOf_(record) : nullptr;
    return kind && kind->role == model::Role::Session && !kind->handle;
  };
  model::CallModel call;
  call.name = nameOf_(&function);
  call.throws = !isNoexcept(function) && !function.isExternC();
  if (isSession(made) && isMaker(name) && counterpart(function, *made, true)) {
    call.success = model::Success::IfNonNull;
    call.effects.push_back({model::Op::Open,
                            {model::Operand::Base::Result, 0, false},
                            std::nullopt,
                            kindOf_(made)->id,
                            std::nullopt,
                            false});
    found = &calls_.emplace_back(std::move(call));
  } else if (isSession(ended) && isReleaser(name) && function.getReturnType()->isVoidType() &&
             counterpart(function, *ended, false)) {
    call.throws = false;
    call.effects.push_back({model::Op::Close,
                            {model::Operand::Base::Argument, 0, false},
                            std::nullopt,
                            "",
                            std::nullopt,
                            false});
    found = &calls_.emplace_back(std::move(call));
  }
  functions_[function.getCanonicalDecl()] = found;
  return found;
}

} // namespace session_tidy::lower
