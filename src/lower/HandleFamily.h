// Which functions belong to a struct of which only the name is known, and whether they make it a
// database session.
#pragma once

#include "lower/ClangHeaders.h"
#include "lower/HandleFunctions.h"
#include "lower/ResultUse.h"
#include "model/HandleNames.h"
#include "model/Model.h"

#include <optional>
#include <string>
#include <vector>

namespace session_tidy::lower {

using HandleFunctions = std::vector<HandleFunction>;

/// A struct and the functions of its library that touch it.
struct HandleFamily {
  const clang::RecordDecl* record = nullptr;
  model::NameWords type;
  std::string prefix; ///< the first word of the functions; empty: all of one file
  clang::FileID file; ///< then: which
  const HandleFunction* closer = nullptr;
  std::optional<HandleResult> numbers; ///< what the numbers mean that they return

  /// Another struct of the same library.
  [[nodiscard]] HandleFamily sister(const clang::RecordDecl& other,
                                    const HandleFunctions& functions) const;

  [[nodiscard]] bool has(const HandleFunction& function) const;

  /// The words of a function's name without the library's prefix and the struct's own words.
  [[nodiscard]] model::NameWords words(const HandleFunction& function) const;
  [[nodiscard]] std::optional<model::Op> operation(const HandleFunction& function) const;

  /// Where a function of the library takes the struct.
  [[nodiscard]] const HandleTouch* taken(const HandleFunction& function) const {
    return function.touch(*record, HandleTouch::How::Takes);
  }
  /// Whether it is what the function works on: the first handle that it takes, to be changed.
  [[nodiscard]] bool isSubject(const HandleFunction& function) const;

  /// Which of its results say success; nothing where it cannot be told.
  [[nodiscard]] std::optional<HandleResult> result(const HandleFunction& function) const;
};

/// The family of a struct that is a session by what its functions do.
std::optional<HandleFamily> sessionFamily(const clang::RecordDecl& record,
                                          const HandleFunctions& functions, ResultUse& results);

/// The parameter with the SQL that a function is given, if its name or that of the function says
/// so. `words`: of the function's name.
std::optional<std::uint8_t> sqlParameter(const HandleFunction& function,
                                         const model::NameWords& words);

} // namespace session_tidy::lower
