// session-multiple-commits: one unit of work in several transactions.
#include "analysis/Words.h"
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Story.h"
#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::Step;
using analysis::What;
using analysis::Work;

class MultipleCommits : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-multiple-commits",
        .summary =
            "One handler commits one session several times: a failure between the commits leaves half of the work.",
        .severity = Severity::Warning,
        .confidence = {.lowest = Confidence::Possible, .highest = Confidence::Certain},
        .fixes = Fixes::SafeOrUnsafe};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    return {{"BatchFunctions", "",
             "functions that commit in steps on purpose, by name, separated by ';'"},
            {"AllowLoopCommits", "false", "accept a commit in every round of a loop"}};
  }

  void configure(const RuleSettings& settings) override {
    if (const auto at = settings.find("BatchFunctions"); at != settings.end())
      batch_ = listOf(at->second);
    if (const auto at = settings.find("AllowLoopCommits"); at != settings.end())
      allowLoops_ = isYes(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    if (isListed(batch_, story.function().name)) return;
    Said said;
    for (const auto& observation : result.observations) {
      if (observation.what != What::SecondCommit ||
          story.insideOneCallee(observation.event, observation.cause))
        continue;
      if (observation.event == observation.cause && allowLoops_) continue;
      if (observation.work < Work::Unknown || observation.workBefore < Work::Unknown) continue;
      if (isSetup(story, observation)) continue;
      const SourceRange at = story.event(observation.event).range;
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), confidence(story, observation), at);
      finding.message = message(story, observation);
      const SourceRange first = story.event(observation.cause).range;
      finding.trace = story.notes(observation);
      if (finding.trace.empty() && first.isValid())
        finding.trace.push_back({first, "committed here"});
      if (const SourceRange id = askedForId(story, observation); id.isValid())
        finding.trace.push_back({id, "a new id is known before the commit, too: ask for it inside "
                                     "the transaction, or with RETURNING"});
      finding.remedies.push_back(dropFirstCommit(unit, story, observation));
      findings.push_back(std::move(finding));
    }
  }

private:
  /// Where the id of a new row is asked for between the commits, which may be what the first one is
  /// for.
  static SourceRange askedForId(const Story& story, const Observation& observation) {
    const Position first = story.event(observation.cause).range.begin;
    const Position second = story.event(observation.event).range.begin;
    for (const auto& block : story.function().blocks)
      for (const auto& event : block.events) {
        const bool between = first < event.range.begin && event.range.begin < second;
        if (between && event.frame == ir::none &&
            analysis::mentions(event.text, {"last_insert", "lastinsert", "insert_id"}))
          return event.range;
      }
    return {};
  }

  /// Indexes and the like come in a step of their own, on purpose: since the commit before nothing
  /// else was done.
  static bool isSetup(const Story& story, const Observation& observation) {
    if (observation.event == observation.cause) return false;
    if (madeSchema(story, observation.cause)) return true;
    const Position first = story.event(observation.cause).range.begin;
    const Position second = story.event(observation.event).range.begin;
    bool setup = false;
    for (const auto& block : story.function().blocks)
      for (const auto& event : block.events) {
        const bool between = first < event.range.begin && event.range.begin < second;
        if (event.op != ir::Op::Use || event.access == ir::Access::Read || !between) continue;
        if (!event.setup) return false;
        setup = true;
      }
    return setup;
  }

  /// A helper that makes a new database's tables and commits that.
  static bool madeSchema(const Story& story, analysis::EventRef commit) {
    const ir::FrameId frame = story.outerFrame(commit);
    if (frame == ir::none) return false;
    bool setup = false;
    for (std::uint32_t block = 0; block < story.function().blocks.size(); ++block) {
      const auto& events = story.function().blocks[block].events;
      for (std::uint32_t i = 0; i < events.size(); ++i) {
        if (events[i].op != ir::Op::Use || events[i].access == ir::Access::Read ||
            story.outerFrame({block, i}) != frame)
          continue;
        if (!events[i].setup) return false;
        setup = true;
      }
    }
    return setup;
  }

  static Confidence confidence(const Story& story, const Observation& observation) {
    if (story.function().isMain || (observation.begunBetween && migrates(story.function().name)))
      return Confidence::Possible;
    // Two helpers, each with a transaction of its own: steps that are meant to last by themselves.
    if (observation.begunBetween && isWholeInCallee(story, observation.cause) &&
        isWholeInCallee(story, observation.event))
      return Confidence::Possible;
    // Each round is whole in itself: what fails takes back its own work.
    if (observation.event == observation.cause && rollsBackInLoop(story, observation.event))
      return Confidence::Possible;
    // Work after a failure (the handler that notes it in a transaction of its own) is another unit.
    bool committed = false;
    for (const Step& step : observation.trace) {
      if (step.kind == Step::Kind::Event && step.at == observation.cause) committed = true;
      if (!committed || step.kind != Step::Kind::Event) continue;
      const ir::Event& event = story.event(step.at);
      if (event.op == ir::Op::Catch) return Confidence::Possible;
      // Nothing should be held open over slow work elsewhere: committing before it is right.
      if (event.op == ir::Op::Call && isSlow(event.text)) return Confidence::Possible;
    }
    return observation.begunBetween || observation.escaped ? Confidence::Likely
                                                           : Confidence::Certain;
  }

  static bool isWholeInCallee(const Story& story, analysis::EventRef commit) {
    const ir::FrameId callee = story.outerFrame(commit);
    return callee != ir::none && story.function().frames[callee].callee != "lambda" &&
           story.happensIn(callee, ir::Op::Begin);
  }

  static bool rollsBackInLoop(const Story& story, analysis::EventRef commit) {
    const ir::LoopId loop = story.event(commit).loop;
    if (loop == ir::none) return false;
    return std::ranges::any_of(story.function().blocks, [&](const ir::Block& block) {
      return std::ranges::any_of(block.events, [&](const ir::Event& event) {
        return event.op == ir::Op::Rollback && event.loop == loop;
      });
    });
  }

  /// `runMigrations`: several of them, each whole in itself, so that the next start can go on.
  static bool migrates(const std::string& function) {
    return analysis::mentions(model::calledName(function), {"migrations", "upgrades"});
  }

  static bool isSlow(const std::string& callee) {
    return analysis::mentions(callee, {"http", "curl", "sleep", "wait", "post", "send", "fetch",
                                       "download", "upload", "request", "deliver", "co_await"});
  }

  static std::string message(const Story& story, const Observation& observation) {
    const std::string session = story.name(observation.object);
    if (observation.event == observation.cause)
      return session +
             " is committed in every round of this loop: when a later round fails, the work of the rounds before stays";
    const std::string first = Story::line(story.event(observation.cause).range);
    return session + " was committed at " + first +
           " already and is committed again here: when the part in between fails, the first part stays";
  }

  std::vector<std::string> batch_;
  bool allowLoops_ = false;
};

} // namespace

std::unique_ptr<Rule> makeMultipleCommits() {
  return std::make_unique<MultipleCommits>();
}

} // namespace session_tidy
