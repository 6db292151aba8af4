#include "lower/Relevance.h"

#include "lower/Literals.h"
#include "model/SqlText.h"

namespace session_tidy::lower {

namespace {

const clang::FunctionDecl* calleeOf(const clang::Expr& expr) {
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&expr)) return call->getDirectCallee();
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(&expr))
    return construct->getConstructor();
  return nullptr;
}

/// The texts that an argument may be: a literal, also in a string object, or one of two by a
/// condition.
void literalsOf(const clang::Expr& expr, TypeFacts& types, std::vector<std::string>& literals) {
  const clang::Expr* inner = expr.IgnoreParenImpCasts();
  if (const auto* literal = llvm::dyn_cast<clang::StringLiteral>(inner)) {
    literals.push_back(textOf(*literal));
  } else if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(inner)) {
    literalsOf(*choice->getTrueExpr(), types, literals);
    literalsOf(*choice->getFalseExpr(), types, literals);
  } else if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(inner);
             construct && construct->getNumArgs() > 0) {
    literalsOf(*construct->getArg(0), types, literals);
  } else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(inner)) {
    if (auto text = literalText(*call, types)) literals.push_back(std::move(*text));
  } else if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(inner)) {
    literalsOf(*cast->getSubExpr(), types, literals);
  } else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(inner)) {
    literalsOf(*bound->getSubExpr(), types, literals);
  } else if (const auto* made = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(inner)) {
    literalsOf(*made->getSubExpr(), types, literals);
  }
}

} // namespace

bool Relevance::expressionTouches(const clang::Expr& expr, unsigned depth) {
  if (unit_.types().held(expr.getType())) return true;
  const clang::FunctionDecl* callee = calleeOf(expr);
  if (!callee) return false;
  if (!unit_.types().functions(*callee).empty()) return true;
  if (unit_.inSystemCode(callee->getLocation())) return false;
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(callee)) {
    if (unit_.types().containsSessions(constructor->getParent())) return true;
  }
  return depth > 0 && touchesSessions(*callee, depth - 1);
}

bool Relevance::statementTouches(const clang::Stmt& stmt, unsigned depth) {
  if (const auto* expr = llvm::dyn_cast<clang::Expr>(&stmt)) {
    if (expressionTouches(*expr, depth)) return true;
  }
  if (const auto* declarations = llvm::dyn_cast<clang::DeclStmt>(&stmt)) {
    for (const clang::Decl* declaration : declarations->decls()) {
      const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
      if (variable && (unit_.types().held(variable->getType()) ||
                       unit_.types().containsSessions(TypeFacts::recordOf(variable->getType()))))
        return true;
    }
  }
  for (const clang::Stmt* child : stmt.children()) {
    if (child && statementTouches(*child, depth)) return true;
  }
  return false;
}

bool Relevance::touchesSessions(const clang::FunctionDecl& function, unsigned depth) {
  const clang::FunctionDecl* definition = nullptr;
  if (!function.hasBody(definition)) return false;
  const clang::Decl* key = definition->getCanonicalDecl();
  const auto known = touching_.find(key);
  if (known != touching_.end()) return known->second;
  touching_[key] = false; // recursion adds nothing
  bool touches = false;
  for (const clang::ParmVarDecl* parameter : definition->parameters())
    touches = touches || unit_.types().held(parameter->getType());
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(definition)) {
    for (const clang::CXXCtorInitializer* initialiser : constructor->inits())
      touches =
          touches || (initialiser->getInit() && statementTouches(*initialiser->getInit(), depth));
  }
  touches = touches || statementTouches(*definition->getBody(), depth);
  // A "no" that was cut short by the depth may be a "yes" from elsewhere.
  if (touches || depth > 0)
    touching_[key] = touches;
  else
    touching_.erase(key);
  return touches;
}

// ---------------------------------------------------------------- what a body does

/// Notes what the texts in an argument do; false where there are none.
bool Relevance::noteSql(const clang::Expr& argument, Deeds& deeds) {
  std::vector<std::string> literals;
  literalsOf(argument, unit_.types(), literals);
  for (const std::string& literal : literals)
    for (const model::SqlStatement& statement : model::classifySqlScript(literal))
      deeds.add(statement.op);
  return !literals.empty();
}

