// session-shared-across-threads: a session in two threads at once.
#include "checks/Rules.h"
#include "checks/Story.h"

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

class SharedAcrossThreads : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-shared-across-threads",
        .summary =
            "A session is handed to a thread or task while its creator goes on using it, ends it, or hands it to another.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Possible, .highest = Confidence::Certain},
        .fixes = Fixes::None};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      const auto at = place(story, observation);
      if (!at || !at->isValid() || !said.first(*at)) continue;
      Finding finding = story.finding(info(), confidence(story, observation), *at);
      finding.message = message(story, observation);
      if (observation.event != observation.cause &&
          story.event(observation.event).range.isValid() &&
          *at != story.event(observation.event).range)
        finding.trace.push_back(
            {story.event(observation.event).range,
             observation.what == What::SharedAtEnd ? "it ends here" : "its creator uses it here"});
      findings.push_back(std::move(finding));
    }
  }

private:
  /// The line that hands it over.
  static std::optional<SourceRange> place(const Story& story, const Observation& observation) {
    switch (observation.what) {
    case What::SharedWhileUsed:
    case What::SharedAtEnd:
    case What::SharedDetached:
      return story.event(observation.cause).range;
    case What::SharedTwice:
      return story.event(observation.event).range;
    default:
      return std::nullopt;
    }
  }

  static Confidence confidence(const Story& story, const Observation& observation) {
    // Members of this object and globals are usually behind a lock that is not seen here; the
    // session inside a captured object ("store.db_") is not, as the lowering has looked for the
    // lock.
    const analysis::Object& object = story.object(observation.object);
    const bool outer = object.isEntry() && !story.slotOf(observation.object).isGiven();
    // A name in a library's register is good in one thread only, lock or no lock.
    if (outer && !story.kind(observation.object).isRegisterName())
      return observation.what == What::SharedTwice ? Confidence::Likely : Confidence::Possible;
    return observation.what == What::SharedAtEnd ? Confidence::Certain : Confidence::Likely;
  }

  static std::string message(const Story& story, const Observation& observation) {
    const std::string name = story.name(observation.object);
    const ir::Event& share = story.event(observation.cause);
    const std::string to = share.text.empty() ? "another thread" : "'" + share.text + "'";
    switch (observation.what) {
    case What::SharedAtEnd:
      return name + " is handed to " + to + ", and '" + story.function().name +
             "' ends it without waiting: the thread goes on with a session that is gone";
    case What::SharedTwice:
      return name + " was handed to another thread at " + Story::line(share.range) +
             " already: two threads use one connection at once, and their statements mix";
    case What::SharedDetached:
      return name + " is handed to " + to +
             ", for which nobody waits: it uses the caller's session at any time, or after its end";
    default:
      break;
    }
    return name + " is handed to " + to + " and used here at " +
           Story::line(story.event(observation.event).range) +
           " before anyone waits for it: two threads use one connection at once, and their statements mix";
  }
};

} // namespace

std::unique_ptr<Rule> makeSharedAcrossThreads() {
  return std::make_unique<SharedAcrossThreads>();
}

} // namespace session_tidy
