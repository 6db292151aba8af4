// session-leak: a session, lease, statement or result that some path does not release.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

namespace session_tidy {
namespace {

using analysis::Leaving;
using analysis::Observation;
using analysis::What;

class Leak : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-leak",
        .summary =
            "A session, lease, statement or result is not released on some path: an early return, an exception, a failed open.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Certain},
        .fixes = Fixes::SafeOrUnsafe};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    return {{"CheckExceptions", "true", "report what leaks only when an exception passes"},
            {"CheckFailedOpen", "true", "report handles that a failed open leaves behind"}};
  }

  void configure(const RuleSettings& settings) override {
    if (const auto at = settings.find("CheckExceptions"); at != settings.end())
      exceptions_ = isYes(at->second);
    if (const auto at = settings.find("CheckFailedOpen"); at != settings.end())
      failedOpen_ = isYes(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& verdict : leaks(story, result)) {
      const Observation& observation = *verdict.observation;
      if (observation.leaving == Leaving::ByException && !exceptions_) continue;
      if (observation.afterFailure && !failedOpen_) continue;
      const SourceRange at = placeOr(story.event(story.object(observation.object).made).range,
                                     story.slotOf(observation.object).declared);
      if (!said.first(at, story.slotOf(observation.object).name)) continue;
      Finding finding = story.finding(info(), verdict.confidence, at);
      finding.message = message(story, observation);
      finding.trace = story.notes(observation);
      if (const SourceRange exit = story.exitPlace(observation.trace);
          observation.what == What::Leaked && exit.isValid() &&
          (finding.trace.empty() || finding.trace.back().range != exit))
        finding.trace.push_back({exit, "leaves here with it open"});
      finding.remedies.push_back(ownObject(story, observation.object, at));
      findings.push_back(std::move(finding));
    }
  }

private:
  static std::string message(const Story& story, const Observation& observation) {
    const std::string what =
        "the " + story.noun(observation.object) + " " + story.name(observation.object);
    const std::string thing =
        story.slotOf(observation.object).name.empty() ? story.name(observation.object) : what;
    if (observation.what == What::Overwritten) {
      const ir::Event& by = story.event(observation.event);
      return thing + " " + verb(story, observation) + " here is lost at " + Story::line(by.range) +
             ", where its only name gets another value while it is still open: " +
             world(story, observation);
    }
    if (observation.afterFailure)
      return thing + " is not released when " + story.callee(failedAt(story, observation)) +
             " fails: even then there is a handle" + closer(story, observation) + ", and " +
             world(story, observation);
    return thing + " " + verb(story, observation) + " here is not released" +
           closer(story, observation) + " " + story.exitPhrase(observation) + ": " +
           world(story, observation);
  }

  /// The call that reported failure: the open itself, or a connect after it.
  static analysis::EventRef failedAt(const Story& story, const Observation& observation) {
    analysis::EventRef failed = story.object(observation.object).made;
    for (const auto& step : observation.trace)
      if (step.kind == analysis::Step::Kind::Failed && story.event(step.at).op == ir::Op::Open)
        failed = step.at;
    return failed;
  }

  static std::string verb(const Story& story, const Observation& observation) {
    switch (story.event(story.object(observation.object).made).origin) {
    case ir::Origin::Leased:
      return "leased";
    case ir::Origin::Opened:
      return "opened";
    case ir::Origin::New:
      return "created";
    default:
      return story.kind(observation.object).role == model::Role::Session ? "opened" : "created";
    }
  }

  static std::string closer(const Story& story, const Observation& observation) {
    const std::string& name = story.kind(observation.object).closer;
    return name.empty() ? "" : " ('" + name + "')";
  }

  static std::string world(const Story& story, const Observation& observation) {
    if (story.event(story.object(observation.object).made).origin == ir::Origin::Leased)
      return "the connection is never returned to the pool, which runs dry";
    switch (story.kind(observation.object).role) {
    case model::Role::Session:
      return "the connection stays open for as long as the process lives";
    case model::Role::Dependent:
      return "its memory and its locks stay, and its connection cannot be closed cleanly";
    default:
      return "it stays open, with its locks";
    }
  }

  bool exceptions_ = true;
  bool failedOpen_ = true;
};

} // namespace

std::unique_ptr<Rule> makeLeak() {
  return std::make_unique<Leak>();
}

} // namespace session_tidy
