// JSON whose every value and key knows where it stands in the file.
//
// nlohmann's parser reports values without positions; a handler over it keeps a cursor of its own.
#pragma once

#include "model/ModelError.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::model {

struct JsonMember;

struct JsonValue {
  enum class Type : std::uint8_t { Null, Boolean, Integer, Fraction, String, Array, Object };

  Type type = Type::Null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text; ///< of a string; of a fraction, as written
  std::vector<JsonValue> items;
  std::vector<JsonMember> members; ///< in the order of the file; keys are unique
  Position at;

  /// "a string", "an object": for messages.
  [[nodiscard]] std::string_view typeName() const;
};

struct JsonMember {
  std::string key;
  Position keyAt;
  JsonValue value;
};

/// Parses strictly: no comments, no trailing commas, no duplicate keys, no trailing text.
Result<JsonValue> parseJson(std::string_view text, const std::string& file);

} // namespace session_tidy::model
