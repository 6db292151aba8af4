// The lists of words.
#include "model/HandleNames.h"

#include "model/ShapeNames.h"

#include <algorithm>
#include <initializer_list>

namespace session_tidy::model {

namespace {

using Words = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view word, const Words& words) {
  return std::ranges::find(words, word) != words.end();
}

bool hasOneOf(const NameWords& words, const Words& wanted) {
  return std::ranges::any_of(words, [&](const std::string& word) { return isOneOf(word, wanted); });
}

/// Whether the last word, or all the name, is one of these.
bool endsWithOneOf(const NameWords& words, const Words& wanted) {
  return !words.empty() && isOneOf(words.back(), wanted);
}

bool isTransactionWord(std::string_view word) {
  return isOneOf(word, {"transaction", "transactions", "tx", "txn", "trans", "tran", "xact"});
}

/// What an operation may be done to.
bool isObject(std::string_view word) {
  return isTransactionWord(word) ||
         isOneOf(word, {"work", "unit", "of", "connection", "conn", "session", "sess", "database",
                        "db", "handle", "client"});
}

/// How it may be done.
bool isManner(std::string_view word) {
  return isOneOf(word,
                 {"to",      "with", "from",     "by",        "on",        "in",        "url",
                  "uri",     "dsn",  "string",   "str",       "file",      "path",      "name",
                  "options", "opts", "config",   "params",    "ex",        "v2",        "v3",
                  "default", "new",  "secure",   "ssl",       "tls",       "remote",    "local",
                  "memory",  "host", "read",     "write",     "only",      "readonly",  "rw",
                  "ro",      "now",  "deferred", "immediate", "exclusive", "isolation", "level"});
}

constexpr auto makers = {"open",     "connect", "create", "new",   "make", "alloc",
                         "allocate", "init",    "login",  "logon", "dial"};
constexpr auto frees = {"free", "destroy", "delete", "dispose", "release", "finalize", "fini"};
constexpr auto closes = {"close", "finish", "cleanup"};
constexpr auto disconnects = {"disconnect", "shutdown", "logout", "logoff", "terminate", "term"};

template <typename List>
bool isIn(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::end(list);
}

/// The verb of a name that has one, objects and manners besides, and nothing else; empty for
/// others.
std::string verbOf(const NameWords& words) {
  std::string verb;
  for (const std::string& word : words) {
    if (isObject(word) || (!verb.empty() && isManner(word))) continue;
    if (!verb.empty() && !(verb == "roll" && word == "back")) return "";
    verb += word;
  }
  return verb;
}

} // namespace

NameWords typeWords(std::string_view name) {
  NameWords words = nameWords(name);
  while (words.size() > 1 && isOneOf(words.back(), {"t", "s", "st", "struct"})) words.pop_back();
  return words;
}

std::optional<Op> handleOperation(const NameWords& words) {
  if (hasOneOf(words, {"savepoint"})) {
    std::string joined;
    for (const std::string& word : words) joined += word;
    return operationNamed(joined);
  }
  const std::string verb = verbOf(words);
  if (isIn(verb, makers)) return Op::Open;
  if (releaseRank(words) > 0) return Op::Close;
  if (verb == "begin" || (verb == "start" && speaksOfTransactions(words))) return Op::Begin;
  if (verb == "commit") return Op::Commit;
  if (verb == "rollback" || verb == "abort")
    return endsWithOneOf(words, {"to"}) ? Op::RollbackToSavepoint : Op::Rollback;
  if (verb == "flush") return Op::Flush;
  return std::nullopt;
}

unsigned releaseRank(const NameWords& words) {
  if (speaksOfTransactions(words)) return 0; // "finish_transaction" ends that, not the handle
  const std::string verb = verbOf(words);
  if (isIn(verb, frees)) return 3;
  if (isIn(verb, closes)) return 2;
  return isIn(verb, disconnects) ? 1 : 0;
}

bool runsText(const NameWords& words) {
  return hasOneOf(words, {"exec", "execute", "run", "query", "select", "sql", "command"}) &&
         !hasOneOf(words, {"prepare", "prepared"});
}

bool leavesRow(const NameWords& words) {
  return hasOneOf(words, {"next", "step", "fetch", "advance", "move", "seek", "rewind", "reset",
                          "first", "last", "prev", "previous", "exec", "execute"});
}

bool showsOnly(const NameWords& words, const NameWords& type) {
  const bool rows = holdsRows(type) || endsWithOneOf(type, {"cursor", "iterator", "iter", "stmt",
                                                            "statement", "reader"});
  return soundsLent(words) || hasOneOf(words, {"last", "parent", "owner", "self"}) ||
         (!rows && hasOneOf(words, {"get"}));
}

bool holdsRows(const NameWords& type) {
  return endsWithOneOf(type, {"result", "results", "res", "rows", "row", "reply", "resultset",
                              "set", "table", "record", "records"});
}

bool namesSession(const NameWords& type) {
  return (type.size() > 1 && endsWithOneOf(type, {"conn", "db", "dbc"})) ||
         (!type.empty() && type.back() != "db" && type.back() != "conn" &&
          looksLikeSession(type.back()));
}

bool namesTransaction(const NameWords& type) {
  return !type.empty() && (isTransactionWord(type.back()) || looksLikeTransaction(type.back()));
}

bool speaksOfTransactions(const NameWords& words) {
  return std::ranges::any_of(words, isTransactionWord);
}

bool namesPool(const NameWords& type) {
  return !type.empty() && looksLikePool(type.back());
}

bool namesDatabase(const NameWords& words) {
  return std::ranges::any_of(words, [](const std::string& word) {
    return isOneOf(word, {"db", "database", "sql", "dbc", "dbms", "store"}) ||
           word.find("sql") != std::string::npos || word.ends_with("db");
  });
}

unsigned successRank(std::string_view enumerator) {
  const NameWords words = nameWords(enumerator);
  const bool negated = words.size() > 1 && isOneOf(words[words.size() - 2], {"no", "not"}) &&
                       words.back() != "error";
  if (negated || words.empty()) return 0;
  if (endsWithOneOf(words, {"ok", "okay"})) return 4;
  if (endsWithOneOf(words, {"success", "succeeded", "successful", "noerror"})) return 3;
  if (words.size() > 1 && words[words.size() - 2] == "no" && endsWithOneOf(words, {"error", "err"}))
    return 3;
  if (endsWithOneOf(words, {"none"})) return 2;
  return endsWithOneOf(words, {"done"}) ? 1 : 0;
}

} // namespace session_tidy::model
