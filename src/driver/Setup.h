// What is in force for one source file: the models, and the user's .session-tidy.json above it.
#pragma once

#include "checks/Rule.h"
#include "model/Config.h"
#include "model/ModelError.h"
#include "model/ModelSet.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace session_tidy::driver {

struct Setup {
  model::ModelSet models; ///< the built-in ones and the user's own
  model::Config config;   ///< as read; defaults where there is none
};

using SetupPtr = std::shared_ptr<const Setup>;

/// A setup always, for a file that cannot be read the built-in one; and what was wrong.
struct LoadedSetup {
  SetupPtr setup;
  std::string error; ///< empty: all is well
};

/// Loads setups and keeps them as long as their files do not change. For any number of threads.
class SetupCache {
public:
  /// The setup for a source file; a named configuration file is taken instead of the nearest one.
  LoadedSetup find(const std::filesystem::path& sourceFile, const std::string& configFile = {});

private:
  struct Entry {
    std::filesystem::file_time_type time;
    std::uintmax_t size = 0;
    LoadedSetup loaded;
  };

  std::mutex mutex_;
  std::map<std::filesystem::path, Entry> entries_; ///< under the empty path: without configuration
};

/// The settings of one rule as the configuration has them, with the project's Factories and
/// Handlers (lists with ';' between), Guard, GuardHeader and GuardCommits.
RuleSettings settingsOf(const model::Config& config, std::string_view rule);

} // namespace session_tidy::driver
