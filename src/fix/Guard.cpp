// A guard object in place of begin and commit; a handler that rolls back where there is no guard.
#include "fix/Owner.h"
#include "fix/RollBack.h"

#include <algorithm>
#include <map>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

/// The session as the guard's constructor takes it, read from the call that begins.
std::optional<std::string> sessionOf(const Code& code, const Span& call) {
  const std::size_t first = code.tokenAt(call.begin);
  std::size_t split = noToken;
  for (std::size_t i = first; i < code.tokens().size() && code.tokens()[i].end <= call.end; ++i) {
    if (code.is(i, "<<") && split == noToken) split = i;
    if ((code.is(i, ".") || code.is(i, "->")) && code.is(i + 2, "(")) split = i;
    if (code.partner(i) == noToken || code.partner(i) < i) continue;
    if (code.is(i, "(") && code.tokens()[code.partner(i)].end >= call.end) break;
    i = code.partner(i);
  }
  if (split == noToken || split == first) return std::nullopt;
  const std::string object(code.text({call.begin, code.tokens()[split - 1].end}));
  if (code.is(split, "->")) return "*" + object;
  const bool dereferences =
      object.size() > 3 && object.front() == '(' && object[1] == '*' && object.back() == ')';
  return dereferences ? object.substr(1, object.size() - 2) : object;
}

