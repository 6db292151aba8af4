// Reads the "kinds" and "functions" of a model or a configuration into a Library.
#pragma once

#include "model/CallReader.h"
#include "model/ModelSet.h"

#include <map>

namespace session_tidy::model {

class KindReader {
public:
  /// `library.name` is already set: it is the prefix of the ids.
  KindReader(Library& library, CallDefaults defaults, const ModelSet* known, Problems& problems);

  /// Either may be null.
  bool read(const JsonValue* kinds, const JsonValue* functions);

private:
  struct Entry {
    const JsonMember* source = nullptr;
    enum class State : std::uint8_t { Unread, Reading, Read } state = State::Unread;
    Kind kind;
  };

  bool collect(const JsonValue& kinds);
  bool readEntry(Entry& entry);
  bool inherit(const JsonValue& value, Entry& entry);
  bool readKind(const JsonValue& value, Kind& kind);
  bool readTraits(ObjectReader& reader, Kind& kind);
  bool readTypes(const JsonValue& value, Kind& kind);
  bool readMembers(const JsonValue& value, Kind& kind);
  bool readCalls(ObjectReader& reader, Kind& kind);
  bool checkRole(ObjectReader& reader, const JsonValue& value, const Kind& kind);
  bool resolve(const std::string& written, Position at, std::string& id);
  [[nodiscard]] std::vector<std::string_view> knownIds() const;

  Library& library_;
  CallDefaults defaults_;
  const ModelSet* known_;
  Problems& problems_;
  KindResolver resolver_;
  std::vector<Entry> entries_;
  std::map<std::string, std::string>
      kindOfType_; ///< type to the kind that took it, for the clash message
};

} // namespace session_tidy::model
