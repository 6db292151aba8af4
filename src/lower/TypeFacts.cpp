#include "lower/TypeFacts.h"

#include "lower/ClangCompat.h"
#include "lower/Outcomes.h"

#include <set>

namespace session_tidy::lower {

namespace {

std::string computeQualifiedName(const clang::NamedDecl& declaration) {
  std::string name;
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declaration))
    name = function->getNameInfo().getAsString();
  else
    name = declaration.getNameAsString();
  for (const clang::DeclContext* context = declaration.getDeclContext(); context;
       context = context->getParent()) {
    if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(context)) {
      if (!space->isInline() && !space->isAnonymousNamespace())
        name = space->getNameAsString() + "::" + name;
    } else if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(context)) {
      name = record->getNameAsString() + "::" + name;
    }
  }
  return name;
}

} // namespace

TypeFacts::TypeFacts(clang::ASTContext& ast, const model::ModelSet& models)
    : ast_(ast), models_(models),
      shapes_(
          ast.getSourceManager(),
          [this](const clang::RecordDecl* record) { return kindOf(record); },
          [this](const clang::NamedDecl* named) -> const std::string& {
            return qualifiedName(named);
          },
          [this](clang::QualType type) { return isText(type); },
          [this](clang::QualType type) {
            const Held owned = held(type);
            return owned.holding == ir::Holding::Owner ? owned.kind : nullptr;
          }),
      handles_(ast, {.record =
                         [this](const clang::RecordDecl& record) {
                           return models_.kindOfType(qualifiedName(&record)) ||
                                  annotated_.impliedKind(record);
                         },
                     .function =
                         [this](const clang::FunctionDecl& function) {
                           return annotated(function) ||
                                  !models_.functions(qualifiedName(&function)).empty();
                         },
                     .nameOf = [this](const clang::NamedDecl* named) -> const std::string& {
                       return qualifiedName(named);
                     }}),
      annotated_(
          ast,
          {.kindOf = [this](const clang::RecordDecl* record) { return kindOf(record); },
           .heldKind = [this](clang::QualType type) { return held(type).kind; },
           .shapeOf = [this](const clang::CXXRecordDecl& record) { return shapes_.kindOf(record); },
           .nameOf = [this](const clang::NamedDecl* named) -> const std::string& {
             return qualifiedName(named);
           }}) {}

bool TypeFacts::isText(clang::QualType type) {
  type = type.getNonReferenceType();
  return isTextType(type) || isHelper(type, model::Helper::Text) ||
         isHelper(type, model::Helper::TextView);
}

const model::Kind* TypeFacts::kindById(const std::string& id) const {
  if (const model::Kind* kind = models_.kind(id)) return kind;
  const auto shaped = shapedKinds_.find(id);
  if (shaped != shapedKinds_.end()) return shaped->second;
  const model::Kind* kind = handles_.kindById(id);
  return kind ? kind : annotated_.kindById(id);
}

std::vector<const model::CallModel*> TypeFacts::methods(const model::Kind& kind,
                                                        const std::string& name) const {
  if (models_.kind(kind.id)) return models_.methods(kind, name);
  std::vector<const model::CallModel*> found;
  for (const model::CallModel& method : kind.methods) {
    if (method.name == name) found.push_back(&method);
  }
  return found;
}

std::vector<const model::CallModel*> TypeFacts::functions(const clang::FunctionDecl& function) {
  if (const model::CallModel* said = annotated(function)) return {said};
  if (!function.getDeclName().isIdentifier()) return {};
  const std::vector<const model::CallModel*>& modelled =
      models_.functions(qualifiedName(&function));
  if (!modelled.empty()) return modelled;
  const model::CallModel* shaped = shapes_.function(function);
  if (!shaped) shaped = handles_.function(function);
  if (!shaped) return {};
  return {shaped};
}

const std::string& TypeFacts::qualifiedName(const clang::NamedDecl* declaration) {
  const clang::Decl* key = declaration->getCanonicalDecl();
  const auto known = names_.find(key);
  if (known != names_.end()) return known->second;
  return names_.emplace(key, computeQualifiedName(*declaration)).first->second;
}

