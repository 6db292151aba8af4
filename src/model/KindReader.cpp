// Kinds: inheritance by "extends", defaults by role, and checks that the traits suit the role.
#include "model/KindReader.h"

#include <algorithm>

namespace session_tidy::model {

namespace {

const std::vector<std::string_view>& kindKeys() {
  static const std::vector<std::string_view> keys = {
      "role",          "types",           "display",    "extends",
      "handle",        "shared",          "nests",      "threadSafe",
      "readOnly",      "savepoint",       "ownsData",   "reusable",
      "destruction",   "dirtyReturn",     "closer",     "guard",
      "guardHeader",   "temporaryName",   "throws",     "success",
      "members",       "constructors",    "methods",    "note",
      "implicitBegin", "freedWithParent", "view",       "rollsBackOnUnwind",
      "inner",         "innerHeader",     "innerCommit"};
  return keys;
}

/// Traits that would be nonsense with another role.
struct RoleKey {
  std::string_view key;
  Role role;
};
constexpr RoleKey roleKeys[] = {{.key = "guard", .role = Role::Session},
                                {.key = "guardHeader", .role = Role::Session},
                                {.key = "dirtyReturn", .role = Role::Session},
                                {.key = "nests", .role = Role::Session},
                                {.key = "implicitBegin", .role = Role::Session},
                                {.key = "inner", .role = Role::Transaction},
                                {.key = "innerHeader", .role = Role::Transaction},
                                {.key = "innerCommit", .role = Role::Transaction},
                                {.key = "readOnly", .role = Role::Transaction},
                                {.key = "savepoint", .role = Role::Transaction},
                                {.key = "rollsBackOnUnwind", .role = Role::Transaction},
                                {.key = "ownsData", .role = Role::Dependent},
                                {.key = "view", .role = Role::Dependent}};

Destruction usualDestruction(const Kind& kind) {
  if (kind.handle) return Destruction::Nothing;
  switch (kind.role) {
  case Role::Session:
    return Destruction::Close;
  case Role::Transaction:
    return Destruction::Rollback;
  case Role::Dependent:
    return Destruction::Free;
  case Role::Pool:
  case Role::Scope:
  case Role::Generator:
    return Destruction::Nothing;
  }
  return Destruction::Nothing;
}

/// What a constructor most likely does, so that a small model need not say it.
std::vector<CallModel> usualConstructors(const Kind& kind, bool throws) {
  Effect effect;
  if (kind.handle) return {};
  const Operand first{.base = Operand::Base::Argument, .index = 0, .pointee = false};
  if (kind.role == Role::Session) {
    effect.op = Op::Open;
  } else if (kind.role == Role::Transaction || kind.role == Role::Dependent) {
    effect.op = kind.role == Role::Transaction ? Op::Begin : Op::Derive;
    effect.on = first;
  } else {
    return {};
  }
  CallModel call;
  call.effects.push_back(effect);
  call.throws = throws;
  return {call};
}

/// Own methods replace all inherited overloads of the same name.
void mergeMethods(std::vector<CallModel>& inherited, std::vector<CallModel> own) {
  std::erase_if(inherited, [&](const CallModel& call) {
    return std::ranges::any_of(own,
                               [&](const CallModel& other) { return other.name == call.name; });
  });
  inherited.insert(inherited.end(), std::make_move_iterator(own.begin()),
                   std::make_move_iterator(own.end()));
}

bool begins(const CallModel& call) {
  return std::ranges::any_of(call.effects, [](const Effect& e) { return e.op == Op::Begin; });
}

bool isWord(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-');
  });
}

} // namespace

KindReader::KindReader(Library& library, CallDefaults defaults, const ModelSet* known,
                       Problems& problems)
    : library_(library), defaults_(defaults), known_(known), problems_(problems),
      resolver_([this](const std::string& written, Position at, std::string& id) {
        return resolve(written, at, id);
      }) {}

bool KindReader::read(const JsonValue* kinds, const JsonValue* functions) {
  if (kinds != nullptr && !collect(*kinds)) return false;
  for (Entry& entry : entries_)
    if (!readEntry(entry)) return false;
  CallReader calls(CallContext::Function, defaults_, resolver_, problems_);
  if (functions != nullptr && !calls.readNamed(*functions, "functions", library_.functions))
    return false;
  for (Entry& entry : entries_) library_.kinds.push_back(std::move(entry.kind));
  entries_.clear();
  return true;
}