/// Plain `BEGIN`: a guard would take away what else is said (IMMEDIATE, an isolation level).
bool beginsPlainly(const Code& code, const Span& call) {
  for (std::size_t i = code.tokenAt(call.begin);
       i < code.tokens().size() && code.tokens()[i].end <= call.end; ++i) {
    if (code.tokens()[i].kind != Token::Kind::String) continue;
    const std::string_view text = code.word(i);
    std::string sql(text.substr(1, text.size() - 2));
    while (!sql.empty() && (sql.back() == ';' || sql.back() == ' ')) sql.pop_back();
    std::transform(sql.begin(), sql.end(), sql.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return sql == "BEGIN" || sql == "BEGIN TRANSACTION" || sql == "START TRANSACTION" ||
           sql == "BEGIN WORK" || sql == "BEGIN DEFERRED" || sql == "BEGIN DEFERRED TRANSACTION";
  }
  return true;
}

class GuardPlan {
public:
  explicit GuardPlan(const Site& site)
      : site_(site), code_(site.code), body_(site.body), remedy_(site.remedy) {}

  Plan run() {
    if (remedy_.begins.size() != 1) return Plan::no("it is begun in several places");
    const auto call = code_.span(remedy_.begins.front());
    if (!call) return Plan::no("it is begun in a macro");
    const Piece begin = pieceOf(*call);
    call_ = *call;
    begin_ = begin.statement;
    beginText_ = begin.text;
    if (begin_ == noStatement || body_.blockOf(begin_) == noStatement)
      return Plan::no("the begin is not a statement of its own");
    block_ = body_.blockOf(begin_);
    if (body_.hasGoto()) return Plan::no("the function uses goto");
    Plan plan = !remedy_.guard.empty() && beginsPlainly(code_, call_)
                    ? guarded()
                    : Plan::no("no guard fits it");
    if (plan.obstacle.empty() || remedy_.openAtReturn) return plan;
    return handled();
  }

private:
  Plan guarded() {
    auto session = sessionOf(code_, call_);
    // A function of C is given the handle.
    if (!session && remedy_.rollback.empty() && !remedy_.object.empty()) session = remedy_.object;
    if (!session) return Plan::no("on which session it begins is not written here");
    std::vector<Edit> edits;
    name_ = code_.freeName(remedy_.guardName.empty() ? "transaction" : remedy_.guardName,
                           remedy_.taken, body_.span(body_.root()).begin, call_.begin);
    edits.push_back(code_.edit(beginText_, remedy_.guard + " " + name_ + "(" + *session + ")"));
    if (remedy_.commits.empty()) return Plan::no("nothing commits it");
    for (const SourceRange& range : remedy_.commits) {
      const auto [id, text] = pieceAt(range);
      if (id == noStatement) return Plan::no("a commit is not a statement of its own");
      if (!inScope(id)) return Plan::no("a commit is out of the begin's scope");
      edits.push_back(code_.edit(text, name_ + ".commit()"));
    }
    if (remedy_.guardCommits && !everyWayEndsIt())
      return Plan::no("the guard '" + remedy_.guard + "' would commit on every way out");
    std::vector<StatementId> removed;
    for (const SourceRange& range : remedy_.rollbacks) {
      const auto [id, text] = pieceAt(range);
      if (id == noStatement) return Plan::no("a rollback is not a statement of its own");
      if (inScope(id) && !site_.texts.hasMethod(remedy_.guard, "rollback")) {
        if (!endsScope(id)) return Plan::no("the guard cannot roll back before its end");
        removed.push_back(id); // its destructor does it at once
        edits.push_back(body_.remove(id));
      } else if (inScope(id)) {
        edits.push_back(code_.edit(text, name_ + ".rollback()"));
      } else if (inOwnHandler(id)) {
        removed.push_back(id); // the guard has done it when the handler starts
        edits.push_back(body_.remove(id));
      } else {
        return Plan::no("a rollback is out of the begin's scope");
      }
    }
    unwrapTries(site_, removed, edits);
    if (!site_.texts.knowsClass(remedy_.guard)) {
      if (remedy_.guardHeader.empty())
        return Plan::no("the guard '" + remedy_.guard + "' is not declared here");
      if (auto include = includeEdit(code_, remedy_.guardHeader)) edits.push_back(*include);
    }
    return {.fix = {.description = "let the guard '" + remedy_.guard + "' hold the transaction",
                    .safe = !remedy_.doubtful,
                    .edits = std::move(edits)},
            .obstacle = {}};
  }

  /// A statement, and what is to be replaced in it.
  struct Piece {
    StatementId statement = noStatement;
    Span text;
  };

  /// The statement that is this call and nothing else, or frees its result: `PQclear(PQexec(...));`
  [[nodiscard]] Piece pieceOf(const Span& call) const {
    if (const StatementId id = body_.wholeStatement(call); id != noStatement)
      return body_.at(id).kind == Kind::Simple ? Piece{id, call} : Piece{};
    const StatementId id = body_.around(call);
    if (id == noStatement || body_.at(id).kind != Kind::Simple) return {};
    const Statement& whole = body_.at(id);
    const bool wrapped = whole.last > whole.first + 3 && code_.isWord(whole.first) &&
                         code_.is(whole.first + 1, "(") &&
                         code_.partner(whole.first + 1) == whole.last - 1 &&
                         code_.tokens()[whole.first + 2].begin == call.begin &&
                         code_.tokens()[whole.last - 2].end == call.end;
    return wrapped ? Piece{id, {body_.span(id).begin, code_.tokens()[whole.last - 1].end}}
                   : Piece{};
  }

  [[nodiscard]] Piece pieceAt(const SourceRange& range) const {
    const auto place = code_.span(range);
    return place ? pieceOf(*place) : Piece{};
  }

  /// Whether nothing but an exception leaves between the begin and a commit in its own block.
  [[nodiscard]] bool everyWayEndsIt() const {
    std::size_t end = 0;
    for (const SourceRange& range : remedy_.commits)
      if (const Piece commit = pieceAt(range); body_.blockOf(commit.statement) == block_)
        end = std::max(end, body_.span(commit.statement).begin);
    for (const Statement& one : body_.all()) {
      const std::size_t at = code_.tokens()[one.first].begin;
      const bool leaves =
          one.kind == Kind::Return || (one.kind == Kind::Jump && !code_.is(one.first, "throw"));
      if (leaves && at > call_.begin && at < end) return false;
    }
    return end != 0;
  }

  [[nodiscard]] bool inScope(StatementId id) const {
    return body_.isInside(id, block_) && body_.span(id).begin > body_.span(begin_).begin;
  }

  /// Whether the guard's scope ends right after a statement.
  [[nodiscard]] bool endsScope(StatementId id) const {
    const std::vector<StatementId> rest = body_.after(id);
    if (rest.empty()) return body_.blockOf(id) == block_;
    const Statement& next = body_.at(rest.front());
    if (next.kind == Kind::Jump) return code_.is(next.first, "throw");
    return next.kind == Kind::Return && !callsIn(rest.front());
  }

  /// In a handler of the try whose block holds the begin.
  [[nodiscard]] bool inOwnHandler(StatementId id) const {
    for (StatementId up = id; up != noStatement; up = body_.at(up).parent)
      if (body_.at(up).kind == Kind::Handler && body_.isInside(block_, body_.at(up).parent))
        return true;
    return false;
  }

  // ---- no guard: a handler around the work

  Plan handled() {
    if (remedy_.kind != Remedy::Kind::Guard || !remedy_.rollbacks.empty())
      return Plan::no("no guard fits it");
    const std::vector<StatementId> rest = body_.after(begin_);
    const auto text = rollbackText(site_, begin_);
    if (!text) return Plan::no("how to roll back here is not known");
    std::size_t last = rest.size();
    for (std::size_t i = 0; i < rest.size(); ++i)
      for (const SourceRange& range : remedy_.commits)
        if (const auto place = code_.span(range); place && body_.span(rest[i]).contains(*place))
          last = i;
    if (last == rest.size()) return Plan::no("nothing commits it");
    // What is declared in between has to be known behind it, too.
    if (last + 1 < rest.size() && declaresForLater(rest, last)) {
      for (std::size_t i = last + 1; i < rest.size(); ++i)
        if (body_.at(rest[i]).kind != Kind::Return || callsIn(rest[i]))
          return Plan::no("work follows the commit that needs what is declared before it");
      last = rest.size() - 1;
    }
    return wrap(rest.front(), rest[last], *text);
  }

  [[nodiscard]] bool callsIn(StatementId id) const {
    for (std::size_t i = body_.at(id).first; i <= body_.at(id).last; ++i)
      if (code_.is(i, "(")) return true;
    return false;
  }

  /// Whether a name that is declared in the first statements occurs in the later ones.
  [[nodiscard]] bool declaresForLater(const std::vector<StatementId>& rest,
                                      std::size_t last) const {
    for (std::size_t i = 0; i <= last; ++i) {
      const Statement& statement = body_.at(rest[i]);
      if (statement.kind != Kind::Simple) continue;
      for (std::size_t token = statement.first + 1; token < statement.last; ++token) {
        const bool typed = code_.isWord(token - 1) || code_.is(token - 1, "*") ||
                           code_.is(token - 1, "&") || code_.is(token - 1, ">");
        if (!code_.isWord(token) || !typed) continue;
        for (std::size_t j = last + 1; j < rest.size(); ++j)
          for (std::size_t later = body_.at(rest[j]).first; later < body_.at(rest[j]).last; ++later)
            if (code_.is(later, code_.word(token))) return true;
        break;
      }
    }
    return false;
  }

  Plan wrap(StatementId first, StatementId last, const std::string& rollback) const {
    const Span work{body_.span(first).begin, body_.span(last).end};
    const std::string indent(code_.indentAt(work.begin));
    const bool ownLines = code_.isBlank(code_.lineBegin(work.begin), work.begin) &&
                          code_.lineBegin(body_.span(begin_).begin) != code_.lineBegin(work.begin);
    if (!ownLines) return Plan::no("several statements stand on one line");
    std::vector<Edit> edits;
    edits.push_back(
        code_.insert(code_.lineBegin(work.begin), indent + "try {\n" + code_.indentUnit()));
    const std::size_t end = code_.lineEnd(work.end);
    for (std::size_t at = code_.lineEnd(work.begin); at < end; at = code_.lineEnd(at)) {
      const std::size_t token = code_.tokenAt(at);
      const bool inToken = token > 0 && code_.tokens()[token - 1].end > at;
      if (!inToken && !code_.isBlank(at, code_.lineEnd(at)) && at < end)
        edits.push_back(code_.insert(at, code_.indentUnit()));
    }
    edits.push_back(code_.insert(end, indent + "} catch (...) {\n" + indent + code_.indentUnit() +
                                          rollback + ";\n" + indent + code_.indentUnit() +
                                          "throw;\n" + indent + "}\n"));
    return {.fix = {.description = "roll back in a handler and hand the exception on",
                    .safe = true,
                    .edits = std::move(edits)},
            .obstacle = {}};
  }

  const Site& site_;
  const Code& code_;
  const Body& body_;
  const Remedy& remedy_;
  Span call_;
  Span beginText_;
  StatementId begin_ = noStatement;
  StatementId block_ = noStatement;
  std::string name_;
};

} // namespace

Plan guard(const Site& site) {
  return GuardPlan(site).run();
}

} // namespace session_tidy::fix
