// Calls in which a thread or a coroutine waits for something outside: which of them a rule wants to
// hear of. The lowering marks them (ir::Event::waits).
#pragma once

#include <string>
#include <vector>

namespace session_tidy::model {

struct Waits {
  std::vector<std::string> functions;      ///< qualified names; `*` stands for any text
  bool suspensions = false;                ///< each co_await as well
  std::vector<std::string> safeAwaitables; ///< but not of what these functions, or types, give

  [[nodiscard]] bool empty() const { return functions.empty() && !suspensions; }
};

} // namespace session_tidy::model
