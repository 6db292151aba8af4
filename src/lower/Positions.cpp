// Positions: plain numbers that stand for a leased session (soci::connection_pool::lease).
//
// A local number that was given one is a raw handle like a pointer; in a member or a container it
// is out of sight.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

/// Whether the value stands for a session although its type is a plain number.
bool FunctionLowering::isPosition(clang::QualType type, const Value& value) {
  type = type.getNonReferenceType();
  return type->isIntegralOrEnumerationType() &&
         (value.is == Value::Is::Slot || value.is == Value::Is::Place) && slotOf(value) != ir::none;
}

/// Keeps the position in a variable; false when the value is a plain number.
bool FunctionLowering::keepPosition(const Place& place, clang::QualType type, const Value& value,
                                    clang::SourceRange range) {
  if (!isPosition(type, value)) return false;
  const ir::SlotId given = slotOf(value);
  if (storageOf(place) != ir::Storage::Local) {
    ir::Event store = event(ir::Op::Store, range, given);
    store.text = nameOf(place);
    builder_.add(std::move(store));
    return true;
  }
  if (slots_.count(place) == 0 && slot(given).storage == ir::Storage::Temporary) {
    // The variable is what the new session is called by.
    ir::Slot& adopted = builder_.function().slots[given];
    adopted.name = nameOf(place);
    adopted.storage = ir::Storage::Local;
    adopted.declared = unit_.rangeOf(range);
    slots_[place] = given;
    return true;
  }
  const ir::SlotId name = positionSlot(place, kindOf(given), range);
  if (name != given)
    add(slot(given).storage == ir::Storage::Temporary ? ir::Op::Move : ir::Op::Bind, range, name,
        given);
  return true;
}

ir::SlotId FunctionLowering::positionSlot(const Place& place, const model::Kind& kind,
                                          clang::SourceRange range) {
  const auto known = slots_.find(place);
  return known != slots_.end() ? known->second : makeSlot(place, {&kind, ir::Holding::Raw}, range);
}

} // namespace session_tidy::lower
