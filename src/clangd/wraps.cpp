// The places where session-clangd differs from clangd, put in front of clangd's functions by the
// linker.
//
// No header of clangd is packaged, so its functions are declared here. `--wrap=f` (see
// cmake/SessionClangd.cmake) sends calls of `f` from other object files to `__wrap_f` and offers
// the original as `__real_f`; the labels below are the mangled names.

#include "clangd/EditorTransport.h"

#include <clang-tidy/ClangTidyOptions.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ADT/StringRef.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#define WRAP(symbol) asm("__wrap_" symbol)
#define REAL(symbol) asm("__real_" symbol)

#define IS_FAST_TIDY_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define TIDY_OPTIONS                                                                                \
  "_ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy16ClangTidyOptionsENS1_" \
  "9StringRefEEEES6_"
#define VERSION_STRING "_ZN5clang6clangd13versionStringB5cxx11Ev"
#define NEW_TRANSPORT                                                                              \
  "_ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_15JSONStreamStyleE"

using clang::clangd::JSONStreamStyle;
using clang::clangd::Transport;
using clang::tidy::ClangTidyOptions;
using TidyProvider = llvm::function_ref<void(ClangTidyOptions&, llvm::StringRef)>;
using Stream = llvm::raw_ostream;

std::optional<bool> realIsFastTidyCheck(llvm::StringRef check) REAL(IS_FAST_TIDY_CHECK);
std::optional<bool> wrapIsFastTidyCheck(llvm::StringRef check) WRAP(IS_FAST_TIDY_CHECK);
ClangTidyOptions realTidyOptions(TidyProvider provider, llvm::StringRef file) REAL(TIDY_OPTIONS);
ClangTidyOptions wrapTidyOptions(TidyProvider provider, llvm::StringRef file) WRAP(TIDY_OPTIONS);
std::string realVersionString() REAL(VERSION_STRING);
std::string wrapVersionString() WRAP(VERSION_STRING);
std::unique_ptr<Transport> realNewTransport(std::FILE* in, Stream& out, Stream* mirror, bool pretty,
                                            JSONStreamStyle style) REAL(NEW_TRANSPORT);
std::unique_ptr<Transport> wrapNewTransport(std::FILE* in, Stream& out, Stream* mirror, bool pretty,
                                            JSONStreamStyle style) WRAP(NEW_TRANSPORT);

// By default clangd drops every check whose cost it has not measured (`FastCheckFilter: Strict`).
std::optional<bool> wrapIsFastTidyCheck(llvm::StringRef check) {
  if (std::string_view(check.data(), check.size()).starts_with("session-")) return true;
  return realIsFastTidyCheck(check);
}

// The session rules come first, as clang-tidy's own defaults do: whatever .clang-tidy and .clangd
// say follows and has the last word. Without a provider clang-tidy is switched off altogether.
ClangTidyOptions wrapTidyOptions(TidyProvider provider, llvm::StringRef file) {
  ClangTidyOptions options = realTidyOptions(provider, file);
  if (provider) options.Checks = "session-*," + options.Checks.value_or("");
  return options;
}

// Editors look for "clangd version N", so that part stays as it is.
std::string wrapVersionString() {
  return "session-tidy " SESSION_TIDY_VERSION ", " + realVersionString();
}

std::unique_ptr<Transport> wrapNewTransport(std::FILE* in, Stream& out, Stream* mirror, bool pretty,
                                            JSONStreamStyle style) {
  return session_tidy::clangd::makeEditorTransport(
      realNewTransport(in, out, mirror, pretty, style));
}

// A remote index needs gRPC, whose development packages nobody should need for a linter.
namespace clang::clangd {
class SymbolIndex; // stays incomplete: a body of our own would clash with the real one
namespace remote {
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef address, llvm::StringRef projectRoot);
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef, llvm::StringRef) {
  return nullptr;
}
} // namespace remote
} // namespace clang::clangd
