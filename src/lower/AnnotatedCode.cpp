#include "lower/AnnotatedCode.h"

#include <initializer_list>
#include <utility>

namespace session_tidy::lower {

namespace {

using model::Op;
using model::Operand;

Operand operand(Operand::Base base, unsigned index = 0, bool pointee = false) {
  return {base, static_cast<std::uint8_t>(index), pointee};
}

model::Effect effect(Op op, Operand subject, std::optional<Operand> on = std::nullopt) {
  model::Effect result;
  result.op = op;
  result.subject = subject;
  result.on = on;
  return result;
}

/// The class that a parameter or result is about: behind references, pointers and owners.
const clang::RecordDecl* recordIn(clang::QualType type) {
  for (unsigned depth = 0; depth < 4 && !type.isNull(); ++depth) {
    type = type.getNonReferenceType().getCanonicalType();
    if (type->isPointerType()) {
      type = type->getPointeeType();
      continue;
    }
    const clang::RecordDecl* record = type->getAsRecordDecl();
    const auto* owner = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
    if (!owner || !owner->isInStdNamespace())
      return record && record->isInStdNamespace() ? nullptr : record;
    const clang::TemplateArgumentList& arguments = owner->getTemplateArgs();
    if (arguments.size() == 0 || arguments[0].getKind() != clang::TemplateArgument::Type)
      return nullptr;
    type = arguments[0].getAsType();
  }
  return nullptr;
}

/// A parameter that the function fills in: `Session**`, `Session*&`, `std::unique_ptr<Session>&`.
bool isOut(clang::QualType type) {
  if (type->isReferenceType()) {
    const clang::QualType inner = type->getPointeeType();
    const clang::RecordDecl* record = inner.getCanonicalType()->getAsRecordDecl();
    return inner->isPointerType() ||
           (record && record->isInStdNamespace() && !inner.isConstQualified());
  }
  return type->isPointerType() && type->getPointeeType()->isPointerType();
}

bool isText(clang::QualType type) {
  type = type.getNonReferenceType().getCanonicalType();
  if (type->isPointerType()) return type->getPointeeType()->isAnyCharacterType();
  const clang::RecordDecl* record = type->getAsRecordDecl();
  return record && record->isInStdNamespace() &&
         (record->getName() == "basic_string" || record->getName() == "basic_string_view");
}

/// What the annotations of a subject do to it, in the order in which it would happen.
void addActs(const Annotations& said, Operand subject, std::optional<Operand> on,
             model::CallModel& call) {
  const std::pair<bool, Op> acts[] = {{said.opens, Op::Open},     {said.begins, Op::Begin},
                                      {said.commits, Op::Commit}, {said.rollsBack, Op::Rollback},
                                      {said.closes, Op::Close},   {said.keeps, Op::Keep},
                                      {said.takes, Op::Take}};
  for (const auto& [is, op] : acts) {
    if (is) call.effects.push_back(effect(op, subject, op == Op::Begin ? on : std::nullopt));
  }
}

bool canThrow(const clang::FunctionDecl& function) {
  const auto* type = function.getType()->getAs<clang::FunctionProtoType>();
  if (!type || function.isExternC()) return !function.isExternC();
  return clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) ||
         type->canThrow() != clang::CT_Cannot;
}

bool hasCommit(const clang::CXXRecordDecl& record) {
  for (const clang::CXXMethodDecl* method : record.methods()) {
    if (annotationsOf(*method).commits) return true;
  }
  return false;
}

/// A constructor of a scope that ends a transaction begins it.
bool startsScope(const clang::FunctionDecl& function) {
  const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function);
  if (!constructor || constructor->isCopyOrMoveConstructor() || constructor->getNumParams() == 0)
    return false;
  const clang::CXXRecordDecl& record = *constructor->getParent();
  return annotationsOf(record).scope && hasCommit(record);
}

