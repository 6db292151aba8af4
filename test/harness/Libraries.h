// The session libraries whose Debian headers fixtures may ask for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::test {

bool isKnownLibrary(std::string_view name);
bool isInstalled(std::string_view library);
/// Compiler flags that its headers need, besides the default search path.
std::vector<std::string> libraryFlags(std::string_view library);

} // namespace session_tidy::test
