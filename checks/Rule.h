// A rule: one kind of session misuse, what it says about it and how it is mended.
//
// Rules see the session IR and the engine's results, never Clang. Each stands in its own file in
// this folder; RuleRegistry.cpp lists them all in alphabetical order.
#pragma once

#include "analysis/Finding.h"
#include "ir/Ir.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy {

namespace model {
struct Waits;
}

namespace analysis {
struct FunctionResult;
}

/// What fixes a rule's findings come with, where they come with one.
enum class Fixes : std::uint8_t { None, Safe, Unsafe, SafeOrUnsafe };

/// How sure a rule may be, depending on what it sees.
struct Confidences {
  Confidence lowest = Confidence::Likely;
  Confidence highest = Confidence::Likely;
};

/// What the rule's user sees of it in lists: see `session-tidy list`.
struct RuleInfo {
  std::string_view name;    ///< "session-temporary-guard"
  std::string_view summary; ///< one sentence, the first of its docs page
  Severity severity = Severity::Warning;
  Confidences confidence{};
  Fixes fixes = Fixes::None;
  bool onByDefault = true; ///< false: only where it is named, or the configuration switches it on
};

/// One setting of a rule: name, default, what it is for.
struct RuleOption {
  std::string_view name;
  std::string_view defaultValue;
  std::string_view description;

  [[nodiscard]] bool isFlag() const { return defaultValue == "true" || defaultValue == "false"; }
};

/// Settings as text, by option name, as the front end read them.
using RuleSettings = std::map<std::string, std::string, std::less<>>;

class Rule {
public:
  virtual ~Rule() = default;

  [[nodiscard]] virtual const RuleInfo& info() const = 0;
  [[nodiscard]] virtual std::vector<RuleOption> options() const { return {}; }
  virtual void configure(const RuleSettings& /*settings*/) {}

  /// The waiting calls that it has to be told of; nullptr: none.
  [[nodiscard]] virtual const model::Waits* waits() const { return nullptr; }

  /// Looks at one analysed function and adds what it finds.
  virtual void check(const ir::Unit& unit, const analysis::FunctionResult& result,
                     std::vector<Finding>& findings) const = 0;
};

/// Every rule there is, in alphabetical order.
std::vector<std::unique_ptr<Rule>> makeAllRules();

} // namespace session_tidy
