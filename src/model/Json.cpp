// Builds the position-annotated tree from nlohmann's SAX events.
#include "model/Json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>

namespace session_tidy::model {

namespace {

// Models are five levels deep; the bound keeps the tree's recursive destructor off the end of the
// stack.
constexpr std::size_t deepest = 64;

/// Finds where tokens start and end. The parser has already checked that they are well formed.
class Cursor {
public:
  explicit Cursor(std::string_view text) : text_(text) {
    if (text.starts_with("\xEF\xBB\xBF")) offset_ = lineStart_ = 3;
  }

  /// Position of the next token; commas and colons are not tokens here.
  Position next() {
    while (offset_ < text_.size() &&
           std::string_view(" \t\r\n,:").find(text_[offset_]) != std::string_view::npos)
      step();
    return here();
  }

  /// Position of what the parser could not take: behind the last token and the separator that may
  /// follow it.
  Position offending(char separator) {
    skipSpace();
    if (offset_ < text_.size() && text_[offset_] == separator) {
      step();
      skipSpace();
    }
    return here();
  }

  void skip(std::size_t count) { offset_ = std::min(offset_ + count, text_.size()); }

  void skipString() {
    skip(1);
    while (offset_ < text_.size() && text_[offset_] != '"') skip(text_[offset_] == '\\' ? 2 : 1);
    skip(1);
  }

  void skipNumber() {
    if (offset_ < text_.size() && text_[offset_] == '-') skip(1);
    // "01" is a zero and a mistake.
    if (offset_ + 1 < text_.size() && text_[offset_] == '0' && text_[offset_ + 1] >= '0' &&
        text_[offset_ + 1] <= '9')
      return skip(1);
    while (offset_ < text_.size() &&
           std::string_view("+-.0123456789eE").find(text_[offset_]) != std::string_view::npos)
      skip(1);
  }

private:
  void skipSpace() {
    while (offset_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[offset_]) != std::string_view::npos)
      step();
  }

  void step() {
    if (text_[offset_++] != '\n') return;
    ++line_;
    lineStart_ = offset_;
  }

  [[nodiscard]] Position here() const {
    return {.line = line_, .column = static_cast<std::uint32_t>(offset_ - lineStart_ + 1)};
  }

  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t lineStart_ = 0;
  std::uint32_t line_ = 1;
};

/// The keys of an object that is being read. Most are small: a linear look costs less than a set.
class Keys {
public:
  /// False if the key is there already. `members`: those that have it so far.
  bool add(const std::vector<JsonMember>& members, const std::string& key) {
    constexpr std::size_t few = 32;
    if (members.size() < few)
      return std::ranges::find(members, key, &JsonMember::key) == members.end();
    if (many_.empty())
      for (const JsonMember& member : members) many_.insert(member.key);
    return many_.insert(key).second;
  }

private:
  std::unordered_set<std::string> many_;
};

class TreeBuilder {
public:
  TreeBuilder(std::string_view text, const std::string& file) : cursor_(text), file_(file) {}

  // NOLINTBEGIN(readability-identifier-naming): nlohmann asks for these names.
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
    if (!keys_.back().add(members, value))
      return fail(at, "the key '" + value + "' is here twice", "remove one of the two");
    members.push_back({.key = std::move(value), .keyAt = at, .value = {}});
    separator_ = ':';
    return true;
  }

  bool parse_error(std::size_t /*position*/, const std::string& /*lastToken*/,
                   const nlohmann::json::exception& problem) {
    std::string message = explain(problem.what());
    // The parser does not tell that a comma would do as well.
    if (separator_ == ',' && message.ends_with("expected '}'"))
      message.insert(message.size() - 3, "',' or ");
    if (separator_ == ',' && message.ends_with("expected ']'"))
      message.insert(message.size() - 3, "',' or ");
    return fail(cursor_.offending(separator_), std::move(message), {});
  }

  // NOLINTEND(readability-identifier-naming)

  Result<JsonValue> take() {
    if (error_) return *error_;
    return std::move(root_);
  }

  [[nodiscard]] bool failed() const { return error_.has_value(); }

private:
  /// Leaves of nlohmann's message what a reader wants: what was found and what was expected.
  static std::string explain(std::string_view what) {
    std::string_view reason = what.substr(std::min(what.find("] ") + 2, what.size()));
    if (const std::size_t dash = reason.find(" - "); dash != std::string_view::npos)
      reason.remove_prefix(dash + 3);
    std::string out = "not JSON: " + std::string(reason.substr(0, reason.find("; last read")));
    if (const std::size_t expected = reason.find("; expected");
        expected != std::string_view::npos && out.find("; expected") == std::string::npos)
      out += reason.substr(expected);
    return out;
  }

  bool fail(Position at, std::string message, std::string hint) {
    if (!error_)
      error_ = ModelError{
          .file = file_, .at = at, .message = std::move(message), .hint = std::move(hint)};
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
    keys_.emplace_back();
    separator_ = '\0';
    return true;
  }

  bool close() {
    cursor_.next();
    cursor_.skip(1);
    JsonValue node = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return add(std::move(node));
  }

  bool add(JsonValue node) {
    separator_ = stack_.empty() ? '\0' : ',';
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
  char separator_ = '\0'; ///< what may stand between the last token and the next
  JsonValue root_;
  std::vector<JsonValue> stack_;
  std::vector<Keys> keys_; ///< of those on the stack
  std::optional<ModelError> error_;
};

} // namespace

std::string_view JsonValue::typeName() const {
  switch (type) {
  case Type::Null:
    return "null";
  case Type::Boolean:
    return "a boolean";
  case Type::Integer:
  case Type::Fraction:
    return "a number";
  case Type::String:
    return "a string";
  case Type::Array:
    return "an array";
  case Type::Object:
    return "an object";
  }
  return "a value";
}

Result<JsonValue> parseJson(std::string_view text, const std::string& file) {
  TreeBuilder builder(text, file);
  // On a duplicate key the handler stops the parser by returning false; the error is already kept.
  const bool read = nlohmann::json::sax_parse(text.begin(), text.end(), &builder,
                                              nlohmann::json::input_format_t::json,
                                              /*strict=*/true, /*ignore_comments=*/false);
  if (!read && !builder.failed())
    return ModelError{
        .file = file, .at = {.line = 1, .column = 1}, .message = "not JSON", .hint = {}};
  return builder.take();
}

} // namespace session_tidy::model