bool KindReader::collect(const JsonValue& kinds) {
  if (kinds.type != JsonValue::Type::Object)
    return problems_.wrongType(kinds, "kinds", "an object");
  for (const JsonMember& member : kinds.members) {
    if (!isWord(member.key))
      return problems_.fail(member.keyAt, "'" + member.key + "' cannot name a kind",
                            "expected a word like 'session'");
    Entry entry;
    entry.source = &member;
    entry.kind.id = library_.name + "." + member.key;
    entry.kind.library = library_.name;
    entries_.push_back(std::move(entry));
  }
  return true;
}

bool KindReader::readEntry(Entry& entry) {
  if (entry.state == Entry::State::Read) return true;
  const JsonValue& value = entry.source->value;
  ObjectReader reader(value, "a kind", problems_);
  if (!reader.expectKeys(kindKeys())) return false;
  entry.state = Entry::State::Reading;
  if (const JsonValue* extends = reader.find("extends");
      extends != nullptr && !inherit(*extends, entry))
    return false;
  entry.state = Entry::State::Read;
  return readKind(value, entry.kind);
}

bool KindReader::inherit(const JsonValue& value, Entry& entry) {
  std::string written;
  std::string id;
  if (!readString(value, "extends", written, problems_) || !resolve(written, value.at, id))
    return false;
  const Kind* base = known_ == nullptr ? nullptr : known_->kind(id);
  for (Entry& other : entries_) {
    if (other.kind.id != id) continue;
    if (other.state == Entry::State::Reading) {
      return problems_.fail(value.at,
                            &other == &entry
                                ? "a kind cannot extend itself"
                                : "'" + written + "' extends '" + entry.source->key + "' in turn",
                            "remove one 'extends' of the cycle");
    }
    if (!readEntry(other)) return false;
    base = &other.kind;
  }
  const std::string ownId = entry.kind.id;
  entry.kind = *base;
  entry.kind.id = ownId;
  entry.kind.library = library_.name;
  // The same class cannot be two kinds, and the display name goes with the class.
  entry.kind.types.clear();
  entry.kind.display.clear();
  return true;
}

bool KindReader::readKind(const JsonValue& value, Kind& kind) {
  ObjectReader reader(value, "a kind", problems_);
  const bool extends = reader.find("extends") != nullptr;
  if (!extends && reader.find("role") == nullptr)
    return problems_.fail(value.at, "a kind needs 'role'", "one of " + oneOf(allNames<Role>()));
  const JsonValue* types = reader.find("types");
  if (types == nullptr) return problems_.fail(value.at, "a kind needs 'types'", "its class names");
  if (!reader.get("view", kind.view) || !reader.getName("role", kind.role) ||
      !readTypes(*types, kind) || !readTraits(reader, kind))
    return false;
  if (!checkRole(reader, value, kind)) return false;
  if (!extends && reader.find("destruction") == nullptr) kind.destruction = usualDestruction(kind);
  if (!extends) kind.constructors = usualConstructors(kind, kind.throws);
  if (const JsonValue* members = reader.find("members");
      members != nullptr && !readMembers(*members, kind))
    return false;
  return readCalls(reader, kind);
}

bool KindReader::readTypes(const JsonValue& value, Kind& kind) {
  if (!readStrings(value, "types", kind.types, problems_)) return false;
  if (kind.types.empty() && kind.view) {
    kind.display = kind.id.substr(kind.id.find('.') + 1);
    return true;
  }
  if (kind.types.empty())
    return problems_.fail(value.at, "'types' is empty", "expected the kind's class names");
  for (std::size_t i = 0; i < kind.types.size(); ++i) {
    const Position at = value.items[i].at;
    if (!checkTypeName(kind.types[i], at, problems_)) return false;
    const auto [taken, fresh] = kindOfType_.try_emplace(kind.types[i], kind.id);
    if (!fresh)
      return problems_.fail(at,
                            "'" + kind.types[i] + "' is already the kind '" + taken->second + "'");
  }
  kind.display = kind.types.front();
  return true;
}

