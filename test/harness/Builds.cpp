// Finds build folders and tools.
#include "harness/Builds.h"

#include "harness/Fixture.h"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <sstream>

namespace session_tidy::test {

namespace fs = std::filesystem;

namespace {

// The folder's own record of what it was configured for.
int llvmOf(const fs::path& folder) {
  const fs::path cache = folder / "CMakeCache.txt";
  if (!fs::exists(cache)) return 0;
  const std::string text = readFile(cache);
  static const std::regex entry(R"(\nSESSION_TIDY_LLVM:[A-Z]+=(\d+))");
  std::smatch match;
  return std::regex_search(text, match, entry) ? std::stoi(match[1]) : 0;
}

std::vector<Build> collectBuilds() {
  const char* chosen = std::getenv("SESSION_TIDY_TEST_BUILDS");
  std::istringstream stream(chosen != nullptr ? chosen : SESSION_TIDY_TEST_BUILDS);
  std::vector<Build> builds;
  for (std::string folder; std::getline(stream, folder, '|');) {
    const int llvm = folder.empty() ? 0 : llvmOf(folder);
    Build build{.llvm = llvm, .folder = folder};
    if (llvm == 0 || !(fs::exists(build.plugin()) || fs::exists(build.command()))) continue;
    if (std::ranges::find(builds, llvm, &Build::llvm) == builds.end()) builds.push_back(build);
  }
  std::ranges::sort(builds, {}, &Build::llvm);
  return builds;
}

} // namespace

std::vector<Build> findBuilds() {
  static const std::vector<Build> builds = collectBuilds();
  return builds;
}

const Build* findBuild(int llvm) {
  static const std::vector<Build> builds = collectBuilds();
  const auto found = std::ranges::find(builds, llvm, &Build::llvm);
  return found == builds.end() ? nullptr : &*found;
}

int ownLlvm() {
  return SESSION_TIDY_TEST_LLVM;
}

fs::path findTool(const std::string& name, int llvm) {
  const fs::path tool = "/usr/bin/" + name + "-" + std::to_string(llvm);
  return fs::exists(tool) ? tool : fs::path();
}

fs::path newestCompiler() {
  fs::path newest;
  for (const int llvm : supportedLlvms) // oldest first
    if (const fs::path tool = findTool("clang++", llvm); !tool.empty()) newest = tool;
  return newest;
}

fs::path testFolder() {
  return SESSION_TIDY_TEST_SOURCE;
}

} // namespace session_tidy::test
