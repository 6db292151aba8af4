// Names for findings that stay the same when lines move.
#pragma once

#include "report/Report.h"
#include "support/SourceText.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace session_tidy::report {

/// Our own: of rule, file, function and the text of the line, numbered where several are alike.
class Fingerprints {
public:
  /// `root`: files are known by their paths in there.
  Fingerprints(const Report& report, SourceCache& sources, std::string root)
      : report_(report), sources_(sources), root_(std::move(root)) {}

  /// To be asked once for each finding, in the report's order.
  std::string of(const Finding& finding);

private:
  const Report& report_;
  SourceCache& sources_;
  std::string root_;
  std::map<std::uint64_t, unsigned> seen_;
};

/// GitHub's code scanning has a hash of its own for every line of a file,
/// `primaryLocationLineHash`: a rolling hash over the 100 characters from the line's start on,
/// without blanks, numbered.
std::vector<std::string> lineHashes(const std::string& text);

} // namespace session_tidy::report
