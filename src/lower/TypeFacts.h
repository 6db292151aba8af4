// What a C++ type has to do with sessions: which kind it is, and how a variable of it would hold
// one.
#pragma once

#include "ir/Ir.h"
#include "lower/AnnotatedCode.h"
#include "lower/ClangHeaders.h"
#include "lower/HandleShapes.h"
#include "lower/Shapes.h"
#include "model/ModelSet.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace session_tidy::lower {

/// How a variable of some type holds a session, if it does.
struct Held {
  const model::Kind* kind = nullptr;
  ir::Holding holding = ir::Holding::Raw;

  explicit operator bool() const { return kind != nullptr; }
};

class TypeFacts {
public:
  TypeFacts(clang::ASTContext& ast, const model::ModelSet& models);

  /// The kind of a class, by its own name or a base's.
  const model::Kind* kindOf(const clang::RecordDecl* record);

  /// The kind by which a method is called: that of the object, unless only the class of the method
  /// knows the name.
  const model::Kind* kindForCall(clang::QualType object, const clang::CXXMethodDecl& method);

  /// The kind and the holding of a variable of this type; nothing for types that hold no session.
  Held held(clang::QualType type);

  /// A kind by its id, modelled or recognised.
  const model::Kind* kindById(const std::string& id) const;

  /// Overloads of a method of a kind; empty when nothing is known about it.
  std::vector<const model::CallModel*> methods(const model::Kind& kind,
                                               const std::string& name) const;

  /// What the annotations of a function say that it does; nullptr when they say nothing.
  const model::CallModel* annotated(const clang::FunctionDecl& function) {
    return annotated_.call(function);
  }

  /// Overloads of a free function or static method; empty when nothing is known about it.
  std::vector<const model::CallModel*> functions(const clang::FunctionDecl& function);

  /// What a generator of this kind yields.
  const model::Kind* yieldedBy(const model::Kind& generator) const;

  /// Whether an object of this class has sessions inside (members, at any depth that matters).
  bool containsSessions(const clang::RecordDecl* record) {
    return sessionsInside(record) != Inside::Nothing;
  }

  /// The part that a class or function plays around sessions, if the models know one.
  std::optional<model::Helper> helper(const clang::NamedDecl& declaration) {
    return models_.helper(qualifiedName(&declaration));
  }

  /// Whether the models say that a function may end the transaction on what it is given.
  bool isFinisher(llvm::StringRef function) const {
    return models_.helper({function.data(), function.size()}) == model::Helper::Finisher;
  }

  /// Of a parameter: `const char*`, a string, a view of one.
  bool isText(clang::QualType type);

  /// Whether the class behind a type plays this part.
  bool isHelper(clang::QualType type, model::Helper helper) {
    const clang::RecordDecl* record = recordOf(type);
    return record && this->helper(*record) == helper;
  }

  /// Whether objects of the class tell how a call went.
  bool isOutcome(const clang::RecordDecl& record);

  /// "pqxx::transaction": without inline and unnamed namespaces and template arguments.
  const std::string& qualifiedName(const clang::NamedDecl* declaration);

  /// The class behind a type, its definition if there is one; references and pointers stay as they
  /// are.
  static const clang::RecordDecl* recordOf(clang::QualType type);

  const clang::CXXRecordDecl* ownedClass(clang::QualType type);
  bool hasRowOfSessions(const clang::CXXRecordDecl& record);

private:
  /// What a class has among its members, and how it was recognised.
  enum class Inside : std::uint8_t { Nothing, Guessed, Modelled };
  Inside sessionsInside(const clang::RecordDecl* record, unsigned depth = 3);

  const model::Kind* findKind(const clang::RecordDecl& record);
  const model::Kind* sessionShown(const clang::RecordDecl* record);
  const model::Kind* sessionShape(const clang::CXXRecordDecl& record);
  bool isOwned(const clang::CXXRecordDecl& record);
  const model::Kind* leasedBy(const clang::CXXRecordDecl& lease);
  /// The kind of a template by its arguments.
  const model::Kind* kindByArguments(const clang::RecordDecl& record);
  /// A template argument as models write it: "pqxx::write_policy::read_only", "3".
  std::string written(const clang::TemplateArgument& argument);
  const model::Kind* yieldedByPromise(const clang::CXXRecordDecl& generator);
  const model::Kind* yieldedByName(const clang::CXXRecordDecl& generator);
  const model::Kind* generatorKind(const clang::CXXRecordDecl& record);
  Held heldInTemplate(const clang::ClassTemplateSpecializationDecl& record);

  clang::ASTContext& ast_;
  const model::ModelSet& models_;
  Shapes shapes_;
  HandleShapes handles_;
  AnnotatedCode annotated_;
  std::deque<model::Kind> generators_;
  std::unordered_map<const model::Kind*, const model::Kind*> yields_;
  std::unordered_map<std::string, const model::Kind*> shapedKinds_;
  std::unordered_map<const clang::Decl*, const model::Kind*> kinds_;
  std::unordered_map<const clang::Decl*, std::string> names_;
  std::unordered_map<const clang::Decl*, bool> outcomes_;
  std::unordered_map<const clang::Decl*, Inside> containing_;
  std::unordered_map<const clang::Decl*, const model::Kind*> leases_;
  bool ownedKnown_ = false;
  std::unordered_set<const clang::Decl*> owned_; ///< classes of which something owns objects
};

} // namespace session_tidy::lower
