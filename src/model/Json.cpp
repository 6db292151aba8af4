// Builds the position-annotated tree from nlohmann's SAX events.
#include "model/Json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace session_tidy::model {

namespace {

// Models are five levels deep; the bound keeps the tree's recursive destructor off the end of the stack.
constexpr std::size_t deepest = 64;

/// Finds where tokens start and end. The parser has already checked that they are well formed.
class Cursor {
public:
  explicit Cursor(std::string_view text) : text_(text) {
    if (text.starts_with("\xEF\xBB\xBF")) offset_ = lineStart_ = 3;
  }

  /// Position of the next token; commas and colons are not tokens here.
  Position next() {
    while (offset_ < text_.size() && std::string_view(" \t\r\n,:").find(text_[offset_]) != std::string_view::npos)
      step();
    return here();
  }

  /// Position of an offset at or after the cursor.
  Position at(std::size_t offset) {
    while (offset_ < std::min(offset, text_.size())) step();
    return here();
  }

  void skip(std::size_t count) { offset_ = std::min(offset_ + count, text_.size()); }

  void skipString() {
    skip(1);
    while (offset_ < text_.size() && text_[offset_] != '"') skip(text_[offset_] == '\\' ? 2 : 1);
    skip(1);
  }

  void skipNumber() {
    while (offset_ < text_.size() && std::string_view("+-.0123456789eE").find(text_[offset_]) != std::string_view::npos)
      skip(1);
  }

  [[nodiscard]] std::size_t offset() const { return offset_; }

private:
  void step() {
    if (text_[offset_++] != '\n') return;
    ++line_;
    lineStart_ = offset_;
  }

  [[nodiscard]] Position here() const {
    return {line_, static_cast<std::uint32_t>(offset_ - lineStart_ + 1)};
  }

  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t lineStart_ = 0;
  std::uint32_t line_ = 1;
};

/// Objects are small: a linear look costs less than a set.
bool hasKey(const std::vector<JsonMember>& members, std::string_view key) {
  return std::any_of(members.begin(), members.end(), [&](const JsonMember& member) { return member.key == key; });
}

class TreeBuilder {
public:
  TreeBuilder(std::string_view text, const std::string& file) : cursor_(text), file_(file), size_(text.size()) {}

  bool null() { return scalar(JsonValue::Type::Null, 4, {}); }

  bool boolean(bool value) {
    JsonValue node;
    node.boolean = value;
    return scalar(JsonValue::Type::Boolean, value ? 4 : 5, std::move(node));
  }

  bool number_integer(std::int64_t value) {
    JsonValue node;
    node.integer = value;
    return number(JsonValue::Type::Integer, std::move(node));
  }

  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return number(JsonValue::Type::Fraction, {});
    return number_integer(static_cast<std::int64_t>(value));
  }

  bool number_float(double /*value*/, const std::string& written) {
    JsonValue node;
    node.text = written;
    return number(JsonValue::Type::Fraction, std::move(node));
  }

  bool string(std::string& value) {
    JsonValue node;
    node.type = JsonValue::Type::String;
    node.at = cursor_.next();
    node.text = std::move(value);
    cursor_.skipString();
    return add(std::move(node));
  }

  bool binary(std::vector<std::uint8_t>& /*value*/) { return false; }

  bool start_object(std::size_t /*size*/) { return open(JsonValue::Type::Object); }
  bool start_array(std::size_t /*size*/) { return open(JsonValue::Type::Array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& value) {
    const Position at = cursor_.next();
    cursor_.skipString();
    std::vector<JsonMember>& members = stack_.back().members;
    if (hasKey(members, value)) return fail(at, "the key '" + value + "' is here twice", "remove one of the two");
    members.push_back({std::move(value), at, {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string& lastToken, const nlohmann::json::exception& problem) {
    const std::size_t end = std::min(position, size_);
    const std::size_t start = end > lastToken.size() ? end - lastToken.size() : 0;
    const bool atEnd = position > size_;
    return fail(cursor_.at(std::max(cursor_.offset(), atEnd ? size_ : start)), explain(problem.what()), {});
  }

  Result<JsonValue> take() {
    if (error_) return *error_;
    return std::move(root_);
  }

  [[nodiscard]] bool failed() const { return error_.has_value(); }

private:
  /// Leaves of nlohmann's message what a reader wants: what was found and what was expected.
  static std::string explain(std::string_view what) {
    for (std::string_view marker : {"while parsing ", "column "}) {
      const std::size_t found = what.find(marker);
      if (found == std::string_view::npos) continue;
      const std::size_t dash = what.find(marker == "column " ? ": " : " - ", found);
      if (dash == std::string_view::npos) continue;
      return "not JSON: " + std::string(what.substr(dash + (marker == "column " ? 2 : 3)));
    }
    return "not JSON: " + std::string(what);
  }

  bool fail(Position at, std::string message, std::string hint) {
    if (!error_) error_ = ModelError{file_, at, std::move(message), std::move(hint)};
    return false;
  }

  bool scalar(JsonValue::Type type, std::size_t length, JsonValue node) {
    node.type = type;
    node.at = cursor_.next();
    cursor_.skip(length);
    return add(std::move(node));
  }

  bool number(JsonValue::Type type, JsonValue node) {
    node.type = type;
    node.at = cursor_.next();
    cursor_.skipNumber();
    return add(std::move(node));
  }

  bool open(JsonValue::Type type) {
    JsonValue node;
    node.type = type;
    node.at = cursor_.next();
    cursor_.skip(1);
    if (stack_.size() >= deepest) return fail(node.at, "nested too deeply", {});
    stack_.push_back(std::move(node));
    return true;
  }

  bool close() {
    cursor_.next();
    cursor_.skip(1);
    JsonValue node = std::move(stack_.back());
    stack_.pop_back();
    return add(std::move(node));
  }

  bool add(JsonValue node) {
    if (stack_.empty())
      root_ = std::move(node);
    else if (JsonValue& parent = stack_.back(); parent.type == JsonValue::Type::Array)
      parent.items.push_back(std::move(node));
    else
      parent.members.back().value = std::move(node);
    return true;
  }

  Cursor cursor_;
  const std::string& file_;
  std::size_t size_;
  JsonValue root_;
  std::vector<JsonValue> stack_;
  std::optional<ModelError> error_;
};

}  // namespace

std::string_view JsonValue::typeName() const {
  switch (type) {
  case Type::Null: return "null";
  case Type::Boolean: return "a boolean";
  case Type::Integer: return "a number";
  case Type::Fraction: return "a number";
  case Type::String: return "a string";
  case Type::Array: return "an array";
  case Type::Object: return "an object";
  }
  return "a value";
}

Result<JsonValue> parseJson(std::string_view text, const std::string& file) {
  TreeBuilder builder(text, file);
  // On a duplicate key the handler stops the parser by returning false; the error is already kept.
  const bool read = nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json,
                                              /*strict=*/true, /*ignore_comments=*/false);
  if (!read && !builder.failed()) return ModelError{file, {1, 1}, "not JSON", {}};
  return builder.take();
}

}  // namespace session_tidy::model
