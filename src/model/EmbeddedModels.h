// The library models that are built into the programs.
#pragma once

#include <string_view>
#include <vector>

namespace session_tidy::model {

struct EmbeddedModel {
  std::string_view path; ///< "models/soci.json"
  std::string_view text;
};

/// Generated at build time from models/*.json.
std::vector<EmbeddedModel> embeddedModels();

} // namespace session_tidy::model
