// Reading JSON that is expected to have a certain form: what does not fit is told with its place.
//
// For files that session-tidy writes itself: keys that are not asked for may be there.
#pragma once

#include "model/Json.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::model {

class JsonFields;

/// Calls `use` with the document. What is wrong with it, if anything is; `hint` says what to do.
std::optional<ModelError> readFields(std::string_view text, const std::string& file,
                                     const std::string& hint,
                                     const std::function<void(const JsonFields&)>& use);

/// One value of a document. What it is asked for and does not have ends `readFields`.
class JsonFields {
public:
  explicit JsonFields(const JsonValue& value, std::string name = "the document")
      : value_(value), name_(std::move(name)) {}

  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] JsonFields at(std::string_view key) const;
  [[nodiscard]] std::vector<JsonFields> items() const;
  [[nodiscard]] std::vector<JsonFields> members() const; ///< of an object, named by their keys

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] std::uint32_t number() const;
  [[nodiscard]] bool truth() const;

  /// `hint`: instead of the one for the whole document.
  [[noreturn]] void fail(std::string message, std::string hint = {}) const;

private:
  const JsonValue& expect(JsonValue::Type type, std::string_view expected) const;
  [[nodiscard]] const JsonValue* find(std::string_view key) const;

  const JsonValue& value_;
  std::string name_;
};

} // namespace session_tidy::model
