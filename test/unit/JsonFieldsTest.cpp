// JSON of an expected form: what does not fit is told with its place.
#include "model/JsonFields.h"

#include <gtest/gtest.h>

namespace session_tidy::model {

namespace {

/// The message about `text`, whose "a" is to be what `use` takes it for.
std::string message(std::string_view text, const std::function<void(const JsonFields&)>& use) {
  const auto error =
      readFields(text, "f.json", "mend it", [&](const auto& json) { use(json.at("a")); });
  return error ? error->text() : "";
}

TEST(JsonFields, TakesWhatFits) {
  const auto error = readFields(
      R"({"text": "t", "number": 7, "truth": true, "list": [1, 2], "object": {"x": 1, "y": 2},
          "more": null})",
      "f.json", "", [](const JsonFields& json) {
        EXPECT_EQ(json.at("text").text(), "t");
        EXPECT_EQ(json.at("number").number(), 7U);
        EXPECT_TRUE(json.at("truth").truth());
        ASSERT_EQ(json.at("list").items().size(), 2U);
        EXPECT_EQ(json.at("list").items()[1].number(), 2U);
        ASSERT_EQ(json.at("object").members().size(), 2U);
        EXPECT_EQ(json.at("object").members()[1].name(), "y");
        EXPECT_TRUE(json.has("more"));
        EXPECT_FALSE(json.has("less"));
      });
  EXPECT_FALSE(error) << error->text();
}

TEST(JsonFields, SaysWhereWhatDoesNotFitIs) {
  const auto text = [](const JsonFields& json) { static_cast<void>(json.text()); };
  const auto number = [](const JsonFields& json) { static_cast<void>(json.number()); };
  EXPECT_EQ(message("{\n \"a\": 1}", text),
            "f.json:2:7: 'a' must be a string, not a number (mend it)");
  EXPECT_EQ(message("{}", text), "f.json:1:1: 'a' is missing in the document (mend it)");
  EXPECT_EQ(message("[]", text),
            "f.json:1:1: the document must be an object, not an array (mend it)");
  for (const char* wrong : {"-1", "4294967296", "1.5", "99999999999999999999"})
    EXPECT_EQ(message(std::string("{\"a\": ") + wrong + "}", number).find("f.json:1:7: 'a' "), 0U)
        << wrong;
  EXPECT_EQ(message("{\"a\": 4294967295}", number), "");
  EXPECT_EQ(message("{\"a\": 1}", [](const auto& json) { json.fail("odd", "look"); }),
            "f.json:1:7: odd (look)");
  EXPECT_EQ(message("{\"a\": ", text).find("f.json:1:7: not JSON: "), 0U);
}

TEST(JsonFields, AKeyIsThereOnceInLargeObjectsToo) {
  std::string large = "{\"a\": 1";
  for (int i = 0; i < 100; ++i) large += ",\"key" + std::to_string(i) + "\": 1";
  const auto nothing = [](const JsonFields&) {};
  EXPECT_EQ(message(large + "}", nothing), "");
  for (const char* key : {"a", "key7", "key99"})
    EXPECT_NE(message(large + ",\"" + key + "\": 1}", nothing).find("is here twice"),
              std::string::npos)
        << key;
}

} // namespace

} // namespace session_tidy::model
