// Dropping a commit that a later one makes needless.
#include "fix/Planner.h"

#include <algorithm>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

/// The statement of the block `outer` that holds `id`.
StatementId inBlock(const Body& body, StatementId id, StatementId outer) {
  while (id != noStatement && body.at(id).parent != outer) id = body.at(id).parent;
  return id;
}

bool insideLoopOf(const Body& body, StatementId id, StatementId block) {
  for (StatementId up = id; up != noStatement && up != block; up = body.at(up).parent) {
    const Kind kind = body.at(up).kind;
    if (kind == Kind::Loop || kind == Kind::Handler || kind == Kind::Try) return true;
  }
  return false;
}

/// Calls that the analysis does not know as the session's own may look at what was committed.
bool callsOthers(const Site& site, StatementId from, StatementId to, const std::string& object) {
  const std::size_t first = site.body.at(from).last + 1;
  const std::size_t last = site.body.at(to).first;
  for (std::size_t i = first; i < last; ++i) {
    if (!site.code.is(i, "(") || !site.code.isWord(i - 1) || site.code.partner(i) == noToken)
      continue;
    bool concerns = false;
    std::size_t start = i - 1;
    while (start > first && !site.code.is(start - 1, ";") && !site.code.is(start - 1, "{") &&
           !site.code.is(start - 1, "}"))
      --start;
    for (std::size_t j = start; j < site.code.partner(i); ++j)
      concerns = concerns || object.empty() || site.code.is(j, object);
    if (!concerns) return true;
  }
  return false;
}

std::string lastName(const std::string& object) {
  const std::size_t at = object.find_last_of(".>");
  return at == std::string::npos ? object : object.substr(at + 1);
}

} // namespace

Plan dropCommit(const Site& site) {
  const Body& body = site.body;
  const auto early = site.code.span(site.remedy.cause);
  const auto late = site.code.span(site.remedy.at);
  if (!early || !late) return Plan::no("a commit stands in a macro");
  if (*early == *late) return Plan::no("it is committed in every round of a loop");
  const StatementId first = body.wholeStatement(*early);
  const StatementId second = body.wholeStatement(*late);
  if (first == noStatement || second == noStatement)
    return Plan::no("the result of a commit is looked at");
  const StatementId block = body.blockOf(second);
  if (block == noStatement || !body.isInside(first, block) || body.blockOf(first) == noStatement ||
      body.span(first).begin > body.span(second).begin)
    return Plan::no("the later commit is not reached on every path from the earlier one");
  if (insideLoopOf(body, first, block))
    return Plan::no("the earlier commit stands in a loop or a try of its own");
  // No way round the later commit.
  const StatementId start = inBlock(body, first, block);
  const auto leaves = [&](StatementId id) {
    return body.span(id).begin > body.span(first).begin &&
           body.span(id).begin < body.span(second).begin && body.at(id).kind != Kind::Compound &&
           body.isInside(id, block) && body.at(id).children.empty() && body.leaves(id);
  };
  for (StatementId id = 0; id < body.all().size(); ++id)
    if (leaves(id) && !site.code.is(body.at(id).first, "throw"))
      return Plan::no("the function may leave between the commits");
  if (start == noStatement) return Plan::no("the commits are not in one block");
  Plan plan;
  plan.fix.description = "commit once, at the end";
  plan.fix.edits.push_back(body.remove(first));
  for (const SourceRange& range : site.remedy.begins) {
    const auto call = site.code.span(range);
    if (!call || call->begin < early->begin || call->begin > late->begin) continue;
    const StatementId begin = body.wholeStatement(*call);
    if (begin == noStatement) return Plan::no("the result of a begin is looked at");
    plan.fix.edits.push_back(body.remove(begin));
  }
  for (const SourceRange& range : site.remedy.rollbacks) {
    const auto call = site.code.span(range);
    if (call && call->begin > early->begin && call->begin < late->begin)
      return Plan::no("a rollback between the commits would now undo the first part, too");
  }
  plan.fix.safe = !callsOthers(site, first, second, lastName(site.remedy.object));
  return plan;
}

} // namespace session_tidy::fix
