// The manual page session-tidy(1), read off the grammar of the command line.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace session_tidy::cli {

/// In roff. `version` goes to the page's foot.
std::string manPage(const CLI::App& app, const std::string& version);

} // namespace session_tidy::cli
