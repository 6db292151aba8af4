// Strict reading of JSON objects: every key is asked for by name and type, and unknown keys are
// errors.
#pragma once

#include "model/Json.h"
#include "model/Names.h"
#include "model/Suggest.h"

namespace session_tidy::model {

/// Keeps the first mistake of a file; everything after it would only follow from it.
class Problems {
public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  /// Always false, so that readers can `return problems.fail(...)`.
  bool fail(Position at, std::string message, std::string hint = {}) {
    if (!first_) first_ = ModelError{file_, at, std::move(message), std::move(hint)};
    return false;
  }

  /// "'x' must be a string, not a number".
  bool wrongType(const JsonValue& value, std::string_view what, std::string_view expected);

  /// The first mistake; to be asked only after something failed.
  [[nodiscard]] ModelError error() const {
    return first_.value_or(
        ModelError{.file = file_, .at = {}, .message = "cannot be read", .hint = {}});
  }

private:
  std::string file_;
  std::optional<ModelError> first_;
};

/// Reads the members of one object. Getters leave the target alone when the key is absent.
class ObjectReader {
public:
  /// `what` names the object in messages: "a kind".
  ObjectReader(const JsonValue& object, std::string_view what, Problems& problems)
      : object_(object), what_(what), problems_(problems) {}

  /// Whether the value is an object and has no keys but these.
  bool expectKeys(const std::vector<std::string_view>& known);

  [[nodiscard]] const JsonValue* find(std::string_view key) const;

  bool get(std::string_view key, std::string& target);
  bool get(std::string_view key, bool& target);
  bool get(std::string_view key, std::vector<std::string>& target);
  bool require(std::string_view key, std::string& target);

  template <class Enum>
  bool getName(std::string_view key, Enum& target) {
    const JsonValue* value = find(key);
    return value == nullptr || readName(*value, key, target);
  }

  /// A word of an enumeration in a value.
  template <class Enum>
  bool readName(const JsonValue& value, std::string_view key, Enum& target) {
    if (value.type != JsonValue::Type::String) return problems_.wrongType(value, key, "a string");
    const auto read = fromName<Enum>(value.text);
    if (!read) {
      return problems_.fail(value.at, "unknown " + std::string(key) + " '" + value.text + "'",
                            suggestion(value.text, allNames<Enum>()));
    }
    target = *read;
    return true;
  }

private:
  const JsonValue& object_;
  std::string_view what_;
  Problems& problems_;
};

/// The strings of an array of non-empty, distinct strings.
bool readStrings(const JsonValue& value, std::string_view what, std::vector<std::string>& target,
                 Problems& problems);

/// A non-empty string.
bool readString(const JsonValue& value, std::string_view what, std::string& target,
                Problems& problems);

} // namespace session_tidy::model