const clang::RecordDecl* TypeFacts::recordOf(clang::QualType type) {
  if (type.isNull()) return nullptr;
  const clang::RecordDecl* record = type.getCanonicalType()->getAsRecordDecl();
  if (!record) return nullptr;
  const clang::RecordDecl* definition = record->getDefinition();
  return definition ? definition : record;
}

bool TypeFacts::isOutcome(const clang::RecordDecl& record) {
  const auto [known, isNew] = outcomes_.try_emplace(record.getCanonicalDecl(), false);
  if (isNew) known->second = lower::isOutcome(&record);
  return known->second;
}

const model::Kind* TypeFacts::kindOf(const clang::RecordDecl* record) {
  if (!record) return nullptr;
  const clang::Decl* key = record->getCanonicalDecl();
  const auto known = kinds_.find(key);
  if (known != kinds_.end()) return known->second;
  kinds_[key] = nullptr; // so that a class which mentions itself is not asked again
  const model::Kind* kind = annotated_.refined(findKind(*record), *record);
  if (kind && !models_.kind(kind->id)) shapedKinds_[kind->id] = kind;
  kinds_[key] = kind;
  return kind;
}

const model::Kind* TypeFacts::kindByArguments(const clang::RecordDecl& record) {
  const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  const std::string& name = qualifiedName(&record);
  if (!instance || !models_.hasArguments(name)) return nullptr;
  std::vector<std::string> arguments;
  for (const clang::TemplateArgument& argument : instance->getTemplateArgs().asArray())
    arguments.push_back(written(argument));
  return models_.kindOfTemplate(name, arguments);
}

std::string TypeFacts::written(const clang::TemplateArgument& argument) {
  if (argument.getKind() == clang::TemplateArgument::Type) {
    const clang::RecordDecl* record = recordOf(argument.getAsType());
    return record ? qualifiedName(record) : argument.getAsType().getCanonicalType().getAsString();
  }
  if (argument.getKind() != clang::TemplateArgument::Integral) return {};
  const auto* type = argument.getIntegralType()->getAs<clang::EnumType>();
  const llvm::APSInt value = argument.getAsIntegral();
  if (!type) return std::to_string(value.getExtValue());
  const clang::EnumDecl* declaration = type->getDecl()->getDefinition();
  if (!declaration) return {};
  for (const clang::EnumConstantDecl* enumerator : declaration->enumerators()) {
    if (!llvm::APSInt::isSameValue(enumerator->getInitVal(), value)) continue;
    if (declaration->isScoped())
      return qualifiedName(declaration) + "::" + enumerator->getNameAsString();
    return qualifiedName(enumerator);
  }
  return {};
}

const model::Kind* TypeFacts::findKind(const clang::RecordDecl& record) {
  if (const model::Kind* kind = kindByArguments(record)) return kind;
  if (const model::Kind* kind = models_.kindOfType(qualifiedName(&record))) return kind;
  if (const model::Kind* kind = annotated_.declaredKind(record)) return kind;
  const auto* cxxRecord = llvm::dyn_cast<clang::CXXRecordDecl>(&record);
  const clang::CXXRecordDecl* definition = cxxRecord ? cxxRecord->getDefinition() : nullptr;
  if (definition) {
    for (const clang::CXXBaseSpecifier& base : definition->bases()) {
      if (const model::Kind* kind = kindOf(recordOf(base.getType()))) return kind;
    }
  }
  if (const model::Kind* kind = annotated_.impliedKind(record)) return kind;
  if (!record.getDefinition()) return handles_.kindOf(record);
  if (!cxxRecord) return nullptr;
  const Inside inside = sessionsInside(definition);
  if (inside == Inside::Modelled) {
    const model::Kind* pool = shapes_.poolOf(*cxxRecord); // it keeps the free ones inside
    return pool || !isOwned(*definition) ? pool : sessionShape(*cxxRecord);
  }
  const model::Kind* generator = inside == Inside::Nothing ? generatorKind(*cxxRecord) : nullptr;
  if (generator) return generator;
  // What wraps a class that only looks like a session may look like one itself: then the outer one
  // is meant.
  const model::Kind* shape = shapes_.kindOf(*cxxRecord);
  if (inside == Inside::Nothing || (shape && shape->role == model::Role::Session)) return shape;
  return shapes_.poolOf(*cxxRecord);
}

