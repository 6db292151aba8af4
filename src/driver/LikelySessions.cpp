#include "driver/LikelySessions.h"

#include "model/ShapeNames.h"

#include <algorithm>
#include <string_view>

namespace session_tidy::driver {

namespace {

using model::Op;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// What may follow the verb: begin[Transaction], commit[UnitOfWork], ...
bool isObject(std::string_view word) {
  return isOneOf(word, {"transaction", "tx", "txn", "trans", "tran", "work", "unit", "of",
                        "session", "connection", "changes", "db", "database"});
}

/// Long endings are ends of words, too ("subtransaction"); short ones are whole words.
bool endsLike(const std::string& type, std::initializer_list<std::string_view> endings) {
  const std::vector<std::string> words = model::nameWords(type);
  return !words.empty() && std::ranges::any_of(endings, [&](std::string_view ending) {
    return ending.size() > 6 ? words.back().ends_with(ending) : words.back() == ending;
  });
}

bool has(const LikelyKind& kind, Op op) {
  return std::ranges::any_of(kind.methods,
                             [op](const auto& method) { return method.second == op; });
}

} // namespace

std::optional<Op> likelyOp(const std::string& method) {
  const std::vector<std::string> words = model::nameWords(method);
  if (words.empty()) return std::nullopt;
  std::size_t verb = 1;
  std::string first = words.front();
  if (first == "roll" && words.size() > 1 && words[1] == "back") {
    first = "rollback";
    verb = 2;
  }
  if (!std::all_of(words.begin() + static_cast<std::ptrdiff_t>(verb), words.end(), isObject))
    return std::nullopt;
  const bool alone = words.size() == verb;
  if (first == "begin" || (first == "start" && !alone)) return Op::Begin;
  if (first == "commit" || (first == "save" && !alone)) return Op::Commit;
  if (first == "rollback" || first == "abort" ||
      (isOneOf(first, {"discard", "cancel", "revert", "undo"}) && !alone))
    return Op::Rollback;
  if (isOneOf(first, {"open", "connect", "reconnect", "reopen"})) return Op::Open;
  if (isOneOf(first, {"close", "disconnect"})) return Op::Close;
  return std::nullopt;
}

std::optional<LikelyKind> likelyKind(const SkimmedClass& skimmed) {
  LikelyKind kind;
  kind.type = skimmed.name;
  for (const std::string& method : skimmed.methods)
    if (const auto op = likelyOp(method)) kind.methods.emplace_back(method, *op);
  const std::size_t last = skimmed.name.rfind("::");
  const std::string name = last == std::string::npos ? skimmed.name : skimmed.name.substr(last + 2);
  const bool works = has(kind, Op::Begin) && has(kind, Op::Commit) && has(kind, Op::Rollback);
  const bool lives = has(kind, Op::Open) && has(kind, Op::Close);
  if (works || (lives && endsLike(name, {"session", "connection", "database", "conn", "db"})))
    return kind;
  if (has(kind, Op::Commit) && !has(kind, Op::Begin) &&
      endsLike(name, {"transaction", "tx", "txn", "savepoint", "work"})) {
    kind.role = model::Role::Transaction;
    std::erase_if(kind.methods, [](const auto& method) {
      return method.second == Op::Open || method.second == Op::Close;
    });
    return kind;
  }
  return std::nullopt;
}

} // namespace session_tidy::driver
