// What annotated code means: the kinds and calls that include/session_tidy/annotations.h describes,
// as models.
//
// A class is a session when its methods, or functions of its namespace that take or return it, are
// annotated; a guard when it is a scope; a dependent when something that depends on another hands
// it out.
#pragma once

#include "lower/Annotations.h"
#include "lower/ClangHeaders.h"
#include "model/ModelSet.h"

#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace session_tidy::lower {

class AnnotatedCode {
public:
  /// What else is known about classes.
  struct Ask {
    std::function<const model::Kind*(const clang::RecordDecl*)> kindOf;
    std::function<const model::Kind*(clang::QualType)> heldKind;
    std::function<const model::Kind*(const clang::CXXRecordDecl&)> shapeOf;
    std::function<const std::string&(const clang::NamedDecl*)> nameOf;
  };

  AnnotatedCode(clang::ASTContext& ast, Ask ask) : ast_(ast), ask_(std::move(ask)) {}

  /// What an annotated function does; nullptr when nothing is said about it.
  const model::CallModel* call(const clang::FunctionDecl& function);

  /// The kind of a class that is annotated as a guard or generator itself.
  const model::Kind* declaredKind(const clang::RecordDecl& record);

  /// The kind that a class has by what is said about its methods and about the functions around it.
  const model::Kind* impliedKind(const clang::RecordDecl& record);

  /// The same kind, thread-safe, when the class is said to be.
  const model::Kind* refined(const model::Kind* kind, const clang::RecordDecl& record);

  /// A kind that no class stands for, by its id.
  [[nodiscard]] const model::Kind* kindById(const std::string& id) const;

  /// What a generator yields.
  [[nodiscard]] const model::Kind* yieldedBy(const model::Kind& generator) const;

private:
  struct Mentions {
    std::unordered_set<const clang::Decl*> sessions;
    std::unordered_set<const clang::Decl*> dependents;
    std::unordered_map<const clang::Decl*, const clang::FunctionDecl*> closers;
  };
  /// Which classes the annotated functions of a namespace speak of.
  const Mentions& mentionsIn(const clang::DeclContext& space);
  void noteFunction(const clang::FunctionDecl& function, Mentions& mentions);
  void noteContext(const clang::DeclContext& context, Mentions& mentions);

  model::Kind newKind(const clang::RecordDecl& record, model::Role role);
  const model::Kind* keep(model::Kind kind) { return &kinds_.emplace_back(std::move(kind)); }
  const model::Kind* guard(const clang::CXXRecordDecl& record);
  const model::Kind* generator(const clang::CXXRecordDecl& record);
  const model::Kind* session(const clang::RecordDecl& record, const clang::FunctionDecl* closer);
  const model::Kind* dependent(const clang::RecordDecl& record);
  const model::Kind& textView();
  void addMethods(const clang::CXXRecordDecl& record, model::Kind& kind);
  static void addConstructors(const clang::CXXRecordDecl& record, model::Kind& kind);
  static bool hasAnnotatedMethods(const clang::CXXRecordDecl& record);
  static void readDestructor(const clang::CXXRecordDecl& record, model::Kind& kind);

  model::CallModel describe(const clang::FunctionDecl& function);
  void addParameterEffects(const clang::FunctionDecl& function, model::CallModel& call);
  void addResultEffects(const clang::FunctionDecl& function, const Annotations& said,
                        model::CallModel& call);
  std::optional<model::Operand> subjectOf(const clang::FunctionDecl& function);

  clang::ASTContext& ast_;
  Ask ask_;
  const model::Kind* textView_ = nullptr;
  std::optional<bool> used_; ///< whether the header of the annotations was included
  std::deque<model::Kind> kinds_;
  std::deque<model::CallModel> calls_;
  std::unordered_map<const clang::Decl*, const model::CallModel*> functions_;
  std::unordered_map<const clang::DeclContext*, Mentions> mentions_;
  std::unordered_map<const model::Kind*, const model::Kind*> yields_;
};

} // namespace session_tidy::lower
