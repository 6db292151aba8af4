// The lists of words.
#include "model/ShapeNames.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string>
#include <vector>

namespace session_tidy::model {

namespace {

using Words = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view name, Words words) {
  return std::ranges::find(words, name) != words.end();
}

bool endsWithOneOf(std::string_view name, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return name.ends_with(word); });
}

} // namespace

std::vector<std::string> nameWords(std::string_view name) {
  const auto is = [&](std::size_t at, int (*kind)(int)) {
    return at < name.size() && kind(static_cast<unsigned char>(name[at])) != 0;
  };
  std::vector<std::string> words;
  bool starts = true;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == '_') {
      starts = true;
      continue;
    }
    // "HTTPServer" is http, server.
    const bool hump =
        at > 0 && is(at, std::isupper) && (!is(at - 1, std::isupper) || is(at + 1, std::islower));
    if (starts || hump) words.emplace_back();
    starts = false;
    words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(name[at])));
  }
  return words;
}

std::string plainName(std::string_view name) {
  std::string result;
  for (const char c : name)
    if (c != '_') result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string_view calledName(std::string_view callee) {
  const auto at = callee.find_last_of(".>:");
  return at == std::string_view::npos ? callee : callee.substr(at + 1);
}

bool looksLikeSession(std::string_view className) {
  return endsWithOneOf(className, {"session", "connection", "database", "conn", "db"});
}

bool looksLikeTransaction(std::string_view className) {
  return endsWithOneOf(className, {"transaction", "savepoint", "txn", "tx", "unitofwork", "uow"});
}

bool looksLikePool(std::string_view className) {
  return endsWithOneOf(className, {"pool"});
}

bool looksLikeStatement(std::string_view className) {
  return endsWithOneOf(className, {"statement", "stmt", "cursor", "query"});
}

bool soundsLikeDatabase(std::string_view name) {
  const Words words = {"sql",    "query",       "exec",     "prepare", "statement",
                       "stmt",   "transaction", "select",   "insert",  "update",
                       "delete", "fetch",       "rows",     "cursor",  "begin",
                       "commit", "rollback",    "database", "persist", "savepoint"};
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return name.find(word) != name.npos; }) ||
         name.starts_with("db") || name.ends_with("db") || name.starts_with("orm");
}

bool speaksSql(std::string_view name) {
  return name.find("sql") != name.npos || name.find("query") != name.npos ||
         std::ranges::any_of(Words{"exec", "prepare", "stmt", "statement"},
                             [&](std::string_view word) { return name.starts_with(word); });
}

std::optional<Op> operationNamed(std::string_view method) {
  // "beginWork", "commit_unit_of_work"
  for (const std::string_view object : {"unitofwork", "work", "unit"})
    if (method.size() > object.size() && method.ends_with(object)) {
      const std::string_view verb = method.substr(0, method.size() - object.size());
      return isOneOf(verb, {"begin", "start"})      ? std::optional(Op::Begin)
             : verb == "commit"                     ? std::optional(Op::Commit)
             : isOneOf(verb, {"rollback", "abort"}) ? std::optional(Op::Rollback)
                                                    : std::nullopt;
    }
  if (isOneOf(method, {"open", "connect", "reconnect", "reopen"})) return Op::Open;
  if (isOneOf(method, {"close", "disconnect"})) return Op::Close;
  if (isOneOf(method, {"begin", "begintransaction", "starttransaction", "begintx", "begintrans",
                       "transaction", "begintran", "starttx"}))
    return Op::Begin;
  if (isOneOf(method, {"commit", "committransaction", "committx", "committrans"}))
    return Op::Commit;
  if (isOneOf(method, {"rollback", "rollbacktransaction", "abort", "aborttransaction", "rollbacktx",
                       "rollbacktrans", "abandon"}))
    return Op::Rollback;
  if (isOneOf(method, {"flush"})) return Op::Flush;
  if (isOneOf(method, {"savepoint", "setsavepoint", "createsavepoint"})) return Op::Savepoint;
  if (isOneOf(method, {"rollbackto", "rollbacktosavepoint"})) return Op::RollbackToSavepoint;
  if (isOneOf(method, {"releasesavepoint"})) return Op::ReleaseSavepoint;
  return std::nullopt;
}

