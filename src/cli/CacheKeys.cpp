// Putting the text together.
#include "cli/CacheKeys.h"

#include "support/SourceText.h"

#include <clang/Basic/Version.h>

#include <array>
#include <cstdlib>

namespace session_tidy::cli {

namespace {

/// Which build of session-tidy and of Clang this is.
const std::string& toolText() {
  static const std::string text = [] {
    const auto program = readFile("/proc/self/exe");
    return "session-tidy " SESSION_TIDY_VERSION " " +
           std::to_string(program ? contentHash(*program) : 0) + " " + clang::getClangFullVersion();
  }();
  return text;
}

/// What Clang's driver reads from the environment.
constexpr std::array variables{"CPATH",
                               "C_INCLUDE_PATH",
                               "CPLUS_INCLUDE_PATH",
                               "OBJC_INCLUDE_PATH",
                               "OBJCPLUS_INCLUDE_PATH",
                               "CCC_OVERRIDE_OPTIONS",
                               "COMPILER_PATH",
                               "GCC_EXEC_PREFIX",
                               "SOURCE_DATE_EPOCH",
                               "SDKROOT"};

} // namespace

std::string cacheText(const Unit& unit, const driver::Setup& setup, const CheckOptions& options,
                      bool color, FileAnswers& answers) {
  std::string text;
  const auto add = [&](const std::string& part) { // with its end, so that parts cannot run together
    text += part;
    text += '\0';
  };
  const auto addContent = [&](const std::string& path) {
    const auto hash = answers.content(path);
    add(hash ? std::to_string(*hash) : "none");
  };
  add(toolText());
  add(unit.file);
  addContent(unit.file); // so that going back and forth between branches finds both
  add(unit.folder);
  add(std::to_string(unit.command.size()));
  for (const std::string& word : unit.command) add(word);
  for (const char* name : variables) {
    const char* value = std::getenv(name);
    add(value == nullptr ? "" : "=" + std::string(value));
  }
  add(options.checks);
  add(options.minConfidence ? std::to_string(static_cast<int>(*options.minConfidence)) : "");
  add(color ? "colour" : "");
  add(setup.config.path);
  if (!setup.config.path.empty()) addContent(setup.config.path);
  return text;
}

} // namespace session_tidy::cli
