// What include/session_tidy/annotations.h says about a declaration: reads the attributes, means
// nothing by them yet.
#pragma once

#include "lower/ClangHeaders.h"

#include <string>

namespace session_tidy::lower {

/// The annotations of one declaration.
struct Annotations {
  bool owns = false;
  bool borrows = false;
  bool takes = false;
  bool keeps = false;
  bool opens = false;
  bool closes = false;
  bool begins = false;
  bool commits = false;
  bool rollsBack = false;
  bool scope = false;
  bool generator = false;
  bool threadSafe = false;
  bool hangs = false; ///< depends_on is there
  bool hangsOnThis = false;
  unsigned hangsOn = 0; ///< otherwise: the index of the parameter

  [[nodiscard]] bool acts() const { return opens || closes || begins || commits || rollsBack; }
  [[nodiscard]] bool speaksOfOwnership() const { return owns || borrows || takes || keeps; }
};

/// Whether the header of the annotations was included.
bool usesAnnotations(clang::ASTContext& ast);

/// Of a class, in any of its declarations.
Annotations annotationsOf(const clang::RecordDecl& record);

/// Of a member.
Annotations annotationsOf(const clang::FieldDecl& field);

/// Of a function, in any of its declarations; a virtual one has those of the functions that it
/// overrides, too.
Annotations annotationsOf(const clang::FunctionDecl& function);

/// The same of one of its parameters.
Annotations annotationsOf(const clang::FunctionDecl& function, unsigned parameter);

} // namespace session_tidy::lower
