// Asking the include graph.
#include "cli/UnitReach.h"

#include <algorithm>

namespace session_tidy::cli {

UnitReach::UnitReach(UnitLinter& linter, const std::vector<Unit>& units) : linter_(linter) {
  for (const Unit& unit : units) {
    const driver::SetupPtr setup = linter_.setupOf(unit);
    if (!models_.contains(setup.get())) models_[setup.get()] = vocabulary_.add(setup->models);
  }
}

bool UnitReach::reads(const Unit& unit, const std::function<bool(const std::string&)>& isMeant) {
  const driver::Reach all = graph_.reach(unit.file, folders_.of(unit));
  return std::ranges::any_of(all.files, [&](const std::string* file) { return isMeant(*file); });
}

bool UnitReach::canHaveSessions(const Unit& unit, std::uint64_t small) {
  const auto models = models_.find(linter_.setupOf(unit).get());
  const driver::SearchPaths& folders = folders_.of(unit);
  if (models == models_.end() || folders.opaque) return true;
  const auto yes = [&](const driver::Reach& known) {
    return known.opaque || known.missing ||
           vocabulary_.mentionsSession(models->second, known.all, known.users);
  };
  const driver::Reach reach = graph_.reach(unit.file, folders, yes);
  return yes(reach) || reach.bytes < small;
}

} // namespace session_tidy::cli
