// Output formats: each is a Writer, found by its name.
#pragma once

#include "report/Report.h"
#include "support/SourceText.h"

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::report {

/// Where and for whom a report is written.
struct Context {
  SourceCache& sources;
  std::string currentFolder; ///< people's paths are relative to it
  std::string root;          ///< machines' paths are relative to it: the repository
  bool color = false;
  bool links = false;          ///< the reader is a terminal: file names may be links (OSC 8)
  std::vector<RuleText> rules; ///< all there are
};

class Writer {
public:
  virtual ~Writer() = default;
  virtual void write(const Report& report, Context& context, std::ostream& out) const = 0;
};

/// nullptr for a format that is not known.
std::unique_ptr<Writer> makeWriter(std::string_view format);

/// The names that makeWriter knows.
std::vector<std::string_view> formatNames();

} // namespace session_tidy::report
