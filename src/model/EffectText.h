// One effect of a call as models write it: "open *arg1 as connection held", "sql arg0 text arg1",
// "commit".
//
//   effect  := op [subject] ["on" operand] ["as" kind] ["text" argN] ["held"]
//   operand := "this" | "result" | "argN" | "*argN"          (arguments count from 0)
#pragma once

#include "model/Model.h"

#include <string>
#include <string_view>
#include <variant>

namespace session_tidy::model {

/// Where a call stands: it decides which operands make sense.
enum class CallContext : std::uint8_t { Function, Method, Constructor };

/// A mistake in an effect's text. `offset` counts bytes from its start.
struct EffectError {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

/// The kind is left as written ("connection"); resolving it is the reader's task.
/// `kindOffset` says where it stands, for that error.
struct ParsedEffect {
  Effect effect;
  std::size_t kindOffset = 0;
};

std::variant<ParsedEffect, EffectError> parseEffect(std::string_view text, CallContext context);

/// The inverse: canonical text of an effect.
std::string printEffect(const Effect& effect, CallContext context);

/// "this", "result", "arg1", "*arg1".
std::string printOperand(const Operand& operand);

} // namespace session_tidy::model
