// The typestate engine's entry.
#include "analysis/Engine.h"

namespace session_tidy::analysis {

FunctionResult analyse(const ir::Unit& /*unit*/, const ir::Function& function, const EngineOptions& /*options*/) {
  FunctionResult result;
  result.function = &function;
  return result;
}

} // namespace session_tidy::analysis
