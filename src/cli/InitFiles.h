// The settings files that `session-tidy init` writes, and what becomes of those that are there.
#pragma once

#include "cli/ProjectSurvey.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace session_tidy::cli {

struct PlannedFile {
  std::string name;
  std::string text; ///< what will stand in it
  std::string note; ///< why, for the user
  bool exists = false;
  bool needed = true; ///< false: what is there will do
};

/// .session-tidy.json with the likely classes.
std::string configText(const ProjectSurvey& survey);

/// .clang-tidy with the rules turned on; an existing one keeps all it says.
std::string clangTidyText(const std::optional<std::string>& existing);

/// .clangd that lets clangd run checks which it has not timed; an existing one is added to. The
/// folder of the compile database, relative, when clangd would not find it by itself.
std::string clangdText(const std::optional<std::string>& existing, const std::string& database);

/// All of them, for a folder as it is.
std::vector<PlannedFile> planFiles(const std::filesystem::path& folder, const ProjectSurvey& survey,
                                   const std::string& database);

} // namespace session_tidy::cli
