// The places where session-clangd differs from clangd, put in front of clangd's functions by the
// linker.
//
// No header of clangd is packaged, so its functions are declared here. `--wrap=f` (see
// cmake/SessionClangd.cmake) sends calls of `f` from other object files to `__wrap_f` and offers
// the original as `__real_f`; the labels below are the mangled names.

#include <llvm/ADT/StringRef.h>
#include <llvm/ADT/Twine.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#define WRAP(symbol) asm("__wrap_" symbol)
#define REAL(symbol) asm("__real_" symbol)

#define IS_FAST_TIDY_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define VERSION_STRING "_ZN5clang6clangd13versionStringB5cxx11Ev"
#define TWINE_STR "_ZNK4llvm5Twine3strB5cxx11Ev"

std::optional<bool> realIsFastTidyCheck(llvm::StringRef check) REAL(IS_FAST_TIDY_CHECK);
std::optional<bool> wrapIsFastTidyCheck(llvm::StringRef check) WRAP(IS_FAST_TIDY_CHECK);
std::string realVersionString() REAL(VERSION_STRING);
std::string wrapVersionString() WRAP(VERSION_STRING);
std::string realTwineStr(const llvm::Twine* self) REAL(TWINE_STR);
std::string wrapTwineStr(const llvm::Twine* self) WRAP(TWINE_STR);

// By default clangd drops every check whose cost it has not measured (`FastCheckFilter: Strict`).
std::optional<bool> wrapIsFastTidyCheck(llvm::StringRef check) {
  if (std::string_view(check.data(), check.size()).starts_with("session-")) return true;
  return realIsFastTidyCheck(check);
}

// Editors look for "clangd version N", so that part stays as it is.
std::string wrapVersionString() {
  return "session-tidy " SESSION_TIDY_VERSION ", " + realVersionString();
}

namespace {

std::string findDocsUrl() {
  namespace fs = std::filesystem;
  static constexpr char published[] = SESSION_TIDY_DOCS_URL;
  if (published[0] != '\0') return published;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = self.parent_path().parent_path() / "share/doc/session-tidy/rules";
  if (!error && fs::is_directory(installed, error)) return "file://" + installed.string();
  return "file://" SESSION_TIDY_DOCS_SOURCE_DIR;
}

} // namespace

// clangd sends the reader of any check's diagnostic to LLVM's site, where our pages are not. The
// function that builds the link is called inside its own object file, out of the linker's reach;
// the call that turns it into a string is not.
std::string wrapTwineStr(const llvm::Twine* self) {
  static constexpr std::string_view foreign =
      "https://clang.llvm.org/extra/clang-tidy/checks/session/";
  static constexpr std::string_view suffix = ".html";
  std::string text = realTwineStr(self);
  if (!text.starts_with(foreign) || !text.ends_with(suffix)) return text;
  static const std::string docs = findDocsUrl();
  const std::string rule =
      text.substr(foreign.size(), text.size() - foreign.size() - suffix.size());
  return docs + "/session-" + rule + ".md";
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
