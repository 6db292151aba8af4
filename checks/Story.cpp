// What the rules share in telling a finding: names, places, and the path as notes.
#include "checks/Story.h"

#include "analysis/Graph.h"
#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy {

using analysis::EventRef;
using analysis::ObjectId;
using analysis::Observation;
using analysis::Step;
using ir::Op;

SourceRange placeOr(const SourceRange& range, const SourceRange& otherwise) {
  return range.isValid() ? range : otherwise;
}

bool isYes(std::string_view text) {
  return text == "true" || text == "1" || text == "yes" || text == "on";
}

std::vector<std::string> listOf(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : text) {
    if (c == ';' || c == ',' || c == ' ') {
      if (!name.empty()) names.push_back(std::move(name));
      name.clear();
    } else {
      name += c;
    }
  }
  if (!name.empty()) names.push_back(std::move(name));
  return names;
}

bool isListed(const std::vector<std::string>& names, std::string_view function) {
  const std::string_view bare = model::calledName(function);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& entry) { return entry == function || entry == bare; });
}

// ---------------------------------------------------------------- names and places

const model::Kind& Story::kind(ObjectId id) const {
  static const model::Kind nothing{};
  if (id == analysis::noObject || object(id).kind == ir::none) return nothing;
  return unit_.kinds[object(id).kind];
}

std::string Story::name(ObjectId id) const {
  if (id == analysis::noObject || slotOf(id).name.empty()) return "the " + noun(id);
  return "'" + slotOf(id).name + "'";
}

std::string Story::noun(ObjectId id) const {
  if (id == analysis::noObject) return "session";
  switch (kind(id).role) {
  case model::Role::Session:
    return "session";
  case model::Role::Transaction:
    return "transaction";
  case model::Role::Pool:
    return "pool";
  case model::Role::Scope:
    return "guard";
  case model::Role::Generator:
    return "generator";
  case model::Role::Dependent:
    break;
  }
  const std::string& text = kind(id).id;
  const auto dot = text.rfind('.');
  return dot == std::string::npos ? "result" : text.substr(dot + 1);
}

std::string Story::line(const SourceRange& range) {
  return "line " + std::to_string(range.begin.line);
}

std::string Story::callee(EventRef ref) const {
  const ir::Event& happened = event(ref);
  if (!happened.text.empty()) return "'" + happened.text + "'";
  return "the call at " + line(happened.range);
}

ir::FrameId Story::outerFrame(EventRef ref) const {
  return ref.isValid() ? ir::outerFrame(function(), event(ref).frame) : ir::none;
}

bool Story::happensIn(ir::FrameId callee, ir::Op op) const {
  return std::ranges::any_of(function().blocks, [&](const ir::Block& block) {
    return std::ranges::any_of(block.events, [&](const ir::Event& event) {
      return event.op == op && ir::outerFrame(function(), event.frame) == callee;
    });
  });
}

bool Story::insideOneCallee(EventRef one, EventRef other) const {
  // One event meets itself in a loop, and that loop is mostly the caller's.
  if (one == other) return false;
  const ir::FrameId frame = outerFrame(one);
  return frame != ir::none && frame == outerFrame(other);
}

bool Story::privateToCallee(ObjectId id) const {
  return staysInCallee(id, false);
}

bool Story::shownToCallback(ObjectId id) const {
  return staysInCallee(id, true);
}

bool Story::staysInCallee(ObjectId id, bool callbacks) const {
  const analysis::Object& made = object(id);
  if (made.isEntry()) return false;
  const ir::FrameId frame = outerFrame(made.made);
  if (frame == ir::none) return false;
  // All slots that may come to hold it: none may be touched by anybody else.
  std::set<ir::SlotId> slots{made.slot};
  for (bool grown = true; grown;) {
    grown = false;
    for (std::uint32_t block = 0; block < function().blocks.size(); ++block) {
      const auto& events = function().blocks[block].events;
      for (std::uint32_t i = 0; i < events.size(); ++i) {
        const ir::Event& one = events[i];
        const bool passes = one.op == Op::Bind || one.op == Op::Move;
        if (slots.count(one.subject) == 0 && slots.count(one.other) == 0) continue;
        const bool inCallback = callbacks && one.frame != ir::none;
        if (outerFrame({block, i}) != frame && !inCallback) return false;
        if (passes && slots.count(one.other) != 0)
          grown = slots.insert(one.subject).second || grown;
      }
    }
  }
  return true;
}

