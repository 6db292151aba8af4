// Interfaces in the style of C that look like a database's without any model: a struct of which
// only the name is known, and the functions that take it.
//
// It is a session if something makes and something ends it, and functions begin and commit
// transactions on it, or it is named like a session and gets SQL. What hangs on it (cursors,
// results, transactions with a handle of their own) is known by the functions that hand it out.
// Sockets, files and windows have none of that. Such kinds are marked as guessed.
#pragma once

#include "lower/ClangHeaders.h"
#include "lower/HandleFamily.h"
#include "lower/ResultUse.h"
#include "model/Model.h"

#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace session_tidy::lower {

class HandleShapes {
public:
  /// What somebody has described: its shape does not count.
  struct Known {
    std::function<bool(const clang::RecordDecl&)> record;
    std::function<bool(const clang::FunctionDecl&)> function;
    std::function<const std::string&(const clang::NamedDecl*)> nameOf;
  };

  HandleShapes(clang::ASTContext& ast, Known known)
      : ast_(ast), results_(ast), known_(std::move(known)) {}

  /// The kind that a struct looks like; nullptr for most.
  const model::Kind* kindOf(const clang::RecordDecl& record);

  /// What a function does to such structs; nullptr for most.
  const model::CallModel* function(const clang::FunctionDecl& function);

  [[nodiscard]] const model::Kind* kindById(const std::string& id) const;

private:
  void readSpace(const clang::RecordDecl& record);

  void describeSession(const HandleFamily& family, const HandleFunctions& functions);
  void describeTransaction(const HandleFamily& session, const HandleFunction& begin,
                           const HandleFunctions& functions);
  void describeDependents(const HandleFamily& session, const HandleFunctions& functions);
  bool describeDependent(const HandleFamily& session, const clang::RecordDecl& record,
                         const HandleFunction& producer, const HandleFunctions& functions);

  model::Kind base(const HandleFamily& family, model::Role role) const;
  const model::Kind& keep(const HandleFamily& family, model::Kind kind);
  model::CallModel& add(const HandleFunction& function,
                        std::optional<HandleResult> result = std::nullopt);
  void addWork(const HandleFamily& family, const HandleFunction& function);
  void addTransactionCall(const HandleFamily& family, const HandleFunction& function, model::Op op);
  const model::Kind& textView();

  clang::ASTContext& ast_;
  ResultUse results_;
  Known known_;
  std::deque<model::Kind> kinds_;
  std::deque<model::CallModel> calls_;
  std::unordered_map<const clang::Decl*, const model::Kind*> byRecord_;
  std::unordered_map<const clang::Decl*, const model::CallModel*> byFunction_;
  std::unordered_set<const clang::DeclContext*> read_;
  const model::Kind* textView_ = nullptr;
};

} // namespace session_tidy::lower
