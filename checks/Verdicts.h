// Which observation belongs to which rule, where several rules could speak of one defect.
#pragma once

#include "checks/Story.h"

#include <vector>

namespace session_tidy {

/// A leak worth a word, one per acquisition.
struct LeakVerdict {
  const analysis::Observation* observation = nullptr;
  Confidence confidence = Confidence::Certain;
};
std::vector<LeakVerdict> leaks(const Story& story, const analysis::FunctionResult& result);

/// A transaction that stays open, with the rule it falls to.
struct OpenVerdict {
  enum class Falls : std::uint8_t {
    Unfinished,     ///< at its begin: some normal path does not end it
    ForgottenCatch, ///< at the handler: it goes by without a rollback
    Escapes,        ///< at its begin: an exception leaves with it open and nobody rolls back
  };
  const analysis::Observation* observation = nullptr;
  Falls falls = Falls::Unfinished;
  Confidence confidence = Confidence::Certain;
};
std::vector<OpenVerdict> openTransactions(const Story& story,
                                          const analysis::FunctionResult& result);

/// A guard that wrote, that no path commits, and that rolls back as it goes.
bool isForgotten(const Story& story, const analysis::Observation& observation);

/// A transaction object without a name, gone at the end of its own statement.
bool isUnnamed(const Story& story, const analysis::Observation& observation);

/// The generator whose end made the observed object dangle, or noObject.
analysis::ObjectId deadGenerator(const Story& story, const analysis::Observation& observation);

/// Where a begin, or the declaration of a guard that begins, is written.
SourceRange beginPlace(const Story& story, const analysis::Observation& observation);

} // namespace session_tidy
