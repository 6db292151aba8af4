// Text for XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace session_tidy::report {

/// For element content and attribute values: markup is escaped, what XML has no place for (control
/// characters, broken UTF-8) becomes U+FFFD.
std::string escapeXml(std::string_view text);

} // namespace session_tidy::report
