// Reads what calls do: the "functions", "methods" and "constructors" of a model.
#pragma once

#include "model/EffectText.h"
#include "model/ObjectReader.h"

#include <functional>

namespace session_tidy::model {

/// What a call does when its model does not say so.
struct CallDefaults {
  bool throws = false;
  Success success = Success::Always;
  std::int64_t successValue = 0;
};

/// Turns a kind as written into its id, or reports that there is none.
using KindResolver = std::function<bool(const std::string& written, Position at, std::string& id)>;

class CallReader {
public:
  CallReader(CallContext context, CallDefaults defaults, const KindResolver& resolve,
             Problems& problems)
      : context_(context), defaults_(defaults), resolve_(resolve), problems_(problems) {}

  /// An object from names ("begin" or "begin, start") to what they do; appended to `calls`.
  bool readNamed(const JsonValue& value, std::string_view what, std::vector<CallModel>& calls);

  /// An array of constructors.
  bool readConstructors(const JsonValue& value, std::vector<CallModel>& calls);

private:
  static bool readTwoValues(const JsonValue& value, CallModel& call);
  bool readNames(const JsonMember& member, std::string_view what, std::vector<std::string>& names);
  bool readOverloads(const JsonValue& value, std::vector<CallModel>& overloads);
  bool readCall(const JsonValue& value, CallModel& call);
  bool readCallObject(const JsonValue& value, CallModel& call);
  bool readEffects(const JsonValue& value, CallModel& call);
  bool notAn(std::string_view expected, const JsonValue& value);
  bool readEffect(const JsonValue& value, CallModel& call);
  bool readArguments(const JsonValue& value, CallModel& call);
  bool readValues(const JsonValue& value, CallModel& call);
  bool readArity(const JsonValue& value, CallModel& call);
  bool checkArguments(const JsonValue& value, const CallModel& call);
  void applyDefaults(CallModel& call) const;

  CallContext context_;
  CallDefaults defaults_;
  const KindResolver& resolve_;
  Problems& problems_;
};

/// "always", "true", "zero", "non-null" or a number.
bool readSuccess(const JsonValue& value, Success& success, std::int64_t& successValue,
                 Problems& problems);

/// Whether this is a name like "soci::session"; reports at `at` if not.
bool checkQualifiedName(const std::string& name, Position at, Problems& problems);

/// ... or one with template arguments, that are names, numbers or `*`: "pqxx::transaction<*,
/// read>".
bool checkTypeName(const std::string& name, Position at, Problems& problems);

} // namespace session_tidy::model
