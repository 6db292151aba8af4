// The documentation of the model language is true: its examples are read, its schemas know every
// word.
#include "model/Config.h"
#include "model/EmbeddedModels.h"
#include "model/Json.h"
#include "model/ModelReader.h"
#include "model/Names.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace session_tidy::model {
namespace {

std::string content(const std::string& path) {
  std::ifstream file(std::string(SESSION_TIDY_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

const JsonValue& at(const JsonValue& value, std::initializer_list<std::string_view> keys) {
  const JsonValue* here = &value;
  for (const std::string_view key : keys) {
    const auto found = std::find_if(here->members.begin(), here->members.end(),
                                    [&](const JsonMember& member) { return member.key == key; });
    EXPECT_NE(found, here->members.end()) << key;
    if (found == here->members.end()) break;
    here = &found->value;
  }
  return *here;
}

TEST(ModelDocs, examplesAreRight) {
  const std::string text = content("docs/models.md");
  const Result<ModelSet> models = loadEmbeddedModels();
  int examples = 0;
  for (std::size_t start = text.find("```json"); start != std::string::npos;
       start = text.find("```json", start + 1)) {
    const std::size_t begin = text.find('\n', start) + 1;
    const std::string example = text.substr(begin, text.find("```", begin) - begin);
    ++examples;
    if (example.find("\"library\"") != std::string::npos) {
      const Result<Library> library = readModel(example, "example");
      EXPECT_TRUE(library.ok()) << library.error().text();
    } else {
      const Result<Config> config = readConfig(example, "example", &*models);
      EXPECT_TRUE(config.ok()) << config.error().text();
    }
  }
  EXPECT_GE(examples, 4);
}

TEST(ModelDocs, tableOfLibrariesIsWhole) {
  const std::string text = content("docs/models.md");
  const Result<ModelSet> models = loadEmbeddedModels();
  for (const Library& library : models->libraries())
    EXPECT_NE(text.find("\n| " + library.name + " |"), std::string::npos) << library.name;
}

TEST(ModelDocs, schemasKnowTheKeysOfTheReader) {
  for (const std::string path :
       {"docs/session-tidy-model.schema.json", "docs/session-tidy-config.schema.json"}) {
    const Result<JsonValue> schema = parseJson(content(path), path);
    ASSERT_TRUE(schema.ok()) << schema.error().text();
    const auto unknown = [](const std::string& text) {
      const Result<Library> library = readModel(text, "m");
      return !library.ok() && library.error().message.starts_with("unknown key");
    };
    for (const JsonMember& key : at(*schema, {"$defs", "kind", "properties"}).members)
      EXPECT_FALSE(unknown(R"({"library":"x","kinds":{"k":{")" + key.key + R"(":[]}}})"))
          << key.key;
    for (const JsonMember& key : at(*schema, {"$defs", "call", "properties"}).members)
      EXPECT_FALSE(
          unknown(R"({"library":"x","kinds":{},"functions":{"f":{")" + key.key + R"(":{}}}})"))
          << key.key;
    const std::string effect = at(*schema, {"$defs", "effect", "pattern"}).text;
    for (const std::string_view op : allNames<Op>())
      EXPECT_NE(effect.find(std::string(op)), std::string::npos) << op;
    std::vector<std::string_view> helpers;
    for (const JsonMember& key : at(*schema, {"$defs", "helpers", "properties"}).members)
      helpers.push_back(key.key);
    EXPECT_EQ(helpers, allNames<Helper>());
  }
}

/// The reader names all keys when nothing is near: the schema must have each of them.
TEST(ModelDocs, schemasHaveEveryKeyOfTheReader) {
  const Result<JsonValue> schema = parseJson(content("docs/session-tidy-model.schema.json"), "s");
  const Result<Library> call =
      readModel(R"({"library":"x","kinds":{},"functions":{"f":{"zzzzzzzz":1}}})", "m");
  const Result<Library> model = readModel(R"({"zzzzzzzz":1})", "m");
  for (const auto& [hint, properties] :
       {std::pair{call.error().hint, &at(*schema, {"$defs", "call", "properties"})},
        std::pair{model.error().hint, &at(*schema, {"properties"})}}) {
    std::size_t listed = 0;
    for (const JsonMember& key : properties->members) {
      EXPECT_NE(hint.find("'" + key.key + "'"), std::string::npos) << key.key;
      ++listed;
    }
    EXPECT_EQ(static_cast<std::size_t>(std::count(hint.begin(), hint.end(), '\'')), 2 * listed)
        << hint;
  }
}

} // namespace
} // namespace session_tidy::model
