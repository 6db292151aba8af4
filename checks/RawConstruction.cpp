// session-raw-construction: a session held by a bare pointer where an owner could hold it.
#include "checks/Remedies.h"
#include "checks/Rules.h"
#include "checks/Verdicts.h"

#include <algorithm>

namespace session_tidy {
namespace {

class RawConstruction : public Rule {
public:
  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-raw-construction",
        .summary =
            "A session is made by new, a factory or a C open call and released by hand where an owner could hold it.",
        .severity = Severity::Style,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Likely},
        .fixes = Fixes::Safe};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    return {
        {"Factories", "", "functions that may make sessions by hand, by name, separated by ';'"},
        {"RequireFactory", "false", "report every session that is made outside of the factories"}};
  }

  void configure(const RuleSettings& settings) override {
    if (const auto at = settings.find("Factories"); at != settings.end())
      factories_ = listOf(at->second);
    if (const auto at = settings.find("RequireFactory"); at != settings.end())
      requireFactory_ = isYes(at->second);
  }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    if (result.partly) return; // whether something owns it on a path that was not walked is open
    const Story story(unit, result);
    if (isListed(factories_, story.function().name)) return;
    const std::set<analysis::ObjectId> told = toldElsewhere(story, result);
    Said said;
    for (analysis::ObjectId id = 0; id < result.objects.size(); ++id) {
      const analysis::Object& object = result.objects[id];
      if (object.isEntry() || told.count(id) != 0) continue;
      const ir::Event& made = story.event(object.made);
      if (made.op != ir::Op::Make || !made.range.isValid() || story.privateToCallee(id)) continue;
      const bool raw = isRaw(story, id) && !isC(unit, made.range);
      const bool past = requireFactory_ && isMade(story, id) && !isListed(factories_, made.text);
      if (!raw && !past) continue;
      if (!said.first(made.range)) continue;
      Finding finding = story.finding(info(), Confidence::Likely, made.range);
      finding.message = raw ? rawMessage(story, id) : policyMessage(story, id);
      if (raw) finding.remedies.push_back(ownObject(story, id, made.range));
      findings.push_back(std::move(finding));
    }
  }

private:
  /// What is wrong with its release, another rule says: an owner mends that as well.
  static std::set<analysis::ObjectId> toldElsewhere(const Story& story,
                                                    const analysis::FunctionResult& result) {
    std::set<analysis::ObjectId> told;
    for (const auto& verdict : leaks(story, result)) told.insert(verdict.observation->object);
    for (const auto& observation : result.observations)
      if (observation.what == analysis::What::SecondEnd &&
          story.kind(observation.object).role == model::Role::Session &&
          (observation.ending == analysis::Ending::Closed ||
           observation.ending == analysis::Ending::Deleted))
        told.insert(observation.object);
    return told;
  }

  static bool isC(const ir::Unit& unit, const SourceRange& range) {
    if (range.file >= unit.files.size()) return false;
    const std::string& file = unit.files[range.file];
    return file.size() > 2 && file.compare(file.size() - 2, 2, ".c") == 0;
  }

  static bool isMade(const Story& story, analysis::ObjectId id) {
    const ir::Event& made = story.event(story.object(id).made);
    return story.kind(id).role == model::Role::Session && made.origin != ir::Origin::Leased &&
           made.origin != ir::Origin::Derived;
  }

  /// Released by hand, kept by nobody else, never given to an owner.
  static bool isRaw(const Story& story, analysis::ObjectId id) {
    const analysis::Object& object = story.object(id);
    const ir::Slot& slot = story.slotOf(id);
    const ir::Origin origin = story.event(object.made).origin;
    if (slot.holding != ir::Holding::Raw ||
        (slot.storage != ir::Storage::Local && slot.storage != ir::Storage::Temporary))
      return false;
    if (object.owned || object.handedOut || !object.closedByHand) return false;
    if (story.kind(id).shared && origin != ir::Origin::New) return false;
    if (object.escaped && !object.releasedAfterEscape) return false;
    if (alsoHoldsOthers(story, object.slot)) return false;
    // A member of a local object: its class is the owner.
    if (slot.name.find('.') != std::string::npos || slot.name.find("->") != std::string::npos)
      return false;
    const model::Role role = story.kind(id).role;
    if (role == model::Role::Transaction) return origin == ir::Origin::New;
    return role == model::Role::Session &&
           (origin == ir::Origin::New || origin == ir::Origin::Factory ||
            origin == ir::Origin::Opened);
  }

  /// A pointer that is at times somebody else's session: an owner could not simply hold it.
  static bool alsoHoldsOthers(const Story& story, ir::SlotId slot) {
    for (const auto& block : story.function().blocks)
      for (const auto& event : block.events)
        if (event.op == ir::Op::Bind && event.subject == slot) return true;
    return false;
  }

  static std::string rawMessage(const Story& story, analysis::ObjectId id) {
    const model::Kind& kind = story.kind(id);
    const std::string owner =
        story.event(story.object(id).made).origin == ir::Origin::New || !kind.handle
            ? "std::unique_ptr, or the object itself"
            : "std::unique_ptr with " +
                  (kind.closer.empty() ? "a deleter" : "'" + kind.closer + "' as its deleter");
    return story.name(id) + " holds a " + story.noun(id) +
           " by a bare pointer and releases it by hand: the first new return or throw in between leaks it; " +
           "let an owner hold it (" + owner + ")";
  }

  static std::string policyMessage(const Story& story, analysis::ObjectId id) {
    return story.name(id) +
           " is made directly here, past the sanctioned factories, their limits and their setup";
  }

  std::vector<std::string> factories_;
  bool requireFactory_ = false;
};

} // namespace

std::unique_ptr<Rule> makeRawConstruction() {
  return std::make_unique<RawConstruction>();
}

} // namespace session_tidy