const model::Kind* TypeFacts::kindForCall(clang::QualType object,
                                          const clang::CXXMethodDecl& method) {
  const model::Kind* declared = kindOf(method.getParent());
  if (!declared) return nullptr;
  object = object.getNonReferenceType();
  const model::Kind* own =
      kindOf(recordOf(object->isPointerType() ? object->getPointeeType() : object));
  if (!own || own == declared) return declared;
  const std::string name = method.getNameAsString();
  return methods(*own, name).empty() && !methods(*declared, name).empty() ? declared : own;
}

Held TypeFacts::heldInTemplate(const clang::ClassTemplateSpecializationDecl& record) {
  const clang::TemplateArgumentList& arguments = record.getTemplateArgs();
  if (arguments.size() == 0 || arguments[0].getKind() != clang::TemplateArgument::Type) return {};
  const auto helper = this->helper(record);
  // `Expected<Session>` has a session inside, or says why not.
  const bool unique = helper == model::Helper::Owner || isOutcome(record);
  const bool shared = helper == model::Helper::SharedOwner;
  if (!unique && !shared && helper != model::Helper::Pointer) return {};
  clang::QualType inner = arguments[0].getAsType();
  Held content = held(inner);
  if (!content) return {};
  const bool holdsObject = content.holding == ir::Holding::Value || content.kind->handle;
  if (unique) return {content.kind, holdsObject ? ir::Holding::Owner : content.holding};
  if (shared) return {content.kind, ir::Holding::Shared};
  return {content.kind, ir::Holding::Raw};
}

/// The class of what a `unique_ptr` and its like owns; nullptr for other types.
const clang::CXXRecordDecl* TypeFacts::ownedClass(clang::QualType type) {
  const auto* owner =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(recordOf(type));
  if (!owner || owner->getTemplateArgs().size() == 0 ||
      owner->getTemplateArgs()[0].getKind() != clang::TemplateArgument::Type)
    return nullptr;
  const auto helper = this->helper(*owner);
  if (helper != model::Helper::Owner && helper != model::Helper::SharedOwner) return nullptr;
  return llvm::dyn_cast_or_null<clang::CXXRecordDecl>(
      recordOf(owner->getTemplateArgs()[0].getAsType()));
}

/// Whether something of this unit (unique_ptr and its like) owns objects of the class: code that
/// reaches them through pointers, containers and pools is not followed into their members.
bool TypeFacts::isOwned(const clang::CXXRecordDecl& record) {
  if (!ownedKnown_) {
    ownedKnown_ = true;
    for (std::size_t at = 0; at < ast_.getTypes().size(); ++at) {
      const auto* owner = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
          ast_.getTypes()[at]->getAsCXXRecordDecl());
      if (!owner || owner->getTemplateArgs().size() == 0 ||
          owner->getTemplateArgs()[0].getKind() != clang::TemplateArgument::Type)
        continue;
      const clang::RecordDecl* object = recordOf(owner->getTemplateArgs()[0].getAsType());
      if (!object || ast_.getSourceManager().isInSystemHeader(object->getLocation())) continue;
      const auto helper = this->helper(*owner);
      if (helper == model::Helper::Owner || helper == model::Helper::SharedOwner)
        owned_.insert(object->getCanonicalDecl());
    }
  }
  return owned_.count(record.getCanonicalDecl()) != 0;
}

const model::Kind* TypeFacts::sessionShape(const clang::CXXRecordDecl& record) {
  const model::Kind* shape = shapes_.kindOf(record);
  return shape && shape->role == model::Role::Session ? shape : nullptr;
}

/// What a generator yields. A wrapper around a session, whose code is otherwise followed, is the
/// session itself for those who get it from a generator: they see it for a while only.
const model::Kind* TypeFacts::sessionShown(const clang::RecordDecl* record) {
  if (const model::Kind* kind = kindOf(record)) return kind;
  const auto* wrapper = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(record);
  if (!wrapper || sessionsInside(wrapper->getDefinition()) != Inside::Modelled) return nullptr;
  const model::Kind* shape = sessionShape(*wrapper);
  if (!shape) return nullptr;
  kinds_[wrapper->getCanonicalDecl()] = shape;
  shapedKinds_[shape->id] = shape;
  return shape;
}

