// Names for what a fix declares.
#include "checks/Names.h"

#include <algorithm>

namespace session_tidy {

std::string freshName(const ir::Function& function, const std::string& wanted,
                      const std::set<std::string>& given) {
  const auto& taken = function.takenNames;
  std::string name = wanted;
  const auto isTaken = [&] {
    return given.count(name) != 0 || std::find(taken.begin(), taken.end(), name) != taken.end();
  };
  for (unsigned number = 2; isTaken(); ++number) name = wanted + std::to_string(number);
  return name;
}

} // namespace session_tidy