void Relevance::collectCall(const clang::Expr& call, const clang::FunctionDecl& callee,
                            llvm::ArrayRef<const clang::Expr*> arguments, Deeds& deeds,
                            unsigned depth) {
  std::vector<const model::CallModel*> models;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee)) {
    if (const model::Kind* kind = unit_.types().kindOf(method->getParent())) {
      if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(method)) {
        deeds.begins = deeds.begins || kind->beginsOnConstruction;
        deeds.opens =
            deeds.opens || (kind->role == model::Role::Session && constructor->getNumParams() > 0);
        return;
      }
      models = unit_.types().methods(*kind, method->getNameAsString());
    }
  }
  if (models.empty()) models = unit_.types().functions(callee);
  if (models.empty()) {
    if (depth == 0 || !callee.hasBody() || unit_.inSystemCode(callee.getLocation())) return;
    const Deeds inner = deedsOf(callee, depth - 1);
    deeds.add(inner);
    // A helper that runs what it is given: `run(db, "BEGIN")`, `run(db, text)`.
    if (!inner.runsGivenSql) return;
    bool seen = false;
    for (const clang::Expr* argument : arguments) seen = noteSql(*argument, deeds) || seen;
    deeds.runsGivenSql = deeds.runsGivenSql || !seen;
    return;
  }
  for (const model::Effect& effect : models.front()->effects) {
    deeds.add(effect.op);
    if (effect.op == model::Op::Sql && effect.sqlArgument &&
        *effect.sqlArgument < arguments.size() && !noteSql(*arguments[*effect.sqlArgument], deeds))
      deeds.runsGivenSql = true;
  }
}

void Relevance::collect(const clang::Stmt& stmt, Deeds& deeds, unsigned depth) {
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(&stmt)) {
    const std::vector<const clang::Expr*> arguments(construct->arg_begin(), construct->arg_end());
    collectCall(*construct, *construct->getConstructor(), arguments, deeds, depth);
  } else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt)) {
    if (const clang::FunctionDecl* callee = call->getDirectCallee()) {
      std::vector<const clang::Expr*> arguments(call->arg_begin(), call->arg_end());
      const bool objectFirst =
          llvm::isa<clang::CXXOperatorCallExpr>(call) && llvm::isa<clang::CXXMethodDecl>(callee);
      if (objectFirst && !arguments.empty()) arguments.erase(arguments.begin());
      collectCall(*call, *callee, arguments, deeds, depth);
    }
  }
  for (const clang::Stmt* child : stmt.children()) {
    if (child) collect(*child, deeds, depth);
  }
}

Relevance::Deeds Relevance::deedsOf(const clang::FunctionDecl& function, unsigned depth) {
  const clang::FunctionDecl* definition = nullptr;
  if (!function.hasBody(definition) || definition->isDependentContext()) return {};
  const clang::Decl* key = definition->getCanonicalDecl();
  const auto known = deeds_.find(key);
  if (known != deeds_.end()) return known->second;
  deeds_[key] = {};
  Deeds deeds;
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(definition)) {
    for (const clang::CXXCtorInitializer* initialiser : constructor->inits()) {
      if (initialiser->getInit()) collect(*initialiser->getInit(), deeds, depth);
    }
  }
  collect(*definition->getBody(), deeds, depth);
  // `Tx(Session& s, const char* how = "BEGIN")`
  for (const clang::ParmVarDecl* parameter : function.parameters())
    if (deeds.runsGivenSql && parameter->hasDefaultArg() &&
        !parameter->hasUninstantiatedDefaultArg() && !parameter->hasUnparsedDefaultArg())
      noteSql(*parameter->getDefaultArg(), deeds);
  deeds_[key] = deeds;
  return deeds;
}

// ---------------------------------------------------------------- a user's own guards

const model::Kind* Relevance::guardKind(const clang::CXXRecordDecl& record) {
  const clang::CXXRecordDecl* definition = record.getDefinition();
  if (!definition || unit_.inSystemCode(definition->getLocation()) ||
      definition->isDependentContext())
    return nullptr;
  const clang::Decl* key = definition->getCanonicalDecl();
  const auto known = guards_.find(key);
  if (known != guards_.end()) return known->second;
  guards_[key] = nullptr;
  const clang::CXXDestructorDecl* destructor = definition->getDestructor();
  if (!destructor || destructor->isImplicit() || !destructor->hasBody()) return nullptr;
  const Deeds end = deedsOf(*destructor);
  if (!end.ends()) return nullptr;
  bool starts = false;
  for (const clang::CXXConstructorDecl* constructor : definition->ctors())
    starts = starts || (!constructor->isCopyOrMoveConstructor() && deedsOf(*constructor).starts());
  if (!starts) return nullptr;

  model::Kind kind;
  kind.id = "guard." + unit_.types().qualifiedName(definition);
  kind.display = unit_.types().qualifiedName(definition);
  kind.role = model::Role::Scope;
  kind.types = {kind.display};
  kind.beginsOnConstruction = true;
  kind.temporaryName = "guard";
  kind.destruction = end.rollsBack   ? model::Destruction::Rollback
                     : end.commits   ? model::Destruction::Commit
                     : end.givesBack ? model::Destruction::GiveBack
                                     : model::Destruction::Close;
  const model::Kind* kept = &unit_.keepKind(std::move(kind));
  guards_[key] = kept;
  return kept;
}

} // namespace session_tidy::lower
