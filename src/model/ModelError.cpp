// Prints model errors the way compilers do, so that editors and CI logs make them clickable.
#include "model/ModelError.h"

namespace session_tidy::model {

std::string ModelError::text() const {
  std::string out = file;
  if (at.isValid()) out += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  if (!out.empty()) out += ": ";
  out += message;
  if (!hint.empty()) out += " (" + hint + ")";
  return out;
}

} // namespace session_tidy::model
