// The session libraries whose Debian headers fixtures may ask for.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::test {

bool isKnownLibrary(std::string_view name);
bool isInstalled(std::string_view library);
/// Compiler flags that its headers need, besides the default search path.
std::vector<std::string> libraryFlags(std::string_view library);
/// The header whose presence shows that the library is installed.
std::filesystem::path mainHeader(std::string_view library);
/// What is worth precompiling of a library; nothing of those in C, which are read in no time.
std::vector<std::string> libraryHeaders(std::string_view library);

} // namespace session_tidy::test
