// What a project has to do with sessions, read off its sources without compiling them.
#pragma once

#include "cli/Unit.h"
#include "driver/LikelySessions.h"
#include "model/ModelSet.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::cli {

struct UsedLibrary {
  std::string name;
  unsigned files = 0;
  std::string firstFile; ///< relative to the root
  std::uint32_t firstLine = 0;
};

struct LikelyClass {
  driver::LikelyKind kind;
  std::string file; ///< relative to the root
  std::uint32_t line = 0;
};

struct ProjectSurvey {
  unsigned units = 0;
  unsigned files = 0; ///< units and the project's own headers that they include
  std::vector<UsedLibrary> libraries;
  std::vector<LikelyClass> classes;
};

/// Reads the units and, of what they include, the files below `root`.
ProjectSurvey survey(const std::vector<Unit>& units, const std::filesystem::path& root,
                     const model::ModelSet& models);

} // namespace session_tidy::cli
