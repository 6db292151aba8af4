// session-generator-early-return: a session taken out of a generator, or a generator left before
// its commit.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

#include <set>

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::Step;
using analysis::What;

class GeneratorEarlyReturn : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-generator-early-return",
        .summary =
            "A session is taken out of a generator that ends, or the loop over a generator is left before the generator's commit.",
        .severity = Severity::Error,
        .confidence = {.lowest = Confidence::Certain, .highest = Confidence::Certain},
        .fixes = Fixes::Safe};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    std::set<analysis::ObjectId> dead;
    for (const auto& observation : result.observations)
      if (const auto generator = deadGenerator(story, observation);
          generator != analysis::noObject) {
        dead.insert(generator);
        if (!isOfCallee(story, generator, observation)) taken(story, observation, said, findings);
      }
    // Where the session itself is lost, the commit that is skipped is the lesser evil.
    for (const auto& observation : result.observations)
      if (observation.what == What::GeneratorLeft && dead.count(observation.object) == 0 &&
          !isOfCallee(story, observation.object, observation))
        left(unit, story, observation, said, findings);
  }

private:
  /// D01, D02: the session outlives the generator whose frame owns it.
  void taken(const Story& story, const Observation& observation, Said& said,
             std::vector<Finding>& findings) const {
    // What a callee handed out of its own generator is told of there.
    if (story.diedInMaker(observation)) return;
    const bool handedOut = observation.what == What::HandedOutDead ||
                           story.event(observation.event).op == ir::Op::Return ||
                           story.event(observation.event).op == ir::Op::Store;
    const SourceRange at =
        handedOut ? story.event(observation.event).range : takenAt(story, observation);
    if (!at.isValid() || !said.first(at)) return;
    Finding finding = story.finding(info(), Confidence::Certain, at);
    const std::string generator = story.name(deadGenerator(story, observation));
    finding.message =
        handedOut
            ? "the session of " + generator +
                  " is handed out of its loop: leaving the loop destroys the generator, which closes the session"
            : "the session is taken out of " + generator +
                  ", which is destroyed before the session is used at " +
                  Story::line(story.event(observation.event).range) +
                  ": its frame owns the session and closes it";
    finding.trace = story.notes(observation);
    if (!handedOut)
      finding.trace.push_back({story.event(observation.event).range, "used here, after its end"});
    finding.remedies.push_back(finishGenerator(story, at));
    if (handedOut)
      finding.remedies.back().obstacle = "a session cannot outlive the generator that owns it";
    findings.push_back(std::move(finding));
  }

  /// The line that saves the session, or the dereference of the generator.
  static SourceRange takenAt(const Story& story, const Observation& observation) {
    // The generator's own iterator, looked at when the generator is gone.
    if (story.kind(observation.object).role == model::Role::Generator)
      return story.event(observation.event).range;
    SourceRange at = story.object(observation.object).isEntry()
                         ? SourceRange{}
                         : story.event(story.object(observation.object).made).range;
    for (const Step& step : observation.trace)
      if (step.kind == Step::Kind::Event && step.object == observation.object &&
          story.event(step.at).op == ir::Op::Bind && story.event(step.at).range.isValid())
        at = story.event(step.at).range;
    return at;
  }

  /// Whether a callee makes the generator and does all that is wrong: that is told of there.
  static bool isOfCallee(const Story& story, analysis::ObjectId generator,
                         const Observation& observation) {
    const analysis::Object& made = story.object(generator);
    if (made.isEntry() || !story.insideOneCallee(made.made, observation.event)) return false;
    return story.function().frames[story.outerFrame(made.made)].callee != "lambda";
  }

  /// D03: the commit after the co_yield is skipped.
  void left(const ir::Unit& unit, const Story& story, const Observation& observation, Said& said,
            std::vector<Finding>& findings) const {
    std::string name = story.event(observation.cause).text;
    if (name.empty()) name = story.slotOf(observation.object).name;
    const SourceRange commit = commitAfterYield(unit, name.substr(0, name.find('(')));
    if (!commit.isValid()) return;
    const SourceRange at = leavesAt(story, observation);
    if (!at.isValid() || !said.first(at)) return;
    Finding finding = story.finding(info(), Confidence::Certain, at);
    finding.message =
        "the loop over " + story.name(observation.object) +
        " is left here before the generator is resumed: its commit after the co_yield never runs, and the work is rolled back";
    finding.trace.push_back({commit, "this commit is skipped"});
    finding.remedies.push_back(finishGenerator(story, at));
    if (!yieldsOnce(unit, commit))
      finding.remedies.back().obstacle = "the generator may yield more than once";
    findings.push_back(std::move(finding));
  }

  static SourceRange leavesAt(const Story& story, const Observation& observation) {
    if (const SourceRange at = story.event(observation.event).range; at.isValid()) return at;
    for (auto step = observation.trace.rbegin(); step != observation.trace.rend(); ++step) {
      const ir::Block& block = story.function().blocks[step->at.block];
      if (step->kind == Step::Kind::Branch && block.exit == ir::Exit::Jump && block.range.isValid())
        return block.range;
      if (step->kind == Step::Kind::Event && story.event(step->at).op == ir::Op::Leave)
        return story.event(step->at).range;
    }
    return {};
  }

  /// Where the coroutine of this name commits after it has yielded; invalid when it does not, or
  /// cannot be seen.
  static SourceRange commitAfterYield(const ir::Unit& unit, const std::string& name) {
    for (const auto& function : unit.functions) {
      if (!function.coroutine || name.empty()) continue;
      const auto tail = function.name.rfind("::");
      const std::string bare =
          tail == std::string::npos ? function.name : function.name.substr(tail + 2);
      const auto called = name.rfind("::");
      if (bare != (called == std::string::npos ? name : name.substr(called + 2))) continue;
      if (const SourceRange at = commitReachedFromYield(function); at.isValid()) return at;
    }
    return {};
  }

  /// Whether the coroutine that holds this commit has one co_yield, outside of loops.
  static bool yieldsOnce(const ir::Unit& unit, const SourceRange& commit) {
    std::set<Position> yields;
    bool inLoop = false;
    for (const auto& function : unit.functions) {
      const bool holds = function.coroutine && function.body.file == commit.file &&
                         function.body.begin <= commit.begin && commit.begin < function.body.end;
      if (!holds) continue;
      for (const auto& block : function.blocks)
        for (const auto& event : block.events)
          if (event.op == ir::Op::Yield) {
            yields.insert(event.range.begin);
            inLoop = inLoop || event.loop != ir::none;
          }
    }
    return yields.size() == 1 && !inLoop;
  }

  static SourceRange commitReachedFromYield(const ir::Function& function) {
    std::vector<bool> after(function.blocks.size(), false);
    std::vector<ir::BlockId> todo;
    const auto enter = [&](const ir::Block& block) {
      for (const ir::BlockId next : block.targets)
        if (next != ir::none && !after[next]) {
          after[next] = true;
          todo.push_back(next);
        }
    };
    for (const auto& block : function.blocks) {
      bool yielded = false;
      for (const auto& event : block.events) {
        if (event.op == ir::Op::Yield) yielded = true;
        if (yielded && event.op == ir::Op::Commit) return event.range;
      }
      if (yielded) enter(block);
    }
    while (!todo.empty()) {
      const ir::Block& block = function.blocks[todo.back()];
      todo.pop_back();
      for (const auto& event : block.events)
        if (event.op == ir::Op::Commit) return event.range;
      enter(block);
    }
    return {};
  }
};

} // namespace

std::unique_ptr<Rule> makeGeneratorEarlyReturn() {
  return std::make_unique<GeneratorEarlyReturn>();
}

} // namespace session_tidy
