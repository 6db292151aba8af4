// Taking away handlers that only released what an owner releases now.
#include "fix/Owner.h"

#include <algorithm>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

bool onlyRethrows(const Site& site, StatementId handler, const std::vector<StatementId>& removed) {
  const Body& body = site.body;
  const StatementId block = body.at(handler).children.front();
  bool any = false;
  bool rethrows = false;
  for (const StatementId child : body.at(block).children) {
    if (std::find(removed.begin(), removed.end(), child) != removed.end()) {
      any = true;
      continue;
    }
    const Statement& statement = body.at(child);
    if (!site.code.is(statement.first, "throw") || statement.last != statement.first + 1)
      return false;
    rethrows = true;
  }
  return any && rethrows;
}

/// A comment in the handler says something that must not be lost.
bool hasComments(const Site& site, StatementId id) {
  const Statement& statement = site.body.at(id);
  for (std::size_t i = statement.first; i < statement.last; ++i)
    if (!site.code.isBlank(site.code.tokens()[i].end, site.code.tokens()[i + 1].begin)) return true;
  return false;
}

/// Names declared in the block may clash with, or must not live as long as, what is around it.
bool mayLoseBraces(const Site& site, StatementId tryStatement) {
  const Body& body = site.body;
  const StatementId block = body.at(tryStatement).children.front();
  const bool lastOne =
      body.blockOf(tryStatement) != noStatement && body.after(tryStatement).empty();
  if (body.blockOf(tryStatement) == noStatement) return false;
  if (lastOne) return true;
  const auto& children = body.at(block).children;
  return std::none_of(children.begin(), children.end(), [&](StatementId child) {
    const Statement& statement = body.at(child);
    if (statement.kind != Kind::Simple) return false;
    // `Type name`, `Type* name`, `Type<X> name` at the start.
    for (std::size_t i = statement.first; i < statement.last; ++i) {
      if (site.code.is(i, "(") || site.code.is(i, "=") || site.code.is(i, "<<") ||
          site.code.is(i, ".") || site.code.is(i, "->"))
        return false;
      if (site.code.isWord(i + 1) && (i > statement.first || site.code.isWord(i)) &&
          (site.code.isWord(i) || site.code.is(i, "*") || site.code.is(i, "&") ||
           site.code.is(i, ">")))
        return !site.code.is(i, "delete");
    }
    return false;
  });
}

/// Moves the lines of a block to the left, except those inside of a token (raw strings).
void dedent(const Site& site, const Span& lines, std::size_t width, const std::vector<Edit>& made,
            std::vector<Edit>& edits) {
  const Code& code = site.code;
  for (std::size_t at = code.lineBegin(lines.begin); at < lines.end; at = code.lineEnd(at)) {
    if (at < lines.begin || code.indentAt(at).size() < width || code.isBlank(at, code.lineEnd(at)))
      continue;
    const std::size_t token = code.tokenAt(at);
    if (token > 0 && code.tokens()[token - 1].end > at) continue;
    const Edit edit = code.edit({at, at + width}, "");
    const bool taken = std::any_of(made.begin(), made.end(), [&](const Edit& other) {
      return other.range.begin < edit.range.end && edit.range.begin < other.range.end;
    });
    if (!taken) edits.push_back(edit);
  }
}

} // namespace

void unwrapTries(const Site& site, const std::vector<StatementId>& removed,
                 std::vector<Edit>& edits) {
  const Body& body = site.body;
  const Code& code = site.code;
  for (StatementId id = 0; id < body.all().size(); ++id) {
    const Statement& statement = body.at(id);
    if (statement.kind != Kind::Try || statement.children.size() < 2) continue;
    const bool all = std::all_of(
        statement.children.begin() + 1, statement.children.end(), [&](StatementId handler) {
          return onlyRethrows(site, handler, removed) && !hasComments(site, handler);
        });
    if (!all) continue;
    const Statement& block = body.at(statement.children.front());
    const Span whole = body.span(id);
    const std::size_t open = code.tokens()[block.first].end;
    const std::size_t close = code.tokens()[block.last].begin;
    // Edits in the handlers go with them.
    std::erase_if(edits, [&](const Edit& edit) {
      const auto place = code.span(edit.range);
      return place && place->begin >= close && place->end <= code.lineEnd(whole.end) &&
             place->begin < whole.end;
    });
    const bool ownLines = code.isBlank(open, code.lineEnd(open)) &&
                          code.isBlank(code.lineBegin(close), close) &&
                          code.isBlank(code.lineBegin(whole.begin), whole.begin) &&
                          code.isBlank(whole.end, code.lineEnd(whole.end));
    if (!ownLines || !mayLoseBraces(site, id)) {
      // The braces stay: `{ ... }`.
      edits.push_back(code.edit({whole.begin, code.tokens()[block.first].begin}, ""));
      edits.push_back(code.edit({close + 1, whole.end}, ""));
      continue;
    }
    edits.push_back(code.edit({code.lineBegin(whole.begin), code.lineEnd(open)}, ""));
    edits.push_back(code.edit({code.lineBegin(close), code.lineEnd(whole.end)}, ""));
    const std::size_t outer = code.indentAt(whole.begin).size();
    if (block.first + 1 == block.last) continue;
    const std::size_t inner = code.indentAt(code.tokens()[block.first + 1].begin).size();
    if (inner <= outer) continue;
    const std::vector<Edit> made = edits;
    dedent(site, {code.lineEnd(open), code.lineBegin(close)}, inner - outer, made, edits);
  }
}

} // namespace session_tidy::fix
