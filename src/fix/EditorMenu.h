// What an editor offers on a finding: the safe fixes, then those that change more, then silence.
//
// clangd hands on nothing but titles and edits. So the titles say of what grade an action is, and
// session-clangd reads it from them.
#pragma once

#include "analysis/Finding.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::fix {

enum class MenuGrade : std::uint8_t { Safe, Unsafe, Silence };

/// The actions in the order in which they are to be offered, named by their descriptions.
std::vector<Fix> editorMenu(const Finding& finding, std::string_view text);

/// Reads the grade from an action's title.
MenuGrade menuGrade(std::string_view title);

} // namespace session_tidy::fix
