// A git repository with this checkout's .pre-commit-hooks.yaml, as people clone it; without
// network.
#pragma once

#include "e2e/Sample.h"
#include "harness/Fixture.h"

#include <string>

namespace session_tidy::test {

/// Where documentation says that the hooks are.
inline constexpr const char* publicHookRepository = "https://git.example.org/session-tidy";

class HookRepository {
public:
  HookRepository() {
    writeFile(folder_.path() / ".pre-commit-hooks.yaml",
              readFile(testFolder().parent_path() / ".pre-commit-hooks.yaml"));
    const Output made =
        runProcess({.arguments = {"sh", "-ec",
                                  "git init -q . && git add -A && git -c user.name=t -c "
                                  "user.email=t@example.org commit -qm hooks && git tag v0.1.0"},
                    .directory = folder_.path(),
                    .environment = {}});
    if (made.exitCode != 0) throw std::runtime_error(made.err);
  }

  /// A user's settings for git: a name, and this repository in the public one's stead.
  [[nodiscard]] std::string gitConfig() const {
    return "[user]\n  name = t\n  email = t@example.org\n[url \"" + folder_.path().string() +
           "\"]\n  insteadOf = " + publicHookRepository + "\n";
  }

  static bool canBeUsed() {
    return runProcess({.arguments = {"sh", "-c", "command -v pre-commit"},
                       .directory = "/",
                       .environment = {}})
               .exitCode == 0;
  }

private:
  TemporaryFolder folder_;
};

} // namespace session_tidy::test
