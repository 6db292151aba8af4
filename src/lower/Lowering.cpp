#include "lower/Lowering.h"

#include "lower/FunctionLowering.h"
#include "lower/Relevance.h"
#include "lower/UnitContext.h"

namespace session_tidy::lower {

namespace {

/// Finds the functions of a unit that the user wrote and that touch sessions, lambdas and
/// instantiations among them.
class FunctionFinder {
public:
  FunctionFinder(UnitContext& unit, Relevance& relevance) : unit_(unit), relevance_(relevance) {}

  void visit(const clang::Decl& decl) {
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
      return visitFunction(*function);
    if (const auto* temp = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl)) {
      bool instantiated = false;
      for (const clang::FunctionDecl* instance : temp->specializations()) {
        instantiated = instantiated || instance->doesThisDeclarationHaveABody();
        visitFunction(*instance);
      }
      if (!instantiated) visitFunction(*temp->getTemplatedDecl());
      return;
    }
    if (const auto* temp = llvm::dyn_cast<clang::ClassTemplateDecl>(&decl)) {
      bool instantiated = false;
      for (const clang::ClassTemplateSpecializationDecl* instance : temp->specializations()) {
        instantiated = instantiated || instance->hasDefinition();
        visit(*instance);
      }
      if (!instantiated && temp->getTemplatedDecl()->hasDefinition() &&
          !isMachinery(*temp->getTemplatedDecl()))
        visitMembers(*temp->getTemplatedDecl());
      return;
    }
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl)) {
      if (isMachinery(*record)) return;
      if (record->hasDefinition() && record->getDefinition() == record) visitMembers(*record);
      return;
    }
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(&decl)) {
      if (variable->getInit() && !variable->isInvalidDecl() &&
          !unit_.inSystemCode(variable->getLocation()))
        visitLambdas(*variable->getInit());
      return;
    }
    if (const auto* context = llvm::dyn_cast<clang::DeclContext>(&decl);
        context &&
        (llvm::isa<clang::NamespaceDecl>(decl) || llvm::isa<clang::LinkageSpecDecl>(decl) ||
         llvm::isa<clang::ExportDecl>(decl))) {
      for (const clang::Decl* inner : context->decls()) {
        if (!unit_.inSystemCode(inner->getLocation())) visit(*inner);
      }
    }
  }

private:
  /// A coroutine type's own plumbing handles sessions, but uses none.
  bool isMachinery(const clang::CXXRecordDecl& record) {
    const model::Kind* kind = unit_.types().kindOf(&record);
    return kind && kind->role == model::Role::Generator;
  }

  void visitMembers(const clang::DeclContext& record) {
    for (const clang::Decl* member : record.decls()) visit(*member);
  }

  void visitFunction(const clang::FunctionDecl& function) {
    if (!function.doesThisDeclarationHaveABody() || function.isInvalidDecl() ||
        function.isDefaulted())
      return;
    if (unit_.inSystemCode(function.getLocation()) || !function.getBody()) return;
    if (relevance_.touchesSessions(function) && !relevance_.wasWritten(function)) {
      FunctionLowering lowering(unit_, relevance_, function);
      if (auto lowered = lowering.run()) unit_.functions().push_back(std::move(*lowered));
    }
    visitLambdas(*function.getBody());
  }

  void visitLambdas(const clang::Stmt& stmt) {
    if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(&stmt)) {
      if (const clang::CXXMethodDecl* body = lambda->getCallOperator();
          body && !body->isDependentContext())
        visitFunction(*body);
      if (const clang::FunctionTemplateDecl* generic = lambda->getDependentCallOperator()) {
        for (const clang::FunctionDecl* instance : generic->specializations())
          visitFunction(*instance);
      }
      return;
    }
    if (const auto* declarations = llvm::dyn_cast<clang::DeclStmt>(&stmt)) {
      for (const clang::Decl* decl : declarations->decls()) {
        if (llvm::isa<clang::CXXRecordDecl>(decl)) visit(*decl);
      }
    }
    for (const clang::Stmt* child : stmt.children()) {
      if (child) visitLambdas(*child);
    }
  }

  UnitContext& unit_;
  Relevance& relevance_;
};

} // namespace

clang::SourceLocation LoweredUnit::locationOf(const clang::ASTContext& context, std::uint32_t file,
                                              Position position) const {
  if (file >= fileIds.size() || !position.isValid()) return {};
  return context.getSourceManager().translateLineCol(fileIds[file], position.line, position.column);
}

LoweredUnit lowerUnit(clang::ASTContext& context, const model::ModelSet& models,
                      const LoweringOptions& options) {
  UnitContext unit(context, models, options);
  Relevance relevance(unit);
  FunctionFinder finder(unit, relevance);
  // clangd narrows the scope to the main file's own declarations; elsewhere it is the whole unit.
  for (const clang::Decl* decl : context.getTraversalScope()) {
    if (const auto* whole = llvm::dyn_cast<clang::TranslationUnitDecl>(decl)) {
      for (const clang::Decl* inner : whole->decls()) {
        if (!unit.inSystemCode(inner->getLocation())) finder.visit(*inner);
      }
    } else if (!unit.inSystemCode(decl->getLocation())) {
      finder.visit(*decl);
    }
  }
  return unit.take();
}

} // namespace session_tidy::lower
