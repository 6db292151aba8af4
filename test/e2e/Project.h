// A small project of several units in a folder of its own, and session-tidy run in it.
#pragma once

#include "e2e/Sample.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace session_tidy::test {

/// Runs this build's command. HOME is the folder, so that caches are the test's own.
inline Output runSessionTidy(const std::filesystem::path& folder,
                             std::vector<std::string> arguments,
                             std::map<std::string, std::string> environment = {}) {
  const Build* build = findBuild(ownLlvm());
  if (build == nullptr) throw std::runtime_error("the build of these tests is missing");
  arguments.insert(arguments.begin(), build->command());
  return runProcess({.arguments = std::move(arguments),
                     .directory = folder,
                     .environment = std::move(environment)});
}

class Project {
public:
  /// Any file. Folders are made as needed.
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder() / name).parent_path());
    writeFile(folder() / name, text);
  }

  /// A source that stands in the compile database.
  void unit(const std::string& name, const std::string& text,
            const std::vector<std::string>& flags = {}) {
    write(name, text);
    std::vector<std::string> arguments{"clang++", "-std=c++20"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    arguments.insert(arguments.end(), {"-c", name});
    database_.push_back({{"directory", folder()}, {"file", name}, {"arguments", arguments}});
    write("compile_commands.json", database_.dump());
  }

  [[nodiscard]] Output check(std::vector<std::string> arguments = {},
                             std::map<std::string, std::string> environment = {}) const {
    arguments.insert(arguments.begin(), "check");
    return runSessionTidy(folder(), std::move(arguments), std::move(environment));
  }

  [[nodiscard]] Output run(std::vector<std::string> arguments,
                           std::map<std::string, std::string> environment = {}) const {
    return runSessionTidy(folder(), std::move(arguments), std::move(environment));
  }

  /// Any other program, which must succeed.
  void shell(const std::string& commands) const {
    const Output output = runProcess(
        {.arguments = {"sh", "-ec", commands}, .directory = folder(), .environment = {}});
    if (output.exitCode != 0) throw std::runtime_error(commands + ": " + output.err);
  }

  [[nodiscard]] std::string read(const std::string& name) const {
    return readFile(folder() / name);
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

private:
  TemporaryFolder folder_;
  nlohmann::json database_ = nlohmann::json::array();
};

/// Makes the folder a git repository whose first commit holds all there is.
inline void commitAll(const Project& project) {
  project.shell("git init -q . && git add -A && git -c user.name=t -c user.email=t@example.org "
                "commit -q -m all");
}

} // namespace session_tidy::test
