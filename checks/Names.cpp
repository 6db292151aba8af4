// Names for what a fix declares.
#include "checks/Names.h"

#include <algorithm>

namespace session_tidy {

std::string freshName(const ir::Function& function, const std::string& wanted) {
  const auto& taken = function.takenNames;
  std::string name = wanted;
  for (unsigned number = 2; std::find(taken.begin(), taken.end(), name) != taken.end(); ++number)
    name = wanted + std::to_string(number);
  return name;
}

} // namespace session_tidy
