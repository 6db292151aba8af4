// session-transaction-bypass: a statement meant for the open transaction runs beside it.
#include "checks/Rules.h"
#include "checks/Story.h"

#include <algorithm>

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

class TransactionBypass : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-transaction-bypass",
        .summary =
            "While a transaction is open, a statement runs on another connection and does not belong to it.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Likely},
        .fixes = Fixes::None};
    return info;
  }

  /// A session with a begin of its own (SOCI, Poco) is in the transaction itself.
  static bool beginsItself(const model::Kind& session) {
    for (const auto& method : session.methods)
      for (const auto& effect : method.effects)
        if (effect.op == model::Op::Begin && effect.subject.base == model::Operand::Base::This)
          return true;
    return false;
  }

  static bool hasDependents(const analysis::FunctionResult& result, analysis::ObjectId id) {
    return std::any_of(result.objects.begin(), result.objects.end(),
                       [id](const analysis::Object& object) { return object.parent == id; });
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (observation.what != What::Bypass ||
          story.insideOneCallee(observation.event, observation.cause))
        continue;
      const bool guard = story.kind(observation.other).role == model::Role::Transaction;
      // Where statements run on the session itself (SOCI), a guard only watches: nothing is
      // bypassed.
      if (guard &&
          (!story.object(observation.other).used || beginsItself(story.kind(observation.object))))
        continue;
      // A transaction in which nothing else runs: that connection is the default one.
      if (!guard && story.object(observation.other).isEntry() &&
          !hasDependents(result, observation.other) && !story.object(observation.other).wrote)
        continue;
      const SourceRange at = story.event(observation.event).range;
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), Confidence::Likely, at);
      const std::string begun = Story::line(story.event(observation.cause).range);
      finding.message =
          guard ? "this statement runs on " + story.name(observation.object) +
                      " itself while the transaction " + story.name(observation.other) +
                      " is open: it is not part of it and stays when it is rolled back"
                : (story.kind(observation.object).role == model::Role::Dependent
                       ? story.name(observation.object) +
                             " was given no connection and runs on the default one"
                       : "this statement runs on " + story.name(observation.object)) +
                      ", outside the transaction begun on " + story.name(observation.other) +
                      " at " + begun + ": it stays when that is rolled back";
      const SourceRange begin = story.event(observation.cause).range;
      if (begin.isValid()) finding.trace.push_back({begin, "the transaction begins here"});
      findings.push_back(std::move(finding));
    }
  }
};

} // namespace

std::unique_ptr<Rule> makeTransactionBypass() {
  return std::make_unique<TransactionBypass>();
}

} // namespace session_tidy