bool KindReader::readTraits(ObjectReader& reader, Kind& kind) {
  std::string note;
  kind.throws = reader.find("extends") != nullptr ? kind.throws : defaults_.throws;
  return reader.get("display", kind.display) && reader.get("handle", kind.handle) &&
         reader.get("shared", kind.shared) && reader.get("nests", kind.nests) &&
         reader.get("implicitBegin", kind.implicitBegin) &&
         reader.get("freedWithParent", kind.freedWithParent) &&
         reader.get("rollsBackOnUnwind", kind.rollsBackOnUnwind) &&
         reader.get("threadSafe", kind.threadSafe) && reader.get("readOnly", kind.readOnly) &&
         reader.get("savepoint", kind.savepoint) && reader.get("ownsData", kind.ownsData) &&
         reader.get("reusable", kind.reusable) && reader.getName("destruction", kind.destruction) &&
         reader.getName("dirtyReturn", kind.dirtyReturn) && reader.get("closer", kind.closer) &&
         reader.get("guard", kind.guard) && reader.get("guardHeader", kind.guardHeader) &&
         reader.get("inner", kind.inner) && reader.get("innerHeader", kind.innerHeader) &&
         reader.get("innerCommit", kind.innerCommit) &&
         reader.get("temporaryName", kind.temporaryName) && reader.get("throws", kind.throws) &&
         reader.get("note", note);
}

bool KindReader::checkRole(ObjectReader& reader, const JsonValue& value, const Kind& kind) {
  for (const RoleKey& roleKey : roleKeys) {
    if (kind.role == roleKey.role) continue;
    if (const JsonValue* misplaced = reader.find(roleKey.key)) {
      return problems_.fail(misplaced->at,
                            "'" + std::string(roleKey.key) + "' makes no sense for a " +
                                std::string(name(kind.role)),
                            "it describes a " + std::string(name(roleKey.role)));
    }
  }
  if (!kind.handle) return true;
  if (const JsonValue* constructors = reader.find("constructors"))
    return problems_.fail(constructors->at, "a handle has no constructors",
                          "its functions open it");
  if (kind.destruction != Destruction::Nothing && reader.find("destruction") != nullptr)
    return problems_.fail(reader.find("destruction")->at, "a handle has no destructor",
                          "its 'closer' ends it");
  if (kind.closer.empty())
    return problems_.fail(value.at, "a handle needs 'closer'", "the function that ends it");
  return true;
}

bool KindReader::readMembers(const JsonValue& value, Kind& kind) {
  if (value.type != JsonValue::Type::Object)
    return problems_.wrongType(value, "members", "an object");
  kind.members.clear();
  for (const JsonMember& member : value.members) {
    std::string written;
    MemberModel model{.name = member.key, .kind = {}};
    if (!readString(member.value, "members", written, problems_)) return false;
    if (written != "this" && !resolve(written, member.value.at, model.kind)) return false;
    kind.members.push_back(std::move(model));
  }
  return true;
}

bool KindReader::readCalls(ObjectReader& reader, Kind& kind) {
  CallDefaults defaults = defaults_;
  defaults.throws = kind.throws;
  if (const JsonValue* success = reader.find("success");
      success != nullptr &&
      !readSuccess(*success, defaults.success, defaults.successValue, problems_))
    return false;
  if (const JsonValue* constructors = reader.find("constructors")) {
    kind.constructors.clear();
    CallReader calls(CallContext::Constructor, defaults, resolver_, problems_);
    if (!calls.readConstructors(*constructors, kind.constructors)) return false;
  }
  kind.beginsOnConstruction = std::ranges::any_of(kind.constructors, begins);
  const JsonValue* methods = reader.find("methods");
  if (methods == nullptr) return true;
  std::vector<CallModel> own;
  if (!CallReader(CallContext::Method, defaults, resolver_, problems_)
           .readNamed(*methods, "methods", own))
    return false;
  mergeMethods(kind.methods, std::move(own));
  return true;
}

bool KindReader::resolve(const std::string& written, Position at, std::string& id) {
  const std::string local = library_.name + "." + written;
  for (const Entry& entry : entries_) {
    if (entry.kind.id != local && entry.kind.id != written) continue;
    id = entry.kind.id;
    return true;
  }
  if (known_ != nullptr && known_->kind(written) != nullptr) {
    id = written;
    return true;
  }
  return problems_.fail(at, "unknown kind '" + written + "'", suggestion(written, knownIds()));
}

std::vector<std::string_view> KindReader::knownIds() const {
  std::vector<std::string_view> ids;
  ids.reserve(entries_.size());
  for (const Entry& entry : entries_) ids.push_back(entry.source->key);
  if (known_ == nullptr) return ids;
  for (const Library& library : known_->libraries())
    for (const Kind& kind : library.kinds) ids.push_back(kind.id);
  return ids;
}

} // namespace session_tidy::model