/// Whether the call does more than end something or pass it on.
bool reachesDatabase(const model::CallModel& call) {
  for (const model::Effect& one : call.effects) {
    if (one.op == Op::Open || one.op == Op::Begin || one.op == Op::Commit || one.op == Op::Derive ||
        one.op == Op::Sql)
      return true;
  }
  return false;
}

bool saysAnything(const Annotations& said) {
  return said.acts() || said.speaksOfOwnership() || said.hangs;
}

} // namespace

// ---------------------------------------------------------------- calls

/// What an act of the function itself is done to: the object of a method, the only session that a
/// function gets.
std::optional<Operand> AnnotatedCode::subjectOf(const clang::FunctionDecl& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && !method->isStatic()) return operand(Operand::Base::This);
  for (unsigned index = 0; index < function.getNumParams(); ++index) {
    if (ask_.heldKind(function.getParamDecl(index)->getType()))
      return operand(Operand::Base::Argument, index);
  }
  return std::nullopt;
}

void AnnotatedCode::addParameterEffects(const clang::FunctionDecl& function,
                                        model::CallModel& call) {
  for (unsigned index = 0; index < function.getNumParams(); ++index) {
    const Annotations said = annotationsOf(function, index);
    if (!saysAnything(said)) continue;
    const clang::QualType type = function.getParamDecl(index)->getType();
    const bool out = isOut(type) && (said.opens || said.owns);
    const Operand subject = operand(Operand::Base::Argument, index, out);
    if (out) {
      call.effects.push_back(effect(Op::Open, subject));
      continue;
    }
    Annotations acts = said;
    acts.takes |= said.owns;
    addActs(acts, subject, std::nullopt, call);
    if (said.borrows) call.effects.push_back(effect(Op::Use, subject));
  }
}

void AnnotatedCode::addResultEffects(const clang::FunctionDecl& function, const Annotations& said,
                                     model::CallModel& call) {
  const Operand result = operand(Operand::Base::Result);
  const std::optional<Operand> subject = subjectOf(function);
  const model::Kind* given = ask_.heldKind(function.getReturnType());
  if (said.hangs) {
    const Operand on = said.hangsOnThis ? operand(Operand::Base::This)
                                        : operand(Operand::Base::Argument, said.hangsOn);
    for (unsigned index = 0; index < function.getNumParams() && index < 2; ++index) {
      if (!isText(function.getParamDecl(index)->getType()) ||
          (!said.hangsOnThis && index == said.hangsOn))
        continue;
      model::Effect text = effect(Op::Sql, on);
      text.sqlArgument = static_cast<std::uint8_t>(index);
      call.effects.push_back(text);
      break;
    }
    model::Effect derived = effect(Op::Derive, result, on);
    if (!given && isText(function.getReturnType())) {
      derived.kind = textView().id;
    }
    call.effects.push_back(derived);
  } else if (said.owns && given) {
    if (given->role == model::Role::Session || !subject) {
      call.effects.push_back(effect(Op::Open, result));
    } else {
      call.effects.push_back(effect(Op::Derive, result, subject));
      if (given->role == model::Role::Transaction)
        call.effects.push_back(effect(Op::Begin, result, subject));
    }
  } else if (said.borrows) {
    call.effects.push_back(effect(Op::Use, result));
  }
}

model::CallModel AnnotatedCode::describe(const clang::FunctionDecl& function) {
  Annotations said = annotationsOf(function);
  model::CallModel call;
  call.name = ask_.nameOf(&function);
  addParameterEffects(function, call);
  const bool isConstructor = llvm::isa<clang::CXXConstructorDecl>(function);
  said.begins |= startsScope(function);
  std::optional<Operand> on;
  for (unsigned index = 0; isConstructor && !on && index < function.getNumParams(); ++index) {
    if (ask_.heldKind(function.getParamDecl(index)->getType()))
      on = operand(Operand::Base::Argument, index);
  }
  if (const std::optional<Operand> subject = subjectOf(function))
    addActs(said, *subject, on, call);
  else if (said.opens || said.begins)
    call.effects.push_back(effect(Op::Open, operand(Operand::Base::Result)));
  if (!isConstructor) addResultEffects(function, said, call);
  const bool reaches = reachesDatabase(call);
  call.throws = reaches && canThrow(function);
  const clang::QualType type = function.getReturnType();
  if (type->isBooleanType() && reaches)
    call.success = model::Success::IfTrue;
  else if (type->isPointerType() && said.owns)
    call.success = model::Success::IfNonNull;
  return call;
}

