// Shapes of free functions that make and end sessions (`session_new`, `session_free`).
#include "lower/ClangCompat.h"
#include "lower/Shapes.h"

namespace session_tidy::lower {

using namespace shape;

namespace {

const clang::RecordDecl* pointee(clang::QualType type) {
  return type->isPointerType() ? type->getPointeeType()->getAsRecordDecl() : nullptr;
}

/// What it gives has to be ended by another function.
bool givesAway(const std::string& name) {
  return isMaker(name) || endsWithAny(name, {"acquire", "borrow", "lease", "checkout", "take"}) ||
         compat::startsWith(name, "acquire") || compat::startsWith(name, "borrow") ||
         compat::startsWith(name, "lease");
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
    else if (!releases && givesAway(name))
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
  if (isSession(made) && givesAway(name) && counterpart(function, *made, true)) {
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
