// Classes whose objects tell whether a call worked: `Status begin();`, `Expected<Row> find(int);`.
//
// Of such an object one thing is followed: whether it stands for success.
#pragma once

#include "lower/ClangHeaders.h"

#include <optional>

namespace session_tidy::lower {

/// Told by the class's name, and by the question that it answers.
bool isOutcome(const clang::RecordDecl* record);
bool isOutcome(clang::QualType type);

/// What a bool from a method of an outcome means: true where true is success; nothing where it is
/// not the question.
std::optional<bool> asksForSuccess(const clang::CXXMethodDecl& method);

/// How an outcome that is made from values turns out.
struct MadeOutcome {
  enum class From : std::uint8_t {
    Unknown,
    Known, ///< `worked`, whatever the values
    Bool,  ///< as the first value says
    Code,  ///< by the first value, of which 0 is success
  };
  From from = From::Unknown;
  bool worked = false;
};
MadeOutcome madeOutcome(clang::QualType type, llvm::ArrayRef<const clang::Expr*> values);

/// ... by a function whose code is not looked at (`Status::Ok()`, `makeError(...)`).
MadeOutcome madeOutcome(const clang::FunctionDecl& function);

} // namespace session_tidy::lower
