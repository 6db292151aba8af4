// Calls of a model, with their defaults filled in.
#include "model/CallReader.h"

#include <algorithm>
#include <cctype>

namespace session_tidy::model {

namespace {

bool isIdentifier(std::string_view text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])) != 0) return false;
  return std::ranges::all_of(
      text, [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_'); });
}

bool isQualifiedName(std::string_view text) {
  while (true) {
    const std::size_t colons = text.find("::");
    if (!isIdentifier(text.substr(0, colons))) return false;
    if (colons == std::string_view::npos) return true;
    text.remove_prefix(colons + 2);
  }
}

bool isOperator(std::string_view text) {
  if (!text.starts_with("operator")) return false;
  text.remove_prefix(8);
  static const std::vector<std::string_view> symbols = {"<<", ">>", "()", "[]", "->", "*",     "+",
                                                        "-",  "=",  "+=", "==", "!=", "!",     "++",
                                                        "--", "%",  "|",  "|=", "&",  " bool", ","};
  return std::ranges::find(symbols, text) != symbols.end();
}

/// Nothing can go wrong here that a caller would have to look for.
bool cannotFail(Op op) {
  return op == Op::Harmless || op == Op::Close || op == Op::GiveBack || op == Op::Detach ||
         op == Op::Move || op == Op::Outcome;
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> splitNames(std::string_view key) {
  std::vector<std::string_view> names;
  while (true) {
    std::size_t comma = key.find(',');
    // "operator," has a comma of its own.
    if (trim(key.substr(0, comma)) == "operator") comma = key.find(',', comma + 1);
    names.push_back(trim(key.substr(0, comma)));
    if (comma == std::string_view::npos) return names;
    key.remove_prefix(comma + 1);
  }
}

} // namespace

bool checkQualifiedName(const std::string& name, Position at, Problems& problems) {
  if (isQualifiedName(name)) return true;
  return problems.fail(
      at, "'" + name + "' is no qualified name",
      "expected a name like 'soci::session', without template arguments, '&', '*' or a leading '::'");
}

bool checkTypeName(const std::string& name, Position at, Problems& problems) {
  const std::size_t open = name.find('<');
  if (open == std::string::npos || !name.ends_with('>'))
    return checkQualifiedName(name, at, problems);
  if (!checkQualifiedName(name.substr(0, open), at, problems)) return false;
  const auto isArgument = [](std::string_view argument) {
    return argument == "*" || isQualifiedName(argument) ||
           (!argument.empty() && argument.find_first_not_of("0123456789") == argument.npos);
  };
  for (std::size_t begin = open + 1; begin < name.size();) {
    const std::size_t end = name.find_first_of(",>", begin);
    const std::string_view argument = std::string_view(name).substr(begin, end - begin);
    const bool last = end + 1 == name.size();
    if (!isArgument(argument) || (!last && name.substr(end, 2) != ", "))
      return problems.fail(at, "'" + name + "' is no class name",
                           "expected template arguments like in 'pqxx::transaction<*, "
                           "pqxx::write_policy::read_only>'");
    begin = last ? name.size() : end + 2;
  }
  return true;
}

bool readSuccess(const JsonValue& value, Success& success, std::int64_t& successValue,
                 Problems& problems) {
  if (value.type == JsonValue::Type::Integer) {
    success = Success::IfValue;
    successValue = value.integer;
    return true;
  }
  if (value.type != JsonValue::Type::String)
    return problems.wrongType(value, "success", "a word or a whole number");
  const auto word = fromName<Success>(value.text);
  if (!word) {
    std::string hint = suggestion(value.text, allNames<Success>());
    if (hint.starts_with("expected")) hint += ", or a number";
    return problems.fail(value.at, "unknown success '" + value.text + "'", hint);
  }
  success = *word;
  return true;
}

/// `[1, 2]`: what commands give, and what queries give.
bool CallReader::readTwoValues(const JsonValue& value, CallModel& call) {
  const auto isNumber = [](const JsonValue& item) { return item.type == JsonValue::Type::Integer; };
  if (value.type != JsonValue::Type::Array || value.items.size() != 2 ||
      !std::ranges::all_of(value.items, isNumber))
    return false;
  call.success = Success::IfValue;
  call.successValue = value.items[0].integer;
  call.otherSuccess = value.items[1].integer;
  return true;
}

bool CallReader::readNamed(const JsonValue& value, std::string_view what,
                           std::vector<CallModel>& calls) {
  if (value.type != JsonValue::Type::Object) return problems_.wrongType(value, what, "an object");
  const std::size_t first = calls.size();
  for (const JsonMember& member : value.members) {
    std::vector<std::string> names;
    std::vector<CallModel> overloads;
    if (!readNames(member, what, names) || !readOverloads(member.value, overloads)) return false;
    for (const std::string& name : names) {
      const bool known =
          std::any_of(calls.begin() + static_cast<std::ptrdiff_t>(first), calls.end(),
                      [&](const CallModel& call) { return call.name == name; });
      if (known)
        return problems_.fail(member.keyAt,
                              "'" + name + "' is listed twice in '" + std::string(what) + "'",
                              "overloads are an array of objects");
      for (const CallModel& overload : overloads) {
        calls.push_back(overload);
        calls.back().name = name;
      }
    }
  }
  return true;
}

bool CallReader::readNames(const JsonMember& member, std::string_view what,
                           std::vector<std::string>& names) {
  for (const std::string_view name : splitNames(member.key)) {
    const bool wellFormed = context_ == CallContext::Function
                                ? isQualifiedName(name)
                                : isIdentifier(name) || isOperator(name);
    if (!wellFormed) {
      return problems_.fail(member.keyAt,
                            "'" + std::string(name) + "' in '" + std::string(what) + "' is no name",
                            context_ == CallContext::Function
                                ? "expected a name like 'sqlite3_open' or 'pqxx::perform'"
                                : "expected a name like 'commit' or 'operator<<'");
    }
    names.emplace_back(name);
  }
  return true;
}

bool CallReader::readOverloads(const JsonValue& value, std::vector<CallModel>& overloads) {
  const bool several = value.type == JsonValue::Type::Array && !value.items.empty() &&
                       value.items.front().type == JsonValue::Type::Object;
  if (!several) {
    overloads.emplace_back();
    return readCall(value, overloads.back());
  }
  for (const JsonValue& item : value.items) {
    overloads.emplace_back();
    if (item.type != JsonValue::Type::Object) return notAn("object", item);
    if (!readCallObject(item, overloads.back())) return false;
  }
  return true;
}

bool CallReader::readConstructors(const JsonValue& value, std::vector<CallModel>& calls) {
  if (value.type != JsonValue::Type::Array)
    return problems_.wrongType(value, "constructors", "an array");
  for (const JsonValue& item : value.items) {
    calls.emplace_back();
    if (!readCall(item, calls.back())) return false;
  }
  return true;
}

bool CallReader::readCall(const JsonValue& value, CallModel& call) {
  if (value.type == JsonValue::Type::Object) return readCallObject(value, call);
  if (!readEffects(value, call)) return false;
  applyDefaults(call);
  return true;
}

bool CallReader::readCallObject(const JsonValue& value, CallModel& call) {
  ObjectReader reader(value, "a call", problems_);
  if (!reader.expectKeys({"does", "throws", "success", "arity", "arguments", "values", "note"}))
    return false;
  if (const JsonValue* does = reader.find("does"); does != nullptr && !readEffects(*does, call))
    return false;
  if (context_ != CallContext::Constructor && reader.find("does") == nullptr)
    return problems_.fail(value.at, "a call needs 'does'",
                          "an effect such as \"commit\", or an array of them");
  applyDefaults(call);
  std::string note;
  if (!reader.get("throws", call.throws) || !reader.get("note", note)) return false;
  if (const JsonValue* success = reader.find("success");
      success != nullptr && !readTwoValues(*success, call) &&
      !readSuccess(*success, call.success, call.successValue, problems_))
    return false;
  if (const JsonValue* arity = reader.find("arity"); arity != nullptr && !readArity(*arity, call))
    return false;
  if (const JsonValue* arguments = reader.find("arguments");
      arguments != nullptr && !readArguments(*arguments, call))
    return false;
  if (const JsonValue* values = reader.find("values");
      values != nullptr && !readValues(*values, call))
    return false;
  return checkArguments(value, call);
}

bool CallReader::readEffects(const JsonValue& value, CallModel& call) {
  if (value.type == JsonValue::Type::String) return readEffect(value, call);
  if (value.type != JsonValue::Type::Array) return notAn("effect or an array of effects", value);
  if (value.items.empty())
    return problems_.fail(value.at, "no effects", "expected at least one, such as \"harmless\"");
  return std::ranges::all_of(value.items, [&](const JsonValue& item) {
    if (item.type == JsonValue::Type::String) return readEffect(item, call);
    return notAn("effect", item);
  });
}

bool CallReader::notAn(std::string_view expected, const JsonValue& value) {
  return problems_.fail(
      value.at, "expected an " + std::string(expected) + ", not " + std::string(value.typeName()),
      "effects are words such as \"commit\", overloads an array of objects");
}

bool CallReader::readEffect(const JsonValue& value, CallModel& call) {
  const auto column = [&](std::size_t offset) {
    return Position{.line = value.at.line,
                    .column = value.at.column + 1 + static_cast<std::uint32_t>(offset)};
  };
  auto parsed = parseEffect(value.text, context_);
  if (const auto* error = std::get_if<EffectError>(&parsed))
    return problems_.fail(column(error->offset), error->message, error->hint);
  auto& [effect, kindOffset] = std::get<ParsedEffect>(parsed);
  if (!effect.kind.empty()) {
    std::string id;
    if (!resolve_(effect.kind, column(kindOffset), id)) return false;
    effect.kind = std::move(id);
  }
  call.effects.push_back(std::move(effect));
  return true;
}

bool CallReader::readArity(const JsonValue& value, CallModel& call) {
  if (value.type != JsonValue::Type::Integer)
    return problems_.wrongType(value, "arity", "a whole number");
  if (value.integer < 0 || value.integer > 32)
    return problems_.fail(value.at, "'arity' must be from 0 to 32");
  call.arity = static_cast<std::uint8_t>(value.integer);
  return true;
}

bool CallReader::readArguments(const JsonValue& value, CallModel& call) {
  if (value.type != JsonValue::Type::Array)
    return problems_.wrongType(value, "arguments", "an array of class names");
  for (const JsonValue& item : value.items) {
    if (item.type != JsonValue::Type::String)
      return problems_.wrongType(item, "arguments", "an array of class names");
    if (!item.text.empty() && !checkQualifiedName(item.text, item.at, problems_)) return false;
    call.argumentTypes.push_back(item.text);
  }
  return true;
}

bool CallReader::readValues(const JsonValue& value, CallModel& call) {
  if (value.type != JsonValue::Type::Array)
    return problems_.wrongType(value, "values", "an array of constants");
  for (const JsonValue& item : value.items) {
    switch (item.type) {
    case JsonValue::Type::Boolean:
      call.argumentValues.emplace_back(item.boolean ? "true" : "false");
      break;
    case JsonValue::Type::Integer:
      call.argumentValues.push_back(std::to_string(item.integer));
      break;
    case JsonValue::Type::String:
      call.argumentValues.push_back(item.text);
      break;
    default:
      return problems_.wrongType(item, "values", "an array of constants");
    }
  }
  return true;
}

bool CallReader::checkArguments(const JsonValue& value, const CallModel& call) {
  if (!call.arity) return true;
  const std::size_t arity = *call.arity;
  if (call.argumentTypes.size() > arity || call.argumentValues.size() > arity)
    return problems_.fail(value.at, "more arguments are described than 'arity' allows");
  const auto beyond = [&](const Operand& operand) {
    return operand.base == Operand::Base::Argument && operand.index >= arity;
  };
  for (const Effect& effect : call.effects) {
    const bool text = effect.sqlArgument && *effect.sqlArgument >= arity;
    const bool on = effect.on && beyond(*effect.on);
    if (!text && !on && !beyond(effect.subject)) continue;
    return problems_.fail(value.at,
                          "an effect names an argument that 'arity' " + std::to_string(arity) +
                              " leaves out",
                          "arguments count from 0");
  }
  return true;
}

void CallReader::applyDefaults(CallModel& call) const {
  const bool safe =
      std::ranges::all_of(call.effects, [](const Effect& effect) { return cannotFail(effect.op); });
  // A rollback that fails leaves nothing to commit: callers need not look.
  const bool rollback = call.effects.size() == 1 && call.effects[0].op == Op::Rollback;
  call.throws = defaults_.throws && !safe;
  if (safe || rollback || context_ == CallContext::Constructor) return;
  call.success = defaults_.success;
  call.successValue = defaults_.successValue;
}

} // namespace session_tidy::model