/// What the promise of a coroutine type yields, if it is a session.
const model::Kind* TypeFacts::yieldedByPromise(const clang::CXXRecordDecl& generator) {
  const clang::IdentifierTable& names = ast_.Idents;
  const auto found = names.find("promise_type");
  if (found == names.end()) return nullptr;
  const auto promises = generator.lookup(clang::DeclarationName(found->second));
  if (promises.empty()) return nullptr;
  const auto* type = llvm::dyn_cast<clang::TypeDecl>(*promises.begin());
  const auto* promise = type ? llvm::dyn_cast<clang::CXXRecordDecl>(type) : nullptr;
  if (const auto* alias = llvm::dyn_cast_or_null<clang::TypedefNameDecl>(type))
    promise = alias->getUnderlyingType()->getAsCXXRecordDecl();
  promise = promise ? promise->getDefinition() : nullptr;
  if (!promise) return nullptr;
  const model::Kind* yielded = nullptr;
  for (const clang::CXXMethodDecl* method : promise->methods()) {
    if (!method->getDeclName().isIdentifier() || method->getName() != "yield_value" ||
        method->getNumParams() != 1)
      continue;
    clang::QualType shown = method->getParamDecl(0)->getType().getNonReferenceType();
    if (shown->isPointerType()) shown = shown->getPointeeType();
    yielded = yielded ? yielded : sessionShown(recordOf(shown));
  }
  return yielded;
}

/// `Generator<Session>` of which only the declaration is seen, without its promise.
const model::Kind* TypeFacts::yieldedByName(const clang::CXXRecordDecl& generator) {
  const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&generator);
  if (!instance || instance->getTemplateArgs().size() != 1 ||
      !compat::endsWith(instance->getName().lower(), "generator"))
    return nullptr;
  const clang::CXXDestructorDecl* destructor = generator.getDestructor();
  const clang::TemplateArgument& yielded = instance->getTemplateArgs()[0];
  const bool ranges = llvm::any_of(generator.methods(), [](const clang::CXXMethodDecl* method) {
    return method->getDeclName().isIdentifier() && method->getName() == "begin";
  });
  return ranges && destructor && destructor->isUserProvided() && !destructor->hasBody() &&
                 yielded.getKind() == clang::TemplateArgument::Type
             ? sessionShown(recordOf(yielded.getAsType().getNonReferenceType()))
             : nullptr;
}

/// A coroutine type whose promise yields a session: the session lives in the coroutine's frame, and
/// dies with it.
const model::Kind* TypeFacts::generatorKind(const clang::CXXRecordDecl& record) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  if (!definition || definition->isDependentContext() || !definition->getIdentifier())
    return nullptr;
  const model::Kind* yielded = yieldedByPromise(*definition);
  if (!yielded) yielded = yieldedByName(*definition);
  if (!yielded || yielded->role == model::Role::Generator) return nullptr;
  model::Kind kind;
  kind.display = qualifiedName(&record) + "<" + yielded->display + ">";
  kind.id = "generator." + yielded->id;
  kind.library = yielded->library;
  kind.role = model::Role::Generator;
  kind.guessed = true;
  kind.destruction = model::Destruction::Close;
  kind.temporaryName = "sessions";
  generators_.push_back(std::move(kind));
  yields_[&generators_.back()] = yielded;
  return &generators_.back();
}

const model::Kind* TypeFacts::yieldedBy(const model::Kind& generator) const {
  const auto found = yields_.find(&generator);
  return found != yields_.end() ? found->second : annotated_.yieldedBy(generator);
}

