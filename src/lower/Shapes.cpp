#include "lower/Shapes.h"

#include "lower/ClangCompat.h"
#include "lower/Outcomes.h"
#include "model/ShapeNames.h"

#include <optional>

namespace session_tidy::lower {

using namespace shape;

namespace {

/// Whether an object of the class connects as it is made and disconnects at its end: `explicit
/// Session(const std::string& url)`.
bool livesConnected(const clang::CXXRecordDecl& record, const IsText& isText) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  if (!destructor || destructor->isImplicit()) return false;
  return llvm::any_of(record.ctors(), [&](const clang::CXXConstructorDecl* constructor) {
    return !constructor->isCopyOrMoveConstructor() && takesText(*constructor, isText);
  });
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

/// What a method does that neither begins nor ends anything: `put(key, value)` writes, whatever its
/// text says; the text of `exec(text)` tells.
model::Op workNamed(const clang::CXXMethodDecl& method, const std::string& name,
                    const IsText& isText) {
  if (!takesText(method, isText)) return model::Op::Use;
  if (!sendsSql(method, isText)) {
    for (const char* verb : {"put", "store", "save", "erase", "upsert"})
      if (compat::startsWith(name, verb)) return model::Op::Write;
    for (const char* verb : {"get", "load", "scan", "contains", "exists"})
      if (compat::startsWith(name, verb)) return model::Op::Read;
  }
  return model::Op::Sql;
}

/// Whether nothing of a class is seen but what its methods are called.
bool isOnlyDeclared(const clang::CXXRecordDecl& record) {
  return record.field_empty() && record.getNumBases() == 0 && !record.isPolymorphic() &&
         llvm::none_of(methodsOf(record),
                       [](const clang::CXXMethodDecl* method) { return method->hasBody(); });
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
    // `bool open() const` asks.
    if (op == model::Op::Open && method->isConst()) op = model::Op::Harmless;
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
  const bool named = speaksOfDatabases(record) && opens && closes && !record.isPolymorphic();
  if (byDeeds && !(begins && (speaksSql || named))) return nullptr;
  const bool connects =
      (opens && closes && database) || (speaksSql && livesConnected(record, isText_));
  const bool declared = !byDeeds && speaksSql && isOnlyDeclared(record);
  if (!(begins && commits && rollsBack) && !connects && !declared) return nullptr;
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  const bool destroys = destructor && !destructor->isImplicit();
  kind.destruction = destroys ? model::Destruction::Close : model::Destruction::Nothing;
  kind.threadSafe = hasMutex(record);
  kind.shared = destroys && record.hasUserDeclaredCopyConstructor() && isCopyable(record);
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
  if (model::looksLikeStatement(name)) return statement(*definition);
  const model::Kind* bySession = session(*definition, true);
  return bySession || !endsTransactions(*definition) ? bySession : transaction(*definition, true);
}

} // namespace session_tidy::lower
