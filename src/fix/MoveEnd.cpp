// Closing after the last use instead of before it.
#include "fix/Planner.h"

#include <algorithm>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

bool mentions(const Site& site, StatementId id, const std::vector<std::string>& names) {
  for (std::size_t i = site.body.at(id).first; i <= site.body.at(id).last; ++i)
    if (site.code.isWord(i) && !site.code.is(i - 1, ".") && !site.code.is(i - 1, "->") &&
        std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return site.code.is(i, name); }))
      return true;
  return false;
}

} // namespace

Plan moveEnd(const Site& site) {
  const Body& body = site.body;
  const Code& code = site.code;
  const auto end = code.span(site.remedy.cause);
  const auto use = code.span(site.remedy.at);
  if (!end || !use) return Plan::no("it stands in a macro");
  const StatementId close = body.wholeStatement(*end);
  if (close == noStatement || body.blockOf(close) == noStatement)
    return Plan::no("what ends it is not a statement of its own");
  std::vector<std::string> names = site.remedy.dependents;
  names.push_back(site.remedy.object);
  const std::vector<StatementId> rest = body.after(close);
  std::size_t last = rest.size();
  bool reached = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    reached = reached || body.span(rest[i]).contains(*use);
    if (mentions(site, rest[i], names)) last = i;
  }
  if (!reached || last == rest.size())
    return Plan::no("the use is not in the block of what ends it");
  bool crosses = false;
  for (std::size_t i = 0; i <= last; ++i) {
    if (body.leaves(rest[i])) return Plan::no("the function is left before the last use is over");
    if (body.at(rest[i]).kind == Kind::Label) return Plan::no("a label stands between the two");
    crosses = crosses || !mentions(site, rest[i], names);
  }
  for (const SourceRange& range : site.remedy.ends) {
    const auto other = code.span(range);
    if (other && *other != *end && other->begin > end->begin &&
        other->begin < body.span(rest[last]).end)
      return Plan::no("it is ended a second time");
  }
  const std::size_t after = body.span(rest[last]).end;
  const std::string text(code.text(body.span(close)));
  const std::string indent(code.indentAt(body.span(rest[last]).begin));
  Plan plan;
  plan.fix.description = "end it after its last use";
  plan.fix.safe = !crosses && !site.remedy.doubtful;
  plan.fix.edits.push_back(body.remove(close));
  const std::size_t lineEnd = code.lineEnd(after);
  const bool lastOnLine = code.lineEnd(after) > code.tokens()[body.at(rest[last]).last].end &&
                          (code.tokenAt(after) >= code.tokens().size() ||
                           code.tokens()[code.tokenAt(after)].begin >= lineEnd);
  if (lastOnLine && lineEnd > 0 && code.text()[lineEnd - 1] == '\n')
    plan.fix.edits.push_back(code.insert(lineEnd, indent + text + "\n"));
  else
    plan.fix.edits.push_back(code.insert(after, " " + text));
  return plan;
}

} // namespace session_tidy::fix
