// Pointers to objects with sessions inside: a guard's `Database* db_` leads to the object that it
// was given.
//
// Whether the pointer is null is a plain fact about its variable; where it leads is kept apart from
// that, so that `db_ = nullptr` in a commit still disarms the guard.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

/// Notes where a pointer leads that is given a value; a null pointer may be given another one
/// later.
void FunctionLowering::pointTo(const Place& place, clang::QualType type, const Value& value) {
  if (!type->isPointerType() || !isAggregate(type->getPointeeType()) ||
      value.is == Value::Is::Null || (value.is == Value::Is::Constant && value.constant == 0))
    return;
  const auto through = value.is == Value::Is::Place ? pointees_.find(value.place) : pointees_.end();
  if (value.is == Value::Is::Address)
    pointees_[place] = value.place;
  else if (value.leadsTo)
    pointees_[place] = *value.leadsTo;
  else if (through != pointees_.end())
    pointees_[place] = Place(through->second);
  else
    pointees_.erase(place);
}

/// What a pointer's value leads to, where that is known.
Value FunctionLowering::pointedTo(const Value& value) const {
  if (value.leadsTo) return Value::at(*value.leadsTo);
  const auto known = value.is == Value::Is::Place ? pointees_.find(value.place) : pointees_.end();
  return known != pointees_.end() ? Value::at(known->second) : value;
}

} // namespace session_tidy::lower
