// What is known at one point of one path: what every slot holds, how every object stands, which
// facts hold.
#include "analysis/State.h"

namespace session_tidy::analysis {
namespace {

void mix(std::size_t& seed, std::size_t value) {
  seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
}

} // namespace

std::size_t Core::hash() const {
  std::size_t seed = (unwinding ? 1 : 0) + (perhaps ? 2 : 0) + (std::size_t{thrownBy} << 2);
  for (const Binding binding : bindings) mix(seed, binding);
  for (const auto& object : objects) {
    mix(seed, object.id);
    mix(seed, static_cast<std::size_t>(object.life) | static_cast<std::size_t>(object.tx) << 4 |
                  static_cast<std::size_t>(object.work) << 8 |
                  static_cast<std::size_t>(object.txEnding) << 12);
    for (const EventRef& at : {object.begunAt, object.doneAt, object.endedAt, object.lastCommit,
                               object.caughtAt, object.handedOutAt})
      mix(seed, at.block);
  }
  return seed;
}

ObjectState* Core::find(ObjectId id) {
  const auto at = std::lower_bound(
      objects.begin(), objects.end(), id,
      [](const ObjectState& object, ObjectId wanted) { return object.id < wanted; });
  return at != objects.end() && at->id == id ? &*at : nullptr;
}

ObjectState& Core::add(const ObjectState& object) {
  const auto at =
      std::lower_bound(objects.begin(), objects.end(), object.id,
                       [](const ObjectState& left, ObjectId wanted) { return left.id < wanted; });
  return *objects.insert(at, object);
}

void Core::remove(ObjectId id) {
  std::erase_if(objects, [id](const ObjectState& object) { return object.id == id; });
  for (auto& object : objects) {
    if (object.parent == id) object.parent = noObject;
    if (object.follows == id) object.follows = noObject;
    if (object.holder == id) object.holder = noObject;
  }
}

void Core::collect() {
  const auto needed = [this](const ObjectState& candidate) {
    if (candidate.life != Life::Over || candidate.handedOutAt.isValid()) return true;
    if (std::find(bindings.begin(), bindings.end(), candidate.id) != bindings.end()) return true;
    for (const auto& object : objects)
      if (object.parent == candidate.id || object.holder == candidate.id) return true;
    // A lease that wrote is remembered, to be compared with the next lease of the same pool.
    return (candidate.parent != noObject || candidate.hasDatabase) &&
           (candidate.work == Work::Write || candidate.workCommitted == Work::Write);
  };
  for (std::size_t i = 0; i < objects.size();) {
    if (needed(objects[i]))
      ++i;
    else
      objects.erase(objects.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

Facts::Truth Facts::ask(ir::VarId variable, bool equal, std::int64_t value) const {
  const auto from =
      std::lower_bound(facts_.begin(), facts_.end(), variable,
                       [](const Fact& fact, ir::VarId wanted) { return fact.variable < wanted; });
  for (auto at = from; at != facts_.end() && at->variable == variable; ++at) {
    if (at->equal) return (at->value == value) == equal ? Truth::Yes : Truth::No;
    if (at->value == value) return equal ? Truth::No : Truth::Yes;
  }
  return Truth::Open;
}

void Facts::assume(ir::VarId variable, bool equal, std::int64_t value) {
  if (equal) return set(variable, value);
  const Fact fact{variable, false, value};
  const auto at = std::lower_bound(facts_.begin(), facts_.end(), fact);
  if (at == facts_.end() || *at != fact) facts_.insert(at, fact);
}

void Facts::set(ir::VarId variable, std::int64_t value) {
  forget(variable);
  const Fact fact{variable, true, value};
  facts_.insert(std::lower_bound(facts_.begin(), facts_.end(), fact), fact);
}

void Facts::copy(ir::VarId to, ir::VarId from) {
  if (to == from) return;
  std::vector<Fact> copied;
  for (const auto& fact : facts_)
    if (fact.variable == from) copied.push_back({to, fact.equal, fact.value});
  forget(to);
  for (const auto& fact : copied) assume(fact.variable, fact.equal, fact.value);
}

void Facts::add(ir::VarId variable, std::int64_t value) {
  for (const auto& fact : facts_)
    if (fact.variable == variable && fact.equal) return set(variable, fact.value + value);
  forget(variable);
  if (value > 0) assume(variable, false, 0);
}

void Facts::measure(ir::VarId variable, ir::VarId measured, std::int64_t limit) {
  for (const auto& fact : facts_)
    if (fact.variable == measured && fact.equal) return set(variable, fact.value >= limit ? 1 : 0);
}

void Facts::forget(ir::VarId variable) {
  std::erase_if(facts_, [variable](const Fact& fact) { return fact.variable == variable; });
}

bool Facts::meet(const Facts& other) {
  // `v == 1` there and `v != 0` here leave `v != 0`; asking the other side covers that.
  std::vector<Fact> kept;
  for (const auto& fact : facts_)
    if (other.ask(fact.variable, fact.equal, fact.value) == Truth::Yes) kept.push_back(fact);
  // The other way round: our `v == 1` implies their `v != 0`.
  for (const auto& fact : other.facts_)
    if (!fact.equal && ask(fact.variable, false, fact.value) == Truth::Yes &&
        !std::binary_search(kept.begin(), kept.end(), fact)) {
      bool known = false;
      for (const auto& own : kept) known = known || (own.variable == fact.variable && own.equal);
      if (!known) kept.insert(std::lower_bound(kept.begin(), kept.end(), fact), fact);
    }
  // Two different values that are both not zero.
  for (const auto& fact : facts_) {
    if (!fact.equal || fact.value == 0 || std::binary_search(kept.begin(), kept.end(), fact))
      continue;
    const Fact notZero{fact.variable, false, 0};
    if (other.ask(fact.variable, false, 0) == Truth::Yes &&
        !std::binary_search(kept.begin(), kept.end(), notZero))
      kept.insert(std::lower_bound(kept.begin(), kept.end(), notZero), notZero);
  }
  const bool changed = kept != facts_;
  facts_ = std::move(kept);
  return changed;
}

void Facts::keepOnly(const std::vector<ir::VarId>& variables) {
  std::erase_if(facts_, [&](const Fact& fact) {
    return !std::binary_search(variables.begin(), variables.end(), fact.variable);
  });
}

} // namespace session_tidy::analysis
