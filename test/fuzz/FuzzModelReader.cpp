// libFuzzer target: any bytes are a model, a configuration and an SQL text; none may crash or hang,
// and every refusal has a position inside the text.
//
// Not part of the default build:
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc
//   test/fuzz/FuzzModelReader.cpp
//       src/model/*.cpp <generated embeddedModels.cpp> -o fuzz-model-reader
//   ./fuzz-model-reader -max_total_time=600 -dict=test/fuzz/models.dict corpus models
#include "model/Config.h"
#include "model/EffectText.h"
#include "model/EmbeddedModels.h"
#include "model/ModelReader.h"
#include "model/SqlText.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace session_tidy::model;

void require(bool condition) {
  if (!condition) std::abort();
}

void checkError(const ModelError& error, std::string_view text) {
  require(error.at.isValid() && error.at.column != 0 && !error.message.empty());
  require(error.at.line <=
          1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  require(error.at.column <= text.size() + 1);
}

void checkCall(const CallModel& call, CallContext context) {
  for (const Effect& effect : call.effects) {
    const auto parsed = parseEffect(printEffect(effect, context), context);
    require(std::holds_alternative<ParsedEffect>(parsed) &&
            std::get<ParsedEffect>(parsed).effect == effect);
  }
}

void checkLibrary(const Library& library) {
  for (const CallModel& call : library.functions) checkCall(call, CallContext::Function);
  for (const Kind& kind : library.kinds) {
    require(!kind.id.empty() && !kind.display.empty());
    require(!kind.types.empty() || kind.view);
    for (const CallModel& call : kind.methods) checkCall(call, CallContext::Method);
    for (const CallModel& call : kind.constructors) checkCall(call, CallContext::Constructor);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Result<ModelSet> known = loadEmbeddedModels();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Library> library = readModel(text, "m.json", &*known);
  library.ok() ? checkLibrary(*library) : checkError(library.error(), text);
  const Result<Config> config = readConfig(text, "c.json", &*known);
  config.ok() ? checkLibrary(config->library) : checkError(config.error(), text);
  for (const CallContext context :
       {CallContext::Function, CallContext::Method, CallContext::Constructor}) {
    const auto effect = parseEffect(text, context);
    if (const auto* error = std::get_if<EffectError>(&effect))
      require(error->offset <= text.size());
  }
  for (const SqlStatement& statement : classifySqlScript(text))
    require(statement.text.data() >= text.data() &&
            statement.text.data() + statement.text.size() <= text.data() + size);
  const std::size_t half = size / 2;
  (void)matchesGlob(text.substr(0, half), text.substr(half));
  return 0;
}
