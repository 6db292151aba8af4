// Asking the include graph.
#include "cli/UnitReach.h"

#include "cli/CacheKeys.h"

#include <algorithm>

namespace session_tidy::cli {

UnitReach::UnitReach(UnitLinter& linter, const std::vector<Unit>& units,
                     driver::ReachMemory* memory)
    : linter_(linter), memory_(memory) {
  for (const Unit& unit : units) {
    const driver::SetupPtr setup = linter_.setupOf(unit);
    if (!models_.contains(setup.get())) models_[setup.get()] = vocabulary_.add(setup->models);
  }
}

bool UnitReach::reads(const Unit& unit, const std::function<bool(const std::string&)>& isMeant) {
  const driver::Reach all = graph_.reach(unit.file, folders_.of(unit));
  return std::ranges::any_of(all.files,
                             [&](const driver::Reach::Seen* file) { return isMeant(file->path); });
}

bool UnitReach::canHaveSessions(const Unit& unit, std::uint64_t small) {
  const driver::SetupPtr setup = linter_.setupOf(unit);
  const auto models = models_.find(setup.get());
  const driver::SearchPaths& folders = folders_.of(unit);
  if (models == models_.end() || folders.opaque) return true;
  if (memory_ == nullptr) return look(unit, folders, models->second, small).first;
  const std::string about = reachText(unit, *setup, folders, answers_) + std::to_string(small);
  if (const auto known = memory_->recall(about)) return *known;
  const auto [found, reach] = look(unit, folders, models->second, small);
  memory_->keep(about, found, reach);
  return found;
}

std::pair<bool, driver::Reach> UnitReach::look(const Unit& unit, const driver::SearchPaths& folders,
                                               std::size_t models, std::uint64_t small) {
  const auto yes = [&](const driver::Reach& known) {
    return known.opaque || known.missing ||
           vocabulary_.mentionsSession(models, known.all, known.users);
  };
  driver::Reach reach = graph_.reach(unit.file, folders, yes);
  const bool found = yes(reach) || reach.bytes < small;
  return {found, std::move(reach)};
}

} // namespace session_tidy::cli
