// A transaction inside another, by the class that the library has for it: subtransaction,
// savepoint.
#include "fix/Includes.h"
#include "fix/Owner.h"
#include "fix/Planner.h"

#include <algorithm>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

void replaceAll(std::string& text, std::string_view what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

class NestPlan {
public:
  explicit NestPlan(const Site& site)
      : site_(site), code_(site.code), body_(site.body), remedy_(site.remedy),
        type_(site.remedy.guard.substr(0, site.remedy.guard.find(' '))) {}

  Plan run() {
    const auto call = code_.span(remedy_.at);
    if (!call) return Plan::no("it is begun in a macro");
    if (body_.hasGoto()) return Plan::no("the function uses goto");
    if (!readDeclaration(*call)) return Plan::no("its declaration is not a statement of its own");
    for (const char* mark : {"/*", "//"})
      if (code_.text(declaration()).find(mark) != std::string_view::npos)
        return Plan::no("a comment stands in its declaration");
    if (const std::string why = outerTrouble(); !why.empty()) return Plan::no(why);
    if (const std::string why = useTrouble(); !why.empty()) return Plan::no(why);
    std::vector<Edit> edits{code_.edit(declaration(), declared())};
    for (const std::size_t method : commits_)
      edits.push_back(code_.edit(code_.spanOf(method, method), remedy_.innerCommit));
    if (!site_.texts.knowsClass(type_)) {
      if (remedy_.guardHeader.empty()) return Plan::no("'" + type_ + "' is not declared here");
      if (auto include = includeEdit(code_, remedy_.guardHeader)) edits.push_back(*include);
    }
    return {.fix = {.description = "begin '" + remedy_.object + "' inside '" + remedy_.outer + "'",
                    .safe = false,
                    .edits = std::move(edits)},
            .obstacle = {}};
  }

private:
  /// `Type name(session, ...);` and nothing else.
  bool readDeclaration(const Span& call) {
    statement_ = body_.around(call);
    if (statement_ == noStatement || body_.at(statement_).kind != Kind::Simple ||
        body_.blockOf(statement_) == noStatement)
      return false;
    const Statement& whole = body_.at(statement_);
    name_ = whole.first;
    while (name_ < whole.last && !code_.is(name_, "(") && !code_.is(name_, "{")) {
      const bool typed = code_.isWord(name_) || code_.is(name_, "::") || code_.is(name_, "<") ||
                         code_.is(name_, ">");
      if (!typed || code_.is(name_, "static") || code_.is(name_, "auto")) return false;
      ++name_;
    }
    open_ = name_--;
    return name_ > whole.first && name_ < whole.last && code_.is(name_, remedy_.object) &&
           code_.partner(open_) == whole.last - 1;
  }

  /// Whether the first transaction is a variable that is known here and outlives this one.
  std::string outerTrouble() const {
    if (remedy_.outer.empty()) return "the first one has no variable of its own here";
    if (remedy_.outer == remedy_.object) return "both have the same name";
    const auto place = code_.span(remedy_.cause);
    const StatementId outer = place ? body_.around(*place) : noStatement;
    const StatementId block = outer == noStatement ? noStatement : body_.blockOf(outer);
    if (block == noStatement || !body_.isInside(statement_, block))
      return "the first one is out of scope here";
    return {};
  }

  /// What is done with it has to be possible inside another, and be over before the other one is.
  std::string useTrouble() {
    std::size_t lastCommit = noToken;
    const std::size_t end = body_.at(body_.blockOf(statement_)).last;
    for (std::size_t i = body_.at(statement_).last; i < end; ++i) {
      if (!code_.is(i, remedy_.object) || code_.is(i - 1, ".") || code_.is(i - 1, "->") ||
          code_.is(i - 1, "::"))
        continue;
      if (!code_.is(i + 1, ".")) return "'" + remedy_.object + "' is handed on";
      const bool commits = code_.is(i + 2, "commit");
      const std::string method(commits ? remedy_.innerCommit : code_.word(i + 2));
      if (!site_.texts.hasMethod(type_, method)) return "'" + type_ + "' has no '" + method + "'";
      if (!commits) continue;
      lastCommit = i;
      if (method != "commit") commits_.push_back(i + 2);
    }
    for (const SourceRange& range : remedy_.outerCommits) {
      const auto place = code_.span(range);
      if (!place) return "the first one is committed in a macro";
      const std::size_t at = code_.tokenAt(place->begin);
      if (at > body_.at(statement_).last && at < end && (lastCommit == noToken || lastCommit > at))
        return "the first one is committed before it";
    }
    return {};
  }

  [[nodiscard]] Span declaration() const {
    return code_.spanOf(body_.at(statement_).first, body_.at(statement_).last - 1);
  }

  [[nodiscard]] std::string declared() const {
    std::size_t last = open_ + 1;
    while (last < code_.partner(open_) && !code_.is(last, ",")) {
      const std::size_t partner = code_.partner(last);
      last = partner != noToken && partner > last ? partner + 1 : last + 1;
    }
    std::string text = remedy_.guard;
    replaceAll(text, "{session}", std::string(code_.text(code_.spanOf(open_ + 1, last - 1))));
    replaceAll(text, "{outer}", (remedy_.outerPointer ? "*" : "") + remedy_.outer);
    replaceAll(text, "{name}", remedy_.object);
    return text;
  }

  const Site& site_;
  const Code& code_;
  const Body& body_;
  const Remedy& remedy_;
  std::string type_; ///< of the transaction inside
  StatementId statement_ = noStatement;
  std::size_t name_ = noToken;
  std::size_t open_ = noToken;
  std::vector<std::size_t> commits_; ///< names of methods to be replaced
};

} // namespace

Plan nest(const Site& site) {
  return NestPlan(site).run();
}

} // namespace session_tidy::fix
