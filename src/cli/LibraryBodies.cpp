// The question "may this body be skipped?", put in front of Clang's own by the linker.
//
// `--wrap=f` (see src/CMakeLists.txt) sends the parser's calls of `f` here and offers the original
// as `__real_f`; the labels below are the mangled names. That takes Clang's static archives: where
// they are not installed, nothing calls this, and all constexpr bodies are parsed.
#include "cli/LibraryBodies.h"

#include <clang/AST/Decl.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Sema/Sema.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#define CAN_SKIP_BODY "_ZN5clang4Sema19canSkipFunctionBodyEPNS_4DeclE"

[[gnu::weak]] bool realCanSkipBody(clang::Sema* sema,
                                   clang::Decl* function) asm("__real_" CAN_SKIP_BODY);
bool canSkipBody(clang::Sema* sema, clang::Decl* function) asm("__wrap_" CAN_SKIP_BODY);

namespace {

thread_local bool skipping = false;

/// Headers of algorithms and of containers that allocate, as libstdc++ calls them.
bool isHeaderOfAlgorithms(llvm::StringRef header) {
  static constexpr llvm::StringRef names[] = {"basic_string.h",
                                              "basic_string.tcc",
                                              "ranges_algo.h",
                                              "ranges_algobase.h",
                                              "ranges_uninitialized.h",
                                              "stl_algo.h",
                                              "stl_algobase.h",
                                              "stl_bvector.h",
                                              "stl_heap.h",
                                              "stl_iterator.h",
                                              "stl_numeric.h",
                                              "stl_uninitialized.h",
                                              "stl_vector.h",
                                              "vector.tcc"};
  return llvm::is_contained(names, header);
}

bool isRarelyNeeded(llvm::StringRef header, llvm::StringRef function) {
  // What constants are made with every day.
  static constexpr llvm::StringRef everyday[] = {"min", "max", "minmax", "clamp"};
  return isHeaderOfAlgorithms(header) && !llvm::is_contained(everyday, function);
}

bool isRarelyNeeded(const clang::Sema& sema, const clang::FunctionDecl& function) {
  if (!function.isConstexprSpecified() || function.getReturnType()->getContainedDeducedType())
    return false;
  const clang::SourceManager& sources = sema.getSourceManager();
  const clang::SourceLocation at = sources.getExpansionLoc(function.getLocation());
  const llvm::StringRef path = sources.getFilename(at);
  return sources.isInSystemHeader(at) &&
         isRarelyNeeded(path.substr(path.rfind('/') + 1),
                        function.getDeclName().isIdentifier() ? function.getName() : "");
}

} // namespace

bool canSkipBody(clang::Sema* sema, clang::Decl* declaration) {
  if (realCanSkipBody(sema, declaration)) return true;
  const clang::FunctionDecl* function = declaration->getAsFunction();
  return skipping && function != nullptr && isRarelyNeeded(*sema, *function);
}

namespace session_tidy::cli {

WithoutLibraryBodies::WithoutLibraryBodies() {
  skipping = true;
}

WithoutLibraryBodies::~WithoutLibraryBodies() {
  skipping = false;
}

} // namespace session_tidy::cli