bool soundsLikeFinishing(std::string_view function) {
  const Words plainly = {"rollback", "rolled", "commit", "abort", "undo", "revert", "unwind"};
  const Words ends = {"finish",  "end",     "close", "conclude", "complete",
                      "discard", "cancel",  "fail",  "recover",  "settle",
                      "reset",   "cleanup", "clean", "terminate"};
  const Words objects = {"transaction", "tx",      "txn", "trans",      "work",    "unit",   "of",
                         "session",     "db",      "up",  "connection", "conn",    "the",    "or",
                         "and",         "with",    "on",  "error",      "quietly", "safely", "open",
                         "pending",     "changes", "all", "if",         "needed"};
  const std::vector<std::string> words = nameWords(function);
  const auto oneOf = [](const Words& list) {
    return [&list](const std::string& word) { return isOneOf(word, list); };
  };
  if (std::ranges::any_of(words, oneOf(plainly)) ||
      plainName(function).find("rollback") != std::string::npos)
    return true;
  return std::ranges::any_of(words, oneOf(ends)) &&
         std::ranges::all_of(words, [&](const std::string& word) {
           return isOneOf(word, ends) || isOneOf(word, objects);
         });
}

bool soundsLikeRecording(std::string_view function) {
  const Words records = {"log",    "record", "report", "note",  "notify", "audit", "save",
                         "insert", "write",  "store",  "print", "add",    "trace", "warn",
                         "mark",   "update", "count",  "send",  "queue",  "put",   "last"};
  const std::vector<std::string> words = nameWords(function);
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return isOneOf(word, records); });
}

bool soundsLikeTelling(std::string_view function) {
  const Words tells = {"log",  "report",   "print",    "warn",   "trace",  "dump",
                       "show", "describe", "complain", "perror", "explain"};
  const std::vector<std::string> words = nameWords(function);
  return std::ranges::any_of(words, [&](const std::string& word) { return isOneOf(word, tells); });
}

bool soundsEverybodys(const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [](const std::string& word) {
    return isOneOf(word, {"default", "main", "standard", "primary", "global"});
  });
}

bool soundsLent(const std::vector<std::string>& words) {
  const Words lent = {"current",   "shared", "instance", "default", "global",
                      "singleton", "cached", "existing", "peek",    "borrow"};
  return std::ranges::any_of(words, [&](const std::string& word) { return isOneOf(word, lent); });
}

bool runsLater(std::string_view className, std::string_view method) {
  const Words runners = {"worker",     "workers", "executor", "threads",   "thread",    "tasks",
                         "dispatcher", "strand",  "jobs",     "scheduler", "threadpool"};
  const Words starts = {"submit", "post", "enqueue", "schedule", "spawn", "defer"};
  const std::vector<std::string> of = nameWords(className);
  const std::vector<std::string> does = nameWords(method);
  const auto runner = [&](const std::string& word) { return isOneOf(word, runners); };
  return std::ranges::any_of(of, runner) && !does.empty() && isOneOf(does.front(), starts);
}

bool waitsForTasks(std::string_view function) {
  const Words waits = {"wait", "join", "drain", "sync", "finish", "shutdown", "stop"};
  const std::vector<std::string> words = nameWords(function);
  return std::ranges::any_of(words, [&](const std::string& word) { return isOneOf(word, waits); });
}

bool soundsLikeTries(std::string_view variable) {
  const Words tries = {"attempt", "attempts", "retry", "retries", "try", "tries"};
  const std::vector<std::string> words = nameWords(variable);
  return std::ranges::any_of(words, [&](const std::string& word) { return isOneOf(word, tries); });
}

bool speaksOfTransaction(std::string_view function) {
  const std::string plain = plainName(function);
  return plain.find("transaction") != std::string::npos ||
         plain.find("autocommit") != std::string::npos || plain.find("txn") != std::string::npos;
}

bool asksForTransaction(std::string_view function) {
  const std::string plain = plainName(function);
  if (!speaksOfTransaction(function) || plain.find("isolation") != std::string::npos) return false;
  const auto has = [&](std::string_view word) { return plain.find(word) != std::string::npos; };
  const std::vector<std::string> words = nameWords(function);
  const bool asks = !words.empty() && isOneOf(words.front(), {"in", "is", "has", "intransaction"});
  return asks || has("autocommit") || has("active") || has("status");
}

bool asksWhetherLive(std::string_view function) {
  return isOneOf(plainName(function), {"open", "isopen", "active", "isactive", "begun", "isbegun",
                                       "started", "pending"});
}

bool zeroWhileActive(std::string_view function) {
  return plainName(function).find("autocommit") != std::string::npos;
}

bool soundsLikeDying(std::string_view function) {
  const Words deaths = {"fatal", "die", "panic", "unreachable"};
  const std::vector<std::string> words = nameWords(function);
  return std::ranges::any_of(words, [&](const std::string& word) { return isOneOf(word, deaths); });
}

} // namespace session_tidy::model
