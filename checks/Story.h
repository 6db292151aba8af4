// What the rules share in telling a finding: names, places, and the path as notes.
#pragma once

#include "analysis/Engine.h"
#include "checks/Rule.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace session_tidy {

/// One function's result with the questions that rules ask of it.
class Story {
public:
  Story(const ir::Unit& unit, const analysis::FunctionResult& result)
      : unit_(unit), result_(result) {}

  [[nodiscard]] const ir::Function& function() const { return *result_.function; }
  [[nodiscard]] const ir::Event& event(analysis::EventRef ref) const { return result_.event(ref); }
  [[nodiscard]] const analysis::Object& object(analysis::ObjectId id) const {
    return result_.objects[id];
  }
  [[nodiscard]] const model::Kind& kind(analysis::ObjectId id) const;
  /// Whether a kind of transaction cannot write.
  [[nodiscard]] bool onlyReads(ir::KindId id) const { return unit_.kinds[id].readOnly; }
  [[nodiscard]] bool isTransaction(ir::KindId id) const {
    return unit_.kinds[id].role == model::Role::Transaction;
  }
  [[nodiscard]] const ir::Slot& slotOf(analysis::ObjectId id) const {
    return function().slots[object(id).slot];
  }

  /// "'sql'", or "the session" where it has no name.
  [[nodiscard]] std::string name(analysis::ObjectId id) const;
  /// "session", "transaction", "statement"...
  [[nodiscard]] std::string noun(analysis::ObjectId id) const;
  /// "line 12"
  [[nodiscard]] static std::string line(const SourceRange& range);
  /// "'parse'" for what a throwing event calls.
  [[nodiscard]] std::string callee(analysis::EventRef ref) const;

  /// The outermost callee that the event was copied from; ir::none for the function's own.
  [[nodiscard]] ir::FrameId outerFrame(analysis::EventRef ref) const;
  /// Whether the code of a callee, or what it calls, has such an event.
  [[nodiscard]] bool happensIn(ir::FrameId callee, ir::Op op) const;
  /// Whether both stand in one and the same callee, whose own analysis sees what there is to see.
  [[nodiscard]] bool insideOneCallee(analysis::EventRef one, analysis::EventRef other) const;
  /// Whether the object is made in a callee and never leaves it.
  [[nodiscard]] bool privateToCallee(analysis::ObjectId id) const;
  /// ... but for a lambda of this function that the callee calls.
  [[nodiscard]] bool shownToCallback(analysis::ObjectId id) const;

  /// Whether a callee made it and let it die before it handed it out: the callee's own analysis
  /// tells.
  [[nodiscard]] bool diedInMaker(const analysis::Observation& observation) const;

  /// What was begun at this event.
  [[nodiscard]] const analysis::BeginFacts* begin(analysis::EventRef ref) const;

  /// Where the path leaves the function: its last `return`, throw or throwing call.
  [[nodiscard]] SourceRange exitPlace(const analysis::Trace& trace) const;
  /// "when 'reserve' returns at line 15" or "when 'parse' throws at line 12".
  [[nodiscard]] std::string exitPhrase(const analysis::Observation& observation) const;

  /// The event whose exception the path ends with; none for explicit throws and paths without.
  [[nodiscard]] static analysis::EventRef thrower(const analysis::Trace& trace);
  /// The operation whose exception the path ends with; Call for explicit throws and paths without.
  [[nodiscard]] ir::Op thrownBy(const analysis::Trace& trace) const;

  /// A finding with everything but its message and fixes.
  [[nodiscard]] Finding finding(const RuleInfo& info, Confidence confidence,
                                const SourceRange& at) const;
  /// The path to an observation as notes: what happens to its objects, and the branches on the way
  /// that matter.
  [[nodiscard]] std::vector<Note> notes(const analysis::Observation& observation) const;

private:
  [[nodiscard]] bool staysInCallee(analysis::ObjectId id, bool callbacks) const;
  void noteStep(const analysis::Step& step, const analysis::Observation& observation,
                std::vector<Note>& notes) const;
  void noteEvent(const analysis::Step& step, const analysis::Observation& observation,
                 std::vector<Note>& notes) const;
  void noteBranch(const analysis::Step& step, std::vector<Note>& notes) const;
  [[nodiscard]] std::vector<bool> branchesThatMatter(const analysis::Trace& trace) const;
  [[nodiscard]] bool concerns(const analysis::Step& step,
                              const analysis::Observation& observation) const;

  const ir::Unit& unit_;
  const analysis::FunctionResult& result_;
  mutable std::optional<std::vector<std::uint32_t>> postdominators_;
};

/// Keeps a rule from saying the same of the same place twice.
class Said {
public:
  /// True the first time.
  bool first(const SourceRange& range, std::string what = {}) {
    return seen_.emplace(range.file, range.begin, std::move(what)).second;
  }

private:
  std::set<std::tuple<std::uint32_t, Position, std::string>> seen_;
};

/// Where a copy of a destructor's event has no place of its own, the place of what caused it.
SourceRange placeOr(const SourceRange& range, const SourceRange& otherwise);

/// "true", "1", "yes", "on".
bool isYes(std::string_view text);
/// Splits "a; b,c" into names.
std::vector<std::string> listOf(std::string_view text);
/// Whether such a list has a function, by its qualified or its bare name.
bool isListed(const std::vector<std::string>& names, std::string_view function);

} // namespace session_tidy
