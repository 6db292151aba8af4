// Reads the models that are built into the program.
#include "model/EmbeddedModels.h"
#include "model/ModelReader.h"

namespace session_tidy::model {

Result<ModelSet> loadEmbeddedModels() {
  ModelSet models;
  for (const EmbeddedModel& embedded : embeddedModels()) {
    Result<Library> library = readModel(embedded.text, std::string(embedded.path), &models);
    if (!library) return library.error();
    models.add(std::move(*library));
  }
  return models;
}

} // namespace session_tidy::model
