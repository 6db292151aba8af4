// session-commit-in-destructor: a destructor commits, also while an exception passes.
#include "checks/Rules.h"
#include "checks/Story.h"
#include "model/ShapeNames.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::Step;
using analysis::What;

class CommitInDestructor : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-commit-in-destructor",
        .summary =
            "A destructor commits without asking whether an exception is in flight, or lets the commit's own error out.",
        .severity = Severity::Warning,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Certain},
        .fixes = Fixes::None};
    return info;
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    if (result.function->kind != ir::FunctionKind::Destructor) return;
    const Story story(unit, result);
    Said said;
    for (const auto& observation : result.observations) {
      if (observation.what != What::CommitReached) continue;
      const ir::Event& commit = story.event(observation.event);
      const auto asked = question(story, observation);
      const bool knows = asked == Question::Exceptions || asked == Question::Success;
      // `noexcept(false)`: whoever ends the scope gets the error.
      const bool toCaller = !story.function().isNoexcept;
      if (knows && (toCaller || !escapes(story, observation))) continue;
      if (!commit.range.isValid() || !said.first(commit.range)) continue;
      Finding finding = story.finding(
          info(), asked == Question::None ? Confidence::Certain : Confidence::Likely, commit.range);
      finding.message =
          knows
              ? "the commit in this destructor may throw, and nothing catches it: the program ends"
              : "this destructor commits also while an exception passes: half of the work is made to last" +
                    std::string(escapes(story, observation)
                                    ? ", and when the commit throws, the program ends"
                                    : "");
      findings.push_back(std::move(finding));
    }
  }

private:
  enum class Question : std::uint8_t { None, Something, Success, Exceptions };

  /// What the destructor has asked before it commits.
  static Question question(const Story& story, const Observation& observation) {
    Question asked = Question::None;
    for (const Step& step : observation.trace) {
      if (step.kind != Step::Kind::Branch) continue;
      const ir::Block& block = story.function().blocks[step.at.block];
      if (block.exit != ir::Exit::Branch) continue;
      const std::string& text = block.condition.text;
      if (text.find("uncaught_exception") != std::string::npos) return Question::Exceptions;
      const bool success = !saysWork(text) && wasSet(story, block.condition, step.choice == 0)
                                                  .value_or(saysSuccess(text, step.choice == 0));
      asked = std::max(asked, success ? Question::Success : Question::Something);
    }
    return asked;
  }

  /// Whether somebody must have changed a member since its object was made for the branch to go
  /// this way: the last thing that good work does. Nothing where the first value is not known.
  static std::optional<bool> wasSet(const Story& story, const ir::Condition& condition,
                                    bool taken) {
    if (condition.variable == ir::none) return std::nullopt;
    const auto initial = story.function().variables[condition.variable].initial;
    if (!initial) return std::nullopt;
    return ((*initial == condition.value) == condition.equal) != taken;
  }

  /// `if (dirty_)`, `if (rows_ > 0)`: that something was begun or done, not that it all went well.
  static bool saysWork(const std::string& text) {
    if (counts(text)) return true;
    static constexpr std::array work{"dirty",  "touched", "changed", "modified", "active", "open",
                                     "opened", "begun",   "began",   "started",  "owns",   "own",
                                     "owner",  "armed",   "pending", "rows",     "changes"};
    const std::vector<std::string> words = model::nameWords(lastName(text));
    return std::ranges::any_of(
        words, [](const std::string& word) { return std::ranges::find(work, word) != work.end(); });
  }

  /// `rows_ > 0`, `rows_ == 0`; the `->` of a pointer compares nothing.
  static bool counts(const std::string& text) {
    for (std::size_t at = text.find_first_of("<>"); at != std::string::npos;
         at = text.find_first_of("<>", at + 1))
      if (text[at] == '<' || at == 0 || text[at - 1] != '-') return true;
    return text.find("= 0") != std::string::npos;
  }

  /// `tx_.active_` is about active_.
  static std::string lastName(const std::string& text) {
    std::size_t end = text.size();
    const auto named = [&](std::size_t at) {
      return std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_';
    };
    while (end > 0 && !named(end - 1)) --end;
    std::size_t begin = end;
    while (begin > 0 && named(begin - 1)) --begin;
    return text.substr(begin, end - begin);
  }

  /// `if (ok_)`, `if (complete_)`: a flag that somebody sets when the work is done. A flag that
  /// somebody sets when it has gone wrong is not set by an exception.
  static bool saysSuccess(const std::string& text, bool taken) {
    std::string lower;
    for (const char c : text)
      lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool negated =
        !lower.empty() && (lower.front() == '!' || lower.find("== false") != std::string::npos);
    const bool holds = taken != negated;
    const auto has = [&lower](const auto& words) {
      for (const std::string_view word : words)
        if (lower.find(word) != std::string::npos) return true;
      return false;
    };
    static constexpr std::array good{
        std::string_view("ok"),           std::string_view("success"),
        std::string_view("succe"),        std::string_view("complete"),
        std::string_view("shouldcommit"), std::string_view("should_commit"),
        std::string_view("commitonexit"), std::string_view("vote"),
        std::string_view("want")};
    return holds && has(good);
  }

  /// Whether the commit's own exception can leave the destructor.
  static bool escapes(const Story& story, const Observation& observation) {
    const ir::Event& commit = story.event(observation.event);
    if (commit.throws != ir::Throws::Modelled) return false;
    if (!story.function().isNoexcept) return false; // `noexcept(false)`: on purpose
    const ir::Block& block = story.function().blocks[observation.event.block];
    if (block.unwind == ir::none) return true;
    std::vector<ir::BlockId> todo{block.unwind};
    std::set<ir::BlockId> seen;
    while (!todo.empty()) {
      const ir::BlockId id = todo.back();
      todo.pop_back();
      if (!seen.insert(id).second) continue;
      const ir::Block& at = story.function().blocks[id];
      if (at.exit == ir::Exit::Unwound || at.exit == ir::Exit::Never) return true;
      if (!at.events.empty() && at.events.front().op == ir::Op::Catch) continue;
      todo.insert(todo.end(), at.targets.begin(), at.targets.end());
    }
    return false;
  }
};

} // namespace

std::unique_ptr<Rule> makeCommitInDestructor() {
  return std::make_unique<CommitInDestructor>();
}

} // namespace session_tidy
