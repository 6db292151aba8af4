// The catalogue: a file for each known defect and each harmless look-alike, with its verdict.
//
// verdicts.txt: "D01_bad.cpp: session-rule session-other:12", "A01_ok.cpp: silent", or "pending
// session-rule" for a rule that does not exist yet: until then the file may say that or nothing.
// After '|' stands a configuration.
#pragma once

#include "harness/Fixture.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace session_tidy::test {

struct Verdict {
  std::set<std::string> rules; ///< "session-rule" or "session-rule:line"
  bool pending = false;
  std::string config;
};

struct CatalogueFile {
  Fixture fixture;
  Verdict verdict;
};

using CatalogueFilePointer = std::shared_ptr<const CatalogueFile>;

std::vector<CatalogueFilePointer> readCatalogue();

} // namespace session_tidy::test
