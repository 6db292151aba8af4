// What becomes of each mention of a variable that an owner replaces.
#include "fix/Owner.h"

#include <algorithm>
#include <array>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool isNull(std::string_view word) {
  return word == "nullptr" || word == "NULL" || word == "0";
}

} // namespace

OwnerUses::OwnerUses(const Site& site, const Declaration& declaration, const std::string& closer)
    : site_(site), code_(site.code), body_(site.body), declaration_(declaration),
      name_(site.code.word(declaration.nameToken)), closer_(closer) {}

void OwnerUses::run(const Span& acquired) {
  acquired_ = acquired;
  const StatementId block = body_.blockOf(declaration_.statement);
  if (block == noStatement) return fail("'" + name_ + "' is not declared in a block");
  const std::size_t last = body_.at(block).last;
  for (std::size_t i = declaration_.nameToken + 1; i < last && obstacle_.empty(); ++i) {
    if (!code_.is(i, name_)) continue;
    if (code_.is(i - 1, ".") || code_.is(i - 1, "->") || code_.is(i - 1, "::")) continue;
    if (code_.is(i + 1, "::")) continue;
    use(i);
  }
}

void OwnerUses::use(std::size_t token) {
  static constexpr std::array<std::string_view, 14> before{
      "return", "co_return", "co_yield", "co_await", "throw", "delete", "case",
      "else",   "do",        "and",      "or",       "not",   "new",    "in"};
  if (code_.isWord(token - 1) && !isOneOf(code_.word(token - 1), before))
    return fail("another variable of the name '" + name_ + "' is declared below it");
  const Span span = code_.spanOf(token, token);
  const StatementId statement = body_.around(span);
  for (std::size_t i = body_.at(statement).first; i < token; ++i)
    if (code_.isMacro(i) && code_.is(i + 1, "(") && code_.partner(i + 1) != noToken &&
        code_.partner(i + 1) > token)
      return fail("'" + name_ + "' is given to the macro '" + std::string(code_.word(i)) + "'");
  if (inLambda(token, statement)) return fail("'" + name_ + "' is captured by a lambda");
  const std::string_view previous = code_.word(token - 1);
  const std::string_view next = code_.word(token + 1);
  const std::string_view before2 = code_.word(token - 2);
  if (isOneOf(previous, std::array<std::string_view, 1>{"&"}) && !code_.isWord(token - 2) &&
      before2 != ")" && before2 != "]") {
    addresses_.push_back(token);
    return;
  }
  if (release(token) || assignment(token)) return;
  if (next == "->" || truth(token) || comparesToNull(token)) return;
  const bool star = previous == "*" && !code_.isWord(token - 2) && before2 != ")" &&
                    before2 != "]" && code_.tokens()[token - 2].kind != Token::Kind::Number;
  if (star || (previous == "*" && before2 == "return")) return;
  if (next == "++" || next == "--" || next == "[" || next == "+=" || previous == "++")
    return fail("'" + name_ + "' is computed with");
  if (previous == "return" && next == ";") {
    const bool shown = std::any_of(
        site_.remedy.handOuts.begin(), site_.remedy.handOuts.end(), [&](const SourceRange& range) {
          const auto place = code_.span(range);
          return place && (place->contains(span) || body_.span(statement).contains(*place));
        });
    if (!shown) return fail("'" + name_ + "' is returned");
    changes_ = true;
    return after(token, ".release()");
  }
  const auto covers = [&](const SourceRange& range) {
    const auto place = code_.span(range);
    return place && place->contains(span);
  };
  if (std::any_of(site_.remedy.takeOvers.begin(), site_.remedy.takeOvers.end(), covers)) {
    changes_ = true;
    return after(token, ".release()");
  }
  if (std::any_of(site_.remedy.handOuts.begin(), site_.remedy.handOuts.end(), covers))
    return fail("'" + name_ + "' is handed to the caller inside of something else");
  // By reference it would have to stay a pointer.
  for (std::size_t i = token; i > body_.at(statement).first; --i) {
    if (!code_.is(i - 1, "(") || code_.partner(i - 1) == noToken || code_.partner(i - 1) < token)
      continue;
    const std::string_view callee = code_.word(i - 2);
    static constexpr std::array<std::string_view, 7> takers{
        "swap", "move", "exchange", "sizeof", "decltype", "ref", "typeid"};
    if (isOneOf(callee, takers))
      return fail("'" + name_ + "' is given to '" + std::string(callee) + "'");
    break;
  }
  after(token, ".get()");
}

