// The makers of all rules, one per file of this folder, in alphabetical order.
#pragma once

#include "checks/Rule.h"

namespace session_tidy {

std::unique_ptr<Rule> makeCommitInDestructor();
std::unique_ptr<Rule> makeDoubleEnd();
std::unique_ptr<Rule> makeGeneratorEarlyReturn();
std::unique_ptr<Rule> makeHeldAcrossBlocking();
std::unique_ptr<Rule> makeLeak();
std::unique_ptr<Rule> makeMissingRollback();
std::unique_ptr<Rule> makeMultipleCommits();
std::unique_ptr<Rule> makeNestedBegin();
std::unique_ptr<Rule> makeRawConstruction();
std::unique_ptr<Rule> makeSharedAcrossThreads();
std::unique_ptr<Rule> makeSplitUnitOfWork();
std::unique_ptr<Rule> makeSwallowAndCommit();
std::unique_ptr<Rule> makeTemporaryGuard();
std::unique_ptr<Rule> makeTransactionBypass();
std::unique_ptr<Rule> makeUnfinishedTransaction();
std::unique_ptr<Rule> makeUseAfterScope();

} // namespace session_tidy