bool Story::diedInMaker(const Observation& observation) const {
  if (observation.object == analysis::noObject || object(observation.object).isEntry())
    return false;
  return insideOneCallee(object(observation.object).made, observation.cause) &&
         outerFrame(observation.event) != outerFrame(observation.cause);
}

const analysis::BeginFacts* Story::begin(EventRef ref) const {
  for (const auto& facts : result_.begins)
    if (facts.begin == ref) return &facts;
  return nullptr;
}

SourceRange Story::exitPlace(const analysis::Trace& trace) const {
  for (auto step = trace.rbegin(); step != trace.rend(); ++step) {
    if (step->kind == Step::Kind::Throw) return function().blocks[step->at.block].range;
    if (step->kind == Step::Kind::Throws ||
        (step->kind == Step::Kind::Event && event(step->at).op == Op::Leave)) {
      if (event(step->at).range.isValid()) return event(step->at).range;
    }
  }
  return {};
}

analysis::EventRef Story::thrower(const analysis::Trace& trace) {
  for (auto step = trace.rbegin(); step != trace.rend(); ++step) {
    if (step->kind == Step::Kind::Throw) break;
    if (step->kind == Step::Kind::Throws) return step->at;
  }
  return {};
}

ir::Op Story::thrownBy(const analysis::Trace& trace) const {
  const analysis::EventRef at = thrower(trace);
  return at.isValid() ? event(at).op : Op::Call;
}

std::string Story::exitPhrase(const Observation& observation) const {
  for (auto step = observation.trace.rbegin(); step != observation.trace.rend(); ++step) {
    if (step->kind == Step::Kind::Throw)
      return "when the exception of " + line(function().blocks[step->at.block].range) +
             " leaves '" + function().name + "'";
    if (step->kind == Step::Kind::Throws) return "when " + callee(step->at) + " throws";
    if (step->kind == Step::Kind::Event && event(step->at).op == Op::Leave) {
      const ir::Event& leave = event(step->at);
      if (leave.frame != ir::none) continue;
      const bool returns = leave.text.find("return") != std::string::npos;
      const std::string name =
          function().name.empty() ? "the function" : "'" + function().name + "'";
      return "when " + name + (returns ? " returns at " : " ends at ") + line(leave.range);
    }
  }
  return "at the end of '" + function().name + "'";
}

// ---------------------------------------------------------------- findings and their notes

Finding Story::finding(const RuleInfo& info, Confidence confidence, const SourceRange& at) const {
  Finding finding;
  finding.rule = info.name;
  finding.severity = info.severity;
  finding.confidence = confidence;
  finding.range = at;
  finding.function = function().name;
  return finding;
}

bool Story::concerns(const Step& step, const Observation& observation) const {
  if (step.object == analysis::noObject) return step.kind != Step::Kind::Event;
  if (step.object == observation.object || step.object == observation.other) return true;
  for (const ObjectId mine : {observation.object, observation.other})
    if (mine != analysis::noObject &&
        (object(mine).parent == step.object ||
         (object(step.object).parent == mine && kind(step.object).role != model::Role::Dependent)))
      return true;
  return false;
}

/// A branch matters when the path has not come back to where its other side goes too.
std::vector<bool> Story::branchesThatMatter(const analysis::Trace& trace) const {
  if (!postdominators_) postdominators_ = analysis::postdominators(function());
  std::vector<bool> matters(trace.size(), false);
  std::vector<bool> passedLater(function().blocks.size() + 1, false);
  for (std::size_t i = trace.size(); i-- > 0;) {
    if (trace[i].kind == Step::Kind::Branch) {
      const auto rejoined = (*postdominators_)[trace[i].at.block];
      matters[i] =
          rejoined == ir::none || rejoined >= function().blocks.size() || !passedLater[rejoined];
    }
    if (trace[i].at.block < passedLater.size()) passedLater[trace[i].at.block] = true;
  }
  return matters;
}

