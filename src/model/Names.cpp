// One table per enumeration, read in both directions.
#include "model/Names.h"

namespace session_tidy::model {

namespace {

// The index in each table is the enumerator's value.
template <class Enum>
const std::vector<std::string_view>& table();

template <>
const std::vector<std::string_view>& table<Role>() {
  static const std::vector<std::string_view> words = {"session",   "transaction", "pool",
                                                      "dependent", "scope",       "generator"};
  return words;
}

template <>
const std::vector<std::string_view>& table<Op>() {
  static const std::vector<std::string_view> words = {"open",
                                                      "close",
                                                      "acquire",
                                                      "give-back",
                                                      "begin",
                                                      "commit",
                                                      "rollback",
                                                      "savepoint",
                                                      "release-savepoint",
                                                      "rollback-to-savepoint",
                                                      "flush",
                                                      "use",
                                                      "read",
                                                      "write",
                                                      "sql",
                                                      "harmless",
                                                      "derive",
                                                      "detach",
                                                      "move",
                                                      "remove",
                                                      "refresh",
                                                      "take",
                                                      "keep",
                                                      "outcome"};
  return words;
}

template <>
const std::vector<std::string_view>& table<Destruction>() {
  static const std::vector<std::string_view> words = {"nothing",  "close",  "give-back",
                                                      "rollback", "commit", "free"};
  return words;
}

template <>
const std::vector<std::string_view>& table<DirtyReturn>() {
  static const std::vector<std::string_view> words = {"unknown", "kept", "rolled-back"};
  return words;
}

template <>
const std::vector<std::string_view>& table<Helper>() {
  static const std::vector<std::string_view> words = {
      "owner",     "shared-owner",   "pointer", "callable",       "text",
      "text-view", "text-maker",     "view",    "scope-guard",    "assigned-scope-guard",
      "thread",    "joining-thread", "future",  "joining-future", "task",
      "spawner",   "finisher"};
  return words;
}

template <>
const std::vector<std::string_view>& table<Success>() {
  static const std::vector<std::string_view> words = {"always", "true", "zero", "non-null"};
  return words;
}

template <class Enum>
std::string_view word(Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < table<Enum>().size() ? table<Enum>()[index] : std::string_view("?");
}

} // namespace

std::string_view name(Role role) {
  return word(role);
}
std::string_view name(Op op) {
  return word(op);
}
std::string_view name(Destruction destruction) {
  return word(destruction);
}
std::string_view name(DirtyReturn dirtyReturn) {
  return word(dirtyReturn);
}
std::string_view name(Helper helper) {
  return word(helper);
}
std::string_view name(Success success) {
  return word(success);
}

template <class Enum>
std::optional<Enum> fromName(std::string_view word) {
  const std::vector<std::string_view>& words = table<Enum>();
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

template <class Enum>
const std::vector<std::string_view>& allNames() {
  return table<Enum>();
}

template std::optional<Role> fromName<Role>(std::string_view);
template std::optional<Op> fromName<Op>(std::string_view);
template std::optional<Destruction> fromName<Destruction>(std::string_view);
template std::optional<DirtyReturn> fromName<DirtyReturn>(std::string_view);
template std::optional<Helper> fromName<Helper>(std::string_view);
template std::optional<Success> fromName<Success>(std::string_view);

template const std::vector<std::string_view>& allNames<Role>();
template const std::vector<std::string_view>& allNames<Op>();
template const std::vector<std::string_view>& allNames<Destruction>();
template const std::vector<std::string_view>& allNames<DirtyReturn>();
template const std::vector<std::string_view>& allNames<Helper>();
template const std::vector<std::string_view>& allNames<Success>();

} // namespace session_tidy::model