Held TypeFacts::held(clang::QualType type) {
  if (type.isNull()) return {};
  type = type.getCanonicalType();
  if (type->isReferenceType()) {
    const Held inner = held(type->getPointeeType());
    if (!inner) return {};
    return {inner.kind, ir::Holding::Reference};
  }
  if (type->isPointerType()) {
    const clang::QualType pointee = type->getPointeeType();
    if (pointee->isPointerType()) return {};
    const model::Kind* kind = kindOf(recordOf(pointee));
    return {kind, ir::Holding::Raw};
  }
  const clang::RecordDecl* record = recordOf(type);
  if (!record) return {};
  if (const model::Kind* kind = kindOf(record)) {
    if (kind->handle) return {kind, ir::Holding::Raw};
    return {kind, kind->shared ? ir::Holding::Shared : ir::Holding::Value};
  }
  if (const auto* specialization = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record))
    if (const Held inside = heldInTemplate(*specialization)) return inside;
  const auto* lease = llvm::dyn_cast<clang::CXXRecordDecl>(record);
  const model::Kind* lent = lease ? leasedBy(*lease) : nullptr;
  return {lent, lent && isCopyable(*lease) ? ir::Holding::Shared : ir::Holding::Owner};
}

/// Whether a class has a row of sessions to give away: `std::deque<std::unique_ptr<Session>>`. What
/// is found by a key may be of many databases.
bool TypeFacts::hasRowOfSessions(const clang::CXXRecordDecl& record) {
  static const std::set<llvm::StringRef> rows = {"vector", "deque", "list", "queue", "stack"};
  if (!record.hasDefinition() || record.isDependentContext()) return false;
  return llvm::any_of(record.getDefinition()->fields(), [&](const clang::FieldDecl* field) {
    const auto* row = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
        field->getType()->getAsCXXRecordDecl());
    if (!row || !row->isInStdNamespace() || rows.count(row->getName()) == 0) return false;
    const Held one = held(row->getTemplateArgs()[0].getAsType());
    return one && one.kind->role == model::Role::Session;
  });
}

/// A class of which only the declaration is seen, and that is used like a pointer to a session: a
/// lease, whose destructor gives it back.
const model::Kind* TypeFacts::leasedBy(const clang::CXXRecordDecl& lease) {
  if (!lease.hasDefinition() || lease.isDependentContext() || lease.isLambda()) return nullptr;
  const auto [known, isNew] = leases_.try_emplace(lease.getCanonicalDecl(), nullptr);
  if (!isNew) return known->second;
  if (ast_.getSourceManager().isInSystemHeader(lease.getLocation())) return nullptr;
  const clang::CXXDestructorDecl* destructor = lease.getDestructor();
  if (!destructor || !destructor->isUserProvided() || destructor->hasBody()) return nullptr;
  const model::Kind* shown = nullptr;
  for (const clang::CXXMethodDecl* method : lease.methods()) {
    if (method->getOverloadedOperator() != clang::OO_Arrow) continue;
    const Held target = held(method->getReturnType());
    if (target && target.kind->role == model::Role::Session && !target.kind->handle)
      shown = target.kind;
  }
  leases_[lease.getCanonicalDecl()] = shown;
  return shown;
}

TypeFacts::Inside TypeFacts::sessionsInside(const clang::RecordDecl* record, unsigned depth) {
  if (!record || depth == 0 || !record->isCompleteDefinition() || record->isDependentContext())
    return Inside::Nothing;
  if (ast_.getSourceManager().isInSystemHeader(record->getLocation())) return Inside::Nothing;
  const clang::Decl* key = record->getCanonicalDecl();
  const auto known = containing_.find(key);
  if (known != containing_.end()) return known->second;
  containing_[key] = Inside::Nothing; // a class inside itself adds nothing
  Inside found = Inside::Nothing;
  for (const clang::FieldDecl* field : record->fields()) {
    if (const Held one = held(field->getType()))
      found = std::max(found, one.kind->guessed ? Inside::Guessed : Inside::Modelled);
    else
      found = std::max(found,
                       sessionsInside(recordOf(field->getType().getNonReferenceType()), depth - 1));
  }
  if (const auto* cxxRecord = llvm::dyn_cast<clang::CXXRecordDecl>(record)) {
    for (const clang::CXXBaseSpecifier& base : cxxRecord->bases())
      found = std::max(found, sessionsInside(recordOf(base.getType()), depth - 1));
  }
  containing_[key] = found;
  return found;
}

} // namespace session_tidy::lower