std::vector<Note> Story::notes(const Observation& observation) const {
  std::vector<Note> notes;
  const auto matters = branchesThatMatter(observation.trace);
  bool begun = false;
  for (std::size_t i = 0; i < observation.trace.size(); ++i) {
    const Step& step = observation.trace[i];
    begun = begun || (step.kind == Step::Kind::Event && concerns(step, observation));
    if (!begun && step.kind != Step::Kind::Event) continue;
    if (step.kind == Step::Kind::Branch && !matters[i]) continue;
    noteStep(step, observation, notes);
  }
  // A long way keeps its beginning and its end.
  constexpr std::size_t most = 12;
  if (notes.size() > most) notes.erase(notes.begin() + most / 2, notes.end() - most / 2);
  return notes;
}

void Story::noteStep(const Step& step, const Observation& observation,
                     std::vector<Note>& notes) const {
  const auto add = [&notes](const SourceRange& range, std::string message) {
    if (range.isValid() &&
        (notes.empty() || notes.back().range != range || notes.back().message != message))
      notes.push_back({range, std::move(message)});
  };
  switch (step.kind) {
  case Step::Kind::Event:
    noteEvent(step, observation, notes);
    break;
  case Step::Kind::Failed:
    add(event(step.at).range, callee(step.at) + " reports failure");
    break;
  case Step::Kind::Throws:
    add(event(step.at).range, callee(step.at) + " may throw here");
    break;
  case Step::Kind::Branch:
    noteBranch(step, notes);
    break;
  case Step::Kind::Throw:
    add(function().blocks[step.at.block].range, "throws here");
    break;
  }
}

void Story::noteEvent(const Step& step, const Observation& observation,
                      std::vector<Note>& notes) const {
  const ir::Event& happened = event(step.at);
  if (!happened.range.isValid()) return;
  const bool landmark = happened.op == Op::Leave || happened.op == Op::Catch;
  if (!landmark && !concerns(step, observation)) return;
  // The place of the finding itself needs no note.
  if (step.at == observation.event) return;
  const std::string who = step.object == analysis::noObject ? "" : name(step.object);
  std::string text;
  switch (happened.op) {
  case Op::Make:
    text = who + (happened.origin == ir::Origin::Leased ? " is taken from its pool here"
                                                        : " is made here");
    break;
  case Op::Open:
    text = who + " is opened here";
    break;
  case Op::Close:
    text = who + (happened.text == "delete" ? " is deleted here" : " is closed here");
    break;
  case Op::Delete:
    text = who + " is deleted here";
    break;
  case Op::GiveBack:
    text = who + " goes back to its pool here";
    break;
  case Op::Begin:
    text = "a transaction begins here";
    break;
  case Op::Commit:
    text = "committed here";
    break;
  case Op::Rollback:
    text = "rolled back here";
    break;
  case Op::End:
    text = who + " ends here";
    break;
  case Op::Share:
    text = who + " is handed over here";
    break;
  case Op::Move:
    text = who + " is moved here";
    break;
  case Op::Bind:
    text = "'" + function().slots[happened.subject].name + "' refers to it from here on";
    break;
  case Op::Store:
    text =
        who + " is kept" + (happened.text.empty() ? "" : " in '" + happened.text + "'") + " here";
    break;
  case Op::Return:
    text = who + " is returned here";
    break;
  case Op::Catch:
    text = "the exception is caught here";
    break;
  case Op::Leave:
    text = happened.frame != ir::none                          ? ""
           : happened.text.find("return") != std::string::npos ? "returns here"
                                                               : "the function ends here";
    break;
  default:
    break;
  }
  if (!text.empty()) notes.push_back({happened.range, std::move(text)});
}

void Story::noteBranch(const Step& step, std::vector<Note>& notes) const {
  const ir::Block& block = function().blocks[step.at.block];
  if (block.exit != ir::Exit::Branch || block.condition.text.empty() ||
      !block.condition.range.isValid())
    return;
  notes.push_back({block.condition.range, std::string("taking the ") +
                                              (step.choice == 0 ? "true" : "false") +
                                              " branch of '" + block.condition.text + "'"});
}

} // namespace session_tidy
