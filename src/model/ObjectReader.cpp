// The getters of strict objects and their messages.
#include "model/ObjectReader.h"

#include <algorithm>

namespace session_tidy::model {

bool Problems::wrongType(const JsonValue& value, std::string_view what, std::string_view expected) {
  return fail(value.at, "'" + std::string(what) + "' must be " + std::string(expected) + ", not " +
                            std::string(value.typeName()));
}

bool ObjectReader::expectKeys(const std::vector<std::string_view>& known) {
  if (object_.type != JsonValue::Type::Object) {
    return problems_.fail(object_.at, std::string(what_) + " must be an object, not " +
                                          std::string(object_.typeName()));
  }
  for (const JsonMember& member : object_.members) {
    if (std::ranges::find(known, member.key) != known.end()) continue;
    return problems_.fail(member.keyAt, "unknown key '" + member.key + "' in " + std::string(what_),
                          suggestion(member.key, known));
  }
  return true;
}

const JsonValue* ObjectReader::find(std::string_view key) const {
  for (const JsonMember& member : object_.members)
    if (member.key == key) return &member.value;
  return nullptr;
}

bool ObjectReader::get(std::string_view key, std::string& target) {
  const JsonValue* value = find(key);
  return value == nullptr || readString(*value, key, target, problems_);
}

bool ObjectReader::get(std::string_view key, bool& target) {
  const JsonValue* value = find(key);
  if (value == nullptr) return true;
  if (value->type != JsonValue::Type::Boolean)
    return problems_.wrongType(*value, key, "true or false");
  target = value->boolean;
  return true;
}

bool ObjectReader::get(std::string_view key, std::vector<std::string>& target) {
  const JsonValue* value = find(key);
  return value == nullptr || readStrings(*value, key, target, problems_);
}

bool ObjectReader::require(std::string_view key, std::string& target) {
  if (find(key) == nullptr)
    return problems_.fail(object_.at, std::string(what_) + " needs '" + std::string(key) + "'");
  return get(key, target);
}

bool readString(const JsonValue& value, std::string_view what, std::string& target,
                Problems& problems) {
  if (value.type != JsonValue::Type::String) return problems.wrongType(value, what, "a string");
  if (value.text.empty()) return problems.fail(value.at, "'" + std::string(what) + "' is empty");
  target = value.text;
  return true;
}

bool readStrings(const JsonValue& value, std::string_view what, std::vector<std::string>& target,
                 Problems& problems) {
  if (value.type != JsonValue::Type::Array)
    return problems.wrongType(value, what, "an array of strings");
  target.clear();
  for (const JsonValue& item : value.items) {
    if (item.type != JsonValue::Type::String)
      return problems.wrongType(item, what, "an array of strings");
    if (item.text.empty())
      return problems.fail(item.at, "'" + std::string(what) + "' has an empty entry");
    if (std::ranges::find(target, item.text) != target.end())
      return problems.fail(item.at,
                           "'" + item.text + "' is listed twice in '" + std::string(what) + "'");
    target.push_back(item.text);
  }
  return true;
}

} // namespace session_tidy::model
