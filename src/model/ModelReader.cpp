// The outermost object of a model file.
#include "model/ModelReader.h"

#include "model/HelperReader.h"
#include "model/KindReader.h"

namespace session_tidy::model {

namespace {

bool isLibraryName(const std::string& name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
}

bool readLibrary(const JsonValue& root, Library& library, const ModelSet* known,
                 Problems& problems) {
  ObjectReader reader(root, "a model", problems);
  std::string ignored;
  CallDefaults defaults;
  if (!reader.expectKeys({"$schema", "library", "basis", "headers", "prefixes", "errors", "throws",
                          "success", "kinds", "functions", "helpers", "note"}))
    return false;
  if (!reader.require("library", library.name)) return false;
  if (!isLibraryName(library.name)) {
    return problems.fail(reader.find("library")->at, "'" + library.name + "' cannot name a library",
                         "expected lower-case letters, digits, '-' and '_'");
  }
  if (!reader.get("$schema", ignored) || !reader.get("note", ignored) ||
      !reader.get("basis", library.basis) || !reader.get("headers", library.headers) ||
      !reader.get("prefixes", library.prefixes) || !reader.get("errors", library.errors) ||
      !reader.get("throws", defaults.throws))
    return false;
  if (const JsonValue* success = reader.find("success");
      success != nullptr &&
      !readSuccess(*success, defaults.success, defaults.successValue, problems))
    return false;
  const JsonValue* kinds = reader.find("kinds");
  const JsonValue* helpers = reader.find("helpers");
  if (kinds == nullptr && helpers == nullptr)
    return problems.fail(root.at, "a model needs 'kinds'");
  if (helpers != nullptr && !readHelpers(*helpers, library, problems)) return false;
  return KindReader(library, defaults, known, problems).read(kinds, reader.find("functions"));
}

} // namespace

Result<Library> readModel(std::string_view text, const std::string& file, const ModelSet* known) {
  const Result<JsonValue> root = parseJson(text, file);
  if (!root) return root.error();
  Problems problems(file);
  Library library;
  library.origin = file;
  if (!readLibrary(*root, library, known, problems)) return problems.error();
  return library;
}

} // namespace session_tidy::model
