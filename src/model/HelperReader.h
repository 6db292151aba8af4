// Reads the "helpers" of a model or a configuration: owners, scope guards, threads by name.
#pragma once

#include "model/ObjectReader.h"

namespace session_tidy::model {

/// An object of arrays of names, by the part that they play: {"scope-guard":
/// ["gsl::final_action"]}.
bool readHelpers(const JsonValue& value, Library& library, Problems& problems);

} // namespace session_tidy::model