// `close(db)`, `delete db`.
bool OwnerUses::release(std::size_t token) {
  const bool deletes = code_.is(token - 1, "delete");
  std::size_t first = token - 1;
  std::size_t last = token;
  if (!deletes) {
    if (!code_.is(token - 1, "(") || code_.partner(token - 1) != token + 1) return false;
    first = token - 2;
    while (first >= 2 && code_.is(first - 1, "::")) first -= code_.isWord(first - 2) ? 2 : 1;
    last = token + 1;
  }
  const Span call = code_.spanOf(first, last);
  const auto isCall = [&](const SourceRange& range) {
    const auto place = code_.span(range);
    return place && *place == call;
  };
  const auto& helpers = site_.remedy.helperEnds;
  if (std::any_of(helpers.begin(), helpers.end(), isCall)) {
    // It may do more than release: it keeps doing that.
    changes_ = true;
    after(token, ".release()");
    return true;
  }
  const auto& ends = site_.remedy.ends;
  if (std::none_of(ends.begin(), ends.end(), isCall) && !deletes) return false;
  if (deletes != (site_.remedy.fromNew || site_.remedy.byDelete)) {
    fail("'" + name_ + "' is not released by what fits its making");
    return true;
  }
  const std::string_view callee = code_.text(code_.spanOf(first, deletes ? first : token - 2));
  const StatementId whole = body_.wholeStatement(call);
  // sqlite3_close_v2 in one place and sqlite3_close in another: the owner may do either.
  if (whole != noStatement && (deletes || !callee.empty())) {
    endStatement(whole, call);
    return true;
  }
  if (deletes) {
    fail("'" + name_ + "' is deleted inside an expression");
    return true;
  }
  changes_ = true;
  after(token, ".release()");
  return true;
}

void OwnerUses::endStatement(StatementId id, const Span& call) {
  if (endsAnyway(id)) {
    removed_.push_back(id);
    edits_.push_back(body_.remove(id));
    return;
  }
  changes_ = true;
  const Span whole{body_.span(id).begin, call.end};
  edits_.push_back(code_.edit(whole, name_ + ".reset()"));
}

// Whether nothing that could tell the difference runs between here and the owner's end.
bool OwnerUses::endsAnyway(StatementId id) const {
  const StatementId home = body_.blockOf(declaration_.statement);
  const StatementId block = body_.blockOf(id);
  if (block == noStatement) return false;
  for (const StatementId next : body_.after(id)) {
    const Statement& statement = body_.at(next);
    if (std::find(removed_.begin(), removed_.end(), next) != removed_.end()) continue;
    if (statement.kind == Kind::Return || code_.is(statement.first, "throw")) return isPlain(next);
    // `db = nullptr;` says once more that it is over.
    return false;
  }
  return block == home;
}

/// A return or throw whose value has nothing to do with what is being released.
bool OwnerUses::isPlain(StatementId id) const {
  static constexpr std::array<std::string_view, 6> harmless{"move", "size",  "empty",
                                                            "str",  "c_str", "value"};
  const Statement& statement = body_.at(id);
  const bool throws = code_.is(statement.first, "throw");
  for (std::size_t i = statement.first; i <= statement.last; ++i) {
    if (code_.is(i, name_)) return false;
    if (!code_.is(i, "(") || !code_.isWord(i - 1) || isOneOf(code_.word(i - 1), harmless)) continue;
    if (code_.is(i - 1, "return")) continue;
    // The exception's own constructor.
    if (throws && (i - 1 == statement.first + 1 || code_.is(i - 2, "::"))) continue;
    return false;
  }
  return true;
}