const model::CallModel* AnnotatedCode::call(const clang::FunctionDecl& function) {
  const auto [known, added] = functions_.try_emplace(function.getCanonicalDecl(), nullptr);
  if (!added) return known->second;
  if (llvm::isa<clang::CXXDestructorDecl>(function)) return nullptr;
  bool said = saysAnything(annotationsOf(function)) || startsScope(function);
  for (unsigned index = 0; !said && index < function.getNumParams(); ++index)
    said = saysAnything(annotationsOf(function, index));
  if (!said) return nullptr;
  model::CallModel call = describe(function); // may ask for other functions
  const model::CallModel* kept =
      call.effects.empty() ? nullptr : &calls_.emplace_back(std::move(call));
  functions_[function.getCanonicalDecl()] = kept;
  return kept;
}

// ---------------------------------------------------------------- classes that annotated functions
// speak of

void AnnotatedCode::noteFunction(const clang::FunctionDecl& function, Mentions& mentions) {
  const auto session = [&](const clang::RecordDecl* record) {
    if (record) mentions.sessions.insert(record->getCanonicalDecl());
  };
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  for (unsigned index = 0; index < function.getNumParams(); ++index) {
    const clang::ParmVarDecl& parameter = *function.getParamDecl(index);
    if (!parameter.hasAttrs()) continue;
    const Annotations said = annotationsOf(function, index);
    const clang::RecordDecl* record = recordIn(parameter.getType());
    if (!record || !(said.acts() || said.speaksOfOwnership())) continue;
    session(record);
    if (said.closes && function.getNumParams() == 1 && !method)
      mentions.closers.emplace(record->getCanonicalDecl(), &function);
  }
  if (!function.hasAttrs()) return;
  const Annotations said = annotationsOf(function);
  const clang::RecordDecl* record = recordIn(function.getReturnType());
  if (said.hangs) {
    if (record && !isText(function.getReturnType()))
      mentions.dependents.insert(record->getCanonicalDecl());
    if (said.hangsOnThis && method)
      session(method->getParent());
    else if (!said.hangsOnThis)
      session(recordIn(function.getParamDecl(said.hangsOn)->getType()));
  } else if (said.owns || said.borrows) {
    session(record);
  }
}

void AnnotatedCode::noteContext(const clang::DeclContext& context, Mentions& mentions) {
  for (const clang::Decl* decl : context.decls()) {
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl))
      noteFunction(*function, mentions);
    else if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(decl);
             record && record->isThisDeclarationADefinition())
      noteContext(*record, mentions);
    else if (const auto* linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(decl))
      noteContext(*linkage, mentions);
  }
}

const AnnotatedCode::Mentions& AnnotatedCode::mentionsIn(const clang::DeclContext& space) {
  const clang::DeclContext* key = space.getPrimaryContext();
  const auto [known, added] = mentions_.try_emplace(key);
  if (!added) return known->second;
  Mentions mentions;
  if (const auto* named = llvm::dyn_cast<clang::NamespaceDecl>(key)) {
    for (const clang::NamespaceDecl* part : named->redecls()) noteContext(*part, mentions);
  } else {
    noteContext(*key, mentions);
  }
  return mentions_[key] = std::move(mentions);
}

// ---------------------------------------------------------------- kinds

model::Kind AnnotatedCode::newKind(const clang::RecordDecl& record, model::Role role) {
  model::Kind kind;
  kind.display = ask_.nameOf(&record);
  kind.id = "annotated." + kind.display;
  kind.library = "annotated";
  kind.role = role;
  kind.types = {kind.display};
  kind.throws = true;
  return kind;
}

