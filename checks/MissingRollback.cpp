// session-missing-rollback: an exception between begin and commit, and nobody rolls back.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

class MissingRollback : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-missing-rollback",
        .summary =
            "An exception between begin and commit is caught without a rollback, or escapes with the transaction open.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Possible, .highest = Confidence::Certain},
        .fixes = Fixes::SafeOrUnsafe};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    std::vector<RuleOption> all = ProjectGuard::options();
    all.insert(all.begin(),
               {"CheckEscapes", "true",
                "report a begin from which an exception can escape where nothing rolls back"});
    return all;
  }

  void configure(const RuleSettings& settings) override {
    guard_ = ProjectGuard::from(settings);
    if (const auto at = settings.find("CheckEscapes"); at != settings.end())
      escapes_ = isYes(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& verdict : openTransactions(story, result)) {
      const Observation& observation = *verdict.observation;
      const bool atCatch = verdict.falls == OpenVerdict::Falls::ForgottenCatch;
      if (!atCatch && (verdict.falls != OpenVerdict::Falls::Escapes || !escapes_)) continue;
      const SourceRange at =
          atCatch ? story.event(observation.caught).range : beginPlace(story, observation);
      if (!at.isValid() || !said.first(at)) continue;
      const Confidence confidence =
          observation.commitFailed && !atCatch ? Confidence::Possible : verdict.confidence;
      Finding finding = story.finding(info(), confidence, at);
      finding.message =
          atCatch ? catchMessage(story, observation) : escapeMessage(story, observation);
      finding.trace = story.notes(observation);
      finding.remedies.push_back(atCatch ? rollBackInHandler(story, observation, at, false)
                                         : guardTransaction(unit, story, observation, guard_));
      findings.push_back(std::move(finding));
    }
  }

private:
  static std::string where(const Story& story, const Observation& observation) {
    return "the transaction begun " +
           (story.slotOf(observation.object).name.empty()
                ? ""
                : "on " + story.name(observation.object) + " ") +
           "at " + Story::line(story.event(observation.cause).range);
  }

  static std::string catchMessage(const Story& story, const Observation& observation) {
    const std::string start = "this handler does not roll back " + where(story, observation) + ": ";
    if (observation.what == What::NestedBegin)
      return start + "it is still open when the next attempt begins";
    if (observation.what == What::OpenAtGiveBack)
      return start +
             "the connection goes back to its pool with half the work and its locks, and the next lease commits it";
    return start +
           "half the work stays in it with its locks, and the next commit on the session commits it too";
  }

  static std::string escapeMessage(const Story& story, const Observation& observation) {
    const std::string name = story.name(observation.object);
    if (observation.what == What::OpenAtGiveBack)
      return "nothing rolls back the transaction begun here " + story.exitPhrase(observation) +
             ": " + name + " goes back to its pool with it, and the next lease is inside it";
    return "nothing rolls back the transaction begun here " + story.exitPhrase(observation) +
           ": it stays open on " + name + " with its locks, and whatever runs next runs inside it";
  }

  bool escapes_ = true;
  ProjectGuard guard_;
};

} // namespace

std::unique_ptr<Rule> makeMissingRollback() {
  return std::make_unique<MissingRollback>();
}

} // namespace session_tidy
