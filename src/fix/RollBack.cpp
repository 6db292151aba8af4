// Rolling back first thing in a handler.
#include "fix/RollBack.h"

#include <algorithm>
#include <cctype>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

std::string upper(std::string_view text) {
  std::string result;
  for (const char c : text)
    result += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

/// Whether the SQL in a string literal starts a transaction.
bool startsWith(std::string_view literal, std::string_view word) {
  const std::size_t quote = literal.find('"');
  if (quote == std::string_view::npos || literal.find('R') < quote) return false;
  std::string sql = upper(literal.substr(quote + 1));
  sql.erase(0, sql.find_first_not_of(' '));
  return sql.rfind(word, 0) == 0;
}

/// The receiver of a call by method: "sql." of "sql.begin()".
std::optional<std::string> receiver(const Code& code, const Span& call) {
  std::size_t at = code.tokenAt(call.begin);
  std::size_t member = noToken;
  for (; at < code.tokens().size() && code.tokens()[at].end <= call.end; ++at) {
    if (code.is(at, ".") || code.is(at, "->")) member = at;
    if (code.is(at, "(") || code.is(at, "[") || code.is(at, "<<")) {
      if (code.is(at, "<<")) return std::nullopt;
      const std::size_t close = code.partner(at);
      if (close == noToken) return std::nullopt;
      if (code.tokens()[close].end >= call.end) break;
      at = close;
    }
  }
  if (member == noToken) return std::nullopt;
  return std::string(code.text({call.begin, code.tokens()[member].end}));
}

/// Addresses of locals ("&error") mean nothing in the handler.
std::string withoutAddresses(const Code& code, const Span& call) {
  std::string text;
  std::size_t from = call.begin;
  for (std::size_t i = code.tokenAt(call.begin);
       i + 1 < code.tokens().size() && code.tokens()[i + 1].end <= call.end; ++i) {
    const bool argument = i > 0 && (code.is(i - 1, ",") || code.is(i - 1, "("));
    if (!argument || !code.is(i, "&") || !code.isWord(i + 1)) continue;
    if (!code.is(i + 2, ",") && !code.is(i + 2, ")")) continue;
    text += code.text({from, code.tokens()[i].begin});
    text += "nullptr";
    from = code.tokens()[i + 1].end;
  }
  return text + std::string(code.text({from, call.end}));
}

bool mentionsMacroCall(const Code& code, const Span& call) {
  for (std::size_t i = code.tokenAt(call.begin);
       i < code.tokens().size() && code.tokens()[i].begin < call.end; ++i)
    if (code.isMacro(i) && code.is(i + 1, "(")) return true;
  return false;
}

/// Statements the function already rolls back by, elsewhere.
std::optional<std::string> knownRollback(const Site& site) {
  for (const SourceRange& range : site.remedy.rollbacks) {
    const auto call = site.code.span(range);
    if (!call || mentionsMacroCall(site.code, *call)) continue;
    const StatementId whole = site.body.wholeStatement(*call);
    if (whole == noStatement) continue;
    return withoutAddresses(site.code, *call);
  }
  return std::nullopt;
}

/// Versions of a library differ in what their classes have.
bool hasRollback(const Site& site) {
  return !site.remedy.rollback.empty() &&
         site.texts.hasMethod(site.remedy.type, site.remedy.rollback);
}

std::optional<std::string> fromBegin(const Site& site) {
  for (const SourceRange& range : site.remedy.begins) {
    const auto call = site.code.span(range);
    if (!call || mentionsMacroCall(site.code, *call)) continue;
    for (const std::string_view word : {"BEGIN", "START TRANSACTION"})
      if (withSql(site.code, *call, word, "ROLLBACK")) {
        // A result that nobody frees would be the next leak: PQclear(PQexec(c, "BEGIN")).
        const StatementId around = site.body.around(*call);
        const Span whole = site.body.span(around);
        const bool wrapped =
            site.body.at(around).kind == Kind::Simple &&
            site.code.is(site.body.at(around).last - 1, ")") &&
            site.code.isWord(site.body.at(around).first) &&
            site.code.is(site.body.at(around).first + 1, "(") &&
            site.code.partner(site.body.at(around).first + 1) == site.body.at(around).last - 1;
        const Span text = wrapped ? Span{whole.begin, whole.end - 1} : *call;
        std::string sql = *withSql(site.code, text, word, "ROLLBACK");
        if (!wrapped && sql.rfind("PQexec", 0) == 0) sql = "PQclear(" + sql + ")";
        return sql;
      }
    if (!hasRollback(site)) continue;
    if (const auto object = receiver(site.code, *call))
      return *object + site.remedy.rollback + "()";
  }
  return std::nullopt;
}

/// Whether the variable's declaration says that what it names cannot be changed: "const T& db",
/// "const T* db"; not "T* const db", nor a smart pointer that is const itself.
bool isConstant(const Site& site) {
  const auto declared = site.code.span(site.remedy.declared);
  if (!declared) return false;
  const Code& code = site.code;
  bool star = false;
  int angles = 0;
  for (std::size_t i = code.tokenAt(declared->begin); i-- > 0;) {
    if (code.is(i, ">")) ++angles;
    if (code.is(i, "<")) --angles;
    if (angles < 0) return false;
    if (angles > 0) continue;
    for (const char* before : {"(", ")", ",", ";", "{", "}"})
      if (code.is(i, before)) return false;
    star = star || code.is(i, "*");
    if (code.is(i, "const") && (star || !site.remedy.pointer)) return true;
  }
  return false;
}

std::optional<std::string> fromName(const Site& site) {
  const Remedy& remedy = site.remedy;
  if (remedy.object.empty() || !hasRollback(site) || isConstant(site)) return std::nullopt;
  // A member of something else, got by a function of its class, may not be named here.
  const auto body = site.code.span(remedy.body);
  if (remedy.object.find('.') != std::string::npos &&
      (!body || site.code.text(*body).find(remedy.object) == std::string_view::npos))
    return std::nullopt;
  return remedy.object + (remedy.pointer ? "->" : ".") + remedy.rollback + "()";
}

/// Whether a commit inside the try may be followed by something that throws: then the handler may
/// find the work committed, and the rollback may fail in its turn.
bool mayBeCommitted(const Site& site, StatementId tryStatement) {
  if (!site.remedy.mayThrow) return false; // a rollback too many returns an error, no more
  const StatementId block = site.body.at(tryStatement).children.front();
  for (const SourceRange& range : site.remedy.commits) {
    const auto call = site.code.span(range);
    if (!call) continue;
    StatementId commit = site.body.around(*call);
    if (!site.body.isInside(commit, block)) continue;
    for (; commit != block; commit = site.body.at(commit).parent)
      for (const StatementId next : site.body.after(commit)) {
        const Statement& statement = site.body.at(next);
        const bool harmless = statement.kind == Kind::Return || statement.kind == Kind::Jump;
        bool calls = false;
        for (std::size_t i = statement.first; i <= statement.last; ++i)
          calls = calls || site.code.is(i, "(") || site.code.is(i, "<<");
        if (calls &&
            !(harmless && statement.kind == Kind::Jump && !site.code.is(statement.first, "throw")))
          return true;
        if (harmless) break;
      }
  }
  return false;
}

/// Whether a handler runs on into a commit of what it would have rolled back.
bool runsIntoCommit(const Site& site, StatementId handler) {
  const Body& body = site.body;
  const auto& inside = body.at(body.at(handler).children.front()).children;
  if (!inside.empty() && body.at(inside.back()).children.empty() && body.leaves(inside.back()))
    return false;
  const std::size_t end = body.span(body.at(handler).parent).end;
  return std::any_of(site.remedy.commits.begin(), site.remedy.commits.end(),
                     [&](const SourceRange& range) {
                       const auto call = site.code.span(range);
                       return call && call->begin >= end;
                     });
}

/// The edit that ends a handler with a statement.
void appendTo(const Site& site, StatementId block, const std::string& last,
              std::vector<Edit>& edits) {
  const Code& code = site.code;
  const std::size_t open = code.tokens()[site.body.at(block).first].end;
  const std::size_t close = code.tokens()[site.body.at(block).last].begin;
  const std::string outer(code.indentAt(close));
  if (code.isBlank(code.lineBegin(close), close))
    edits.push_back(code.insert(code.lineBegin(close), outer + code.indentUnit() + last + "\n"));
  else
    edits.push_back(code.edit(code.isBlank(open, close) ? Span{open, close} : Span{close, close},
                              code.isBlank(open, close) ? " " + last + " " : last + " "));
}

/// The edits that put statements in front of (and behind) what a handler does.
void fillHandler(const Site& site, StatementId block, const std::string& first,
                 const std::string& last, std::vector<Edit>& edits) {
  const Code& code = site.code;
  const Statement& braces = site.body.at(block);
  const std::size_t open = code.tokens()[braces.first].end;
  const std::size_t close = code.tokens()[braces.last].begin;
  if (first.empty()) return appendTo(site, block, last, edits);
  const bool oneLine = code.lineBegin(open) == code.lineBegin(close);
  if (oneLine) {
    const bool empty = code.isBlank(open, close);
    edits.push_back(
        code.edit(empty ? Span{open, close} : Span{open, open},
                  " " + first + (empty && !last.empty() ? " " + last : "") + (empty ? " " : "")));
    if (!empty && !last.empty()) edits.push_back(code.insert(close, last + " "));
    return;
  }
  const std::string indent =
      braces.children.empty()
          ? std::string(code.indentAt(open)) + code.indentUnit()
          : std::string(code.indentAt(site.body.span(braces.children.front()).begin));
  // Behind a comment that stands beside the brace.
  const std::size_t firstChild =
      braces.children.empty() ? close : site.body.span(braces.children.front()).begin;
  const std::size_t lineEnd = code.lineEnd(open);
  if (lineEnd <= firstChild)
    edits.push_back(code.insert(lineEnd, indent + first + "\n"));
  else
    edits.push_back(code.insert(open, "\n" + indent + first));
  if (!last.empty()) edits.push_back(code.insert(code.lineBegin(close), indent + last + "\n"));
}

} // namespace

