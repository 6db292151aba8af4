// session-temporary-guard: a guard without a name dies at the end of its own statement and guards
// nothing.
#include "analysis/Engine.h"
#include "checks/Names.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

#include <algorithm>
#include <set>

namespace session_tidy {
namespace {

class TemporaryGuard : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-temporary-guard",
        .summary =
            "A transaction or scope guard without a name is destroyed at the end of its own statement, before the "
            "work it should guard.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Certain},
        .fixes = Fixes::SafeOrUnsafe};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    std::set<std::pair<Position, std::string>> seen;
    std::set<std::string> given;
    for (const auto& block : result.function->blocks)
      for (const auto& event : block.events) {
        if (event.op != ir::Op::Discard || event.frame != ir::none || event.subject == ir::none)
          continue;
        const ir::Slot& slot = result.function->slots[event.subject];
        if (slot.kind == ir::none || commits(*result.function, event.subject)) continue;
        // The same statement may stand in several blocks: destructors are copied to every exit.
        if (!seen.emplace(event.range.begin, slot.name).second) continue;
        findings.push_back(report(unit.kinds[slot.kind], *result.function, event, given));
      }
    addSpent(unit, result, findings);
  }

private:
  /// `Transaction(session, body)` ran `body` and committed.
  static bool commits(const ir::Function& function, ir::SlotId guard) {
    return std::ranges::any_of(function.blocks, [&](const ir::Block& block) {
      return std::ranges::any_of(block.events, [&](const ir::Event& event) {
        return event.op == ir::Op::Commit && event.subject == guard;
      });
    });
  }

  /// `pqxx::work{c}.exec("UPDATE ...")`: used once, and rolled back before anybody could commit.
  void addSpent(const ir::Unit& unit, const analysis::FunctionResult& result,
                std::vector<Finding>& findings) const {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (!isForgotten(story, observation) || !isUnnamed(story, observation)) continue;
      const SourceRange at = story.event(story.object(observation.object).made).range;
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), Confidence::Likely, at);
      finding.message = "the transaction " + story.name(observation.object) +
                        " has no name: it is rolled back at the end of this statement, and what "
                        "was written in it is lost without a word";
      finding.trace = story.notes(observation);
      findings.push_back(std::move(finding));
    }
  }

  static Finding report(const model::Kind& kind, const ir::Function& function,
                        const ir::Event& event, std::set<std::string>& given) {
    Finding finding;
    finding.rule = "session-temporary-guard";
    finding.severity = Severity::Error;
    finding.confidence = Confidence::Certain;
    finding.range = event.range;
    finding.function = function.name;
    finding.message = "the guard '" + (kind.display.empty() ? kind.id : kind.display) +
                      "' made here is destroyed at the end of this statement: " + consequence(kind);
    addFix(finding, kind, function, event, given);
    return finding;
  }

  /// What the early end means for the work below.
  static std::string consequence(const model::Kind& kind) {
    switch (kind.destruction) {
    case model::Destruction::Rollback:
      return "the transaction is rolled back before any of the following work runs, which then runs outside of it";
    case model::Destruction::Commit:
      return "the transaction is committed before any of the following work runs, which then runs outside of it";
    case model::Destruction::GiveBack:
      return "the connection is back in its pool before any of the following work runs";
    case model::Destruction::Close:
      return "the session is closed before any of the following work runs";
    default:
      return "nothing of the following work is guarded";
    }
  }

  /// Whether statements that may write run behind a place.
  static bool workFollows(const ir::Function& function, const SourceRange& place) {
    for (const auto& block : function.blocks)
      for (const auto& event : block.events)
        if (event.op == ir::Op::Use && event.access != ir::Access::Read &&
            event.range.file == place.file && place.begin < event.range.begin)
          return true;
    return false;
  }

  /// Whether a transaction is begun behind a guard's place on the session that it guards.
  static bool beginsBelow(const ir::Function& function, const SourceRange& guard) {
    std::set<ir::SlotId> guarded;
    std::set<ir::SlotId> below;
    for (const auto& block : function.blocks)
      for (const auto& event : block.events) {
        if (event.op != ir::Op::Begin || event.range.file != guard.file) continue;
        const ir::SlotId session = event.other != ir::none ? event.other : event.subject;
        if (event.range.begin == guard.begin) guarded.insert(session);
        if (guard.begin < event.range.begin) below.insert(session);
      }
    return std::ranges::any_of(guarded,
                               [&](ir::SlotId session) { return below.count(session) > 0; });
  }

  static void addFix(Finding& finding, const model::Kind& kind, const ir::Function& function,
                     const ir::Event& event, std::set<std::string>& given) {
    if (!event.inner.isValid() || event.inner.inMacro || event.range.inMacro ||
        function.instantiation)
      return;
    if (beginsBelow(function, event.range)) {
      finding.noFix = "with a name the guard would be around the transaction that the work below "
                      "begins on the same session";
      return;
    }
    // Two guards of one function must not get the same name.
    const std::string name =
        freshName(function, kind.temporaryName.empty() ? "guard" : kind.temporaryName, given);
    given.insert(name);
    // Either the name goes in after the type, or (`(void)Guard{s}`) the type and the name replace
    // what is there.
    const bool inserts = event.inner.begin == event.inner.end;
    const std::string text = (inserts ? "" : event.text) + " " + name;
    // What ran outside of the transaction would now be rolled back with it: nothing commits it yet.
    const bool rollsBack =
        kind.destruction == model::Destruction::Rollback && workFollows(function, event.range);
    finding.fixes.push_back({.description = "name the guard '" + name + "'" +
                                            (rollsBack ? "; it then needs a commit" : ""),
                             .safe = !rollsBack,
                             .edits = {{event.inner, text}}});
  }
};

} // namespace

std::unique_ptr<Rule> makeTemporaryGuard() {
  return std::make_unique<TemporaryGuard>();
}

} // namespace session_tidy