bool AnnotatedCode::hasAnnotatedMethods(const clang::CXXRecordDecl& record) {
  for (const clang::CXXMethodDecl* method : record.methods()) {
    if (!method->isStatic() && method->hasAttrs() && annotationsOf(*method).acts()) return true;
  }
  return false;
}

void AnnotatedCode::readDestructor(const clang::CXXRecordDecl& record, model::Kind& kind) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  if (!destructor || destructor->isImplicit()) return;
  const Annotations said = annotationsOf(*destructor);
  if (said.commits)
    kind.destruction = model::Destruction::Commit;
  else if (said.rollsBack)
    kind.destruction = model::Destruction::Rollback;
  else if (said.closes || kind.role == model::Role::Session)
    kind.destruction = model::Destruction::Close;
}

/// Methods that are not annotated: those that take a text take SQL, everything else uses the
/// session.
void AnnotatedCode::addMethods(const clang::CXXRecordDecl& record, model::Kind& kind) {
  const model::Kind* shape = ask_.shapeOf(record);
  if (shape && shape->role == kind.role) {
    kind.methods = shape->methods;
    kind.reusable = shape->reusable;
  }
  for (const clang::CXXMethodDecl* method : record.methods()) {
    if (llvm::isa<clang::CXXConstructorDecl>(method) || llvm::isa<clang::CXXDestructorDecl>(method))
      continue;
    kind.reusable |= annotationsOf(*method).opens;
    const bool texts = method->getNumParams() > 0 && isText(method->getParamDecl(0)->getType());
    if (shape || !texts || method->isStatic() || method->isConst() || method->hasBody() ||
        !method->getDeclName().isIdentifier())
      continue;
    model::CallModel sql;
    sql.name = method->getNameAsString();
    sql.throws = canThrow(*method);
    sql.effects.push_back(effect(Op::Sql, operand(Operand::Base::This)));
    sql.effects.back().sqlArgument = 0;
    kind.methods.push_back(std::move(sql));
  }
}

void AnnotatedCode::addConstructors(const clang::CXXRecordDecl& record, model::Kind& kind) {
  bool opensLater = false;
  for (const clang::CXXMethodDecl* method : record.methods())
    opensLater |= annotationsOf(*method).opens;
  model::CallModel open;
  open.throws = true;
  open.effects.push_back(effect(Op::Open, operand(Operand::Base::This)));
  if (opensLater) { // constructors that open are annotated, too
    kind.constructors = {model::CallModel{}};
    return;
  }
  kind.constructors = {open};
}

const model::Kind* AnnotatedCode::guard(const clang::CXXRecordDecl& record) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  if (destructor && destructor->hasBody()) return nullptr; // its bodies say it better
  model::Kind kind = newKind(record, model::Role::Transaction);
  const bool commits = hasCommit(record);
  if (!commits) kind.role = model::Role::Scope;
  kind.destruction = commits ? model::Destruction::Rollback : model::Destruction::Close;
  readDestructor(record, kind);
  kind.beginsOnConstruction = true;
  kind.temporaryName = "guard";
  model::CallModel made;
  made.throws = true;
  if (commits || kind.destruction != model::Destruction::Close)
    made.effects.push_back(
        effect(Op::Begin, operand(Operand::Base::This), operand(Operand::Base::Argument)));
  kind.constructors = {made};
  addMethods(record, kind);
  return keep(std::move(kind));
}

const model::Kind* AnnotatedCode::generator(const clang::CXXRecordDecl& record) {
  const model::Kind* yielded = nullptr;
  const auto* specialization = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (specialization && specialization->getTemplateArgs().size() > 0 &&
      specialization->getTemplateArgs()[0].getKind() == clang::TemplateArgument::Type)
    yielded = ask_.kindOf(recordIn(specialization->getTemplateArgs()[0].getAsType()));
  for (const clang::CXXMethodDecl* method : record.methods()) {
    if (!yielded && !llvm::isa<clang::CXXConstructorDecl>(method))
      yielded = ask_.heldKind(method->getReturnType());
  }
  if (!yielded || yielded->role == model::Role::Generator) return nullptr;
  model::Kind kind = newKind(record, model::Role::Generator);
  kind.destruction = model::Destruction::Close;
  kind.temporaryName = "sessions";
  kind.throws = false;
  const model::Kind* kept = keep(std::move(kind));
  yields_[kept] = yielded;
  return kept;
}

