// Loading models and configurations.
#include "driver/Setup.h"

#include "model/EmbeddedModels.h"

#include <system_error>
#include <utility>

namespace session_tidy::driver {

namespace {

LoadedSetup load(const std::filesystem::path& configFile) {
  auto setup = std::make_shared<Setup>();
  auto models = model::loadEmbeddedModels();
  if (!models) return {.setup = setup, .error = models.error().text()};
  setup->models = std::move(*models);
  if (configFile.empty()) return {.setup = setup, .error = {}};

  const auto rules = makeAllRules();
  std::vector<model::KnownRule> known;
  for (const auto& rule : rules) {
    known.push_back({.name = rule->info().name, .options = {}});
    for (const RuleOption& option : rule->options())
      known.back().options.push_back({.name = option.name, .isFlag = option.isFlag()});
  }
  auto config = model::readConfigFile(configFile, &setup->models, known);
  if (!config) return {.setup = setup, .error = config.error().text()};
  setup->config = std::move(*config);
  setup->models.add(setup->config.library);
  const model::Kind* guard = setup->models.kindOfType(setup->config.guard);
  setup->config.guardCommits = guard && guard->destruction == model::Destruction::Commit;
  return {.setup = setup, .error = {}};
}

} // namespace

LoadedSetup SetupCache::find(const std::filesystem::path& sourceFile,
                             const std::string& configFile) {
  std::filesystem::path path = configFile;
  if (path.empty())
    if (auto found = model::findConfig(sourceFile)) path = std::move(*found);
  std::error_code ignored;
  std::filesystem::file_time_type time{};
  std::uintmax_t size = 0;
  if (!path.empty()) {
    time = std::filesystem::last_write_time(path, ignored);
    size = std::filesystem::file_size(path, ignored);
  }
  const std::scoped_lock lock(mutex_);
  const auto [place, isNew] = entries_.try_emplace(path);
  Entry& entry = place->second;
  if (isNew || entry.time != time || entry.size != size)
    entry = {.time = time, .size = size, .loaded = load(path)};
  return entry.loaded;
}

RuleSettings settingsOf(const model::Config& config, std::string_view rule) {
  RuleSettings settings;
  const auto found = config.rules.find(rule);
  if (found != config.rules.end()) settings = found->second.options;
  // What the project says once for all rules; those that have such an option take it.
  const auto add = [&](const char* name, const std::vector<std::string>& values) {
    std::string joined = settings[name];
    for (const std::string& value : values) joined += (joined.empty() ? "" : ";") + value;
    if (joined.empty())
      settings.erase(name);
    else
      settings[name] = std::move(joined);
  };
  add("Factories", config.factories);
  add("Handlers", config.handlers);
  const auto addText = [&](const char* name, const std::string& text) {
    if (!text.empty()) settings.emplace(name, text);
  };
  addText("Guard", config.guard);
  addText("GuardHeader", config.guardHeader);
  addText("GuardCommits", config.guardCommits ? "true" : "");
  return settings;
}

} // namespace session_tidy::driver
