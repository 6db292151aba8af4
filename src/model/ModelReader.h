// Reads models: JSON text to a Library, strictly.
#pragma once

#include "model/ModelError.h"
#include "model/ModelSet.h"

#include <string>
#include <string_view>

namespace session_tidy::model {

/// Reads one model file. Kinds may extend, and effects may name, kinds that are `known` already.
Result<Library> readModel(std::string_view text, const std::string& file,
                          const ModelSet* known = nullptr);

} // namespace session_tidy::model