const model::Kind* AnnotatedCode::session(const clang::RecordDecl& record,
                                          const clang::FunctionDecl* closer) {
  model::Kind kind = newKind(record, model::Role::Session);
  kind.temporaryName = "session";
  if (closer) kind.closer = ask_.nameOf(closer);
  const auto* definition = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(record.getDefinition());
  if (definition) {
    readDestructor(*definition, kind);
    addConstructors(*definition, kind);
    addMethods(*definition, kind);
  } else {
    kind.handle = true;
    kind.throws = false;
  }
  return keep(std::move(kind));
}

const model::Kind* AnnotatedCode::dependent(const clang::RecordDecl& record) {
  model::Kind kind = newKind(record, model::Role::Dependent);
  kind.destruction = model::Destruction::Free;
  kind.temporaryName = "rows";
  return keep(std::move(kind));
}

/// What a text is that looks into a session or result.
const model::Kind& AnnotatedCode::textView() {
  if (!textView_) {
    model::Kind view;
    view.id = "annotated.text";
    view.display = "text";
    view.library = "annotated";
    view.role = model::Role::Dependent;
    view.view = true;
    textView_ = keep(std::move(view));
  }
  return *textView_;
}

const model::Kind* AnnotatedCode::kindById(const std::string& id) const {
  return textView_ && textView_->id == id ? textView_ : nullptr;
}

const model::Kind* AnnotatedCode::declaredKind(const clang::RecordDecl& record) {
  const auto* definition = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(record.getDefinition());
  if (!definition || definition->isDependentContext()) return nullptr;
  const Annotations said = annotationsOf(*definition);
  if (said.scope) return guard(*definition);
  return said.generator ? generator(*definition) : nullptr;
}

const model::Kind* AnnotatedCode::impliedKind(const clang::RecordDecl& record) {
  if (record.isInStdNamespace() || ast_.getSourceManager().isInSystemHeader(record.getLocation()))
    return nullptr;
  if (!used_) used_ = usesAnnotations(ast_);
  const auto* definition = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(record.getDefinition());
  if (definition && (definition->isLambda() || definition->isDependentContext() ||
                     annotationsOf(*definition).scope))
    return nullptr;
  const Mentions* mentions = nullptr;
  if (*used_) {
    const clang::DeclContext* space = record.getDeclContext();
    while (space && !space->isFileContext()) space = space->getParent();
    mentions = space ? &mentionsIn(*space) : nullptr;
  }
  const clang::Decl* key = record.getCanonicalDecl();
  if (mentions && mentions->dependents.count(key) != 0) return dependent(record);
  const bool mentioned = mentions && mentions->sessions.count(key) != 0;
  if (!mentioned && !(definition && hasAnnotatedMethods(*definition))) return nullptr;
  const clang::FunctionDecl* closer = nullptr;
  if (mentions && mentions->closers.count(key) != 0) closer = mentions->closers.at(key);
  return session(record, closer);
}

const model::Kind* AnnotatedCode::refined(const model::Kind* kind,
                                          const clang::RecordDecl& record) {
  if (!kind || kind->threadSafe || !annotationsOf(record).threadSafe) return kind;
  model::Kind safe = *kind;
  safe.threadSafe = true;
  const model::Kind* kept = keep(std::move(safe));
  if (const auto yielded = yields_.find(kind); yielded != yields_.end())
    yields_[kept] = yielded->second;
  return kept;
}

const model::Kind* AnnotatedCode::yieldedBy(const model::Kind& generator) const {
  const auto found = yields_.find(&generator);
  return found != yields_.end() ? found->second : nullptr;
}

} // namespace session_tidy::lower
