// session-clangd: clangd with the session checks built in, a drop-in for an editor's `clangd.path`.
//
// clangd's libraries come from the distribution; the checks register themselves when their objects
// are linked in. What is left to do here is to find clang's own headers, which a clangd outside
// LLVM's folders cannot guess from where it lies.

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace clang::clangd {
int clangdMain(int argc, char* argv[]); // of libclangdMain.a; its header is not packaged
} // namespace clang::clangd

namespace {

bool namesResourceDir(std::string_view argument) {
  if (!argument.starts_with('-')) return false;
  argument.remove_prefix(argument.starts_with("--") ? 2 : 1);
  return argument == "resource-dir" || argument.starts_with("resource-dir=");
}

// clangd accepts the option once only, so one given by the user, in either place, keeps ours out.
bool userNamesResourceDir(int argc, char* argv[]) {
  for (int i = 1; i < argc; ++i)
    if (namesResourceDir(argv[i])) return true;
  const char* flags = std::getenv("CLANGD_FLAGS");
  return flags != nullptr &&
         std::string_view(flags).find("-resource-dir") != std::string_view::npos;
}

} // namespace

int main(int argc, char* argv[]) {
  std::vector<char*> arguments(argv, argv + argc);
  std::string resourceDir = "--resource-dir=" SESSION_CLANGD_RESOURCE_DIR;
  std::error_code ignored;
  if (!userNamesResourceDir(argc, argv) &&
      std::filesystem::is_directory(SESSION_CLANGD_RESOURCE_DIR, ignored))
    arguments.insert(arguments.begin() + 1, resourceDir.data());
  const int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  return clang::clangd::clangdMain(count, arguments.data());
}
