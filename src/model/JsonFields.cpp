// Values with the places at which they are wrong.
#include "model/JsonFields.h"

#include <utility>

namespace session_tidy::model {

namespace {

struct Misfit {
  Position at;
  std::string message;
  std::string hint; ///< empty: that of the document
};

} // namespace

std::optional<ModelError> readFields(std::string_view text, const std::string& file,
                                     const std::string& hint,
                                     const std::function<void(const JsonFields&)>& use) {
  const auto document = parseJson(text, file);
  if (!document) {
    ModelError error = document.error();
    error.hint = hint;
    return error;
  }
  try {
    use(JsonFields(*document));
  } catch (const Misfit& misfit) {
    return ModelError{.file = file,
                      .at = misfit.at,
                      .message = misfit.message,
                      .hint = misfit.hint.empty() ? hint : misfit.hint};
  }
  return std::nullopt;
}

void JsonFields::fail(std::string message, std::string hint) const {
  throw Misfit{.at = value_.at, .message = std::move(message), .hint = std::move(hint)};
}

const JsonValue& JsonFields::expect(JsonValue::Type type, std::string_view expected) const {
  if (value_.type != type)
    fail(name_ + " must be " + std::string(expected) + ", not " + std::string(value_.typeName()));
  return value_;
}

const JsonValue* JsonFields::find(std::string_view key) const {
  for (const JsonMember& member : expect(JsonValue::Type::Object, "an object").members)
    if (member.key == key) return &member.value;
  return nullptr;
}

bool JsonFields::has(std::string_view key) const {
  return find(key) != nullptr;
}

JsonFields JsonFields::at(std::string_view key) const {
  std::string name = "'" + std::string(key) + "'";
  const JsonValue* value = find(key);
  if (value == nullptr) fail(name + " is missing in " + name_);
  return JsonFields(*value, std::move(name));
}

std::vector<JsonFields> JsonFields::items() const {
  std::vector<JsonFields> result;
  for (const JsonValue& item : expect(JsonValue::Type::Array, "an array").items)
    result.emplace_back(item, "an entry of " + name_);
  return result;
}

std::vector<JsonFields> JsonFields::members() const {
  std::vector<JsonFields> result;
  for (const JsonMember& member : expect(JsonValue::Type::Object, "an object").members)
    result.emplace_back(member.value, member.key);
  return result;
}

const std::string& JsonFields::text() const {
  return expect(JsonValue::Type::String, "a string").text;
}

std::uint32_t JsonFields::number() const {
  const std::int64_t number = expect(JsonValue::Type::Integer, "a whole number").integer;
  if (!std::in_range<std::uint32_t>(number))
    fail(name_ + " is no number that can be meant: " + std::to_string(number));
  return static_cast<std::uint32_t>(number);
}

bool JsonFields::truth() const {
  return expect(JsonValue::Type::Boolean, "true or false").boolean;
}

} // namespace session_tidy::model