std::optional<std::string> withSql(const Code& code, const Span& call, std::string_view word,
                                   std::string_view sql) {
  for (std::size_t i = code.tokenAt(call.begin);
       i < code.tokens().size() && code.tokens()[i].end <= call.end; ++i) {
    const Token& token = code.tokens()[i];
    const std::string_view literal = code.word(i);
    if (token.kind != Token::Kind::String || !startsWith(literal, word)) continue;
    const std::size_t quote = literal.find('"');
    const bool semicolon = literal.substr(0, literal.rfind('"')).ends_with(';');
    const std::string text = std::string(literal.substr(0, quote + 1)) + std::string(sql) +
                             (semicolon ? ";" : "") +
                             std::string(literal.substr(literal.rfind('"')));
    const std::string all = withoutAddresses(code, {call.begin, token.begin}) + text +
                            withoutAddresses(code, {token.end, call.end});
    return all;
  }
  return std::nullopt;
}

bool isVisible(const Site& site, StatementId place) {
  const auto declared = site.code.span(site.remedy.declared);
  if (!declared) return !site.remedy.local;
  const StatementId declaration = site.body.around(*declared);
  if (declaration == noStatement) return true; // a parameter
  if (site.body.at(declaration).kind != Kind::Simple) return site.body.isInside(place, declaration);
  const StatementId block = site.body.blockOf(declaration);
  return block != noStatement && site.body.isInside(place, block) &&
         declared->begin < site.body.span(place).begin;
}

