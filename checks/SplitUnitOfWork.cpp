// session-split-unit-of-work: one function writes through two sessions of one pool.
#include "checks/Rules.h"
#include "checks/Story.h"

#include <algorithm>
#include <regex>
#include <set>

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

class SplitUnitOfWork : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-split-unit-of-work",
        .summary =
            "One function writes through two sessions of the same database: what belongs together is not atomic.",
        .severity = Severity::Warning,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Likely},
        .fixes = Fixes::None};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    return {{"AllowSequentialSessions", "false", "accept sessions that follow one another"}};
  }

  void configure(const RuleSettings& settings) override {
    if (const auto at = settings.find("AllowSequentialSessions"); at != settings.end())
      allowSequential_ = isYes(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (observation.what != What::SecondSession || !isOneUnit(story, observation)) continue;
      if (isBypass(result, observation)) continue;
      const SourceRange at =
          placeOr(story.event(observation.event).range, story.slotOf(observation.object).declared);
      if (!at.isValid() || !said.first(at)) continue;
      Finding finding = story.finding(info(), Confidence::Likely, at);
      const SourceRange first = story.event(observation.cause).range;
      const analysis::ObjectId pool = story.object(observation.object).parent;
      const std::string& database = story.event(story.object(observation.object).made).database;
      const std::string whose =
          pool != analysis::noObject ? story.name(pool) : "'" + spoken(database) + "'";
      finding.message =
          "a second session of " + whose + " is taken here, and both it and the one of " +
          Story::line(first) +
          " write: these are separate transactions, and a failure between them leaves half of the work";
      finding.trace.push_back({first, "the first session is taken here"});
      findings.push_back(std::move(finding));
    }
  }

private:
  /// The words of a database without the lines that tell names apart: "connect(dsn@12)".
  static std::string spoken(const std::string& database) {
    static const std::regex line("@[0-9]+");
    return std::regex_replace(database, line, "");
  }

  /// A write past an open transaction is told of by itself.
  static bool isBypass(const analysis::FunctionResult& result, const Observation& second) {
    return std::any_of(result.observations.begin(), result.observations.end(),
                       [&second](const Observation& one) {
                         return one.what == What::Bypass && one.object == second.object &&
                                one.other == second.other;
                       });
  }

  bool isOneUnit(const Story& story, const Observation& observation) const {
    const ir::Event& first = story.event(observation.cause);
    const ir::Event& second = story.event(observation.event);
    // Rounds of a loop are units of their own, and so is what a helper does with its own session.
    if (first.loop != second.loop || story.insideOneCallee(observation.cause, observation.event))
      return false;
    if (endsInHelper(story, observation) || isReplaced(story, observation)) return false;
    if (observation.overlaps)
      return !story.privateToCallee(observation.object) ||
             !story.privateToCallee(observation.other);
    if (allowSequential_) return false;
    if (!observation.begunBetween)
      return (first.frame == ir::none && second.frame == ir::none) ||
             (!story.privateToCallee(observation.object) &&
              !story.privateToCallee(observation.other));
    // Blocks of the same rank, each with its own transaction, are phases that somebody meant; a
    // second session for the rest of the function is not.
    return observation.rightAfter && !story.privateToCallee(observation.object) &&
           !story.privateToCallee(observation.other) && isLocal(story, observation.object) &&
           isLocal(story, observation.other) && livesToTheEnd(story, observation.object);
  }

  /// The slots that what `slot` holds goes through.
  static std::set<ir::SlotId> wayOf(const Story& story, ir::SlotId slot) {
    std::set<ir::SlotId> way{slot};
    for (std::size_t before = 0; before != way.size();) {
      before = way.size();
      for (const ir::Block& block : story.function().blocks)
        for (const ir::Event& event : block.events)
          if (event.op == ir::Op::Move && way.count(event.other) != 0) way.insert(event.subject);
    }
    return way;
  }

  /// `session = connect();`: the one before was given up for it.
  static bool isReplaced(const Story& story, const Observation& observation) {
    const auto first = wayOf(story, story.object(observation.other).slot);
    const auto second = wayOf(story, story.object(observation.object).slot);
    return std::ranges::any_of(first, [&](ir::SlotId slot) {
      return second.count(slot) != 0 && !story.function().slots[slot].name.empty() &&
             story.function().slots[slot].storage != ir::Storage::Temporary;
    });
  }

  /// A helper opens a session for its callback and ends it: calls of it follow one another.
  static bool endsInHelper(const Story& story, const Observation& observation) {
    const ir::FrameId first = story.outerFrame(observation.cause);
    if (first == ir::none || first == story.outerFrame(observation.event)) return false;
    const ir::Function& function = story.function();
    const ir::SlotId slot = story.object(observation.other).slot;
    const auto leaves = [&](const ir::Event& event) {
      return event.op == ir::Op::Move && event.other == slot;
    };
    if (std::ranges::any_of(function.blocks, [&](const ir::Block& block) {
          return std::ranges::any_of(block.events, leaves);
        }))
      return false; // handed to the caller
    return std::ranges::any_of(function.blocks, [&](const ir::Block& block) {
      return std::ranges::any_of(block.events, [&](const ir::Event& event) {
        const bool ends = event.op == ir::Op::End || event.op == ir::Op::Close ||
                          event.op == ir::Op::GiveBack || event.op == ir::Op::Remove;
        return ends && event.subject == slot && ir::outerFrame(function, event.frame) == first;
      });
    });
  }

  static bool isLocal(const Story& story, analysis::ObjectId id) {
    return story.slotOf(id).storage == ir::Storage::Local;
  }

  static bool livesToTheEnd(const Story& story, analysis::ObjectId id) {
    const ir::Function& function = story.function();
    return std::ranges::any_of(function.blocks, [&](const ir::Block& block) {
      return std::ranges::any_of(block.events, [&](const ir::Event& event) {
        return event.op == ir::Op::End && event.implicit &&
               event.subject == story.object(id).slot && event.frame == ir::none &&
               event.range.begin.line == function.body.end.line;
      });
    });
  }

  bool allowSequential_ = false;
};

} // namespace

std::unique_ptr<Rule> makeSplitUnitOfWork() {
  return std::make_unique<SplitUnitOfWork>();
}

} // namespace session_tidy
