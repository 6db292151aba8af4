// The library models that are built into the programs.
#pragma once

#include "model/ModelError.h"
#include "model/ModelSet.h"

#include <string_view>
#include <vector>

namespace session_tidy::model {

struct EmbeddedModel {
  std::string_view path; ///< "models/soci.json"
  std::string_view text;
};

/// Generated at build time from models/*.json.
std::vector<EmbeddedModel> embeddedModels();

/// All of them, read. An error is a defect of this program: the unit tests read every model.
Result<ModelSet> loadEmbeddedModels();

} // namespace session_tidy::model
