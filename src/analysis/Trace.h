// Paths as parent-linked steps in one store, so that a thousand states share what they have in
// common.
#pragma once

#include "analysis/Engine.h"

#include <vector>

namespace session_tidy::analysis {

using TraceId = std::uint32_t;
inline constexpr TraceId emptyTrace = ir::none;

class TraceStore {
public:
  [[nodiscard]] TraceId add(TraceId parent, const Step& step) {
    nodes_.push_back({parent, step});
    return static_cast<TraceId>(nodes_.size() - 1);
  }

  /// The steps from the entry on.
  [[nodiscard]] Trace unfold(TraceId id) const {
    Trace trace;
    for (; id != emptyTrace; id = nodes_[id].parent) trace.push_back(nodes_[id].step);
    return {trace.rbegin(), trace.rend()};
  }

  /// The last step of an event with this operation on this slot, or an invalid reference.
  template <class Predicate>
  [[nodiscard]] EventRef lastEvent(TraceId id, const Predicate& wanted) const {
    for (; id != emptyTrace; id = nodes_[id].parent)
      if (nodes_[id].step.kind == Step::Kind::Event && wanted(nodes_[id].step.at))
        return nodes_[id].step.at;
    return {};
  }

private:
  struct Node {
    TraceId parent;
    Step step;
  };
  std::vector<Node> nodes_;
};

} // namespace session_tidy::analysis
