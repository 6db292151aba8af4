// What each function does with sessions, in a few words: for reports that also say what is good.
#pragma once

#include "ir/Ir.h"
#include "support/Source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace session_tidy::driver {

/// Bits of SessionUse::features.
enum SessionFeature : std::uint32_t {
  Guards = 1 << 0,       ///< a guard object ends its transaction whatever happens
  OwnsByObject = 1 << 1, ///< its sessions close by themselves
  Leases = 1 << 2,       ///< takes sessions from a pool
  HoldsRaw = 1 << 3,     ///< a handle that has to be closed by hand
  BeginsByHand = 1 << 4, ///< begin() without a guard
  Commits = 1 << 5,
  RollsBack = 1 << 6,
  HandlesFailure = 1 << 7, ///< rolls back in a handler
  Writes = 1 << 8,
  Borrows = 1 << 9, ///< works on sessions of its caller
  Uses = 1 << 10,   ///< statements run
  Loops = 1 << 11,  ///< over a generator of sessions
  Exempt = 1 << 12, ///< in a file whose findings are not wanted
};

struct SessionUse {
  SourceRange range; ///< the function's name
  SourceRange body;  ///< with its braces
  std::string function;
  std::uint32_t features = 0;

  [[nodiscard]] bool has(SessionFeature feature) const { return (features & feature) != 0; }
  friend bool operator==(const SessionUse&, const SessionUse&) = default;
};

/// One for each function of a unit in which sessions or transactions occur.
std::vector<SessionUse> sessionUses(const ir::Unit& unit);

} // namespace session_tidy::driver
