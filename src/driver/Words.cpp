// Severities and confidences as words.
#include "driver/Words.h"

#include <array>

namespace session_tidy::driver {

std::string_view word(Severity severity) {
  static constexpr std::array<std::string_view, 3> words{"style", "warning", "error"};
  return words[static_cast<std::size_t>(severity)];
}

std::string_view word(Confidence confidence) {
  static constexpr std::array<std::string_view, 3> words{"possible", "likely", "certain"};
  return words[static_cast<std::size_t>(confidence)];
}

std::string_view word(Fixes fixes) {
  static constexpr std::array<std::string_view, 4> words{"none", "safe", "unsafe",
                                                         "safe or unsafe"};
  return words[static_cast<std::size_t>(fixes)];
}

std::optional<Severity> readSeverity(std::string_view text) {
  for (const Severity severity : {Severity::Style, Severity::Warning, Severity::Error})
    if (word(severity) == text) return severity;
  return std::nullopt;
}

std::optional<Confidence> readConfidence(std::string_view text) {
  for (const Confidence confidence :
       {Confidence::Possible, Confidence::Likely, Confidence::Certain})
    if (word(confidence) == text) return confidence;
  return std::nullopt;
}

} // namespace session_tidy::driver