std::optional<std::string> rollbackText(const Site& site, StatementId place) {
  if (!isVisible(site, place)) return std::nullopt;
  if (auto text = knownRollback(site)) return text;
  if (auto text = fromBegin(site)) return text;
  return fromName(site);
}

Plan rollBackInHandler(const Site& site) {
  const Remedy& remedy = site.remedy;
  const auto at = site.code.span(remedy.at);
  if (!at) return Plan::no("the handler stands in a macro");
  StatementId handler = site.body.around({at->begin, at->begin + 1});
  while (handler != noStatement && site.body.at(handler).kind != Kind::Handler)
    handler = site.body.at(handler).parent;
  if (handler == noStatement) return Plan::no("the handler is that of another function");
  const StatementId block = site.body.at(handler).children.front();
  for (const SourceRange& range : remedy.rollbacks)
    if (const auto call = site.code.span(range); call && site.body.span(block).contains(*call))
      return Plan::no("the handler rolls back on some of its ways");
  if (!isVisible(site, handler))
    return Plan::no("'" + remedy.object + "' is not in scope in the handler");
  const auto text = rollbackText(site, handler);
  const bool rethrow = remedy.kind == Remedy::Kind::RollBackAndRethrow;
  if (!rethrow && runsIntoCommit(site, handler))
    return Plan::no("the commit behind the handler would find nothing to commit");
  // A guard rolls back when the exception passes it.
  if (!text && !(rethrow && remedy.endsByItself))
    return Plan::no("how to roll back here is not known");
  const auto& inside = site.body.at(block).children;
  if (rethrow && !inside.empty() && site.body.leaves(block))
    return Plan::no("the handler goes on in a way of its own");
  const bool committed = mayBeCommitted(site, site.body.at(handler).parent);
  Plan plan;
  plan.fix.description = rethrow ? "roll back in the handler and hand the exception on"
                                 : "roll back first thing in the handler";
  plan.fix.safe = !rethrow && !committed;
  fillHandler(site, block, text ? *text + ";" : "", rethrow ? "throw;" : "", plan.fix.edits);
  return plan;
}

} // namespace session_tidy::fix