bool OwnerUses::assignment(std::size_t token) {
  if (!code_.is(token + 1, "=")) return false;
  const StatementId statement = body_.around(code_.spanOf(token, token));
  const Statement& whole = body_.at(statement);
  if (whole.kind != Kind::Simple || whole.first != token) {
    fail("'" + name_ + "' gets a value inside an expression");
    return true;
  }
  changes_ = true;
  if (isNull(code_.word(token + 2)) && whole.last == token + 3) {
    edits_.push_back(code_.edit(code_.spanOf(token, token + 2), name_ + ".reset()"));
    return true;
  }
  for (std::size_t i = token + 2; i < whole.last; ++i)
    if (code_.is(i, "=") || code_.is(i, ",")) {
      const bool nested = std::any_of(
          code_.tokens().begin() + static_cast<std::ptrdiff_t>(token),
          code_.tokens().begin() + static_cast<std::ptrdiff_t>(i), [&](const Token& one) {
            const auto at = static_cast<std::size_t>(&one - code_.tokens().data());
            return code_.partner(at) != noToken && code_.partner(at) > i;
          });
      if (nested) continue;
      fail("'" + name_ + "' gets a value inside an expression");
      return true;
    }
  // Only what makes a new one may be taken over.
  const auto rhs = code_.spanOf(token + 2, whole.last - 1);
  const bool makes = code_.is(token + 2, "new") || acquired_.contains(rhs) ||
                     rhs.contains(acquired_) ||
                     (!site_.remedy.fromNew && code_.isWord(token + 2) &&
                      code_.is(whole.last - 1, ")") && code_.is(token + 3, "(") &&
                      code_.text(acquired_).starts_with(std::string(code_.word(token + 2)) + "("));
  if (!makes) {
    fail("'" + name_ + "' names something else at times");
    return true;
  }
  edits_.push_back(code_.edit(code_.spanOf(token + 1, token + 1), ""));
  const std::size_t nameEnd = code_.tokens()[token].end;
  const std::size_t valueBegin = code_.tokens()[token + 2].begin;
  edits_.back() = code_.edit({nameEnd, valueBegin}, ".reset(");
  edits_.push_back(code_.insert(code_.tokens()[whole.last].begin, ")"));
  return true;
}

bool OwnerUses::truth(std::size_t token) const {
  const std::string_view previous = code_.word(token - 1);
  const std::string_view next = code_.word(token + 1);
  if (previous == "!" || previous == "not") return true;
  const auto ends = [](std::string_view sign) {
    return sign == "&&" || sign == "||" || sign == "and" || sign == "or";
  };
  if (previous == "(" && next == ")") {
    const std::string_view head = code_.word(token - 2);
    return head == "if" || head == "while";
  }
  const bool opens = previous == "(" || ends(previous);
  const bool closes = next == ")" || ends(next);
  return opens && closes && (ends(previous) || ends(next));
}

bool OwnerUses::comparesToNull(std::size_t token) const {
  const auto compares = [&](std::size_t at) { return code_.is(at, "==") || code_.is(at, "!="); };
  if (compares(token + 1) && code_.is(token + 2, "nullptr")) return true;
  return compares(token - 1) && code_.is(token - 2, "nullptr");
}

// Whether the mention stands in a lambda's capture list or body.
bool OwnerUses::inLambda(std::size_t token, StatementId statement) const {
  const Statement& around = body_.at(statement);
  if (around.kind == Kind::Compound) return false;
  for (std::size_t i = around.first; i < token; ++i) {
    const std::size_t close = code_.partner(i);
    if (close == noToken || close < token || close <= i) continue;
    if (code_.is(i, "[") && !code_.isWord(i - 1) && !code_.is(i - 1, ")") && !code_.is(i - 1, "]"))
      return true;
    if (code_.is(i, "{") && (code_.is(i - 1, ")") || code_.is(i - 1, "]") ||
                             code_.is(i - 1, "mutable") || code_.is(i - 1, "noexcept")))
      return around.kind == Kind::Simple || around.kind == Kind::Return;
  }
  return false;
}

void OwnerUses::replace(std::size_t token, std::string text) {
  edits_.push_back(code_.edit(code_.spanOf(token, token), std::move(text)));
}

void OwnerUses::after(std::size_t token, std::string text) {
  edits_.push_back(code_.insert(code_.tokens()[token].end, std::move(text)));
}

} // namespace session_tidy::fix
