// A finding: what a rule has to say about one place, with the path that leads there and the edits
// that mend it.
#pragma once

#include "analysis/Remedy.h"
#include "support/Source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace session_tidy {

/// How sure a rule is. Front ends show `Likely` and above by default.
enum class Confidence : std::uint8_t {
  Possible, ///< needs a reader
  Likely,   ///< right unless the code means it so
  Certain,  ///< the path is there, whatever the unknown parts do
};

enum class Severity : std::uint8_t { Style, Warning, Error };

/// One step of the path: "opened here", "taking the true branch of 'n == 0'".
struct Note {
  SourceRange range;
  std::string message;

  friend bool operator==(const Note&, const Note&) = default;
};

/// Text that replaces a range; an empty range inserts.
struct Edit {
  SourceRange range;
  std::string text;
  std::string
      once{}; ///< names what a file needs once only, however many fixes bring it: an include

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// Edits that belong together: all or none.
struct Fix {
  std::string description; ///< for the editor's menu: "name the guard 'tr'"
  bool safe = true;        ///< keeps behaviour but for the defect
  std::vector<Edit> edits;

  friend bool operator==(const Fix&, const Fix&) = default;
};

struct Finding {
  std::string rule; ///< "session-temporary-guard"
  Severity severity = Severity::Warning;
  Confidence confidence = Confidence::Certain;
  SourceRange range;
  std::string message;  ///< lower case, no full stop
  std::string function; ///< where it was found, for fingerprints and reports
  std::vector<Note> trace;
  std::vector<Fix> fixes;
  std::vector<Remedy> remedies; ///< what fixes are planned from
  std::string noFix;            ///< why there is no fix, where one was looked for

  friend bool operator==(const Finding&, const Finding&) = default;
};

} // namespace session_tidy
