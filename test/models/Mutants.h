// A model with one thing less: every way to take one line, one word or one overload out of it.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace session_tidy::test {

struct Mutant {
  std::string what;   ///< "session.begin", "function sqlite3_open overload 1", ...
  std::string text;   ///< the model without it
  std::string kind;   ///< of methods: of which kind
  std::string method; ///< and which
};

/// All that can be taken out of a model: methods, functions, constructors, members, types,
/// overloads, and effects that stand beside others.
std::vector<Mutant> mutantsOf(const std::string& model);

} // namespace session_tidy::test
