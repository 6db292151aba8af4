// The declared functions of a namespace (or of the whole unit) that work with structs of which
// nothing but the name is known.
#pragma once

#include "lower/ClangHeaders.h"
#include "model/HandleNames.h"
#include "model/Model.h"

#include <functional>
#include <optional>
#include <vector>

namespace session_tidy::lower {

/// How a function touches such a struct.
struct HandleTouch {
  enum class How : std::uint8_t { Takes, Returns, Fills };
  const clang::RecordDecl* record = nullptr; ///< canonical
  How how = How::Takes;
  std::uint8_t index = 0; ///< of the parameter
  bool constant = false;  ///< `const Row*`: a look, no handle of the caller's
};

struct HandleFunction {
  const clang::FunctionDecl* function = nullptr;
  model::NameWords words;
  std::vector<HandleTouch> touches;

  [[nodiscard]] const HandleTouch* touch(const clang::RecordDecl& record,
                                         HandleTouch::How how) const;
  /// Makes one: returns it, or fills it in.
  [[nodiscard]] const HandleTouch* made(const clang::RecordDecl& record) const;
};

/// A struct of the user's own unit that is declared and never defined.
bool isOpaque(const clang::RecordDecl& record, const clang::SourceManager& sources);

/// The structs that a declared function touches; empty for those that are defined, and for
/// libraries of the system.
std::vector<HandleTouch> handleTouches(const clang::FunctionDecl& function,
                                       const clang::SourceManager& sources);

/// All such functions where the record is declared, in their order.
std::vector<HandleFunction> handleFunctions(const clang::DeclContext& space,
                                            const clang::SourceManager& sources);

/// The first parameter that is a text.
std::optional<std::uint8_t> textParameter(const clang::FunctionDecl& function);
/// Whether the function returns memory of somebody else's to read: a text, a blob.
bool returnsMemory(const clang::FunctionDecl& function);

/// Which result says success: of an enumeration the enumerator named so.
struct HandleResult {
  model::Success success = model::Success::Always;
  std::int64_t value = 0;
};
/// What the type alone says; nothing for numbers and for what tells nothing.
std::optional<HandleResult> resultByType(const clang::FunctionDecl& function);
/// Whether it returns a number.
bool returnsNumber(const clang::FunctionDecl& function);

} // namespace session_tidy::lower
