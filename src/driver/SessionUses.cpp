// Reading features off the session IR.
#include "driver/SessionUses.h"

namespace session_tidy::driver {

namespace {

bool endsByItself(ir::Holding holding) {
  return holding == ir::Holding::Value || holding == ir::Holding::Owner ||
         holding == ir::Holding::Shared;
}

class Reader {
public:
  Reader(const ir::Unit& unit, const ir::Function& function) : unit_(unit), function_(function) {}

  std::uint32_t features() {
    for (const ir::Slot& slot : function_.slots) readSlot(slot);
    for (const ir::Block& block : function_.blocks) {
      bool inHandler = false;
      for (const ir::Event& event : block.events) {
        inHandler |= event.op == ir::Op::Catch;
        readEvent(event, inHandler);
      }
    }
    return features_;
  }

private:
  [[nodiscard]] const model::Kind* kindOf(ir::SlotId id) const {
    if (id >= function_.slots.size()) return nullptr;
    const ir::KindId kind = function_.slots[id].kind;
    return kind < unit_.kinds.size() ? &unit_.kinds[kind] : nullptr;
  }

  void readSlot(const ir::Slot& slot) {
    if (slot.kind >= unit_.kinds.size()) return;
    if (unit_.kinds[slot.kind].role == model::Role::Generator) features_ |= Loops;
    if (unit_.kinds[slot.kind].role != model::Role::Session) return;
    if (slot.storage == ir::Storage::Parameter && !slot.takesOver)
      features_ |= Borrows;
    else if (slot.storage == ir::Storage::Local && endsByItself(slot.holding))
      features_ |= OwnsByObject;
  }

  void readEvent(const ir::Event& event, bool inHandler) {
    const model::Kind* kind = kindOf(event.subject);
    if (kind == nullptr) return;
    const bool transaction = kind->role == model::Role::Transaction;
    const ir::Holding holding = function_.slots[event.subject].holding;
    switch (event.op) {
    case ir::Op::Make:
      if (transaction && endsByItself(holding)) features_ |= Guards;
      if (event.origin == ir::Origin::Leased) features_ |= Leases;
      if (kind->role == model::Role::Session && holding == ir::Holding::Raw) features_ |= HoldsRaw;
      break;
    case ir::Op::Begin:
      if (!transaction && !event.implicit) features_ |= BeginsByHand;
      break;
    case ir::Op::Commit:
      if (!event.implicit) features_ |= Commits;
      break;
    case ir::Op::Rollback:
      if (!event.implicit) features_ |= RollsBack | (inHandler ? HandlesFailure : 0U);
      break;
    case ir::Op::Use:
      features_ |= Uses;
      if (event.access == ir::Access::Write) features_ |= Writes;
      break;
    default:
      break;
    }
  }

  const ir::Unit& unit_;
  const ir::Function& function_;
  std::uint32_t features_ = 0;
};

} // namespace

std::vector<SessionUse> sessionUses(const ir::Unit& unit) {
  std::vector<SessionUse> uses;
  for (const ir::Function& function : unit.functions)
    if (const std::uint32_t features = Reader(unit, function).features(); features != 0)
      uses.push_back({.range = function.range,
                      .body = function.body,
                      .function = function.name,
                      .features = features});
  return uses;
}

} // namespace session_tidy::driver
