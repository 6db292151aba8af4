// A place in the source: where a session was opened.
#pragma once

namespace session_tidy {

/// As the default value of a parameter, the place of the call:
///
///   explicit Db(session_tidy::place at = session_tidy::place::here());
struct place {
  const char* file = "";
  unsigned line = 0;
  const char* function = "";

  static constexpr place here(const char* file = __builtin_FILE(), unsigned line = __builtin_LINE(),
                              const char* function = __builtin_FUNCTION()) noexcept {
    return {file, line, function};
  }
};

} // namespace session_tidy

/// The place where it is written, for parameters that are not the last.
#define SESSION_TIDY_HERE ::session_tidy::place::here(__FILE__, __LINE__, __func__)
