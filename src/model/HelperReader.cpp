#include "model/HelperReader.h"

#include "model/CallReader.h"

#include <algorithm>

namespace session_tidy::model {

namespace {

bool readNames(const JsonMember& member, Library& library, Problems& problems) {
  const auto helper = fromName<Helper>(member.key);
  if (!helper)
    return problems.fail(member.keyAt, "unknown helper '" + member.key + "'",
                         suggestion(member.key, allNames<Helper>()));
  std::vector<std::string> names;
  if (!readStrings(member.value, member.key, names, problems)) return false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Position at = member.value.items[i].at;
    if (!checkQualifiedName(names[i], at, problems)) return false;
    const auto taken = std::ranges::find(library.helpers, names[i], &HelperName::name);
    if (taken != library.helpers.end())
      return problems.fail(at, "'" + names[i] + "' is a '" + std::string(name(taken->helper)) +
                                   "' already");
    library.helpers.push_back({.name = names[i], .helper = *helper});
  }
  return true;
}

} // namespace

bool readHelpers(const JsonValue& value, Library& library, Problems& problems) {
  if (value.type != JsonValue::Type::Object)
    return problems.wrongType(value, "helpers", "an object");
  return std::ranges::all_of(value.members, [&](const JsonMember& member) {
    return readNames(member, library, problems);
  });
}

} // namespace session_tidy::model
