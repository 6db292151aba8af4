// Views: plain pointers and string_views that look into what a statement, result or transaction
// owns.
//
// A variable of such a type becomes a slot when it is first given a view. What it is given
// elsewhere, which may have been written down before that, ends what the slot names: its variable
// tells where.
#include "lower/FunctionLowering.h"
#include "lower/Steady.h"

namespace session_tidy::lower {

bool FunctionLowering::isViewVariable(const Place& place) {
  return place.path.empty() && place.variable() && place.variable()->hasLocalStorage() &&
         relevance_.isView(typeOf(place));
}

/// Gives the variable at `place` a value; false when it is not one that can hold a view.
bool FunctionLowering::assignView(const Place& place, const Value& value,
                                  clang::SourceRange range) {
  if (!isViewVariable(place)) return false;
  const ir::VarId variable = variableAt(place);
  setVariable(variable, isTracked(typeOf(place)) ? value : Value{});
  changedConditions(place);
  const ir::SlotId seen = slotOf(value);
  if (seen == ir::none || kindOf(seen).role != model::Role::Dependent) return true;
  const auto known = slots_.find(place);
  const ir::SlotId name = known != slots_.end()
                              ? known->second
                              : makeSlot(place, {&kindOf(seen), ir::Holding::Reference}, range);
  if (name == seen) return true;
  views_[variable] = name;
  add(ir::Op::Bind, range, name, seen);
  return true;
}

/// A variable that was given something else no longer names what it looked into.
void FunctionLowering::endReplacedViews() {
  if (views_.empty()) return;
  for (ir::Block& block : function_.blocks) {
    std::vector<ir::Event> events;
    events.reserve(block.events.size());
    for (ir::Event& event : block.events) {
      const bool sets =
          event.op == ir::Op::Set || event.op == ir::Op::Copy || event.op == ir::Op::Havoc;
      const auto view = sets ? views_.find(event.variable) : views_.end();
      ir::Event end;
      if (view != views_.end()) {
        end.op = ir::Op::End;
        end.subject = view->second;
        end.implicit = true;
        end.range = event.range;
        end.frame = event.frame;
        end.loop = event.loop;
      }
      events.push_back(std::move(event));
      if (view != views_.end()) events.push_back(std::move(end));
    }
    block.events = std::move(events);
  }
}

} // namespace session_tidy::lower
