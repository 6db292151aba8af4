// Classes that look like sessions without any model: recognised by what they can do, and most by
// their name as well.
//
// Both are asked for: begin, commit and rollback (or open and close) *and* a name ending in
// Session, Connection, Transaction and so on. A class merely named so is not taken for one. Only
// what begins, commits, rolls back and runs SQL needs no such name. Such kinds are marked as
// guessed.
#pragma once

#include "lower/ClangHeaders.h"
#include "lower/ShapeParts.h"
#include "model/ModelSet.h"

#include <deque>
#include <functional>
#include <string>
#include <unordered_map>

namespace session_tidy::lower {

class Shapes {
public:
  using KindOf = std::function<const model::Kind*(const clang::RecordDecl*)>;
  using NameOf = std::function<const std::string&(const clang::NamedDecl*)>;

  using IsText = shape::IsText;
  using OwnedBy = std::function<const model::Kind*(clang::QualType)>; ///< of unique_ptr<Session>

  Shapes(const clang::SourceManager& sources, KindOf kindOf, NameOf nameOf, IsText isText,
         OwnedBy ownedBy)
      : sources_(sources), kindOf_(std::move(kindOf)), nameOf_(std::move(nameOf)),
        isText_(std::move(isText)), ownedBy_(std::move(ownedBy)) {}

  /// The kind that a class looks like; nullptr for most.
  const model::Kind* kindOf(const clang::CXXRecordDecl& record);

  /// The pool that a class looks like, also when it has sessions inside; nullptr for most.
  const model::Kind* poolOf(const clang::CXXRecordDecl& record);

  /// What a free function does that makes or ends a session (`session_new`, `session_free`);
  /// nullptr for most.
  const model::CallModel* function(const clang::FunctionDecl& function);

private:
  /// `byDeeds`: whatever it is called, it begins, commits, rolls back and runs SQL.
  const model::Kind* session(const clang::CXXRecordDecl& record, bool byDeeds = false);
  const model::Kind* transaction(const clang::CXXRecordDecl& record, bool byDeeds = false);
  const model::Kind* statement(const clang::CXXRecordDecl& record);
  const model::Kind* pool(const clang::CXXRecordDecl& record);
  model::Kind base(const clang::CXXRecordDecl& record, model::Role role);
  const model::Kind* keep(model::Kind kind) { return &kinds_.emplace_back(std::move(kind)); }
  const clang::FunctionDecl* counterpart(const clang::FunctionDecl& function,
                                         const clang::RecordDecl& made, bool releases) const;

  const clang::SourceManager& sources_;
  KindOf kindOf_;
  NameOf nameOf_;
  IsText isText_;
  OwnedBy ownedBy_;
  std::deque<model::Kind> kinds_;
  std::deque<model::CallModel> calls_;
  std::unordered_map<const clang::Decl*, const model::CallModel*> functions_;
};

} // namespace session_tidy::lower
