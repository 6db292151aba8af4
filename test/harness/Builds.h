// The build folders whose programs are tested.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::test {

struct Build {
  int llvm = 0;
  std::filesystem::path folder;

  [[nodiscard]] std::filesystem::path plugin() const { return folder / "lib/libsession-tidy.so"; }
  [[nodiscard]] std::filesystem::path command() const { return folder / "bin/session-tidy"; }
  [[nodiscard]] std::filesystem::path clangd() const { return folder / "bin/session-clangd"; }
};

inline constexpr int supportedLlvms[] = {14, 16, 19, 22};

/// The builds that exist, by LLVM. The candidates come from CMake (SESSION_TIDY_TEST_BUILDS), or
/// from the environment variable of that name, separated by '|'.
std::vector<Build> findBuilds();
const Build* findBuild(int llvm);

/// The build that these tests belong to, which must be there.
int ownLlvm();

/// Where the given tool of that LLVM is, e.g. "clang-tidy"; empty when it is not installed.
std::filesystem::path findTool(const std::string& name, int llvm);

/// The newest clang++ there is, for compiling fixed files.
std::filesystem::path newestCompiler();

/// This folder of the repository: test/.
std::filesystem::path testFolder();

} // namespace session_tidy::test
