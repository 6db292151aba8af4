#include "lower/Place.h"

#include <algorithm>

namespace session_tidy::lower {

bool Place::within(const Place& outer) const {
  return rootKind == outer.rootKind && root == outer.root && instance == outer.instance &&
         path.size() >= outer.path.size() &&
         std::equal(outer.path.begin(), outer.path.end(), path.begin());
}

} // namespace session_tidy::lower
